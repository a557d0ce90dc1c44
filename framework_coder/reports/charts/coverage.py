"""The heat map of coverage: site × method."""

from dataclasses import dataclass

from framework_coder.model.matrix import Matrix
from framework_coder.model.study import Site
from framework_coder.reports.charts.drawing import INK, ROW, Chart, frame
from framework_coder.reports.tables import field, make_table


@dataclass(frozen=True, slots=True)
class Spot:
    """A site and a method: what was planned, collected and examined; `readings` are sources × themes."""

    site: Site
    method: str
    label: str
    planned: int
    collected: int
    examined: int
    readings: int

    @property
    def share(self) -> float | None:
        """What part of the readings is done; None where there is nothing to read."""
        return self.examined / self.readings if self.readings else None

    @property
    def words(self) -> str:
        """Collected of planned, and the share read, rounded down: 100% is said of readings all done only."""
        if not self.collected:
            return f"0 of {self.planned}" if self.planned else "–"
        is_more = self.collected > self.planned
        planned = f"({self.planned} planned)" if is_more else f"of {self.planned}"
        percent = self.examined * 100 // self.readings if self.readings else 0
        return f"{self.collected} {planned}, {percent}% examined"


def draw_coverage_map(matrix: Matrix) -> Chart:
    """Return the heat map of coverage: sources collected against planned, and the share examined."""
    spots = _find_spots(matrix)
    fields = [
        field("site", "Site", "Code of the site", lambda s: s.site.code, 8),
        field("name", "Name", "Name of the site", lambda s: s.site.name, 28),
        field("method", "Method", "How the sources are obtained", lambda s: s.method, 16),
        field("planned", "Planned", "Sources planned", lambda s: s.planned, 9),
        field("collected", "Collected", "Sources collected", lambda s: s.collected, 9),
        field("examined", "Examined", "Readings done: a source for a theme shown", lambda s: s.examined, 9),
        field("readings", "Of", "Readings to do", lambda s: s.readings, 9),
    ]
    rows = [
        {"site": f"{s.site.code} {s.site.name}", "method": s.label, "share": s.share, "words": s.words}
        for s in spots
    ]
    title = "Sources collected and examined, by site and method"
    base = {
        "x": {"field": "method", "type": "nominal", "sort": None, "title": None,
              "axis": {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False}},
        "y": {"field": "site", "type": "nominal", "sort": None, "title": None,
              "axis": {"domain": False, "ticks": False}},
    }  # fmt: skip
    colour = {
        "field": "share", "type": "quantitative", "title": "Examined", "legend": {"format": ".0%"},
        "scale": {"domain": [0, 1], "range": ["#f1e7d0", "#4f9a78"]},
    }  # fmt: skip
    spec = frame(
        title,
        rows,
        width={"step": 165},
        height={"step": ROW},
        encoding=base,
        layer=[
            {
                "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 2, "invalid": None},
                "encoding": {
                    "color": {"condition": {"test": "datum.share === null", "value": "#f3f1ed"}, **colour}
                },
            },
            {
                "mark": {"type": "text", "fontSize": 11, "color": INK},
                "encoding": {"text": {"field": "words", "type": "nominal"}},
            },
        ],
    )
    caption = (
        "Each field says how many sources were collected of those planned, and what share of the readings "
        "(each source for each theme shown) is done. A pale field without a share has no source."
    )
    return Chart("coverage", title, caption, make_table("coverage_map", title, fields, spots), spec)


def _find_spots(matrix: Matrix) -> list[Spot]:
    bearings, themes = matrix.bearings, matrix.themes
    planned = {(p.site, p.method): p.count for p in matrix.study.plan}
    spots = []
    for site in matrix.sites:
        for method in matrix.study.design.planned_methods:
            sources = bearings.sources_by_method[site.id][method.id]
            read = sum(len(sources & bearings.examined(theme.id)) for theme in themes)
            wanted = planned.get((site.id, method.id), 0)
            to_read = len(sources) * len(themes)
            spots.append(Spot(site, method.id, method.label, wanted, len(sources), read, to_read))
    return spots
