"""The register of sources."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.web.pages import render

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()


@router.get("/sources", include_in_schema=False)
def show_sources(request: Request) -> HTMLResponse:
    """Show the register."""
    project: Project = request.app.state.project
    table = request.app.state.snapshots.matrix().table("sources")
    return render(request, "sources", "Sources", rows=table.records(), who_opened=project.who)
