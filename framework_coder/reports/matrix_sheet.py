"""The Matrix sheet: a badge and a text a cell, under the groups of the themes; laid out as the matrix asks.

Sites go down and themes across, or the other way round. The text columns are an outline level: folded, as at
status density, the sheet shows the badges alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.model.study import Site
from framework_coder.reports.contents import write_cell, write_lamps
from framework_coder.reports.laying_out import (
    Head,
    column_heads,
    group_of,
    lines,
    shows_states_only,
)
from framework_coder.reports.sheets import SheetWriter, set_height

_A3 = 8
_THEMES_A_PAGE, _PRINT_SCALE = 4, 60
"""Columns of the matrix that an A3 page shows, at so many per cent of full size."""

_TOP = 4
"""Rows above the first line: title, legend, groups, heads."""

_BADGE_WIDTH, _TEXT_WIDTH = 4, 40
"""Characters."""


def write_matrix_sheet(
    writer: SheetWriter, matrix: Matrix, claim_rows: Mapping[Any, int]
) -> dict[tuple[str, str], str]:
    """Write the sheet; return for (site code, theme id) the link target of its cell."""
    sheet = writer.add_sheet("Matrix", heads=_TOP)
    first = len(_first_heads(matrix))
    _write_heads(writer, sheet, matrix, first)
    targets: dict[tuple[str, str], str] = {}
    for line, (head, cells) in enumerate(lines(matrix), start=_TOP):
        for column, value in enumerate(_tell_head(matrix, head)):
            writer.put(sheet, line, column, value, writer.styles.strong if column < 2 else writer.styles.text)  # noqa: PLR2004
        texts = [] if shows_states_only(matrix) else [_text(matrix, cell) for cell in cells]
        set_height(sheet, line, texts, [_TEXT_WIDTH] * len(texts))
        for column, cell in enumerate(cells):
            badge = first + 2 * column
            _write_cell(writer, sheet, matrix, cell, (line, badge), claim_rows)
            site = matrix.bearings.sites[cell.site].code
            targets[site, cell.theme] = f"'Matrix'!{_name(line, badge)}"
    _lay_out(sheet, matrix, first)
    return _with_descendants(matrix, targets)


def _write_cell(
    writer: SheetWriter,
    sheet: Any,
    matrix: Matrix,
    cell: Cell,
    place: tuple[int, int],
    claim_rows: Mapping[Any, int],
) -> None:
    if cell.is_left_out:
        return
    line, badge = place
    link = f"'Claims'!A{claim_rows[cell.claims[0].id]}" if cell.claims else None
    writer.put(sheet, line, badge, LEGEND[cell.state].letter, writer.styles.badges[cell.state], link)
    style = writer.styles.text if cell.claims else writer.styles.faint
    writer.put(sheet, line, badge + 1, _text(matrix, cell), style)


def _lay_out(sheet: Any, matrix: Matrix, first: int) -> None:
    sheet.freeze_panes(_TOP, 2)
    sheet.repeat_rows(2, 3)
    sheet.repeat_columns(0, 1)
    sheet.set_paper(_A3)
    sheet.set_print_scale(_PRINT_SCALE)
    columns = len(column_heads(matrix))
    sheet.set_v_pagebreaks([first + 2 * n for n in range(_THEMES_A_PAGE, columns, _THEMES_A_PAGE)])
    sheet.outline_settings(visible=True, symbols_below=True, symbols_right=False)


def _first_heads(matrix: Matrix) -> tuple[str, ...]:
    if matrix.layout.is_transposed:
        return ("Group", "Theme")
    return ("Site", "Name", *(field.label for field in matrix.shown_fields()))


def _tell_head(matrix: Matrix, head: Head) -> tuple[str, ...]:
    """Return what stands before the cells of a line."""
    if not isinstance(head, Site):
        return group_of(matrix, head.id), head.label
    return (head.code, head.name, *(head.attributes.get(field.id, "") for field in matrix.shown_fields()))


def _write_heads(writer: SheetWriter, sheet: Any, matrix: Matrix, first: int) -> None:
    study, styles = matrix.study, writer.styles
    shown = f"   shown: {matrix.selection}" if matrix.selection else ""
    sheet.write_string(0, 0, f"{study.design.name}{shown}", styles.title)
    legend = "   ".join(f"{look.letter} {look.label}" for look in LEGEND.values())
    sheet.write_string(1, 0, f"{legend}   (each is defined on the last sheet)", styles.note)
    for column, name in enumerate(_first_heads(matrix)):
        sheet.write_string(_TOP - 1, column, name, styles.header)
        sheet.set_column(column, column, 22 if column == 1 or matrix.layout.is_transposed else 9)
    folding = {"level": 1, "hidden": True} if shows_states_only(matrix) else {"level": 1}
    column = first
    for group, heads in _grouped(matrix):
        start = column
        for head in heads:
            name, told = _name_column(matrix, head)
            sheet.merge_range(_TOP - 1, column, _TOP - 1, column + 1, name, styles.header)
            sheet.write_comment(_TOP - 1, column, told or name, {"x_scale": 2})
            sheet.set_column(column, column, _BADGE_WIDTH)
            sheet.set_column(column + 1, column + 1, _TEXT_WIDTH, None, folding)
            column += 2
        sheet.merge_range(_TOP - 2, start, _TOP - 2, column - 1, group, styles.group)


def _grouped(matrix: Matrix) -> Iterator[tuple[str, Sequence[Head]]]:
    """Yield the columns under what stands above them."""
    if matrix.layout.is_transposed:
        if matrix.sites:
            yield "Sites", matrix.sites
        return
    for group, themes in groupby(matrix.themes, key=lambda theme: group_of(matrix, theme.id)):
        yield group, list(themes)


def _name_column(matrix: Matrix, head: Head) -> tuple[str, str]:
    """Return the name of a column and what is told of it in a comment."""
    if not isinstance(head, Site):
        return head.label, head.definition
    facts = [value for field in matrix.shown_fields() if (value := head.attributes.get(field.id))]
    return f"{head.code} {head.name}", " · ".join(facts)


def _text(matrix: Matrix, cell: Cell) -> str:
    letters = {method.id: method.letter for method in matrix.study.design.methods}
    extra = [f"{cell.uncharted} coded, not used"] if cell.claims and cell.uncharted else []
    extra += [f"{cell.proposed} proposed"] if cell.proposed else []
    lamps = write_lamps(cell, letters) if cell.claims or cell.codings else ""
    return "\n".join(part for part in (write_cell(matrix, cell), "; ".join(extra), lamps) if part)


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
