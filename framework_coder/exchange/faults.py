"""What is wrong in a file of rows or a tree: every fault with its line and field, reported together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framework_coder.errors import BadInputError

SHOWN = 20
"""Faults named in the message; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `line` counts from 1 (0: the file as a whole), `field` may be empty."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line else "")
        return f"{place}, {self.field}: {self.sentence}" if self.field else f"{place}: {self.sentence}"


class FaultyFileError(BadInputError):
    """A file cannot be used; `faults` lists what to mend. Nothing was changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = "one thing needs" if len(faults) == 1 else f"{len(faults)} things need"
        lines = [f"  {fault}" for fault in faults[:SHOWN]]
        if len(faults) > SHOWN:
            lines.append(f"  … and {len(faults) - SHOWN} more.")
        super().__init__("\n".join([f"Nothing was changed: {count} mending first.", *lines]))


class Faults:
    """Faults of one file, collected while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def add(self, line: int, field: str, sentence: str) -> None:
        """Note a fault and go on."""
        self.found.append(Fault(self.file, line, field, sentence))


def refuse(faults: Iterable[Faults]) -> None:
    """Raise FaultyFileError where any was found."""
    if found := [fault for each in faults for fault in each.found]:
        raise FaultyFileError(found)
