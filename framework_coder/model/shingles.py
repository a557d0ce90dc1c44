"""Word shingles of many texts, and which texts share them: arrays, for thousands of texts in seconds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 8
"""Words in a shingle."""

FEWEST_FOR_COMMON, SHARE_FOR_COMMON, MOST_FOR_COMMON = 8, 0.05, 50
"""A shingle in more than a twentieth of the sources (more than 8 in any case, 50 at most) says nothing."""

_MIX = 0x9E3779B97F4A7C15
_ODD = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Print:
    """The shingles of a text: their hashes in rising order, where each stands first; its number of words."""

    hashes: "NDArray[np.uint64]"
    places: "NDArray[np.intp]"
    words: int

    def runs_shared(self, other: "Print", common: "NDArray[np.uint64]") -> list[tuple[int, int, int]]:
        """Return the runs of words that two texts share, each with its place in both and its length."""
        import numpy as np

        shared, mine, its = np.intersect1d(self.hashes, other.hashes, True, True)
        kept = ~np.isin(shared, common, assume_unique=True)
        ours, theirs = self.places[mine[kept]], other.places[its[kept]]
        order = np.argsort(ours)
        ours, theirs = ours[order], theirs[order]
        breaks = np.flatnonzero((np.diff(ours) != 1) | (np.diff(theirs) != 1)) + 1
        return [
            (int(one[0]), int(two[0]), len(one) + SHINGLE - 1)
            for one, two in zip(np.split(ours, breaks), np.split(theirs, breaks), strict=True)
            if len(one)
        ]


def take_print(words: Iterable[str], known: dict[str, int]) -> Print:
    """Return the shingles of a text; `known` numbers the words of all texts, whatever their case."""
    import numpy as np

    numbers = np.fromiter((_number(word, known) for word in words), np.uint64)
    if len(numbers) < SHINGLE:
        return Print(np.empty(0, np.uint64), np.empty(0, np.intp), len(numbers))
    scattered = _scatter(numbers)
    hashes = np.zeros(len(numbers) - SHINGLE + 1, np.uint64)
    with np.errstate(over="ignore"):
        for place in range(SHINGLE):
            hashes = hashes * np.uint64(_ODD[0]) + scattered[place : place + len(hashes)]
    unique, first = np.unique(hashes, return_index=True)
    return Print(unique, first, len(numbers))


def _number(word: str, known: dict[str, int]) -> int:
    number = known.get(word)
    if number is None:
        folded = word.casefold()
        number = known[word] = known.setdefault(folded, len(known))
    return number


def _scatter(numbers: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Spread small numbers evenly over 64 bits (the finaliser of SplitMix64)."""
    import numpy as np

    with np.errstate(over="ignore"):
        mixed = (numbers + np.uint64(1)) * np.uint64(_MIX)
        for factor, shift in zip(_ODD, (30, 27), strict=True):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        return mixed ^ (mixed >> np.uint64(31))


def common_shingles(prints: Sequence[Print]) -> "NDArray[np.uint64]":
    """Return the shingles that stand in so many texts that they say nothing, in rising order."""
    import numpy as np

    if not prints:
        return np.empty(0, np.uint64)
    found, counts = np.unique(np.concatenate([each.hashes for each in prints]), return_counts=True)
    share = min(MOST_FOR_COMMON, SHARE_FOR_COMMON * len(prints))
    return found[counts > max(FEWEST_FOR_COMMON, share)]


def find_pairs(
    prints: Sequence[Print], common: "NDArray[np.uint64]", *, at_least: int
) -> list[tuple[int, int]]:
    """Return the pairs of texts (their places) that share so many shingles, common ones apart."""
    import numpy as np

    if not prints:
        return []
    hashes = np.concatenate([each.hashes for each in prints])
    texts = np.repeat(np.arange(len(prints)), [len(each.hashes) for each in prints])
    kept = ~np.isin(hashes, common)
    hashes, texts = hashes[kept], texts[kept]
    order = np.argsort(hashes, kind="stable")
    hashes, texts = hashes[order], texts[order]
    _, starts, sizes = np.unique(hashes, return_index=True, return_counts=True)
    shared: dict[int, int] = {}
    for keys in _pair_keys(texts, starts, sizes, len(prints)):
        for key, number in zip(*(a.tolist() for a in np.unique(keys, return_counts=True)), strict=True):
            shared[key] = shared.get(key, 0) + number
    return [divmod(key, len(prints)) for key, number in sorted(shared.items()) if number >= at_least]


def _pair_keys(
    texts: "NDArray[np.intp]", starts: "NDArray[np.intp]", sizes: "NDArray[np.intp]", count: int
) -> "Iterator[NDArray[np.intp]]":
    """Yield the pairs of texts that share a shingle, each as one number, for many shingles at a time."""
    import numpy as np

    for size in np.unique(sizes[sizes > 1]).tolist():
        begins = starts[sizes == size]
        members = texts[begins[:, None] + np.arange(size)]
        for one, two in combinations(range(size), 2):
            yield members[:, one] * count + members[:, two]
