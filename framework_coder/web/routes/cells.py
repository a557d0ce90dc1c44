"""A cell: its drawer, coverage, proposals, memos, and what people decide on its claims.

Each change answers with the cell as it is then, so that its state and the reason show at once.
"""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from framework_coder.errors import NotFoundError
from framework_coder.web.drawer import open_drawer
from framework_coder.web.payloads.base import Reason
from framework_coder.web.payloads.cells import (
    CellDrawer,
    CheckMade,
    CoverageMark,
    DecisionMade,
    MemoText,
    PairMade,
)

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter(prefix="/api/cells/{site}/{theme}")


class NoSuchCellError(NotFoundError):
    """A cell that the matrix does not have."""

    def __init__(self, site: str, theme: str) -> None:
        super().__init__(f"There is no cell {site} × {theme}; open the matrix anew.")


@router.get("")
def tell_cell(request: Request, site: str, theme: str) -> CellDrawer:
    """Return all of a cell."""
    entry, built = request.app.state.snapshots.at()
    found = next((each for each in built.grid.study.sites if each.code == site), None)
    if found is None or theme not in built.grid.study.codebook:
        raise NoSuchCellError(site, theme)
    return open_drawer(built, found, theme, entry)


@router.put("/not-applicable")
def mark_cell(request: Request, site: str, theme: str, why: Reason) -> CellDrawer:
    """Say that a theme does not apply at a site, and why not."""
    project: Project = request.app.state.project
    project.cells.mark_not_applicable(site, theme, why.reason)
    return tell_cell(request, site, theme)


@router.delete("/not-applicable")
def withdraw_mark(request: Request, site: str, theme: str) -> CellDrawer:
    """Take that back."""
    project: Project = request.app.state.project
    project.cells.withdraw(site, theme)
    return tell_cell(request, site, theme)


@router.put("/coverage/{ref}")
def mark_examined(request: Request, site: str, theme: str, ref: str, mark: CoverageMark) -> CellDrawer:
    """Record how far a source was examined for the theme and those below."""
    project: Project = request.app.state.project
    project.coverage.set([ref], [theme], mark.state)
    return tell_cell(request, site, theme)


@router.delete("/coverage/{ref}")
def withdraw_coverage(request: Request, site: str, theme: str, ref: str) -> CellDrawer:
    """Take back what was recorded of a source for the theme and those below."""
    project: Project = request.app.state.project
    project.coverage.withdraw([ref], [theme])
    return tell_cell(request, site, theme)


@router.post("/proposals/{coding}/{decision}")
def decide_proposal(request: Request, site: str, theme: str, coding: int, decision: str) -> CellDrawer:
    """Accept a proposal (`accept`), or set it aside."""
    project: Project = request.app.state.project
    if decision == "accept":
        project.codings.accept([coding])
    else:
        project.codings.reject([coding])
    return tell_cell(request, site, theme)


@router.put("/claims/{number}/decision")
def decide_claim(request: Request, site: str, theme: str, number: int, made: DecisionMade) -> CellDrawer:
    """Decide on a contested claim, with a reason."""
    project: Project = request.app.state.project
    project.reviews.adjudicate(number, made.decision, made.reason)
    return tell_cell(request, site, theme)


@router.delete("/claims/{number}/decision")
def withdraw_decision(request: Request, site: str, theme: str, number: int) -> CellDrawer:
    """Take the decisions on a claim back."""
    project: Project = request.app.state.project
    project.reviews.withdraw(number)
    return tell_cell(request, site, theme)


@router.put("/claims/{number}/pairs/{first}/{second}")
def confirm_pair(
    request: Request, site: str, theme: str, number: int, first: str, second: str, made: PairMade
) -> CellDrawer:
    """Confirm what two methods come to on a claim; a reason where it is not what was suggested."""
    project: Project = request.app.state.project
    project.reviews.confirm([(number, first, second)], made.confirmed or None, reason=made.reason)
    return tell_cell(request, site, theme)


@router.delete("/claims/{number}/pairs/{first}/{second}")
def reopen_pair(request: Request, site: str, theme: str, number: int, first: str, second: str) -> CellDrawer:
    """Take that back."""
    project: Project = request.app.state.project
    project.reviews.reopen([(number, first, second)])
    return tell_cell(request, site, theme)


@router.put("/claims/{number}/check")
def record_check(request: Request, site: str, theme: str, number: int, made: CheckMade) -> CellDrawer:
    """Record where the member check of a claim stands."""
    project: Project = request.app.state.project
    project.reviews.record_check(number, made.state, informant=made.informant, reply=made.reply)
    return tell_cell(request, site, theme)


@router.post("/memos", status_code=201)
def write_memo(request: Request, site: str, theme: str, memo: MemoText) -> CellDrawer:
    """Write a memo on a claim of the cell, or on the cell."""
    project: Project = request.app.state.project
    if memo.claim is not None:
        project.memos.add(memo.title, memo.text, kind=memo.kind, claim=memo.claim)
    else:
        project.memos.add(memo.title, memo.text, kind=memo.kind, site=site, theme=theme)
    return tell_cell(request, site, theme)


@router.put("/memos/{number}")
def edit_memo(request: Request, site: str, theme: str, number: int, memo: MemoText) -> CellDrawer:
    """Change the words of a memo."""
    project: Project = request.app.state.project
    project.memos.edit(number, title=memo.title, text=memo.text, kind=memo.kind, edition=memo.edition)
    return tell_cell(request, site, theme)


@router.delete("/memos/{number}")
def remove_memo(request: Request, site: str, theme: str, number: int, edition: str = "") -> CellDrawer:
    """Take a memo away."""
    project: Project = request.app.state.project
    project.memos.remove(number, edition=edition)
    return tell_cell(request, site, theme)
