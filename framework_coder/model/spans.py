"""Half-open ranges of Unicode code points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters `text[start:end]`; never empty, never negative."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of `text` in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Self) -> bool:
        """Say whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Self) -> bool:
        """Say whether every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def clip(self, start: int, end: int) -> "Span | None":
        """Return the part inside `start:end`, or None where there is none."""
        low, high = max(self.start, start), min(self.end, end)
        return Span(low, high) if low < high else None


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the union as disjoint spans in order; spans that touch become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def lanes(spans: Sequence[Span]) -> list[int]:
    """Return for each span, in the order given, the lowest margin lane (from 0) in which it meets no other.

    Longer spans come first where several begin together; equal ones stand side by side.
    """
    free_from: list[int] = []
    placed = [0] * len(spans)
    for place in sorted(range(len(spans)), key=lambda n: (spans[n].start, -spans[n].end)):
        span = spans[place]
        lane = next((n for n, end in enumerate(free_from) if end <= span.start), len(free_from))
        if lane == len(free_from):
            free_from.append(0)
        free_from[lane] = span.end
        placed[place] = lane
    return placed
