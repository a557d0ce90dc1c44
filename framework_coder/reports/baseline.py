"""The hidden sheet of an audit workbook that says how its claims went out, so that edits can come back.

Beside what can be edited stand sums over the rest: whoever writes elsewhere in the workbook is told that
it is not taken over.
"""

from collections.abc import Mapping, Sequence

from framework_coder.model.matrix import Matrix
from framework_coder.model.merging import FIELDS, READ_ONLY, say
from framework_coder.reports.sheets import SheetWriter
from framework_coder.reports.signing import sign_apart
from framework_coder.reports.tables import Column, Table, Value

SHEET = "Baseline"
FORM = "framework-coder baseline 1"
"""What the first field of the sheet says; the second is the identity of the project, the third the titles of
the columns of claims that are not read, each with a space of its own in `rest`."""

BETWEEN = "|"
SAID = ("claim", "site", *FIELDS)
COLUMNS = (*SAID, *READ_ONLY, "cites", "rest")
"""Workbooks of older versions have the first of them only, as SAID."""

SIGNED = ("sheet", "heads", "sum")
"""The columns beside them: of each other sheet its rows above the first line, and a sum over the lines."""


def write_baseline(writer: SheetWriter, matrix: Matrix, claims: Table) -> None:
    """Write the sheet, unless names were taken out of the study or it comes from no project.

    `claims` is the table that the workbook shows of them.
    """
    study = matrix.study
    if study.is_anonymised or not study.identity:
        return
    signed = list(writer.signs.items())
    sheet = writer.add_sheet(SHEET)
    text = writer.styles.text
    unread = [place for place, column in enumerate(claims.columns) if column.name not in COLUMNS]
    titles = BETWEEN.join(claims.columns[place].title for place in unread)
    for column, value in enumerate((FORM, study.identity, titles)):
        writer.put(sheet, 0, column, value, text)
    for column, name in enumerate((*COLUMNS, *SIGNED)):
        writer.put(sheet, 1, column, name, text)
    rows = [*_list_said(matrix, claims, unread)]
    beside = [(name, heads, total) for name, (heads, total) in signed if name != claims.title]
    writer.write_rows(sheet, 2, _side_by_side(rows, beside))
    sheet.very_hidden()


def _list_said(matrix: Matrix, claims: Table, unread: Sequence[int]) -> Sequence[tuple[Value, ...]]:
    """Return what each claim says field by field, as it would come back unedited."""
    cites = claims.names.index("cites")
    shown: Mapping[Value, tuple[Value, ...]] = {row[0]: row for row in claims.rows}
    rows: list[tuple[Value, ...]] = []
    for claim in matrix.shown_claims():
        links = matrix.bearings.evidence.get(claim.id, ())
        said = say(claim, matrix.bearings.sites[claim.site].code, links)
        said["cites"] = str(shown[claim.id][cites] or "")
        rest = sign_apart(shown[claim.id][place] for place in unread)
        rows.append((claim.id, *(said[name] for name in COLUMNS[1:-1]), rest))
    return rows


def _side_by_side(rows: Sequence[tuple[Value, ...]], beside: Sequence[tuple[Value, ...]]) -> Table:
    height = max(len(rows), len(beside))
    left = [*rows, *[(None,) * len(COLUMNS)] * (height - len(rows))]
    right = [*beside, *[(None,) * len(SIGNED)] * (height - len(beside))]
    columns = tuple(Column(name, name, "") for name in (*COLUMNS, *SIGNED))
    return Table(SHEET, SHEET, columns, tuple((*a, *b) for a, b in zip(left, right, strict=True)))
