"""How methods converge, what was decided, and how the framework came to be, for the Word report."""

from framework_coder.reports.convergence import sum_up_convergence
from framework_coder.reports.decisions import list_decisions, list_versions
from framework_coder.reports.tables import Table, Value
from framework_coder.reports.word_report import WordReport
from framework_coder.reports.word_writer import PORTRAIT_WIDTH

_ABOUT_CONVERGENCE = (
    "How many of the claims shown stand in which way for each pair of methods: as an analyst confirmed it, "
    "else as the rule suggests."
)


def write_review(report: WordReport) -> None:
    """Write the three tables; those without rows are left out."""
    writer, matrix = report.writer, report.matrix
    writer.place = "Review and framework"
    converging, decided = sum_up_convergence(matrix), list_decisions(matrix)
    versions = list_versions(matrix)
    if not (converging.rows or decided.rows or versions.rows):
        return
    writer.add(writer.heading("Review and framework", 1))
    if converging.rows:
        writer.add(
            writer.heading("Convergence of methods", 2),
            writer.paragraph(writer.run(_ABOUT_CONVERGENCE), style="Intro"),
            _draw_convergence(report, converging),
        )
    if decided.rows:
        names = ["kind", "site", "claim", "decision", "reason", "decided_by", "decided_on", "note"]
        widths = [2.2, 1.1, 1.7, 2.6, 4.4, 1.7, 2.0, 1.3]
        writer.add(writer.heading("Decisions", 2), report.table(decided, names, widths))
    if versions.rows:
        names = ["version", "frozen_at", "frozen_by", "reason", "themes", "changes"]
        widths = [1.6, 2.4, 1.6, 3.0, 1.6, 6.8]
        writer.add(writer.heading("Framework versions", 2), report.table(versions, names, widths))


def _draw_convergence(report: WordReport, converging: Table) -> str:
    """Return the table with a column a pair of methods, since the names of ways are long."""
    writer = report.writer

    def cell(value: Value) -> str:
        return writer.paragraph(writer.run(str(value)), style="TableText")

    pairs = [f"{first} and {second}" for first, second, *_ in converging.rows]
    rows = [
        [cell(column.title), *(cell(row[place]) for row in converging.rows)]
        for place, column in enumerate(converging.columns)
        if place > 1
    ]
    widths = (4.0, *((PORTRAIT_WIDTH - 4.0) / len(pairs) for _ in pairs))
    return writer.table(("", *pairs), rows, widths, converging.title)
