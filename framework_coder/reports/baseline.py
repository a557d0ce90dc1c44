"""The hidden sheet of an audit workbook that says how its claims went out, so that edits can come back."""

from framework_coder.model.matrix import Matrix
from framework_coder.model.merging import FIELDS, say
from framework_coder.reports.sheets import SheetWriter
from framework_coder.reports.tables import Column, Table, Value

SHEET = "Baseline"
FORM = "framework-coder baseline 1"
"""What the first field of the sheet says; the second is the identity of the project."""

COLUMNS = ("claim", "site", *FIELDS)


def write_baseline(writer: SheetWriter, matrix: Matrix) -> None:
    """Write the sheet, unless names were taken out of the study or it comes from no project."""
    study = matrix.study
    if study.is_anonymised or not study.identity:
        return
    sheet = writer.add_sheet(SHEET)
    text = writer.styles.text
    writer.put(sheet, 0, 0, FORM, text)
    writer.put(sheet, 0, 1, study.identity, text)
    for column, name in enumerate(COLUMNS):
        writer.put(sheet, 1, column, name, text)
    writer.write_rows(sheet, 2, _list_said(matrix))
    sheet.very_hidden()


def _list_said(matrix: Matrix) -> Table:
    """Return what each claim says field by field, as it would come back unedited."""
    rows: list[tuple[Value, ...]] = []
    for claim in matrix.shown_claims():
        said = say(claim, matrix.bearings.sites[claim.site].code)
        rows.append((claim.id, *(said[name] for name in COLUMNS[1:])))
    return Table(SHEET, SHEET, tuple(Column(name, name, "") for name in COLUMNS), tuple(rows))
