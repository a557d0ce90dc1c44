"""The matrix by theme, for the Word report: a chapter a theme, the sites below each other to be compared."""

from collections import Counter

from framework_coder.model.claims import Claim
from framework_coder.model.codebook import Theme
from framework_coder.model.explaining import explain_empty
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell
from framework_coder.model.study import Site
from framework_coder.reports.contents import write_lamps
from framework_coder.reports.word_report import ReportPart, WordReport

_WIDTHS = (3.4, 11.0, 2.6)
"""Centimetres: site, claims, methods."""


def write_themes(report: WordReport) -> None:
    """Write a chapter a theme."""
    writer = report.writer
    writer.add(writer.heading("The matrix by theme", 1))
    for number, theme in enumerate(report.matrix.themes):
        writer.place = f"Theme {theme.id}"
        path = report.matrix.study.codebook.path(theme.id)
        writer.add(writer.heading(path, 2, f"theme_{number}", on_new_page=number > 0))
        _write_definition(report, theme)
        _write_states(report, theme)
        rows = [
            _write_row(report, site, cell)
            for site in report.matrix.sites
            if not (cell := report.matrix.cells[site.id, theme.id]).is_left_out
        ]
        table = writer.table(
            ("Site", "What the evidence says", "Methods"),
            rows,
            _WIDTHS,
            f"Claims on {theme.label}",
            "A site a row: its claims with their status and citations, or why there are none",
        )
        writer.add(table)


def _write_definition(report: WordReport, theme: Theme) -> None:
    writer = report.writer
    told = (
        ("", theme.definition),
        ("Asks: ", theme.question),
        ("Include: ", theme.include),
        ("Exclude: ", theme.exclude),
        ("Origin: ", theme.origin.replace("_", " ") + " theme"),
    )
    for name, text in told:
        if text:
            writer.add(writer.paragraph(writer.run(name, "Strong"), writer.run(text), keep_next=True))


def _write_states(report: WordReport, theme: Theme) -> None:
    """Tell how many sites have which state, so that an even page of claims is not read as even evidence."""
    writer, matrix = report.writer, report.matrix
    states = Counter(
        cell.state for site in matrix.sites if not (cell := matrix.cells[site.id, theme.id]).is_left_out
    )
    told = "; ".join(f"{look.label.lower()} {states[s]}" for s, look in LEGEND.items() if states[s])
    sentence = f"Of {len(matrix.sites)} sites: {told}." if told else "No site is shown."
    writer.add(writer.paragraph(writer.run(sentence), style="Intro"))


def _write_row(report: WordReport, site: Site, cell: Cell) -> list[str]:
    writer = report.writer
    writer.place = f"Site {site.code}, theme {cell.theme}"
    text = f"{site.code} {site.name}"
    is_linked = ReportPart.SITES in report.parts
    name = writer.link(text, f"site_{site.id}") if is_linked else writer.run(text, "Strong")
    letters = {method.id: method.letter for method in report.matrix.study.design.methods}
    read = f"{cell.examined} of {cell.sources} examined"
    return [
        writer.paragraph(name, style="TableText")
        + writer.paragraph(writer.badge(cell.state, with_label=True), style="TableText"),
        _write_claims(report, cell),
        writer.paragraph(writer.run(write_lamps(cell, letters)), style="TableText")
        + writer.paragraph(writer.run(read, "Soft"), style="TableText"),
    ]


def _write_claims(report: WordReport, cell: Cell) -> str:
    writer = report.writer
    if not cell.claims:
        return writer.paragraph(writer.run(explain_empty(cell), "Soft"), style="TableText")
    lines = [_write_claim(report, claim, cell) for claim in cell.claims]
    if cell.uncharted:
        lines.append(
            writer.paragraph(writer.run(f"{cell.uncharted} coded, not used", "Soft"), style="TableText")
        )
    return "".join(lines)


def _write_claim(report: WordReport, claim: Claim, cell: Cell) -> str:
    writer = report.writer
    writer.place = f"Claim {claim.id}"
    status = report.matrix.assessments[claim.id].status
    runs = [writer.badge(status), writer.run(f" {'Key: ' if claim.is_key else ''}{claim.summary} ")]
    if report.is_told_by_site or report.homes[claim.id] != cell.theme:
        runs += [*report.cite_claim(claim.id, "supports"), writer.run(" "), report.number(claim.id)]
    else:
        number = writer.bookmark(f"claim_{claim.id}", writer.run(f"(claim {claim.id})", "Soft"))
        runs += [number, *report.footnotes(claim.id)]
    return writer.paragraph(*runs, style="TableText")
