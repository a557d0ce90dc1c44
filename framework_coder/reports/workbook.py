"""The audit workbook: the matrix with links from cell to claim to evidence and back (XLSX)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from framework_coder.model.attention import list_attention
from framework_coder.model.collecting import no_collection
from framework_coder.model.counting import count_values
from framework_coder.model.finding_counts import assess_findings
from framework_coder.model.frequencies import count_themes
from framework_coder.model.matrix import Matrix
from framework_coder.reports.baseline import write_baseline
from framework_coder.reports.contents import list_claims, list_codings, list_evidence
from framework_coder.reports.convergence import list_convergence, sum_up_convergence
from framework_coder.reports.decisions import list_decisions, list_versions
from framework_coder.reports.exploring import list_frequencies
from framework_coder.reports.finding_tables import list_finding_claims, list_findings
from framework_coder.reports.guide import explain
from framework_coder.reports.matrix_sheet import write_matrix_sheet
from framework_coder.reports.register import (
    draw_coverage,
    list_counts,
    list_memos,
    list_needs,
    list_plan,
    list_sources,
    list_themes,
)
from framework_coder.reports.sheets import SheetWriter, Styles
from framework_coder.reports.tables import Table


def write_workbook(matrix: Matrix, path: Path, made_on: datetime | None = None) -> list[str]:
    """Write the workbook; return sentences on what a spreadsheet could not hold (empty: nothing).

    Text goes in as text, never as a formula. `made_on` is the time written into the file (now, if None).
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with no_collection():
        workbook = xlsxwriter.Workbook(str(path), options)
        try:
            about = {"title": matrix.study.design.name, "created": made_on or datetime.now(UTC)}
            workbook.set_properties(about)
            writer = SheetWriter(workbook, Styles(workbook))
            _write_sheets(writer, matrix)
        finally:
            workbook.close()
    return writer.notes


def _write_sheets(writer: SheetWriter, matrix: Matrix) -> None:
    claims, evidence = list_claims(matrix), list_evidence(matrix)
    sources = list_sources(matrix)
    claim_rows = _first_rows(claims, "claim")
    evidence_rows = _first_rows(evidence, "claim")
    source_rows = _first_rows(sources, "ref")
    cells = write_matrix_sheet(writer, matrix, claim_rows)
    writer.write(
        claims,
        links={"claim": _to("Evidence", evidence_rows)},
        back=("site", [cells.get((str(row[1]), str(row[3]))) for row in claims.rows]),
        colours="status",
    )
    writer.write(
        evidence,
        links={"claim": _to("Claims", claim_rows), "source": _to("Sources", source_rows)},
    )
    writer.write(list_codings(matrix), links={"source": _to("Sources", source_rows)})
    to_claims = {"claim": _to("Claims", claim_rows)}
    writer.write(list_convergence(matrix), links=to_claims)
    writer.write(sum_up_convergence(matrix))
    writer.write(list_decisions(matrix), links=to_claims)
    writer.write(list_needs(matrix, list_attention(matrix)), links=to_claims)
    _write_findings(writer, matrix, to_claims)
    writer.write(list_frequencies(count_themes(matrix)))
    writer.write(list_counts(count_values(matrix.study, matrix.selection)))
    writer.write(draw_coverage(matrix), links={"source": _to("Sources", source_rows)})
    writer.write(sources)
    writer.write(list_plan(matrix))
    writer.write(list_themes(matrix))
    writer.write(list_versions(matrix))
    writer.write(list_memos(matrix))
    writer.write_guide(explain(matrix))
    write_baseline(writer, matrix, claims)


def _write_findings(writer: SheetWriter, matrix: Matrix, to_claims: Mapping[str, Mapping[Any, str]]) -> None:
    found = assess_findings(matrix)
    findings, claims = list_findings(found), list_finding_claims(matrix, found)
    to_their_claims = _to(claims.title, _first_rows(claims, "finding"))
    writer.write(findings, links={"finding": to_their_claims})
    back = {"finding": _to(findings.title, _first_rows(findings, "finding"))}
    writer.write(claims, links={**to_claims, **back}, colours="status")


def _first_rows(table: Table, column: str) -> dict[Any, int]:
    """Return for each value of a column the sheet row (the header is row 1) where it first stands."""
    place = table.names.index(column)
    rows: dict[Any, int] = {}
    for number, row in enumerate(table.rows, start=2):
        rows.setdefault(row[place], number)
    return rows


def _to(sheet: str, rows: Mapping[Any, int]) -> dict[Any, str]:
    name = sheet.replace("'", "''")
    return {key: f"'{name}'!A{row}" for key, row in rows.items()}
