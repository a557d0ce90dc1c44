"""The register of sources."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.web.pages import render

router = APIRouter()


@router.get("/sources", include_in_schema=False)
def show_sources(request: Request) -> HTMLResponse:
    """Show the register."""
    table = request.app.state.snapshots.matrix().table("sources")
    return render(request, "sources", "Sources", rows=table.records())
