"""The tables of a matrix as CSV files: UTF-8 with a byte order mark, so that Excel opens them as they are."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TextIO

from framework_coder.model.attention import list_attention
from framework_coder.model.counting import count_values
from framework_coder.model.finding_counts import assess_findings
from framework_coder.model.formulas import guard
from framework_coder.model.frequencies import count_themes
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.model.study import Site
from framework_coder.reports.contents import list_cells, list_claims, list_codings, list_evidence, write_cell
from framework_coder.reports.convergence import list_convergence, sum_up_convergence
from framework_coder.reports.decisions import list_decisions, list_versions
from framework_coder.reports.exploring import list_frequencies
from framework_coder.reports.finding_tables import list_finding_claims, list_findings
from framework_coder.reports.laying_out import Head, column_heads, lines
from framework_coder.reports.register import (
    list_counts,
    list_coverage,
    list_memos,
    list_needs,
    list_plan,
    list_sources,
    list_themes,
)
from framework_coder.reports.tables import Column, Table


def list_tables(matrix: Matrix) -> list[Table]:
    """Return every table of a matrix, in reading order."""
    findings = assess_findings(matrix)
    return [
        list_grid(matrix),
        draw_states(matrix),
        list_cells(matrix),
        list_claims(matrix),
        list_evidence(matrix),
        list_codings(matrix),
        list_convergence(matrix),
        sum_up_convergence(matrix),
        list_needs(matrix, list_attention(matrix)),
        list_counts(count_values(matrix.study, matrix.selection)),
        list_frequencies(count_themes(matrix)),
        list_findings(findings),
        list_finding_claims(matrix, findings),
        list_decisions(matrix),
        list_coverage(matrix),
        list_sources(matrix),
        list_plan(matrix),
        list_themes(matrix),
        list_versions(matrix),
        list_memos(matrix),
    ]


def list_grid(matrix: Matrix) -> Table:
    """Return the matrix itself: a site a row, a theme a column, each cell its claims as text."""
    return _draw(matrix, "matrix", "Matrix", lambda cell: write_cell(matrix, cell))


def draw_states(matrix: Matrix) -> Table:
    """Return the matrix as states: a site a row, a theme a column, each cell its state."""
    return _draw(matrix, "states", "States", lambda cell: cell.state)


def _draw(matrix: Matrix, name: str, title: str, show: Callable[[Cell], str]) -> Table:
    def text(cell: Cell) -> str:
        return "" if cell.is_left_out else show(cell)

    rows = [(*_write_head(matrix, head), *map(text, cells)) for head, cells in lines(matrix)]
    heads = [_head_column(head) for head in column_heads(matrix)]
    return Table(name, title, (*_first_columns(matrix), *heads), tuple(rows))


def _first_columns(matrix: Matrix) -> list[Column]:
    if matrix.layout.is_transposed:
        return [Column("theme", "Theme", "Id of the theme"), Column("label", "Label", "Label of the theme")]
    first = [Column("site", "Site", "Code of the site"), Column("name", "Name", "Name of the site")]
    if matrix.layout.density is None:
        return first
    return [
        *first,
        *(Column(f"site.{f.id}", f.label, "Attribute of the site") for f in matrix.shown_fields()),
    ]


def _head_column(head: Head) -> Column:
    if isinstance(head, Site):
        return Column(head.code, head.name, "A site")
    return Column(head.id, head.label, head.definition)


def _write_head(matrix: Matrix, head: Head) -> tuple[str, ...]:
    if not isinstance(head, Site):
        return head.id, head.label
    if matrix.layout.density is None:
        return head.code, head.name
    return head.code, head.name, *(head.attributes.get(field.id, "") for field in matrix.shown_fields())


def write_csv_files(matrix: Matrix, folder: Path) -> list[Path]:
    """Write one file a table into a folder; return their paths."""
    paths = []
    for table in list_tables(matrix):
        path = folder / f"{table.name}.csv"
        write_csv_file(table, path)
        paths.append(path)
    return paths


def write_csv_file(table: Table, path: Path) -> None:
    """Write a table as a CSV file of its own."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(table, file)


def dump_csv(table: Table) -> bytes:
    """Return a table as the content of a CSV file of its own."""
    text = StringIO(newline="")
    write_csv(table, text)
    return text.getvalue().encode("utf-8-sig")


def write_csv(table: Table, file: TextIO) -> None:
    """Write a table as CSV; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.names)
    for row in table.rows:
        writer.writerow([guard(value) if isinstance(value, str) else value for value in row])


def dump_json(table: Table) -> str:
    """Return a table as JSON: a list of objects with the columns' names."""
    return json.dumps(table.records(), ensure_ascii=False, indent=2)
