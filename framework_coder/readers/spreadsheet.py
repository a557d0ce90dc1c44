"""Read workbooks and separated values: questionnaires as questions and answers, any other sheet as cells."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from framework_coder.model.sources import BlockKind, Locator, Metadata, ReadWarning, SourceText
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.questions import Questionnaire
from framework_coder.readers.refusals import UnopenableFileError
from framework_coder.readers.sheet_forms import (
    RowsOfSites,
    find_columns_of_sites,
    find_questions,
    find_rows_of_sites,
    find_site_beside_answers,
    normal,
)
from framework_coder.readers.sheets import Row, Sheet, cell_name

READER = "spreadsheet 1"
_MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_IS_BINARY = (b"PK", b"\xd0\xcf\x11\xe0")
_FEWEST_SHEETS = 2


@dataclass(slots=True)
class Draft:
    """One source to be: its part's name, and the texts written so far."""

    part: str
    assembly: TextAssembly = field(default_factory=TextAssembly)


def read_parts(path: Path, content: bytes, options: ReadOptions) -> tuple[SourceText, ...]:
    """Return one source, or one a site where sheets, rows or columns are named by sites.

    Raises `UnreadableFileError`.
    """
    from framework_coder.readers.separated import open_separated
    from framework_coder.readers.workbook import open_workbook

    is_binary = content.startswith(_IS_BINARY)
    sheets, warnings = (open_workbook if is_binary else open_separated)(path, content)
    if not sheets:
        raise UnopenableFileError(path, "its sheets are empty; check that it was saved whole")
    drafts = list(_drafts(sheets, frozenset(map(normal, options.sites))))
    media_type = _MEDIA_TYPES.get(path.suffix.lower(), _MEDIA_TYPES[".xlsx"]) if is_binary else "text/csv"
    return tuple(_finish(draft, content, media_type, warnings) for draft in _named_apart(drafts))


def _finish(draft: Draft, content: bytes, media_type: str, warnings: list[ReadWarning]) -> SourceText:
    """Return a draft as a source; what the file leaves out is reported with each of its parts."""
    draft.assembly.part = draft.part
    draft.assembly.warnings.extend(warnings)
    return draft.assembly.finish(content, media_type, READER, Metadata())


def _drafts(sheets: list[Sheet], sites: frozenset[str]) -> Iterator[Draft]:
    """Yield the sources of a workbook; sheets that belong to no site make one together, last."""
    named = [sheet for sheet in sheets if normal(sheet.name) in sites]
    by_sheet = len(named) >= _FEWEST_SHEETS
    rest: list[Sheet] = []
    for sheet in sheets:
        if by_sheet and sheet in named:
            draft = Draft(sheet.name)
            write_sheet(draft.assembly, sheet, find_questions(sheet))
            drafts = [draft]
        else:
            drafts = [] if by_sheet else list(_drafts_within(sheet, sites))
        yield from drafts
        if not drafts:
            rest.append(sheet)
    if rest:
        draft = Draft(rest[0].name if len(rest) < len(sheets) else "")
        for sheet in rest:
            write_sheet(draft.assembly, sheet, find_questions(sheet))
        yield draft


def _drafts_within(sheet: Sheet, sites: frozenset[str]) -> Iterator[Draft]:
    """Yield the sources of a sheet that holds several sites; none where it holds one or does not say."""
    questions = find_questions(sheet)
    beside = find_site_beside_answers(sheet, questions, sites)
    if questions is not None and beside is not None:
        yield from _answer_drafts(sheet, questions, beside)
        return
    rows = find_rows_of_sites(sheet, sites)
    columns = find_columns_of_sites(sheet, questions, sites)
    if rows is not None:
        yield from _row_drafts(sheet, rows)
    elif questions is not None and columns:
        yield from _column_drafts(sheet, questions, columns)


def _answer_drafts(sheet: Sheet, found: Questionnaire, site_column: int) -> Iterator[Draft]:
    """Yield a source for each site that rows of site, question and answer name, whatever their order."""
    rows: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    site = ""
    for row in sheet.rows[found.first_row :]:
        cell = row.cells[site_column].strip() if site_column < len(row.cells) else ""
        site = cell or site or f"row {row.number}"  # a merged cell names the site in its first row only
        names.setdefault(normal(site), site)
        rows.setdefault(normal(site), []).append(row)
    answers = tuple(column for column in found.answers if column != site_column)
    only = Questionnaire(found.question, answers, found.first_row, found.number)
    for key, name in names.items():
        draft = Draft(name)
        write_sheet(draft.assembly, Sheet(sheet.name, sheet.rows[: found.first_row] + rows[key]), only)
        yield draft


