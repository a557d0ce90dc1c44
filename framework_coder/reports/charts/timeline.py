"""The timeline of dated events, site by site."""

from datetime import date, timedelta
from typing import Any

from framework_coder.model.dates import PartialDate, Precision
from framework_coder.model.matrix import Matrix
from framework_coder.model.timeline import Event, list_events
from framework_coder.reports.charts.drawing import FAINT, INK, ROW, WIDTH, Chart, frame
from framework_coder.reports.exploring import list_events as list_event_rows

_FEW = 10
LEGEND_ABOVE = {"orient": "top", "symbolOpacity": 1}


def draw_timeline(matrix: Matrix) -> Chart:
    """Return the dated events of each site; a bar is as long as the date is uncertain."""
    events = list_events(matrix)
    rows = _place_events(events)
    title = "When services started, changed and stopped"
    names = list(dict.fromkeys(event.name for event in events))
    spec = frame(
        title,
        rows,
        width=WIDTH,
        height={"step": ROW},
        encoding={"y": {"field": "site", "type": "nominal", "sort": None, "title": None}},
        layer=_timeline_layers(rows, names),
    )
    caption = (
        "The pale bar is the time in which the date lies: a day, a month or a year. Dates come from claims "
        "that live evidence bears out, else from the list of sites."
    )
    return Chart("timeline", title, caption, list_event_rows(events), spec)


def _place_events(events: list[Event]) -> list[dict[str, Any]]:
    """Return a row an event; of several at a site the first is labelled on its left, the last right."""
    by_site: dict[int, list[Event]] = {}
    for event in events:
        by_site.setdefault(event.site.id, []).append(event)
    rows = []
    for found in by_site.values():
        for place, event in enumerate(found):
            first, last = _span(event.date)
            is_last, is_first = place == len(found) - 1, place == 0
            rows.append(
                {
                    "site": f"{event.site.code} {event.site.name}",
                    "event": event.name,
                    "from": first.isoformat(),
                    "to": last.isoformat(),
                    "middle": (first + (last - first) / 2).isoformat(),
                    "left": str(event.date) if is_first and not is_last else "",
                    "right": str(event.date) if is_last else "",
                }
            )
    return rows


def _timeline_layers(rows: list[dict[str, Any]], names: list[str]) -> list[dict[str, Any]]:
    colour = {"field": "event", "type": "nominal", "title": None, "sort": names,
              "scale": {"domain": names, "scheme": "dark2"}, "legend": LEGEND_ABOVE}  # fmt: skip
    shape = {"field": "event", "type": "nominal", "title": None, "sort": names,
             "scale": {"domain": names, "range": ["circle", "square", "diamond", "triangle-up", "cross"]},
             "legend": LEGEND_ABOVE}  # fmt: skip
    years = [int(row["from"][:4]) for row in rows] or [2000]
    margin = max((max(years) - min(years)) // 10, 2)
    x = {
        "type": "temporal",
        "title": "Year",
        "axis": {"format": "%Y", **_ticks(max(years) - min(years))},
        "scale": {"domain": [f"{min(years) - margin}-01-01", f"{max(years) + margin}-12-31"], "nice": False},
    }
    text = {"type": "text", "fontSize": 9, "color": INK}
    words = {"type": "nominal"}
    return [
        {
            "mark": {"type": "rule", "color": FAINT, "strokeWidth": 2},
            "encoding": {
                "x": {"aggregate": "min", "field": "middle", **x},
                "x2": {"aggregate": "max", "field": "middle"},
            },
        },
        {
            "mark": {"type": "bar", "height": 9, "opacity": 0.4},
            "encoding": {
                "x": {"field": "from", **x},
                "x2": {"field": "to"},
                "color": colour,
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
            "encoding": {
                "x": {"field": "middle", **x},
                "color": colour,
                "shape": shape,
            },
        },
        {
            "mark": {**text, "align": "right", "dx": -8},
            "encoding": {"x": {"field": "from", **x}, "text": {"field": "left", **words}},
        },
        {
            "mark": {**text, "align": "left", "dx": 8},
            "encoding": {"x": {"field": "to", **x}, "text": {"field": "right", **words}},
        },
    ]  # fmt: skip


def _ticks(years: int) -> dict[str, Any]:
    """Return a tick a year for few years, where the drawing library would name a year twice."""
    return {"tickCount": {"interval": "year", "step": 1}} if years <= _FEW else {}


def _span(when: PartialDate) -> tuple[date, date]:
    """Return the first and the last day that a date can be."""
    first = when.earliest()
    assert first is not None
    if when.precision is Precision.YEAR:
        return first, date(first.year, 12, 31)
    if when.precision is Precision.MONTH:
        month = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return first, month - timedelta(days=1)
    return first, first
