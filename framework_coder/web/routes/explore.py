"""Search with context; frequencies, cross-tabulations, findings and charts, each number with its sites."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from framework_coder.web.pages import render

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
HITS = 100
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@router.get("/explore", include_in_schema=False)
def show_explore(request: Request, q: str = "", rows: str = "", columns: str = "") -> HTMLResponse:
    """Show what was searched for, and the tables and charts across sites."""
    project: Project = request.app.state.project
    built = request.app.state.snapshots.matrix()
    explored = built.explore
    crossed = explored.cross(rows, columns) if rows and columns else None
    return render(
        request,
        "explore",
        "Explore",
        q=q,
        hits=project.search(q, limit=HITS) if q.strip() else [],
        most=HITS,
        facets=explored.facets(),
        rows=rows,
        columns=columns,
        crosstab=explored.cross_table(crossed) if crossed else None,
        frequencies=explored.frequencies(),
        findings=explored.findings(),
        charts=[(chart.name, chart.title, chart.caption) for chart in explored.charts()],
    )


@router.get("/api/charts/{name}.{kind}")
def draw_chart(request: Request, name: str, kind: str) -> Response:
    """Return a chart as SVG or PNG."""
    content = request.app.state.snapshots.matrix().explore.draw(name, kind)
    return Response(content, media_type=TYPES.get(kind, "application/octet-stream"))
