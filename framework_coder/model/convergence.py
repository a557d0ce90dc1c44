"""Whether two methods agree on a claim, after Farmer et al. 2006 (Qual Health Res 16:377)."""

from collections.abc import Iterable
from dataclasses import dataclass

from framework_coder.model.claims import Stance
from framework_coder.model.reviews import Convergence
from framework_coder.model.triangulation import Item


@dataclass(frozen=True, slots=True)
class MethodReading:
    """What one method's sources say of a claim; `is_examined`: every one of them was read for it."""

    is_collected: bool
    is_examined: bool
    supports: int = 0
    qualifies: int = 0
    contradicts: int = 0
    prominences: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether no item of this method says anything."""
        return not (self.supports or self.qualifies or self.contradicts)


def read_method(items: Iterable[Item], *, is_collected: bool, is_examined: bool) -> MethodReading:
    """Return the reading of one method from its live items; context does not count."""
    supports = qualifies = contradicts = 0
    rated: set[int] = set()
    for item in items:
        if item.stance is Stance.CONTEXT:
            continue
        supports += item.stance is Stance.SUPPORTS
        qualifies += item.stance is Stance.QUALIFIES
        contradicts += item.stance is Stance.CONTRADICTS
        if item.prominence is not None:
            rated.add(item.prominence)
    return MethodReading(is_collected, is_examined, supports, qualifies, contradicts, frozenset(rated))


def converge(a: MethodReading, b: MethodReading) -> Convergence:
    """Return the convergence of two methods on a claim; the order of the two does not matter."""
    if not (a.is_collected and b.is_collected):
        return Convergence.NOT_ASSESSABLE
    if any(m.is_empty and not m.is_examined for m in (a, b)):
        return Convergence.PENDING
    if (a.supports and b.contradicts) or (b.supports and a.contradicts):
        return Convergence.DISSONANCE
    differs = bool(a.prominences and b.prominences) and a.prominences != b.prominences
    if a.supports and b.supports and not (a.qualifies or b.qualifies or differs):
        return Convergence.AGREEMENT
    if (a.supports or a.qualifies) and (b.supports or b.qualifies):
        return Convergence.PARTIAL
    if a.is_empty != b.is_empty:
        return Convergence.SILENCE
    return Convergence.NO_EVIDENCE
