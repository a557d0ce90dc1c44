"""Negative cases: the sites where a coded value, or a finding, does not hold, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from framework_coder.model.counting import Count, count_values
from framework_coder.model.matrix import Matrix
from framework_coder.model.study import Site


class Standing(StrEnum):
    """How a site stands to a coded value, most telling first."""

    CONTESTED = "contested"
    OTHER = "other"
    AGAINST = "against"
    HAS = "has"
    SILENT = "silent"
    NOT_EXAMINED = "not_examined"


STANDINGS: Mapping[Standing, str] = {
    Standing.CONTESTED: "has it, but other evidence contradicts it",
    Standing.OTHER: "says something else on it",
    Standing.AGAINST: "claims it, but without live support, or decided against it",
    Standing.HAS: "has it",
    Standing.SILENT: "every source was examined and says nothing of it",
    Standing.NOT_EXAMINED: "says nothing of it, and not every source was examined",
}
"""Each standing in words."""


@dataclass(frozen=True, slots=True)
class NegativeCase:
    """A site with its standing to a value, the other values that it has, and the ids of the claims on it."""

    site: Site
    standing: Standing
    others: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()


def find_negative_cases(matrix: Matrix, name: str, value: str) -> list[NegativeCase]:
    """Return every site shown with its standing to a coded value, the most telling first.

    The analysis of deviant cases starts with those that are not `has`; none is left out.
    """
    counts = count_values(matrix.study, matrix.selection, name)
    count = next((c for c in counts if c.value == value), None)
    examined = {site.id for site in (counts[0].examined if counts else ())}
    order = list(Standing)
    cases = [_judge(matrix, site, name, value, count, counts, examined) for site in matrix.sites]
    return sorted(cases, key=lambda case: order.index(case.standing))


def _judge(
    matrix: Matrix,
    site: Site,
    name: str,
    value: str,
    count: Count | None,
    counts: list[Count],
    examined: set[int],
) -> NegativeCase:
    said = [
        claim
        for claim in matrix.bearings.claims.values()
        if claim.site == site.id and any(v.name == name for v in claim.values)
    ]
    others = tuple(c.value for c in counts if c.value != value and site in c.sites)
    claims = tuple(claim.id for claim in said)
    if count is not None and site in count.contested:
        return NegativeCase(site, Standing.CONTESTED, others, claims)
    if count is not None and site in count.sites:
        return NegativeCase(site, Standing.HAS, others, claims)
    if any(v.name == name and v.text == value for claim in said for v in claim.values):
        return NegativeCase(site, Standing.AGAINST, others, claims)
    if others:
        return NegativeCase(site, Standing.OTHER, others, claims)
    return NegativeCase(site, Standing.SILENT if site.id in examined else Standing.NOT_EXAMINED, (), claims)
