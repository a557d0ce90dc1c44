"""What came of each file of an import."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of a file."""

    READ = "read"
    READ_WITH_WARNINGS = "read with warnings"
    SHARED = "shared"
    SKIPPED = "skipped"
    REFUSED = "refused"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """A file (or a part of one), what came of it, the source that holds it, and why."""

    path: str
    outcome: Outcome
    ref: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The files in the order given, and how many answers were coded by their questions.

    `notes` are sentences on the register as a whole (a derivation that leads nowhere).
    """

    files: tuple[FileOutcome, ...]
    codings: int = 0
    proposals: int = 0
    notes: tuple[str, ...] = ()
    is_cancelled: bool = False

    def count(self, *outcomes: Outcome) -> int:
        """Return how many files came to one of these."""
        return sum(file.outcome in outcomes for file in self.files)

    @property
    def refused(self) -> tuple[FileOutcome, ...]:
        """The files that were refused."""
        return tuple(file for file in self.files if file.outcome is Outcome.REFUSED)

    def __str__(self) -> str:
        counts = ((outcome, self.count(outcome)) for outcome in Outcome)
        return ", ".join(f"{count} {outcome}" for outcome, count in counts if count) or "no files"


def join_notes(notes: Iterable[str]) -> str:
    """Return sentences as one line."""
    return " ".join(note if note.endswith((".", "!", "?")) else f"{note}." for note in notes if note)
