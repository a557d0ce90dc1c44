"""The first screen: the study at a glance, what needs attention, recent work; and the look of all screens."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from framework_coder.model.attention import NEEDS, Attention, Need
from framework_coder.model.design import Method
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.web.pages import render
from framework_coder.web.styles import write_look

router = APIRouter()
RECENT = 8


@router.get("/", include_in_schema=False)
def show_home(request: Request) -> HTMLResponse:
    """Show the study at a glance."""
    built = request.app.state.snapshots.matrix()
    grid = built.grid
    return render(
        request,
        "home",
        "Home",
        collection=_collection(grid),
        statuses=_statuses(grid),
        needs=_needs(built.attention()),
        facts=_facts(grid),
        first_steps=_first_steps(grid),
        recent=request.app.state.project.log(limit=RECENT),
    )


@router.get("/look.css", include_in_schema=False)
def show_look(request: Request) -> Response:
    """Return the colours of states and themes as a style sheet: none stands in an attribute."""
    project = request.app.state.project
    look = write_look(project.codebook.show(), project.design.planned_methods)
    return Response(look, media_type="text/css")


def _first_steps(grid: Matrix) -> list[tuple[bool, str, str, str]]:
    """Return what a new study needs: whether it is there, words, an address, its name; or nothing."""
    study = grid.study
    steps = [
        (
            bool(study.sources),
            "Bring in sources: files, or a folder with one sub-folder a site.",
            "/sources",
            "Sources",
        ),
        (bool(study.codebook.active), "Load or write a codebook.", "/codebook", "Codebook"),
        (bool(study.codings), "Read the sources and code passages.", "/sources", "Sources"),
        (bool(study.claims), "Write in the cells of the matrix what the passages say.", "/matrix", "Matrix"),
    ]
    return [] if all(is_done for is_done, *_ in steps) else steps


def _facts(grid: Matrix) -> list[tuple[str, int]]:
    study = grid.study
    live = sum(coding.is_live for coding in study.codings)
    counts = (len(study.sites), len(study.sources), len(study.codebook.active), live, len(study.claims))
    return list(zip(("sites", "sources", "themes", "codings", "claims"), counts, strict=True))


def _collection(grid: Matrix) -> dict[str, Any]:
    """Return planned and collected sources by site and planned method, and the share examined."""
    planned = {(p.site, p.method): p for p in grid.study.plan}
    methods = grid.study.design.planned_methods
    rows = []
    for site in grid.sites:
        spots = []
        for method in methods:
            sources = grid.bearings.sources_by_method[site.id][method.id]
            read = sum(len(sources & grid.bearings.examined(theme.id)) for theme in grid.themes)
            plan = planned.get((site.id, method.id))
            todo = len(sources) * len(grid.themes)
            spots.append(
                {
                    "collected": len(sources),
                    "planned": plan.count if plan else 0,
                    "reason": plan.reason if plan else "",
                    "read": read,
                    "todo": todo,
                    "share": _share(read, todo),
                }
            )
        rows.append((site, spots))
    return {"methods": methods, "rows": rows, "totals": list(_totals(methods, [s for _, s in rows]))}


def _share(part: int, whole: int) -> int | None:
    """Return a share in per cent, which is 100 only where it is the whole; None of nothing."""
    return min(99, round(100 * part / whole)) if part < whole else 100 if whole else None


def _totals(methods: Sequence[Method], rows: Sequence[Sequence[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Yield of each method how many sources are planned and collected, at how many sites, how far read."""
    for method, spots in zip(methods, zip(*rows, strict=True), strict=False):
        counts = {
            name: sum(spot[name] for spot in spots) for name in ("collected", "planned", "read", "todo")
        }
        sites = sum(spot["collected"] > 0 for spot in spots)
        yield {
            **counts,
            "label": method.label,
            "sites": sites,
            "share": _share(counts["read"], counts["todo"]),
        }


def _statuses(grid: Matrix) -> list[tuple[str, str, str, int]]:
    """Return the claims by status, the best borne out first: state, letter, label, number."""
    counts = Counter(grid.assessments[claim.id].status for claim in grid.shown_claims())
    ranked = sorted(counts, key=lambda status: -status.rank)
    return [(s.value, LEGEND[s].letter, LEGEND[s].label, counts[s]) for s in ranked]


def _needs(attention: Attention) -> list[tuple[str, str, str, str]]:
    """Return what needs attention: kind, title, `3 of 412 claims`, advice; those without items stay out."""
    return [
        (need.value, NEEDS[need].title, attention.count(need), NEEDS[need].advice)
        for need in Need
        if attention.of(need)
    ]
