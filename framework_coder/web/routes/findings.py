"""Findings: statements across sites, written, reworded, ordered, and rested on claims."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.model.findings import FindingLink, FindingRole
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.project.selecting import choose
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.explore import (
    ClaimLine,
    FindingEdit,
    FindingLinks,
    FindingPlace,
    FoundClaims,
    NewFinding,
)
from framework_coder.web.routes.explore import show_section
from framework_coder.web.scope import Scoped

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
MOST_CLAIMS = 50


@router.get("/explore/findings", include_in_schema=False)
def show_findings(request: Request, scope: Scoped) -> HTMLResponse:
    """Show the findings with their counts, and what stands for and against each."""
    built = request.app.state.snapshots.matrix(**scope.filters())
    grid = built.grid
    rows = [(found, _by_role(grid, found.links)) for found in built.explore.findings()]
    return show_section(request, "findings", scope, rows=rows, roles=[role.value for role in FindingRole])


@router.get("/api/claims")
def find_claims(request: Request, q: str = "") -> FoundClaims:
    """Return claims whose summary, site or theme has every word that was typed."""
    grid = request.app.state.snapshots.matrix().grid
    words = q.casefold().split()
    found = [line for line in (_line(grid, c.id) for c in grid.study.claims) if _fits(line, words)]
    return FoundClaims(claims=found[:MOST_CLAIMS], total=len(found))


@router.post("/api/findings", status_code=201)
def add_finding(request: Request, new: NewFinding) -> Done:
    """Write a finding."""
    project: Project = request.app.state.project
    project.findings.add(new.statement, comment=new.comment)
    return Done(entry=project.history.newest(), told="Finding added.")


@router.patch("/api/findings/{number}")
def edit_finding(request: Request, number: int, edit: FindingEdit) -> Done:
    """Reword a finding."""
    project: Project = request.app.state.project
    project.findings.edit(number, statement=edit.statement, comment=edit.comment, was=edit.was)
    return Done(entry=project.history.newest(), told="Finding changed.")


@router.delete("/api/findings/{number}")
def delete_finding(request: Request, number: int) -> Done:
    """Take a finding away; its claims stay."""
    project: Project = request.app.state.project
    project.findings.delete(number)
    return Done(entry=project.history.newest(), told="Finding deleted; its claims stay.")


@router.put("/api/findings/{number}/place")
def move_finding(request: Request, number: int, to: FindingPlace) -> Done:
    """Put a finding at a place in their order."""
    project: Project = request.app.state.project
    project.findings.move(number, to.place)
    return Done(entry=project.history.newest(), told="Finding moved.")


@router.post("/api/findings/{number}/claims")
def link_claims(request: Request, number: int, links: FindingLinks) -> Done:
    """Rest a finding on claims."""
    project: Project = request.app.state.project
    role = choose(FindingRole, links.role)
    project.findings.link(number, dict.fromkeys(links.claims, role), note=links.note)
    return Done(entry=project.history.newest(), told="Claims linked.")


@router.delete("/api/findings/{number}/claims/{claim}")
def unlink_claim(request: Request, number: int, claim: int) -> Done:
    """Take a claim from a finding."""
    project: Project = request.app.state.project
    project.findings.unlink(number, [claim])
    return Done(entry=project.history.newest(), told=f"Claim {claim} taken from the finding.")


def _by_role(grid: Matrix, links: Sequence[FindingLink]) -> list[tuple[str, list[ClaimLine]]]:
    return [
        (role.value, [_line(grid, link.claim) for link in links if link.role is role]) for role in FindingRole
    ]


def _line(grid: Matrix, number: int) -> ClaimLine:
    claim = grid.bearings.claims[number]
    status = grid.assessments[number].status
    return ClaimLine(
        id=number,
        site=grid.bearings.sites[claim.site].code,
        theme=claim.theme,
        label=grid.study.codebook[claim.theme].label,
        summary=claim.summary,
        status=status.value,
        letter=LEGEND[status].letter,
    )


def _fits(line: ClaimLine, words: list[str]) -> bool:
    text = f"{line.id} {line.site} {line.label} {line.summary}".casefold()
    return all(word in text for word in words)
