"""Sources that share passages: near-duplicates, and pages that copy a report.

Word shingles find the pairs that are worth a look without comparing every text with every other; blocks of a
pair that share a shingle are then compared letter by letter. What stands in very many sources (a disclaimer,
an address) makes nothing alike.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from framework_coder.model.shingles import SHINGLE, Print, common_shingles, find_pairs, take_print
from framework_coder.model.sources import Block, BlockKind, SourceText
from framework_coder.model.spans import Span, merge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_WORDS = 30
"""Two sources that share fewer words than these in passages of eight or more are not alike."""

LEAST_SHARE = 0.2
"""The least part of the shorter source that is shared, unless as much as `LONG_PASSAGE` is."""

LONG_PASSAGE = 60
"""Words that, shared, make two sources alike however long they are."""

BLOCK_RATIO = 80.0
"""The least resemblance (rapidfuzz ratio, 0-100) at which two blocks are shared as a whole."""

NOT_COMPARED = frozenset({BlockKind.QUESTION})
"""Blocks that the study itself put into many sources, beside those in the margin."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """A passage that two sources share: its span in each, and how alike the two are (0-100)."""

    first: Span
    second: Span
    ratio: float


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Two sources (ids, the lower one first) that share passages, and which part of each these make up."""

    first: int
    second: int
    share_of_first: float
    share_of_second: float
    overlaps: tuple[Overlap, ...]

    @property
    def share(self) -> float:
        """The larger of the two shares, 0 to 1."""
        return max(self.share_of_first, self.share_of_second)


@dataclass(slots=True)
class Reading:
    """A source's text as it is compared: what of it is compared, and its shingles."""

    source: int
    text: str
    blocks: tuple[Block, ...]
    shingles: Print
    _spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def words(self) -> list[tuple[int, int]]:
        """Where each word stands; found when first asked for."""
        if not self._spans:
            self._spans = [m.span() for b in self.blocks for m in _WORD.finditer(self.text, b.start, b.end)]
        return self._spans

    @property
    def size(self) -> int:
        """How many characters are compared."""
        return sum(block.end - block.start for block in self.blocks)


def read_texts(texts: Iterable[tuple[int, SourceText]]) -> list[Reading]:
    """Return the sources as they are compared; the texts are read one by one."""
    known: dict[str, int] = {}
    readings = []
    for source, text in texts:
        blocks = tuple(b for b in text.blocks if not b.is_marginal and b.kind not in NOT_COMPARED)
        words = (word for b in blocks for word in _WORD.findall(text.text, b.start, b.end))
        readings.append(Reading(source, text.text, blocks, take_print(words, known)))
    return readings


def find_resemblances(readings: Sequence[Reading]) -> list[Resemblance]:
    """Return the pairs of sources that share passages, those that share most first."""
    prints = [reading.shingles for reading in readings]
    common = common_shingles(prints)
    pairs = find_pairs(prints, common, at_least=LEAST_WORDS // SHINGLE)
    found = (_compare(readings[a], readings[b], common) for a, b in pairs)
    alike = [resemblance for resemblance in found if resemblance is not None]
    return sorted(alike, key=lambda r: (-r.share, r.first, r.second))


def _compare(a: Reading, b: Reading, common: "NDArray[np.uint64]") -> Resemblance | None:
    """Return what two sources share, or None where it is too little."""
    if a.source > b.source:
        a, b = b, a
    runs = a.shingles.runs_shared(b.shingles, common)
    words = sum(length for _, _, length in runs)
    longest = max((length for _, _, length in runs), default=0)
    shorter = min(a.shingles.words, b.shingles.words)
    if words < LEAST_WORDS or (longest < LONG_PASSAGE and words < LEAST_SHARE * shorter):
        return None
    overlaps = _overlaps(a, b, runs)
    shares = [
        sum(map(len, merge(spans))) / reading.size
        for reading, spans in ((a, [o.first for o in overlaps]), (b, [o.second for o in overlaps]))
    ]
    return Resemblance(a.source, b.source, min(1.0, shares[0]), min(1.0, shares[1]), tuple(overlaps))


def _overlaps(a: Reading, b: Reading, runs: Iterable[tuple[int, int, int]]) -> list[Overlap]:
    """Return the shared passages: whole blocks that are alike with small changes, else the words that are."""
    found: dict[tuple[Span, Span], Overlap] = {}
    known: dict[tuple[Span, Span], float] = {}
    for start, other, length in runs:
        one = Span(a.words[start][0], a.words[start + length - 1][1])
        two = Span(b.words[other][0], b.words[other + length - 1][1])
        overlap = _widen(a, b, one, two, known) or Overlap(one, two, 100.0)
        found.setdefault((overlap.first, overlap.second), overlap)
    return [o for o in found.values() if not any(_lies_within(o, other) for other in found.values())]


def _lies_within(one: Overlap, other: Overlap) -> bool:
    return one != other and other.first.contains(one.first) and other.second.contains(one.second)


def _widen(
    a: Reading, b: Reading, one: Span, two: Span, known: dict[tuple[Span, Span], float]
) -> Overlap | None:
    """Return the blocks around a shared run as an overlap where they are alike as a whole.

    `known` keeps how alike two blocks are: long ones share many runs.
    """
    from rapidfuzz import fuzz

    first, second = _block_around(a.blocks, one), _block_around(b.blocks, two)
    if first is None or second is None:
        return None
    if (first, second) not in known:
        ratio = fuzz.ratio(first.of(a.text), second.of(b.text), score_cutoff=BLOCK_RATIO)
        known[first, second] = round(ratio, 1)
    ratio = known[first, second]
    return Overlap(first, second, ratio) if ratio else None


def _block_around(blocks: Sequence[Block], span: Span) -> Span | None:
    """Return the block that holds a span as a whole, or None."""
    place = bisect_right(blocks, span.start, key=lambda block: block.start) - 1
    block = blocks[place]
    return Span(block.start, block.end) if span.end <= block.end else None
