"""Tables and charts across sites: how often, what with what, where not, when, how far."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from framework_coder.model.matrix import Matrix
from framework_coder.model.negatives import STANDINGS
from framework_coder.web.routes.explore import as_file, show_section
from framework_coder.web.scope import Scoped

if TYPE_CHECKING:
    from framework_coder.project import ProjectMatrix
    from framework_coder.project.exploring import Table

router = APIRouter(prefix="/explore")
KINDS = {
    "attribute": "Site attributes",
    "value": "Coded values",
    "theme": "Themes",
    "state": "States of cells",
}


@router.get("/frequencies", include_in_schema=False)
def show_frequencies(request: Request, scope: Scoped) -> HTMLResponse:
    """Show how often each theme occurs, with denominators."""
    explored = _built(request, scope).explore
    charts = _charts(explored.charts(), "frequencies", "statuses")
    return show_section(request, "frequencies", scope, frequencies=explored.frequencies(), charts=charts)


@router.get("/crosstab", include_in_schema=False)
def show_crosstab(request: Request, scope: Scoped, rows: str = "", columns: str = "") -> HTMLResponse:
    """Show sites by two things that they can be grouped by."""
    built = _built(request, scope)
    crossed = built.explore.cross(rows, columns) if rows and columns else None
    facets = _facets(built.grid, built.explore.facets())
    return show_section(
        request, "crosstab", scope, facets=facets, rows=rows, columns=columns, crossed=crossed
    )


@router.get("/together", include_in_schema=False)
def show_together(request: Request, scope: Scoped, theme: str = "") -> HTMLResponse:
    """Show which themes meet in the same words."""
    built = _built(request, scope)
    book = built.grid.study.codebook
    found = built.explore.cooccurrences([theme] if theme else ())
    pairs = [(book[each.first], book[each.second], each) for each in found]
    return show_section(request, "together", scope, pairs=pairs, themes=list(book.active), theme=theme)


@router.get("/negative", include_in_schema=False)
def show_negative(request: Request, scope: Scoped, value: str = "") -> HTMLResponse:
    """Show how each site stands to a coded value, given as `name=text`."""
    built = _built(request, scope)
    values = sorted({(v.name, v.text) for claim in built.grid.study.claims for v in claim.values})
    name, _, text = value.partition("=")
    cases = built.explore.negative_cases(name, text) if value else []
    return show_section(
        request, "negative", scope, values=values, value=value, cases=cases, standings=STANDINGS
    )


@router.get("/timeline", include_in_schema=False)
def show_timeline(request: Request, scope: Scoped) -> HTMLResponse:
    """Show what happened when."""
    explored = _built(request, scope).explore
    return show_section(
        request, "timeline", scope, events=explored.events(), charts=_charts(explored.charts(), "timeline")
    )


@router.get("/coverage", include_in_schema=False)
def show_coverage(request: Request, scope: Scoped) -> HTMLResponse:
    """Show what was collected and examined, by site and method."""
    explored = _built(request, scope).explore
    return show_section(request, "coverage", scope, charts=_charts(explored.charts(), "coverage"))


@router.get("/{name}.csv", include_in_schema=False)
def save_table(
    request: Request,
    scope: Scoped,
    name: str,
    rows: str = "",
    columns: str = "",
    theme: str = "",
    value: str = "",
) -> Response:
    """Return a table as CSV: that of a section, or that of a chart."""
    explored = _built(request, scope).explore
    coded, _, text = value.partition("=")
    tables: dict[str, Any] = {
        "frequencies": explored.frequency_table,
        "crosstab": lambda: explored.cross_table(explored.cross(rows, columns), as_grid=False),
        "together": lambda: explored.cooccurrence_table([theme] if theme else ()),
        "negative": lambda: explored.negative_table(coded, text),
        "timeline": explored.event_table,
    }
    if name in tables:
        return as_file(explored.as_csv(tables[name]()), name)
    return as_file(explored.as_csv(explored.chart(name.removeprefix("chart-")).table), name)


def _built(request: Request, scope: Scoped) -> "ProjectMatrix":
    found: ProjectMatrix = request.app.state.snapshots.matrix(**scope.filters())
    return found


def _charts(charts: list[Any], *names: str) -> list[tuple[str, str, str, "Table"]]:
    """Return the charts of some names: name, title, caption, table."""
    return [(c.name, c.title, c.caption, c.table) for c in charts if any(c.name.startswith(n) for n in names)]


def _facets(grid: Matrix, facets: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what sites can be grouped by under heads, each with its name in words."""
    labels = {field.id: field.label for field in grid.study.design.site_fields}
    book = grid.study.codebook
    groups: dict[str, list[tuple[str, str]]] = {}
    for facet in facets:
        kind, _, name = facet.partition(":")
        words = book.path(name) if kind in {"theme", "state"} else labels.get(name, name)
        groups.setdefault(KINDS[kind], []).append((facet, words))
    return list(groups.items())
