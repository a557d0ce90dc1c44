"""Find who speaks in a transcript: labels such as `Interviewer:` or `JB:` that begin its turns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LABEL = re.compile(
    r"[ \t]*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?[ \t]*[-–]?[ \t]*)?"
    r"(?P<label>[A-Z][\w.'’&-]*(?:[ ][\w.'’&-]+){0,3}?)"
    r"(?:[ \t]*[\[(][^\])\n]{1,40}[\])])?[ \t]*:(?=\s|$)"
)
_ROLE = re.compile(
    r"(interviewer|interviewee|participant|respondent|informant|facilitator|moderator|researcher|speaker|chair"
    r"|patient|therapist|int|res|q|a|i|r|p)[ .]?\d{0,3}[a-z]?$",
    re.IGNORECASE,
)
_NOT_A_SPEAKER = frozenset(
    [
        "note",
        "notes",
        "action",
        "actions",
        "decision",
        "date",
        "time",
        "venue",
        "location",
        "place",
        "present",
        "apologies",
        "agenda",
        "item",
        "subject",
        "re",
        "tel",
        "telephone",
        "phone",
        "email",
        "e-mail",
        "fax",
        "web",
        "website",
        "address",
        "from",
        "to",
        "cc",
        "source",
        "figure",
        "table",
        "outcome",
        "outcomes",
        "aim",
        "aims",
        "objective",
        "objectives",
        "background",
        "summary",
        "recommendation",
        "recommendations",
        "example",
        "warning",
        "title",
        "author",
        "authors",
        "method",
        "methods",
        "results",
        "conclusion",
        "conclusions",
        "issue",
        "issues",
        "update",
        "agreed",
        "resolved",
        "question",
        "answer",
        "contact",
        "reference",
        "references",
        "step",
        "stage",
        "section",
        "appendix",
        "attendance",
        "minutes",
        "purpose",
        "cost",
        "costs",
        "funding",
    ]
)
_FEWEST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Speakers:
    """The labels of a text that name speakers; none where it is no transcript."""

    labels: frozenset[str]

    @classmethod
    def found_in(cls, passages: Sequence[str]) -> "Speakers":
        """Return the speakers: labels that come back, and roles; two at least, or one that is a role.

        `Note:` and the like are no speakers, however often they come.
        """
        counts = Counter(
            found["label"]
            for passage in passages
            for line in passage.split("\n")
            if (found := _LABEL.match(line)) and found["label"].casefold() not in _NOT_A_SPEAKER
        )
        repeated = {label for label, count in counts.items() if count >= _FEWEST_TURNS}
        roles = {label for label in counts if _ROLE.match(label)}
        labels = repeated | roles
        is_transcript = len(labels) > 1 or bool(roles & repeated)
        return cls(frozenset(labels) if is_transcript else frozenset())

    def turns(self, passage: str) -> Iterator[tuple[str, str]]:
        """Yield the parts of a passage with their speaker, empty for what no label begins."""
        if not self.labels:
            yield "", passage
            return
        speaker, held = "", [""]
        for line in passage.split("\n"):
            found = _LABEL.match(line)
            if found and found["label"] in self.labels:
                yield speaker, "\n".join(held)
                speaker, held = found["label"], []
            held.append(line)
        yield speaker, "\n".join(held)
