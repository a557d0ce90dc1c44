"""Charts for the Word report: each with its caption and its table."""

from framework_coder.model.legend import LEGEND
from framework_coder.model.triangulation import Status
from framework_coder.reports.charts import render_png
from framework_coder.reports.charts.printing import Figure, list_figures, measure_png
from framework_coder.reports.word_report import WordReport
from framework_coder.reports.word_writer import PORTRAIT_WIDTH

_HEIGHT = 21.0
"""Centimetres that a picture may take, so that heading and caption stand on its page."""

_WIDTHS = {
    "coverage": (1.4, 6.0, 3.0, 1.6, 1.8, 1.8, 1.4),
    "frequencies": (3.6, 3.8, 1.3, 2.1, 6.2),
    "statuses": (4.6, 1.4, *(1.1,) * len(Status)),
    "timeline": (1.4, 6.6, 2.6, 2.2, 2.0, 2.2),
}
"""Centimetres of the columns of each table."""


def write_charts(report: WordReport) -> None:
    """Write a chart a page, its table after it."""
    figures = list_figures(report.matrix)
    if not figures:
        return
    report.writer.place = "Charts"
    report.writer.add(report.writer.heading("Charts", 1))
    for number, figure in enumerate(figures):
        _write_figure(report, figure, is_first=number == 0)


def _write_figure(report: WordReport, figure: Figure, *, is_first: bool) -> None:
    writer, chart = report.writer, figure.chart
    writer.add(writer.heading(chart.title, 2, on_new_page=not is_first))
    png = render_png(chart, 2.0)
    across, down = measure_png(png)
    width = min(PORTRAIT_WIDTH, _HEIGHT * across / down)
    picture = writer.picture(png, (width, width * down / across), chart.title, figure.description)
    writer.add(
        writer.paragraph(picture, keep_next=True),
        writer.paragraph(writer.run(figure.caption), style="Intro"),
    )
    if chart.name == "statuses":
        letters = "; ".join(f"{LEGEND[s].letter} {LEGEND[s].label.lower()}" for s in Status)
        writer.add(writer.paragraph(writer.run(f"Statuses: {letters}."), style="Intro"))
    table = figure.table
    heads = [_head(name, column.title) for name, column in zip(table.names, table.columns, strict=True)]
    rows = [
        [
            writer.paragraph(writer.run("" if value is None else str(value)), style="TableText")
            for value in row
        ]
        for row in table.rows
    ]
    writer.add(writer.table(heads, rows, _WIDTHS[chart.name], f"{chart.title}: the figures"))


def _head(name: str, title: str) -> str:
    """Return a status as its letter, so that ten of them stand side by side."""
    return LEGEND[Status(name)].letter if name in set(Status) else title
