"""Charts as reports show them: as many rows as a page holds, the table beside, words for who cannot see."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import Status
from framework_coder.reports.charts import draw_charts
from framework_coder.reports.charts.drawing import Chart
from framework_coder.reports.tables import Table

MOST_ROWS = 40
"""Rows of a picture that can be read on one page."""

_SHOWN: dict[str, tuple[str, ...]] = {
    "coverage": ("site", "name", "method", "planned", "collected", "examined", "readings"),
    "frequencies": ("theme_label", "sentence", "silent", "not_applicable", "site_list"),
    "statuses": ("theme_label", "claims", *(status.value for status in Status)),
    "timeline": ("site", "name", "event", "date", "precision", "claim"),
}
"""The columns of a chart's table that stand beside it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart ready for a page: its picture's specification, what it says in words, its table."""

    chart: Chart
    caption: str
    table: Table

    @property
    def description(self) -> str:
        """What is read out to those who do not see the picture."""
        return f"Chart: {self.chart.title}. {self.caption} The table that follows has the same figures."


def list_figures(matrix: Matrix) -> list[Figure]:
    """Return the charts that the matrix has something for, each cut to what a page holds, and its table."""
    return list(_figures(matrix))


def _figures(matrix: Matrix) -> Iterator[Figure]:
    for chart in draw_charts(matrix):
        cut, told = crop(chart)
        yield Figure(cut, f"{chart.caption}{told}", _pick(chart.table, _SHOWN[chart.name]))


def crop(chart: Chart, most: int = MOST_ROWS) -> tuple[Chart, str]:
    """Return the chart with its first rows only, and a sentence on those left out (empty: none)."""
    field = chart.spec["encoding"]["y"]["field"]
    values: list[dict[str, Any]] = chart.spec["data"]["values"]
    order = list(dict.fromkeys(value[field] for value in values))
    if len(order) <= most:
        return chart, ""
    kept = set(order[:most])
    shown = [value for value in values if value[field] in kept]
    told = f" The picture shows the first {most} of {len(order)} {field}s; the table has all."
    return replace(chart, spec={**chart.spec, "data": {"values": shown}}), told


def _pick(table: Table, names: tuple[str, ...]) -> Table:
    places = [table.names.index(name) for name in names]
    columns = tuple(table.columns[place] for place in places)
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def measure_png(picture: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG in pixels."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height
