"""A cell: its drawer, coverage, proposals and memos.

Each change answers with the cell as it is then, so that its state and the reason show at once. What people
decide on claims goes where the queues send it (triangulation, convergence, reviews).
"""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from framework_coder.errors import NotFoundError
from framework_coder.web.drawer import open_drawer
from framework_coder.web.payloads.base import Reason
from framework_coder.web.payloads.cells import (
    CellDrawer,
    CoverageMark,
    MemoText,
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
