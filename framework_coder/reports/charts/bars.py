"""Bars by theme: the sites that speak of it, and its claims by status."""

from collections import Counter
from typing import Any

from framework_coder.model.frequencies import ThemeFrequency, count_themes
from framework_coder.model.legend import LEGEND, CellState
from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import Status
from framework_coder.model.wording import count
from framework_coder.reports.charts.drawing import INK, PER_LETTER, ROW, WIDTH, Chart, frame
from framework_coder.reports.exploring import list_frequencies

_SHARES = (
    ("", "Coded", "#2f7d62"),
    (LEGEND[CellState.SILENT].letter, "Examined, silent", LEGEND[CellState.SILENT].background),
    (LEGEND[CellState.NOT_APPLICABLE].letter, "Not applicable", "#b9b2a6"),
    (LEGEND[CellState.NOT_EXAMINED].letter, "Not wholly examined", "#f3e2bd"),
)
"""Letter, words and colour of each share; the letters are those of the matrix."""

_FEW = 10
"""Up to this many, each whole number is a tick: the drawing library would put halves between."""


def _name_themes(matrix: Matrix) -> dict[str, str]:
    """Return what each theme's bar is called: its label, or its path where another has the same label."""
    labels = Counter(theme.label for theme in matrix.themes)
    path = matrix.study.codebook.path
    return {t.id: t.label if labels[t.label] == 1 else path(t.id) for t in matrix.themes}


def _share_out(frequency: ThemeFrequency) -> tuple[int, ...]:
    """Return into how many sites the sites shown fall for each of the shares, each site in one."""
    marked, silent, coded = (
        {site.id for site in sites} for sites in (frequency.not_applicable, frequency.silent, frequency.coded)
    )
    known = (len(coded - marked), len(silent), len(marked))
    return *known, len(frequency.shown) - sum(known)


def draw_frequencies(matrix: Matrix) -> Chart:
    """Return how many of the sites shown are coded at each theme, silent on it, or not read for it."""
    found, names = count_themes(matrix), _name_themes(matrix)
    step = WIDTH / (len(matrix.sites) or 1)
    rows = [
        {
            "theme": names[f.theme.id],
            "group": f"{letter} {name}".strip(),
            "order": place,
            "sites": number,
            "label": _label(letter, number, step),
        }
        for f in found
        for place, ((letter, name, _), number) in enumerate(zip(_SHARES, _share_out(f), strict=True))
        if number
    ]
    title = f"Sites by theme (of {count(len(matrix.sites), 'site')})"
    groups = [(f"{letter} {name}".strip(), colour) for letter, name, colour in _SHARES]
    spec = _stack(title, rows, "sites", "Sites", groups, len(matrix.sites))
    caption = (
        "Every bar is all sites shown: what is coded (the number alone), what was examined and is "
        "silent (–), what does not apply (n/a), and what is open (…)."
    )
    return Chart("frequencies", title, caption, list_frequencies(found), spec)


def _stack(
    title: str,
    rows: list[dict[str, Any]],
    size: str,
    axis: str,
    groups: list[tuple[str, str]],
    longest: int,
) -> dict[str, Any]:
    """Return bars of stacked parts, each with its `label` in it: colour is never alone."""
    names, colours = [name for name, _ in groups], [colour for _, colour in groups]
    x = {
        "field": size, "type": "quantitative", "stack": "zero", "title": axis,
        "axis": {"format": "d", **_ticks(longest)}, "scale": {"nice": False},
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
                    "text": {"field": "label"},
                    "color": {"condition": _dark_test(groups), "value": INK},
                },
            },
        ],
    )


def _ticks(longest: int) -> dict[str, Any]:
    return {"values": list(range(longest + 1))} if longest <= _FEW else {"tickMinStep": 1}


def _dark_test(groups: list[tuple[str, str]]) -> dict[str, Any]:
    dark = [name for name, colour in groups if _is_dark(colour)]
    return {"test": {"field": "group", "oneOf": dark}, "value": "#ffffff"}


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140  # noqa: PLR2004 - where white reads better


def draw_statuses(matrix: Matrix) -> Chart:
    """Return the claims of each theme by status."""
    found, names = [f for f in count_themes(matrix) if f.claims], _name_themes(matrix)
    order = sorted(Status, key=lambda status: -status.rank)
    longest = max((len(f.claims) for f in found), default=1)
    rows = [
        {
            "theme": names[f.theme.id],
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
    title = f"Claims by theme and status (of {count(len(matrix.shown_claims()), 'claim')})"
    spec = _stack(title, rows, "claims", "Claims", groups, longest)
    caption = "Claims at the sites shown, the best borne out first; the letter is that of the status."
    return Chart("statuses", title, caption, list_frequencies(found), spec)


def _label(letter: str, number: int, step: float) -> str:
    """Return what fits into a bar's part of `number` steps of so many pixels."""
    whole = f"{letter}: {number}" if letter else f"{number}"
    room = number * step
    return whole if room >= PER_LETTER * len(whole) else letter if room >= PER_LETTER * len(letter) else ""
