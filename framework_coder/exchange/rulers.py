"""Offsets as other tools count them, turned into code points, and which way of counting fits the quotes."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a tool counts."""

    CODE_POINTS = "code points"
    UTF16 = "UTF-16 units"
    BYTES = "UTF-8 bytes"


_WIDTHS: dict[Unit, Callable[[str], int]] = {
    Unit.CODE_POINTS: lambda _: 1,
    Unit.UTF16: lambda char: 2 if char > "\uffff" else 1,
    Unit.BYTES: lambda char: (
        1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4
    ),
}


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
    """Turns offsets of one text, counted in one way, into code points."""

    def __init__(self, text: str, counting: Counting) -> None:
        self.counting = counting
        self._length = len(text)
        self._places: array[int] | None = None
        is_plain = text.isascii() or counting.unit is Unit.CODE_POINTS
        if not (is_plain and not (counting.is_crlf_one and "\r\n" in text)):
            self._places = _measure(text, counting)

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
        if self._places is None:
            return offset if 0 <= offset <= self._length else None
        if not 0 <= offset <= self._places[-1]:
            return None
        found = bisect_left(self._places, offset)
        if self._places[found] == offset or is_end:
            return found
        return bisect_right(self._places, offset) - 1


def _measure(text: str, counting: Counting) -> "array[int]":
    """Return the offset of every code point, and of the end."""
    width = _WIDTHS[counting.unit]
    places = array("q", [0])
    total = 0
    for place, char in enumerate(text):
        is_half = counting.is_crlf_one and char == "\r" and text[place + 1 : place + 2] == "\n"
        total += 0 if is_half else width(char)
        places.append(total)
    return places


Marked = tuple[int, int, str]
"""Start, end, and the quote that the tool stored with them (empty where it stored none)."""


class Rulers:
    """Several ways to count one text, the one that fits most quotes first."""

    def __init__(self, text: str, countings: Sequence[Counting], rows: Iterable[Marked]) -> None:
        self._text = text
        rulers = [Ruler(text, counting) for counting in countings]
        told = [row for row in rows if row[2]]
        fits = {id(ruler): sum(self._fits(ruler, row) for row in told) for ruler in rulers}
        self.rulers = sorted(rulers, key=lambda ruler: -fits[id(ruler)])
        self.is_sure = any(fits.values()) or not told

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