def _row_drafts(sheet: Sheet, found: RowsOfSites) -> Iterator[Draft]:
    """Yield a source for each row: what stands above the questions, then question and answer in turn."""
    header = sheet.rows[found.header]
    for row in sheet.rows[found.header + 1 :]:
        site = row.cells[found.site].strip() if found.site < len(row.cells) else ""
        draft = Draft(site or f"row {row.number}")
        for above in sheet.rows[: found.header]:
            _write_cells(draft.assembly, sheet, above)
        _write_cells(draft.assembly, sheet, row, (found.site,))
        for column in range(max(len(header.cells), len(row.cells))):
            if column != found.site:
                _write_pair(draft.assembly, sheet, (header, column), [(row, column)])
        yield draft


def _column_drafts(sheet: Sheet, found: Questionnaire, columns: dict[int, str]) -> Iterator[Draft]:
    """Yield a source for each column that a site heads."""
    for column, site in columns.items():
        draft = Draft(site)
        shared = tuple(item for item in found.answers if item not in columns)
        only = Questionnaire(found.question, (column, *shared), found.first_row, found.number)
        write_sheet(draft.assembly, sheet, only, leave_out=frozenset(columns) - {column})
        yield draft


def write_sheet(
    assembly: TextAssembly,
    sheet: Sheet,
    found: Questionnaire | None,
    leave_out: frozenset[int] = frozenset(),
) -> None:
    """Write a sheet's rows in order: question and answers where it asks, cells elsewhere."""
    for ordinal, row in enumerate(sheet.rows):
        columns = tuple(column for column in range(len(row.cells)) if column not in leave_out)
        if found is None or ordinal < found.first_row or not _is_asked(row, found):
            _write_cells(assembly, sheet, row, columns)
            continue
        answers = [(row, column) for column in found.answers if column < len(row.cells)]
        used = {found.question, *found.answers}
        before = tuple(column for column in columns if column < found.question)
        _write_cells(assembly, sheet, row, before)
        _write_pair(assembly, sheet, (row, found.question), answers)
        _write_cells(assembly, sheet, row, tuple(set(columns) - used - set(before)))


def _is_asked(row: Row, found: Questionnaire) -> bool:
    """Whether a row of a questionnaire has something in its column of questions."""
    return found.question < len(row.cells) and bool(row.cells[found.question].strip())


def _write_pair(
    assembly: TextAssembly, sheet: Sheet, question: tuple[Row, int], answers: list[tuple[Row, int]]
) -> None:
    """Write a question and its answers; an answer that nothing asks for is a plain cell."""
    row, column = question
    text = row.cells[column] if column < len(row.cells) else ""
    asked = assembly.add(text, BlockKind.QUESTION, _place(sheet, row, column))
    kind = BlockKind.TABLE_CELL if asked is None else BlockKind.ANSWER
    for answer, at in answers:
        if at < len(answer.cells):
            assembly.add(answer.cells[at], kind, _place(sheet, answer, at), answers=asked)


def _write_cells(
    assembly: TextAssembly, sheet: Sheet, row: Row, columns: tuple[int, ...] | None = None
) -> None:
    """Write the cells of a row, or some of them, as table cells."""
    for column in range(len(row.cells)) if columns is None else sorted(columns):
        if column < len(row.cells):
            assembly.add(row.cells[column], BlockKind.TABLE_CELL, _place(sheet, row, column))


def _place(sheet: Sheet, row: Row, column: int) -> Locator:
    """Return where a cell stands."""
    return Locator(
        row=row.number, column=column + 1, sheet=sheet.name, cell=cell_name(row.number, column + 1)
    )


def _named_apart(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts, a second one of the same name numbered: two people answered for one site."""
    seen: Counter[str] = Counter()
    for draft in drafts:
        key = normal(draft.part)
        seen[key] += 1
        if seen[key] > 1:
            draft.part = f"{draft.part} ({seen[key]})"
    return drafts
