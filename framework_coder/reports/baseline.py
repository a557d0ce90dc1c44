"""The hidden sheet of an audit workbook that says how its claims went out, so that edits can come back."""

from framework_coder.model.matrix import Matrix
from framework_coder.model.merging import FIELDS, say
from framework_coder.reports.sheets import SheetWriter

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
    for line, claim in enumerate(matrix.shown_claims(), start=2):
        said = say(claim, matrix.bearings.sites[claim.site].code)
        writer.put(sheet, line, 0, claim.id, text)
        for column, name in enumerate(COLUMNS[1:], start=1):
            writer.put(sheet, line, column, said[name], text)
    sheet.very_hidden()
