"""Find who speaks in a transcript: labels such as `Interviewer:` or `JB:` that begin its turns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LABEL = re.compile(
    r"[ \t]*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?[ \t]*[-–]?[ \t]*)?"
    r"(?P<label>\d{1,3}[A-Z]|[A-Z][\w.'’&-]*(?:[ ][\w.'’&-]+){0,3}?)"
    r"(?:[ \t]*[\[(][^\])\n]{1,40}[\])])?[ \t]*:(?=\s|$)"
)
_ROLE = re.compile(
    r"(interviewer|interviewee|participant|respondent|informant|facilitator|moderator)[ .]?\d{0,3}[a-z]?$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z]{2,3}\d?$|\d{1,3}[A-Z]$")
_OTHER_LABELS = """
note notes action actions decision date time venue location place present apologies agenda item subject re tel
telephone phone email e-mail fax web website address from to cc source figure table outcome outcomes aim aims
objective objectives background summary recommendation recommendations example warning title author authors
method methods results conclusion conclusions issue issues update agreed resolved question answer contact
reference references step stage section appendix attendance minutes purpose cost costs funding
"""
_NOT_A_SPEAKER = frozenset(_OTHER_LABELS.split())
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
        names = {label for label in counts if _INITIALS.match(label) or (roles and _is_name(label))}
        is_transcript = len(repeated | roles) > 1 or (roles and (repeated or names - roles))
        return cls(frozenset(repeated | roles | names) if is_transcript else frozenset())

    def turns(self, passages: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the parts of a text with their speaker, empty for what no label begins.

        A turn ends at a blank line: what follows without a label may be the note-taker's own words, and a
        passage given to the wrong person is worse than one given to nobody.
        """
        for passage in passages:
            yield from self._parts(passage)

    def only_speaker(self, paragraph: str) -> str:
        """Return who speaks a paragraph, or an empty string where nobody or more than one does."""
        found = {speaker for speaker, part in self._parts(paragraph.replace("\xa0", " ")) if part.strip()}
        return found.pop() if len(found) == 1 else ""

    def _parts(self, passage: str) -> Iterator[tuple[str, str]]:
        """Yield a passage in parts, each begun by a label but maybe the first."""
        speaker, held = "", list[str]()
        for line in passage.split("\n"):
            named = self._speaker(line)
            if named:
                if held:
                    yield speaker, "\n".join(held)
                speaker, held = named, []
            held.append(line)
        yield speaker, "\n".join(held)

    def _speaker(self, line: str) -> str:
        """Return the speaker whose label begins a line, or an empty string."""
        found = _LABEL.match(line) if self.labels else None
        return found["label"] if found and found["label"] in self.labels else ""


def _is_name(label: str) -> bool:
    """Whether every word of a label begins like a name: `JB`, `Dr Shah`."""
    return all(word[0].isupper() or word[0].isdigit() for word in label.split())
