"""Offsets as other tools count them, turned into code points, and which way of counting fits the quotes."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a tool counts."""

    CODE_POINTS = "code points"
    UTF16 = "UTF-16 units"
    BYTES = "UTF-8 bytes"


_WIDE = {Unit.CODE_POINTS: "(?!)", Unit.UTF16: "[\U00010000-\U0010ffff]", Unit.BYTES: "[^\x00-\x7f]"}
"""The characters that are not one unit."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count: the unit, whether CR LF is one, and how many units stood before the text."""

    unit: Unit
    is_crlf_one: bool = False
    shift: int = 0

    def __str__(self) -> str:
        line_ends = ", CR LF as one" if self.is_crlf_one else ""
        return f"{self.unit}{line_ends}"


class Ruler:
    """Turns offsets of one text, counted in one way, into code points.

    Only characters that are not one unit are noted: which they are, and where they begin and end.
    """

    def __init__(self, text: str, counting: Counting) -> None:
        self.counting = counting
        self._wide, self._begins, self._ends = array("q"), array("q"), array("q")
        wide = f"\r(?=\n)|{_WIDE[counting.unit]}" if counting.is_crlf_one else _WIDE[counting.unit]
        more = 0
        for found in re.finditer(wide, text):
            begin = found.start() + more
            width = _width(found[0], counting.unit)
            self._wide.append(found.start())
            self._begins.append(begin)
            self._ends.append(begin + width)
            more += width - 1
        self._length = len(text) + more

    def start(self, offset: int) -> int | None:
        """Return the code point that begins at an offset, or that it lies in; None outside the text."""
        return self._find(offset, is_end=False)

    def end(self, offset: int) -> int | None:
        """Return the code point before which a passage ends; one inside a character takes it all."""
        return self._find(offset, is_end=True)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the code points of a passage; None where it is empty or not in the text."""
        first, last = self.start(start), self.end(end)
        if first is None or last is None or first >= last:
            return None
        return first, last

    def _find(self, offset: int, *, is_end: bool) -> int | None:
        offset -= self.counting.shift
        if not 0 <= offset <= self._length:
            return None
        place = bisect_left(self._begins, offset)
        if place < len(self._begins) and self._begins[place] == offset:
            return self._wide[place]
        if not place:
            return offset
        before, end = self._wide[place - 1], self._ends[place - 1]
        if offset >= end:
            return before + 1 + offset - end
        return before + 1 if is_end else before


def _width(char: str, unit: Unit) -> int:
    """Return how many units a character has; of CR LF counted once, the first half has none."""
    if char == "\r":
        return 0
    return len(char.encode("utf-8", "surrogatepass")) if unit is Unit.BYTES else 2


Marked = tuple[int, int, str]
"""Start, end, and the quote that the tool stored with them (empty where it stored none)."""


class Rulers:
    """Several ways to count one text, the one that fits most quotes first."""

    def __init__(self, text: str, countings: Sequence[Counting], rows: Iterable[Marked]) -> None:
        self._text = text
        told = [row for row in rows if row[2]]
        self.rulers = [Ruler(text, countings[0])]
        if not all(self._fits(self.rulers[0], row) for row in told):
            self.rulers += [Ruler(text, counting) for counting in countings[1:]]
            fits = {id(ruler): sum(self._fits(ruler, row) for row in told) for ruler in self.rulers}
            self.rulers.sort(key=lambda ruler: -fits[id(ruler)])

    def place(self, row: Marked) -> tuple[int, int] | None:
        """Return the span whose text is the quote, in the first way that gives it; None where none does."""
        start, end, quote = row
        if not quote:
            return self.rulers[0].span(start, end)
        fitting = next((ruler for ruler in self.rulers if self._fits(ruler, row)), None)
        return fitting.span(start, end) if fitting else None

    def _fits(self, ruler: Ruler, row: Marked) -> bool:
        span = ruler.span(row[0], row[1])
        return span is not None and squeeze(self._text[slice(*span)]) == squeeze(row[2])


def squeeze(text: str) -> str:
    """Return a text without white space: tools store quotes with line ends of their own."""
    return "".join(text.split())
