"""Bars by theme: the sites that speak of it, and its claims by status."""

from typing import Any

from framework_coder.model.frequencies import ThemeFrequency, count_themes
from framework_coder.model.legend import LEGEND, CellState
from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import Status
from framework_coder.model.wording import count
from framework_coder.reports.charts.drawing import INK, PER_LETTER, ROW, WIDTH, Chart, frame
from framework_coder.reports.exploring import list_frequencies

_SHARES = (
    ("Coded", "#2f7d62"),
    ("Examined, silent", LEGEND[CellState.SILENT].background),
    ("Not applicable", "#b9b2a6"),
    ("Not wholly examined", "#f3e2bd"),
)


def _share_out(frequency: ThemeFrequency) -> tuple[int, ...]:
    """Return into how many sites the sites shown fall for each of the shares, each site in one."""
    marked, silent, coded = (
        {site.id for site in sites} for sites in (frequency.not_applicable, frequency.silent, frequency.coded)
    )
    known = (len(coded - marked), len(silent), len(marked))
    return *known, len(frequency.shown) - sum(known)


def draw_frequencies(matrix: Matrix) -> Chart:
    """Return how many of the sites shown are coded at each theme, silent on it, or not read for it."""
    found = count_themes(matrix)
    rows = [
        {"theme": f.theme.label, "group": name, "order": place, "sites": number}
        for f in found
        for place, ((name, _), number) in enumerate(zip(_SHARES, _share_out(f), strict=True))
        if number
    ]
    title = f"Sites by theme (of {count(len(matrix.sites), 'site')})"
    spec = _stack(title, rows, "sites", "Sites", list(_SHARES))
    caption = (
        "Every bar is all sites shown: what is coded, what was examined and is silent, and what is open."
    )
    return Chart("frequencies", title, caption, list_frequencies(found), spec)


def _stack(
    title: str, rows: list[dict[str, Any]], size: str, axis: str, groups: list[tuple[str, str]]
) -> dict[str, Any]:
    """Return bars of stacked parts, each with its number in it: colour is never alone."""
    names, colours = [name for name, _ in groups], [colour for _, colour in groups]
    x = {
        "field": size, "type": "quantitative", "stack": "zero", "title": axis,
        "axis": {"tickMinStep": 1, "format": "d"}, "scale": {"nice": False},
    }  # fmt: skip
    order = {"field": "order", "type": "quantitative"}
    middle = {**x, "bandPosition": 0.5}
    return frame(
        title,
        rows,
        width=WIDTH,
        height={"step": ROW},
        encoding={
            "y": {"field": "theme", "type": "nominal", "sort": None, "title": None},
            "order": order,
        },
        layer=[
            {
                "mark": {"type": "bar", "stroke": "#8b857b", "strokeWidth": 0.4},
                "encoding": {
                    "x": x,
                    "color": {
                        "field": "group",
                        "type": "nominal",
                        "title": None,
                        "sort": None,
                        "scale": {"domain": names, "range": colours},
                        "legend": {"orient": "top", "columns": 4},
                    },
                },
            },
            {
                "mark": {"type": "text", "fontSize": 10},
                "encoding": {
                    "x": middle,
                    "detail": {"field": "group"},
                    "text": {"field": "label" if rows and "label" in rows[0] else size},
                    "color": {"condition": _dark_test(groups), "value": INK},
                },
            },
        ],
    )


def _dark_test(groups: list[tuple[str, str]]) -> dict[str, Any]:
    dark = [name for name, colour in groups if _is_dark(colour)]
    return {"test": {"field": "group", "oneOf": dark}, "value": "#ffffff"}


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140  # noqa: PLR2004 - where white reads better


def draw_statuses(matrix: Matrix) -> Chart:
    """Return the claims of each theme by status."""
    found = [f for f in count_themes(matrix) if f.claims]
    order = sorted(Status, key=lambda status: -status.rank)
    longest = max((len(f.claims) for f in found), default=1)
    rows = [
        {
            "theme": f.theme.label,
            "group": f"{LEGEND[status].letter} {LEGEND[status].label}",
            "order": place,
            "claims": f.statuses[status],
            "label": _label(LEGEND[status].letter, f.statuses[status], WIDTH / longest),
        }
        for f in found
        for place, status in enumerate(order)
        if f.statuses.get(status)
    ]
    groups = [(f"{LEGEND[s].letter} {LEGEND[s].label}", LEGEND[s].background) for s in order]
    title = "Claims by theme and status"
    caption = "Claims at the sites shown, the best borne out first; the letter is that of the status."
    return Chart(
        "statuses", title, caption, list_frequencies(found), _stack(title, rows, "claims", "Claims", groups)
    )


def _label(letter: str, count: int, step: float) -> str:
    """Return what fits into a bar's part of `count` steps of so many pixels."""
    whole = f"{letter}: {count}"
    room = count * step
    return whole if room >= PER_LETTER * len(whole) else letter if room >= PER_LETTER * len(letter) else ""
