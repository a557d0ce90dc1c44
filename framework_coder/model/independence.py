"""The largest set of pairwise independent items: exact, by branching on the item with most conflicts.

An item is anything with a source and a set of origins. Two are independent when they come from different
sources and share no origin. Source: method.md §4.
"""

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache

Witness = tuple[int, frozenset[str], Hashable]
"""A source, the origins that speak in it, and its class (its method, for the t of the rule)."""


def largest_independent(witnesses: Iterable[Witness], *, one_of_each_class: bool = False) -> int:
    """Return the size of the largest set of pairwise independent witnesses.

    With `one_of_each_class` the classes of the set must all differ (the t of the rule; without: g).
    """
    kept = _undominated(witnesses)
    if _share_nothing(kept):
        return len({kind for _, _, kind in kept}) if one_of_each_class else len(kept)
    near = [0] * len(kept)
    for i, (source, origins, kind) in enumerate(kept):
        for j in range(i):
            other = kept[j]
            if source == other[0] or origins & other[1] or (one_of_each_class and kind == other[2]):
                near[i] |= 1 << j
                near[j] |= 1 << i
    return _largest((1 << len(kept)) - 1, near, {})


@lru_cache(maxsize=1 << 16)
def choose_independent(
    witnesses: tuple[Witness, ...], *, one_of_each_class: bool = False
) -> tuple[Witness, ...]:
    """Return a largest set of pairwise independent witnesses: of several, the first in the order given."""
    left = list(dict.fromkeys(witnesses))
    wanted = largest_independent(left, one_of_each_class=one_of_each_class)
    chosen: list[Witness] = []
    while wanted:
        first, *rest = left
        beside = [w for w in rest if not _clash(first, w, one_of_each_class=one_of_each_class)]
        if largest_independent(beside, one_of_each_class=one_of_each_class) == wanted - 1:
            chosen.append(first)
            wanted -= 1
            rest = beside
        left = rest
    return tuple(chosen)


def _clash(a: Witness, b: Witness, *, one_of_each_class: bool) -> bool:
    return a[0] == b[0] or bool(a[1] & b[1]) or (one_of_each_class and a[2] == b[2])


def _share_nothing(witnesses: Sequence[Witness]) -> bool:
    """Say whether no two witnesses have a source or an origin in common."""
    origins = [origin for _, found, _ in witnesses for origin in found]
    return len({w[0] for w in witnesses}) == len(witnesses) and len(set(origins)) == len(origins)


def _undominated(witnesses: Iterable[Witness]) -> Sequence[Witness]:
    """Leave out a witness whose source has another with no origin besides its own: it never does better."""
    found = list(set(witnesses))
    if len({w[0] for w in found}) == len(found):
        return found
    kept: list[Witness] = []
    for witness in sorted(found, key=lambda w: (w[0], len(w[1]), sorted(w[1]))):
        if not any(w[0] == witness[0] and w[2] == witness[2] and w[1] <= witness[1] for w in kept):
            kept.append(witness)
    return kept


def _largest(left: int, near: list[int], known: dict[int, int]) -> int:
    """Return the independence number of the graph on the bits of `left`."""
    taken = 0
    busiest, most = -1, -1
    while left:
        busiest, most = _busiest(left, near)
        if most <= 1:
            return taken + _matched(left, near)
        loose = _loosest(left, near)
        if loose < 0:
            break
        taken += 1
        left &= ~(near[loose] | 1 << loose)
    if not left:
        return taken
    if left not in known:
        without = left & ~(1 << busiest)
        known[left] = max(1 + _largest(without & ~near[busiest], near, known), _largest(without, near, known))
    return taken + known[left]


def _bits(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _busiest(left: int, near: list[int]) -> tuple[int, int]:
    """Return the vertex with most neighbours left, and how many."""
    return max(((v, (near[v] & left).bit_count()) for v in _bits(left)), key=lambda pair: pair[1])


def _loosest(left: int, near: list[int]) -> int:
    """Return a vertex that some largest set takes: its neighbours left are all neighbours of each other."""
    for v in _bits(left):
        around = near[v] & left
        if all(around & ~(1 << w) & ~near[w] == 0 for w in _bits(around)):
            return v
    return -1


def _matched(left: int, near: list[int]) -> int:
    """Count a graph of lone vertices and pairs: one of each."""
    return sum(1 for v in _bits(left) if not near[v] & left & ((1 << v) - 1))
