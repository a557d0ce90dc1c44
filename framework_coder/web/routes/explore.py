"""Search with context, and the passages behind every number of the tables."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from framework_coder.web.behind import Behind, find_passages
from framework_coder.web.pages import render
from framework_coder.web.scope import Scope, Scoped, list_choices

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
HITS = 200
PASSAGES = 200
"""Passages that a page shows; the file has them all."""
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
SECTIONS = (
    ("search", "", "Search"),
    ("frequencies", "/frequencies", "Frequencies"),
    ("crosstab", "/crosstab", "Cross-tabulation"),
    ("together", "/together", "Co-occurrence"),
    ("negative", "/negative", "Negative cases"),
    ("timeline", "/timeline", "Timeline"),
    ("coverage", "/coverage", "Coverage"),
    ("findings", "/findings", "Findings"),
)
"""The parts of the screen: id, address after `/explore`, name."""


def show_section(request: Request, section: str, scope: Scope, **values: Any) -> HTMLResponse:
    """Return the page of a part of the screen, with its filters."""
    whole = request.app.state.snapshots.matrix().grid
    title = next(name for id_, _, name in SECTIONS if id_ == section)
    return render(
        request,
        f"explore/{section}",
        title,
        sections=SECTIONS,
        section=section,
        scope=scope,
        choices=list_choices(whole),
        methods=whole.study.design.methods,
        **values,
    )


@router.get("/explore", include_in_schema=False)
def show_search(request: Request, scope: Scoped, q: str = "") -> HTMLResponse:
    """Show where words stand."""
    project: Project = request.app.state.project
    grid = request.app.state.snapshots.matrix().grid
    filters = scope.filters()
    hits = (
        project.search(q, sites=filters["sites"], methods=filters["methods"], limit=HITS) if q.strip() else []
    )
    return show_section(request, "search", scope, q=q, hits=hits, most=HITS, sites=grid.study.sites)


@router.get("/explore/passages", include_in_schema=False)
def show_passages(request: Request, scope: Scoped, behind: Behind) -> HTMLResponse:
    """Show the passages behind a number."""
    built = request.app.state.snapshots.matrix(**scope.filters())
    title, table = find_passages(built, behind)
    rows = table.records()[:PASSAGES]
    bearings = built.grid.bearings
    return render(
        request,
        "explore/passages",
        title,
        rows=rows,
        total=len(table.rows),
        file=f"/api/passages.csv?{request.url.query}",
        themes={theme.id: theme.label for theme in built.grid.study.codebook},
        refs=[bearings.sources[bearings.codings[row["coding"]].source].ref for row in rows],
    )


@router.get("/api/passages.csv")
def save_passages(request: Request, scope: Scoped, behind: Behind) -> Response:
    """Return the passages behind a number as CSV."""
    built = request.app.state.snapshots.matrix(**scope.filters())
    return as_file(built.explore.as_csv(find_passages(built, behind)[1]), "passages")


@router.get("/api/charts/{name}.{kind}")
def draw_chart(request: Request, scope: Scoped, name: str, kind: str) -> Response:
    """Return a chart as SVG or PNG."""
    content = request.app.state.snapshots.matrix(**scope.filters()).explore.draw(name, kind)
    return Response(content, media_type=PICTURES.get(kind, "application/octet-stream"))


def as_file(content: bytes, name: str) -> Response:
    """Return CSV that a browser saves."""
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
