"""The matrix: the grid, and the drawer of a cell with its claims and evidence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from framework_coder.errors import NotFoundError
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell
from framework_coder.web.drawer import open_drawer
from framework_coder.web.heads import head_site, head_theme
from framework_coder.web.pages import render
from framework_coder.web.payloads.cells import CellDrawer
from framework_coder.web.payloads.matrix import MatrixCell, MatrixPage, MethodLook, StateLook

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
Several = Annotated[Sequence[str], Query()]


class NoSuchCellError(NotFoundError):
    """A cell that the matrix does not have."""

    def __init__(self, site: str, theme: str) -> None:
        super().__init__(f"There is no cell {site} × {theme}; open the matrix anew.")


@router.get("/matrix", include_in_schema=False)
def show_matrix(
    request: Request,
    site: Several = (),
    theme: Several = (),
    method: Several = (),
) -> HTMLResponse:
    """Show the matrix; the page has it as a table before its script runs."""
    page = tell_matrix(request, site, theme, method)
    return render(request, "matrix", "Matrix", page=page.model_dump(), groups=_groups(page))


@router.get("/api/matrix")
def tell_matrix(
    request: Request,
    site: Several = (),
    theme: Several = (),
    method: Several = (),
) -> MatrixPage:
    """Return the matrix at status density."""
    project: Project = request.app.state.project
    entry = project.history.newest()
    grid = request.app.state.snapshots.matrix(sites=site, themes=theme, methods=method).grid
    methods = grid.study.design.planned_methods
    return MatrixPage(
        entry=entry,
        sites=[head_site(each) for each in grid.sites],
        themes=[head_theme(grid.study.codebook, each.id) for each in grid.themes],
        methods=[MethodLook(id=m.id, label=m.label, letter=m.letter) for m in methods],
        states=[
            StateLook(id=state.value, letter=look.letter, label=look.label, definition=look.definition)
            for state, look in LEGEND.items()
        ],
        fields=[(f.id, f.label) for f in grid.study.design.site_fields],
        cells=[[_cell(cell) for cell in cells] for _, cells in grid.rows()],
    )


@router.get("/api/cells/{site}/{theme}")
def tell_cell(request: Request, site: str, theme: str) -> CellDrawer:
    """Return all of a cell."""
    project: Project = request.app.state.project
    entry = project.history.newest()
    built = request.app.state.snapshots.matrix()
    found = next((each for each in built.grid.sites if each.code == site), None)
    if found is None or theme not in built.grid.study.codebook:
        raise NoSuchCellError(site, theme)
    return open_drawer(project, built, found, theme, entry)


def _cell(cell: Cell) -> MatrixCell:
    return MatrixCell(
        state=cell.state.value,
        claims=len(cell.claims),
        uncharted=cell.uncharted,
        proposed=cell.proposed,
        examined=cell.examined,
        sources=cell.sources,
        lamps=[lamp.value for lamp in (cell.lamps or {}).values()],
        strip=[(status.value, number) for status, number in (cell.strip or {}).items()],
    )


def _groups(page: MatrixPage) -> list[tuple[str, int]]:
    """Return the groups of neighbouring columns with how many each spans."""
    groups: list[tuple[str, int]] = []
    for theme in page.themes:
        if groups and groups[-1][0] == theme.group:
            groups[-1] = (theme.group, groups[-1][1] + 1)
        else:
            groups.append((theme.group, 1))
    return groups
