"""The Matrix sheet: sites down, themes across under their groups, each cell coloured by state and linked."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.reports.contents import write_cell, write_lamps
from framework_coder.reports.sheets import SheetWriter

_TOP = 4
"""Rows above the first site: title, legend, groups, themes."""


def write_matrix_sheet(
    writer: SheetWriter, matrix: Matrix, claim_rows: Mapping[Any, int]
) -> dict[tuple[str, str], str]:
    """Write the sheet; return for (site code, theme id) the link target of its cell."""
    sheet = writer.add_sheet("Matrix")
    attributes = matrix.study.design.site_fields[:2]
    first = 2 + len(attributes)
    _write_heads(writer, sheet, matrix, [field.label for field in attributes], first)
    targets: dict[tuple[str, str], str] = {}
    for line, (site, cells) in enumerate(matrix.rows(), start=_TOP):
        for column, value in enumerate(
            (site.code, site.name, *(site.attributes.get(f.id, "") for f in attributes))
        ):
            writer.put(sheet, line, column, value, writer.styles.text)
        for column, cell in enumerate(cells, start=first):
            link = f"internal:'Claims'!A{claim_rows[cell.claims[0].id]}" if cell.claims else None
            writer.put(sheet, line, column, _text(matrix, cell), writer.styles.states[cell.state], link)
            targets[site.code, cell.theme] = f"internal:'Matrix'!{_name(line, column)}"
    sheet.freeze_panes(_TOP, 2)
    sheet.repeat_rows(2, 3)
    return _with_descendants(matrix, targets)


def _write_heads(writer: SheetWriter, sheet: Any, matrix: Matrix, attributes: list[str], first: int) -> None:
    study, styles = matrix.study, writer.styles
    sheet.write_string(0, 0, study.design.name, styles.title)
    for column, look_of in enumerate(LEGEND.items(), start=2):
        state, look = look_of
        sheet.write_string(1, column, f"{look.letter} {look.label}", styles.letters[state])
    for column, name in enumerate(("Site", "Name", *attributes)):
        sheet.write_string(_TOP - 1, column, name, styles.header)
        sheet.set_column(column, column, 24 if column == 1 else 11)
    column = first
    for group, themes in groupby(matrix.themes, key=lambda theme: _group(matrix, theme.id)):
        for theme in themes:
            sheet.write_string(_TOP - 2, column, group, styles.group)
            sheet.write_string(_TOP - 1, column, theme.label, styles.header)
            sheet.write_comment(_TOP - 1, column, theme.definition or theme.label)
            sheet.set_column(column, column, 38)
            column += 1


def _group(matrix: Matrix, theme: str) -> str:
    """Return the label of the topmost theme above (or the theme's own)."""
    return matrix.study.codebook[(theme, *matrix.study.codebook.ancestors(theme))[-1]].label


def _text(matrix: Matrix, cell: Cell) -> str:
    letters = {method.id: method.letter for method in matrix.study.design.methods}
    look = LEGEND[cell.state]
    head = f"{look.letter} {look.label}" if cell.claims else ""
    extra = [f"{cell.uncharted} coded, not used"] if cell.claims and cell.uncharted else []
    extra += [f"{cell.proposed} proposed"] if cell.proposed else []
    body = write_cell(matrix, cell)
    return "\n".join(part for part in (head, body, "; ".join(extra), write_lamps(cell, letters)) if part)


def _name(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _with_descendants(matrix: Matrix, targets: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Let themes without a column of their own lead to the nearest column above."""
    columns = {theme.id for theme in matrix.themes}
    book = matrix.study.codebook
    for theme in book:
        above = next((t for t in book.ancestors(theme.id) if t in columns), None)
        if theme.id not in columns and above:
            targets |= {(site.code, theme.id): targets[site.code, above] for site in matrix.sites}
    return targets
