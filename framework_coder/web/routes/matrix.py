"""The matrix: the grid as a view shows it, what changed in it, and its export."""

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import FileResponse, HTMLResponse

from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.model.view import View, count_states
from framework_coder.web.exporting import export_view
from framework_coder.web.grid import draw_grid
from framework_coder.web.grid_cells import draw_inside, look_of, say_cell
from framework_coder.web.heads import head_site, head_theme
from framework_coder.web.pages import render
from framework_coder.web.payloads.matrix import (
    CellPatch,
    MatrixChanges,
    MatrixPage,
    MethodLook,
    StateLook,
)
from framework_coder.web.toolbar import EXPORTS, lay_out
from framework_coder.web.viewing import address_of, read_view

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()


@router.get("/matrix", include_in_schema=False)
def show_matrix(request: Request) -> HTMLResponse:
    """Show the matrix as the address asks for it; the page has it as a table before its script runs."""
    view = read_view(request.query_params)
    entry, built = request.app.state.snapshots.look(view)
    grid = built.grid
    bar = lay_out(request.app.state.snapshots.matrix().grid, grid, view)
    return render(
        request,
        "matrix",
        "Matrix",
        page=_page(entry, grid, view).model_dump(),
        table=draw_grid(grid, view) if grid.sites and grid.themes else "",
        bar=bar,
        exports=EXPORTS,
        view=view,
        address=address_of(view),
        has_sites=bool(grid.study.sites),
        has_themes=bool(grid.study.codebook.active),
    )


@router.get("/api/matrix/changes")
def tell_changes(request: Request, since: int, shape: str) -> MatrixChanges:
    """Return the cells that changed since an entry, in the grid that the rest of the address asks for."""
    project: Project = request.app.state.project
    view = read_view(request.query_params)
    entry, built = request.app.state.snapshots.look(view)
    grid = built.grid
    touched = project.touched(built, since)
    if touched is None or _shape(grid, view) != shape:
        return MatrixChanges(entry=entry, is_whole=True, cells=[], counts={})
    cells = [patch for code in sorted(touched) for patch in _patches(grid, view, code)]
    return MatrixChanges(entry=entry, is_whole=False, cells=cells, counts=count_states(grid.cells.values()))


@router.get("/matrix/export.{ending}", include_in_schema=False)
async def export_matrix(request: Request, ending: str, anonymous: bool = False) -> FileResponse:
    """Save what the address shows as a file: the same rows, columns, order, density and layout."""
    view = read_view(request.query_params)
    project, snapshots = request.app.state.project, request.app.state.snapshots
    made = await run_in_threadpool(export_view, project, snapshots, view, ending, is_anonymous=anonymous)
    name = quote(f"{snapshots.name()} matrix.{ending}")
    return FileResponse(
        made.path,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
        background=made.removal,
    )


def _page(entry: int, grid: Matrix, view: View) -> MatrixPage:
    return MatrixPage(
        entry=entry,
        shape=_shape(grid, view),
        is_turned=grid.layout.is_transposed,
        sites=[head_site(each) for each in grid.sites],
        themes=[head_theme(grid.study.codebook, each.id) for each in grid.themes],
        methods=[MethodLook(id=m.id, label=m.label, letter=m.letter) for m in grid.study.design.methods],
        states=[
            StateLook(id=state.value, letter=look.letter, label=look.label, definition=look.definition)
            for state, look in LEGEND.items()
        ],
    )


def _shape(grid: Matrix, view: View) -> str:
    """Return what is the same for grids with the same rows and columns, drawn in the same way."""
    said = [grid.layout, view.only, view.is_dimmed, [s.code for s in grid.sites], [t.id for t in grid.themes]]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def _patches(grid: Matrix, view: View, code: str) -> list[CellPatch]:
    place = next((number for number, site in enumerate(grid.sites) if site.code == code), None)
    if place is None:
        return []
    site = grid.sites[place].id
    found = []
    for number, theme in enumerate(grid.themes):
        cell = grid.cells[site, theme.id]
        row, column = (number, place) if grid.layout.is_transposed else (place, number)
        found.append(
            CellPatch(
                row=row,
                column=column,
                look=look_of(cell, view),
                said=say_cell(cell),
                inside=draw_inside(grid, cell),
            )
        )
    return found
