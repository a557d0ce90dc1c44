"""The matrix at a glance, what needs attention, and the counts, for the Word report."""

from collections.abc import Sequence
from itertools import groupby

from framework_coder.model.attention import NEEDS, Need, list_attention
from framework_coder.model.codebook import Theme
from framework_coder.model.counting import count_values
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell
from framework_coder.reports.laying_out import Head, column_heads, lines, name_head
from framework_coder.reports.tables import listed
from framework_coder.reports.word_report import ReportPart, WordReport
from framework_coder.reports.word_writer import LANDSCAPE_WIDTH, PORTRAIT_WIDTH

_SITE_WIDTH, _THEME_WIDTH, _WIDEST = 5.3, 0.75, 1.1
"""Centimetres."""

_LETTER = 0.15
"""Centimetres that a letter of a turned head takes, on the average; a head has two lines."""


def write_overview(report: WordReport) -> None:
    """Write the grid of states, on landscape pages, and what needs attention."""
    writer, matrix = report.writer, report.matrix
    writer.place = "The matrix at a glance"
    writer.turn(is_landscape=True)
    writer.add(writer.heading("The matrix at a glance", 1))
    if not (matrix.sites and matrix.themes):
        writer.add(report.empty(writer.run("No site or no theme is shown.")))
    used = {cell.state for cell in matrix.cells.values() if not cell.is_left_out}
    key = [
        piece for s in LEGEND if s in used for piece in (writer.badge(s, with_label=True), writer.run("   "))
    ]
    tell = (
        "Each cell shows the state of its weakest key claim, or why it has none, and how many claims it has."
    )
    writer.add(writer.paragraph(writer.run(tell), style="Intro"), writer.paragraph(*key))
    most = int((LANDSCAPE_WIDTH - _SITE_WIDTH) / _THEME_WIDTH)
    for heads in _share_out(column_heads(matrix), most):
        writer.add(_draw_grid(report, heads))
    writer.turn(is_landscape=False)
    _write_attention(report)


def _share_out(heads: Sequence[Head], most: int) -> list[Sequence[Head]]:
    """Part the columns into tables of about the same width, none of more than `most`."""
    tables = -(-len(heads) // most)
    return [heads[n * len(heads) // tables : (n + 1) * len(heads) // tables] for n in range(tables)]


def _draw_grid(report: WordReport, columns: Sequence[Head]) -> str:
    writer, matrix = report.writer, report.matrix
    names = [name_head(head) for head in columns]
    longest = max(max(len(name) * 0.65, *map(len, name.split())) for name in names)
    corner = "Theme" if matrix.layout.is_transposed else "Site"
    heads = [writer.paragraph(writer.run(corner), style="TableHead")]
    heads += [writer.paragraph(_lead_to(report, head), style="TableTurned") for head in columns]
    places = [column_heads(matrix).index(head) for head in columns]
    rows = []
    for head, cells in lines(matrix):
        name = writer.paragraph(_lead_to(report, head), style="TableText")
        rows.append([name, *(_draw_cell(report, cells[place]) for place in places)])
    width = min(_WIDEST, (LANDSCAPE_WIDTH - _SITE_WIDTH) / len(columns))
    widths = [_SITE_WIDTH, *[width] * len(columns)]
    return writer.grid(
        heads,
        rows,
        widths,
        head_height=0.6 + _LETTER * longest,
        title="The matrix at a glance",
        description=f"{len(rows)} rows by {len(columns)} columns; a letter a cell, as the legend says",
    )


def _draw_cell(report: WordReport, cell: Cell) -> str:
    writer = report.writer
    if cell.is_left_out:
        return writer.paragraph(style="TableMark")
    count = writer.run(str(len(cell.claims)), "Soft") if cell.claims else ""
    return writer.paragraph(writer.badge(cell.state), count, style="TableMark")


def _lead_to(report: WordReport, head: Head) -> str:
    if isinstance(head, Theme):
        return _lead_to_theme(report, head)
    return _lead_to_site(report, head.id)


def _lead_to_theme(report: WordReport, theme: Theme) -> str:
    number = report.matrix.themes.index(theme)
    if ReportPart.THEMES in report.parts:
        return report.writer.link(theme.label, f"theme_{number}", "HeadLink")
    return report.writer.run(theme.label)


def _lead_to_site(report: WordReport, site: int) -> str:
    found = report.matrix.bearings.sites[site]
    text = f"{found.code} {found.name}"
    is_there = ReportPart.SITES in report.parts
    return report.writer.link(text, f"site_{site}") if is_there else report.writer.run(text)


def _write_attention(report: WordReport) -> None:
    writer = report.writer
    attention = list_attention(report.matrix)
    found = [need for need in Need if attention.of(need)]
    writer.add(writer.heading("What needs attention", 1))
    if not found:
        writer.add(report.empty(writer.run("Nothing does.")))
        return
    rows = (
        [
            writer.paragraph(writer.run(text), style="TableText")
            for text in (NEEDS[need].title, attention.count(need), NEEDS[need].advice)
        ]
        for need in found
    )
    widths = (4.5, 3.7, PORTRAIT_WIDTH - 8.2)
    writer.add(writer.table(("What", "How many", "What to do"), rows, widths, "What needs attention"))


def write_counts(report: WordReport) -> None:
    """Write the counts of coded values, each with its denominators and its sites."""
    writer, matrix = report.writer, report.matrix
    counts = count_values(matrix.study, matrix.selection, bearings=matrix.bearings)
    if not counts:
        return
    writer.place = "Counts"
    writer.add(
        writer.heading("Counts over sites", 1), writer.paragraph(writer.run(_ABOUT_COUNTS), style="Intro")
    )
    for name, group in groupby(counts, key=lambda count: count.name):
        writer.add(writer.heading(name.replace("_", " "), 3))
        rows = []
        for count in group:
            contested = (
                f"; contested at {listed(site.code for site in count.contested)}" if count.contested else ""
            )
            texts = (
                count.value.replace("!", ": "),
                str(count),
                f"{listed(site.code for site in count.sites)}{contested}",
            )
            rows.append([writer.paragraph(writer.run(text), style="TableText") for text in texts])
        widths = (4.0, 7.9, PORTRAIT_WIDTH - 11.9)
        writer.add(writer.table(("Value", "Count", "Sites"), rows, widths, f"Counts of {name}"))


_ABOUT_COUNTS = (
    "A site is counted where live evidence supports a claim with the value. The first denominator is all "
    "sites shown; the others are those with evidence on the topic, and those of which every source was "
    "examined for it."
)
