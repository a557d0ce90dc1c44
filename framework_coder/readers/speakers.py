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
        names = {label for label in counts if roles and _is_name(label)}
        labels = repeated | roles | names
        is_transcript = len(labels) > 1 or bool(roles & repeated)
        return cls(frozenset(labels) if is_transcript else frozenset())

    def turns(self, passages: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the parts of a text with their speaker, empty for what nobody is known to have said.

        A passage without a label goes on with the last speaker while more turns follow; after the last
        turn, and in brackets, it may be the writer's own.
        """
        last = max((number for number, passage in enumerate(passages) if self._is_turn(passage)), default=-1)
        speaker = ""
        for number, passage in enumerate(passages):
            opens = number > last or passage.lstrip().startswith(("[", "("))
            if opens and not self._is_turn(passage):
                yield "", passage
                continue
            for speaker, part in self._parts(passage, speaker):  # noqa: B020 - the last one goes on
                yield speaker, part

    def _is_turn(self, passage: str) -> bool:
        """Whether a label stands in a passage."""
        return bool(self.labels) and any(self._speaker(line) for line in passage.split("\n"))

    def _parts(self, passage: str, speaker: str) -> Iterator[tuple[str, str]]:
        """Yield a passage in parts, each begun by a label but the first, which `speaker` goes on with."""
        held: list[str] = []
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
