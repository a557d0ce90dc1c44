"""How each pair of planned methods stands on a claim: suggested now, and what an analyst made of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from framework_coder.model.claims import Claim
from framework_coder.model.convergence import MethodReading, converge, read_method
from framework_coder.model.reviews import Convergence, ConvergenceDecision
from framework_coder.model.triangulation import Assessment, Item

if TYPE_CHECKING:
    from framework_coder.model.bearings import Bearings

Pair = tuple[str, str]
"""Two methods' ids, in the order of the alphabet."""

UNDECIDED = frozenset({Convergence.NOT_ASSESSABLE, Convergence.PENDING, Convergence.NO_EVIDENCE})
"""Suggestions that leave an analyst nothing to confirm yet."""


class PairingState(StrEnum):
    """Whether an analyst has confirmed a suggestion."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two methods on a claim: what the rule suggests now, and the decision made, if any."""

    claim: int
    first: str
    second: str
    suggested: Convergence
    decision: ConvergenceDecision | None = None

    @property
    def state(self) -> PairingState:
        """Open without a decision; changed where the suggestion is another now than it was then."""
        if self.decision is None:
            return PairingState.OPEN
        has_changed = self.decision.suggested is not self.suggested
        return PairingState.CHANGED if has_changed else PairingState.CONFIRMED

    @property
    def stands(self) -> Convergence:
        """What holds: the decision where it is still good, else the suggestion."""
        if self.decision is not None and self.state is PairingState.CONFIRMED:
            return self.decision.confirmed
        return self.suggested

    @property
    def awaits(self) -> bool:
        """Whether there is something for an analyst to confirm, or to confirm again."""
        if self.state is PairingState.OPEN:
            return self.suggested not in UNDECIDED
        return self.state is PairingState.CHANGED


def pair_up(bearings: "Bearings", claims: Iterable[Claim]) -> Iterator[Pairing]:
    """Yield every pair of planned methods of each claim, in the order of the claims.

    Where many claims are asked about more than once, `Bearings.pairings` has them worked out.
    """
    pairs = list(combinations(sorted(bearings.planned), 2))
    made = {(d.claim, d.first_method, d.second_method): d for d in bearings.study.convergences}
    silent: dict[tuple[int, str], Mapping[str, MethodReading]] = {}
    for claim in claims:
        cell = (claim.site, claim.theme)
        if cell not in silent:
            silent[cell] = _read_silence(bearings, *cell)
        readings = _read_methods(silent[cell], bearings.assessments[claim.id])
        for first, second in pairs:
            suggested = converge(readings[first], readings[second])
            yield Pairing(claim.id, first, second, suggested, made.get((claim.id, first, second)))


def _read_silence(bearings: "Bearings", site: int, theme: str) -> Mapping[str, MethodReading]:
    """Return the reading of each planned method that says nothing on a claim of the cell."""
    examined = bearings.examined(theme)
    return {
        method: read_method((), is_collected=bool(sources), is_examined=sources <= examined)
        for method, sources in bearings.sources_by_method[site].items()
    }


def _read_methods(silent: Mapping[str, MethodReading], found: Assessment) -> Mapping[str, MethodReading]:
    by_method: dict[str, list[Item]] = {}
    for item in (*found.supports, *found.qualifies, *found.contradicts):
        by_method.setdefault(item.source.method, []).append(item)
    readings = dict(silent)
    for method in by_method.keys() & silent.keys():
        bare = silent[method]
        readings[method] = read_method(
            by_method[method], is_collected=bare.is_collected, is_examined=bare.is_examined
        )
    return readings


def count_pairings(pairings: Iterable[Pairing]) -> dict[Pair, dict[Convergence, int]]:
    """Return for each pair of methods how many claims stand in which way, in the order of `Convergence`."""
    counts: dict[Pair, dict[Convergence, int]] = {}
    for pairing in pairings:
        pair = (pairing.first, pairing.second)
        if pair not in counts:
            counts[pair] = dict.fromkeys(Convergence, 0)
        counts[pair][pairing.stands] += 1
    return counts
