"""The Matrix sheet: sites down, themes across under their groups; a badge and a text a cell.

The text columns are an outline level: folded, the sheet shows the badges alone.
"""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.reports.contents import write_cell, write_lamps
from framework_coder.reports.sheets import SheetWriter, set_height

_A3 = 8
_THEMES_A_PAGE, _PRINT_SCALE = 4, 60
"""Themes that an A3 page shows, at so many per cent of full size."""

_TOP = 4
"""Rows above the first site: title, legend, groups, themes."""

_BADGE_WIDTH, _TEXT_WIDTH = 4, 40
"""Characters."""


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
        facts = (site.code, site.name, *(site.attributes.get(field.id, "") for field in attributes))
        for column, value in enumerate(facts):
            writer.put(sheet, line, column, value, writer.styles.strong if column < 2 else writer.styles.text)  # noqa: PLR2004
        texts = [_text(matrix, cell) for cell in cells]
        set_height(sheet, line, texts, [_TEXT_WIDTH] * len(texts))
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            badge = first + 2 * column
            link = f"'Claims'!A{claim_rows[cell.claims[0].id]}" if cell.claims else None
            writer.put(sheet, line, badge, LEGEND[cell.state].letter, writer.styles.badges[cell.state], link)
            writer.put(
                sheet, line, badge + 1, text, writer.styles.text if cell.claims else writer.styles.faint
            )
            targets[site.code, cell.theme] = f"'Matrix'!{_name(line, badge)}"
    _lay_out(sheet, matrix, first)
    return _with_descendants(matrix, targets)


def _lay_out(sheet: Any, matrix: Matrix, first: int) -> None:
    sheet.freeze_panes(_TOP, 2)
    sheet.repeat_rows(2, 3)
    sheet.repeat_columns(0, 1)
    sheet.set_paper(_A3)
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.set_v_pagebreaks([first + 2 * n for n in range(_THEMES_A_PAGE, len(matrix.themes), _THEMES_A_PAGE)])
    sheet.outline_settings(visible=True, symbols_below=True, symbols_right=False)


def _write_heads(writer: SheetWriter, sheet: Any, matrix: Matrix, attributes: list[str], first: int) -> None:
    study, styles = matrix.study, writer.styles
    shown = f"   shown: {matrix.selection}" if matrix.selection else ""
    sheet.write_string(0, 0, f"{study.design.name}{shown}", styles.title)
    legend = "   ".join(f"{look.letter} {look.label}" for look in LEGEND.values())
    sheet.write_string(1, 0, f"{legend}   (each is defined on the last sheet)", styles.note)
    for column, name in enumerate(("Site", "Name", *attributes)):
        sheet.write_string(_TOP - 1, column, name, styles.header)
        sheet.set_column(column, column, 22 if column == 1 else 9)
    column = first
    for group, themes in groupby(matrix.themes, key=lambda theme: _group(matrix, theme.id)):
        start = column
        for theme in themes:
            sheet.merge_range(_TOP - 1, column, _TOP - 1, column + 1, theme.label, styles.header)
            sheet.write_comment(_TOP - 1, column, theme.definition or theme.label, {"x_scale": 2})
            sheet.set_column(column, column, _BADGE_WIDTH)
            sheet.set_column(column + 1, column + 1, _TEXT_WIDTH, None, {"level": 1})
            column += 2
        sheet.merge_range(_TOP - 2, start, _TOP - 2, column - 1, group, styles.group)


def _group(matrix: Matrix, theme: str) -> str:
    """Return the label of the topmost theme above (or the theme's own)."""
    return matrix.study.codebook[(theme, *matrix.study.codebook.ancestors(theme))[-1]].label


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
