"""The register of sources and the sites, as tables that are edited in place."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.web.pages import render
from framework_coder.web.payloads.sources import CellEdit, CellEdited, GridPage, NewSite
from framework_coder.web.register import (
    SOURCE_FIELDS,
    cells_of,
    list_sites,
    list_sources,
    site_columns,
    source_columns,
)

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()


class SiteTakenError(ConflictError):
    """A code that a site has already."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There is a site “{code}” already; edit it, or give the new one another code.")


class NotEditedError(BadInputError):
    """A column that is not edited."""

    def __init__(self, field: str) -> None:
        super().__init__(f"“{field}” is not edited here.")


@router.get("/sources", include_in_schema=False)
def show_sources(request: Request) -> HTMLResponse:
    """Show the register of sources."""
    return render(request, "sources/register", "Sources", page=tell_sources(request).model_dump())


@router.get("/sites", include_in_schema=False)
def show_sites(request: Request) -> HTMLResponse:
    """Show the sites: what is planned and collected, and their attributes."""
    return render(request, "sources/register", "Sites", page=tell_sites(request).model_dump())


@router.get("/api/sources")
def tell_sources(request: Request) -> GridPage:
    """Return the register of sources."""
    project: Project = request.app.state.project
    entry = project.history.newest()
    grid = request.app.state.snapshots.matrix().grid
    columns = source_columns(project.design, project.sites.list(), len(grid.themes))
    return GridPage(entry=entry, kind="sources", columns=columns, lines=list_sources(project, grid))


@router.get("/api/sites")
def tell_sites(request: Request) -> GridPage:
    """Return the sites."""
    project: Project = request.app.state.project
    entry = project.history.newest()
    design = project.design
    known = {each.id for each in design.site_fields}
    named = dict.fromkeys(name for site in project.sites.list() for name in site.attributes)
    columns = site_columns(design, [name for name in named if name not in known])
    return GridPage(entry=entry, kind="sites", columns=columns, lines=list_sites(project, columns))


@router.patch("/api/sources/{ref}")
def edit_source(request: Request, ref: str, edit: CellEdit) -> CellEdited:
    """Change one field of a source, as one step."""
    project: Project = request.app.state.project
    if edit.field not in SOURCE_FIELDS:
        raise NotEditedError(edit.field)
    project.sources.edit(ref, was={edit.field: edit.was}, **{edit.field: edit.value})
    row = next(row for row in project.sources.rows() if row["ref"] == ref)
    return CellEdited(entry=project.history.newest(), cells=cells_of(row))


@router.patch("/api/sites/{code}")
def edit_site(request: Request, code: str, edit: CellEdit) -> CellEdited:
    """Change the name, an attribute or the plan of a site, as one step."""
    project: Project = request.app.state.project
    what, is_plan, method = edit.field.partition(":")
    if is_plan and what in {"plan", "why"}:
        name = "count" if what == "plan" else "reason"
        project.sites.edit_plan(code, method, was={name: edit.was}, **{name: edit.value})
    elif edit.field in {"code", "was", "why", ""}:
        raise NotEditedError(edit.field)
    else:
        project.sites.edit(code, was={edit.field: edit.was}, **{edit.field: edit.value})
    line = next(line for line in tell_sites(request).lines if line.id == code)
    return CellEdited(entry=project.history.newest(), cells=line.cells)


@router.post("/api/sites", status_code=201)
def add_site(request: Request, new: NewSite) -> GridPage:
    """Add a site at the end."""
    project: Project = request.app.state.project
    code = new.code.strip()
    if any(site.code == code for site in project.sites.list()):
        raise SiteTakenError(code)
    project.sites.add(code, new.name.strip())
    return tell_sites(request)
