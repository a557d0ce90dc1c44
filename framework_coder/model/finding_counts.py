"""What a finding rests on: its sites with denominators, and how well its claims stand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from framework_coder.model.bearings import Bearings
from framework_coder.model.counting import Count, find_base, is_borne_out
from framework_coder.model.findings import Finding, FindingLink, FindingRole
from framework_coder.model.matrix import Matrix
from framework_coder.model.study import Site
from framework_coder.model.triangulation import Status


@dataclass(frozen=True, slots=True)
class FindingAssessment:
    """A finding with the sites for it, against it and excepted from it.

    `count` has the sites with a supporting claim that live evidence bears out, with the denominators of the
    themes of all claims linked. `weak` are the ids of supporting claims that are not borne out or are
    contested; `statuses` counts the supporting claims. A site can be on both sides. `unplaced` are the sites
    shown that no linked claim is of: the negative cases still to be looked at.
    """

    finding: Finding
    links: tuple[FindingLink, ...]
    count: Count
    against: tuple[Site, ...]
    exceptions: tuple[Site, ...]
    unplaced: tuple[Site, ...]
    statuses: Mapping[Status, int]
    weak: tuple[int, ...]

    def __str__(self) -> str:
        """Return the count in words, with what stands against it."""
        parts = [str(self.count)]
        for sites, what in ((self.against, "against"), (self.exceptions, "excepted")):
            if sites:
                parts.append(f"{what}: {', '.join(site.code for site in sites)}")
        return "; ".join(parts)


def assess_findings(matrix: Matrix) -> list[FindingAssessment]:
    """Return every finding with what it rests on, in order."""
    links: dict[int, list[FindingLink]] = {finding.id: [] for finding in matrix.study.findings}
    for link in matrix.study.finding_links:
        if link.claim in matrix.bearings.claims:
            links[link.finding].append(link)
    return [_assess(matrix, finding, links[finding.id]) for finding in matrix.study.findings]


def _assess(matrix: Matrix, finding: Finding, links: list[FindingLink]) -> FindingAssessment:
    bearings = matrix.bearings
    claims = {role: [bearings.claims[n.claim] for n in links if n.role is role] for role in FindingRole}
    supporting = claims[FindingRole.SUPPORTS]
    strong = [claim for claim in supporting if is_borne_out(claim, bearings)]
    base = find_base(bearings, matrix.sites, {bearings.claims[link.claim].theme for link in links})
    having = {claim.site for claim in strong}
    weak = [c.id for c in supporting if c not in strong or _is_contested(c.id, bearings)]

    def sites(numbers: set[int]) -> tuple[Site, ...]:
        return tuple(site for site in matrix.sites if site.id in numbers)

    placed = {bearings.claims[link.claim].site for link in links}
    return FindingAssessment(
        finding,
        tuple(links),
        Count(
            "finding",
            finding.statement,
            sites=sites(having),
            shown=base.shown,
            with_evidence=base.with_evidence,
            examined=base.examined,
            contested=sites({c.site for c in strong if _is_contested(c.id, bearings)}),
            claims=tuple(claim.id for claim in strong),
        ),
        against=sites({c.site for c in claims[FindingRole.CONTRADICTS]}),
        exceptions=sites({c.site for c in claims[FindingRole.EXCEPTION]}),
        unplaced=sites({site.id for site in matrix.sites} - placed),
        statuses=Counter(bearings.assessments[c.id].status for c in supporting),
        weak=tuple(weak),
    )


def _is_contested(claim: int, bearings: Bearings) -> bool:
    return bearings.assessments[claim].status is Status.CONTESTED
