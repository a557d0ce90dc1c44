"""Open a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) and return its sheets and warnings."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from framework_coder.model.sources import ReadWarning
from framework_coder.readers.package import Package
from framework_coder.readers.refusals import DamagedFileError, EncryptedFileError, OversizedFileError
from framework_coder.readers.sheets import MOST_CELLS, Row, Sheet, shown

MOST_AREA = 20_000_000
"""Rows times columns between A1 and the last filled cell of a sheet; the library lays all of it out."""
MOST_SHEET = 150_000_000

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BOOK = "xl/workbook.xml"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FILLED = re.compile(rb'<(?:\w+:)?c\b(?=[^<>]*?\br="([A-Z]{1,3})(\d{1,8})")[^<>]*[^/]>')
_REPEATED = re.compile(
    rb'number-(?:columns|rows)-repeated="(\d+)"[^<>]{0,500}value-type=|value-type=[^<>]{0,500}repeated="(\d+)"'
)
_MOST_REPEATED = 10_000
_MARKS = {
    "cell_errors": re.compile(rb'<c\b[^<>]*\bt="e"'),
    "formulas_without_values": re.compile(rb"</f>(?:<v\s*/>|<v></v>|</c>)"),
    "hidden_rows": re.compile(rb'<(?:row|col)\b[^<>]*\bhidden="(?:1|true)"'),
}
_SENTENCES = {
    "cell_errors": "Cells that show an error (#N/A, #REF! and the like) are empty in the text.",
    "formulas_without_values": "Formulas without a stored result are empty; save the file again in Excel.",
    "hidden_rows": "Hidden rows or columns were read like the others.",
    "hidden_sheets": "Hidden sheets were read like the others.",
    "cell_comments": "Comments on cells were left out.",
    "pictures": "Pictures were left out.",
    "charts": "Charts were left out.",
    "macros": "Macros were left out and not run.",
}
_PARTS_LEFT_OUT = {
    "cell_comments": re.compile(r"xl/(threaded)?comments.*\.xml$"),
    "pictures": re.compile(r"xl/media/"),
    "charts": re.compile(r"xl/charts/chart[^/]*\.xml$"),
    "macros": re.compile(r"xl/vbaproject\.bin$"),
}


def open_workbook(path: Path, content: bytes) -> tuple[list[Sheet], list[ReadWarning]]:
    """Return the sheets that hold something, hidden ones too; raises `UnreadableFileError`."""
    warnings = _check_package(path, content) if is_package(content) else []
    sheets, hidden = _read_sheets(path, content)
    if hidden:
        warnings.append(ReadWarning("hidden_sheets", _SENTENCES["hidden_sheets"], hidden))
    return sheets, warnings


def open_cells(
    path: Path, content: bytes, titles: Collection[str] | None = None
) -> Mapping[str, Sequence[Sequence[object]]]:
    """Return the cells of the sheets, or of those of these titles, all rows from the first, as they are kept.

    What a sheet leaves out is not looked for. Raises `UnreadableFileError`.
    """
    from python_calamine import CalamineWorkbook

    if is_package(content):
        package = Package(path, content)
        for title, part in list_sheets(package):
            if titles is None or title in titles:
                _refuse_large(path, package.part(part) or b"")
    with _opening(path), CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        wanted = [name for name in book.sheet_names if titles is None or name in titles]
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted}


def list_sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the title of each sheet of an .xlsx, and the name of its part."""
    links = package.relations(_BOOK)
    book = package.xml(_BOOK)
    for sheet in () if book is None else book.iter(f"{MAIN}sheet"):
        link = links.get(sheet.get(_LINK, ""))
        if link is not None and not link.is_external:
            yield sheet.get("name", ""), link.target


def is_package(content: bytes) -> bool:
    """Say whether the bytes begin as those of an office file do."""
    return content.startswith(b"PK")


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    """Turn what the library raises into a sentence."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, OversizedFileError):
        raise
    except BaseException as error:
        # A panic of the library is not an Exception; a bad file must not end an import.
        if type(error).__name__ == "PasswordError":
            raise EncryptedFileError(path, "Excel") from error
        raise DamagedFileError(path, "its sheets can not be opened") from error


def _read_sheets(path: Path, content: bytes) -> tuple[list[Sheet], int]:
    """Return the sheets and how many of them are hidden."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets: list[Sheet] = []
    hidden = cells = 0
    with _opening(path), CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        for entry in book.sheets_metadata:
            if entry.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = Sheet(entry.name)
            for number, values in enumerate(book.get_sheet_by_name(entry.name).iter_rows(), start=1):
                if any(values):
                    texts = [shown(value) for value in values]
                    cells += sum(1 for text in texts if text)
                    sheet.rows.append(Row(number, texts))
                if cells > MOST_CELLS:
                    raise OversizedFileError(path, f"it has more than {MOST_CELLS:,} filled cells")
            if sheet.rows:
                sheets.append(sheet)
                hidden += entry.visible != SheetVisibleEnum.Visible
    return sheets, hidden


def _check_package(path: Path, content: bytes) -> list[ReadWarning]:
    """Refuse a workbook that would not fit in memory; return what its parts say is left out."""
    package = Package(path, content)
    counts = dict.fromkeys([*_MARKS, *_PARTS_LEFT_OUT], 0)
    for name in package.names:
        for code, pattern in _PARTS_LEFT_OUT.items():
            counts[code] += bool(pattern.match(name))
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            sheet = package.part(name) or b""
            _refuse_large(path, sheet)
            for code, mark in _MARKS.items():
                counts[code] += sum(1 for _ in mark.finditer(sheet))
        elif name == "content.xml":
            _refuse_repeated(path, package.part(name) or b"")
    return [ReadWarning(code, _SENTENCES[code], count) for code, count in counts.items() if count]


def _refuse_large(path: Path, sheet: bytes) -> None:
    """Refuse a sheet that is long, or whose filled cells stand so far apart that it would fill the memory."""
    if len(sheet) > MOST_SHEET:
        raise OversizedFileError(path, f"a sheet has {len(sheet):,} bytes of XML")
    rows = columns = 0
    for found in _FILLED.finditer(sheet):
        rows = max(rows, int(found[2]))
        columns = max(columns, _column_number(found[1]))
    if rows * columns > MOST_AREA:
        raise OversizedFileError(path, f"a sheet spans {rows:,} rows and {columns:,} columns")


def _refuse_repeated(path: Path, content: bytes) -> None:
    """Refuse an OpenDocument sheet that repeats a filled cell without end."""
    for found in _REPEATED.finditer(content):
        if int((found[1] or found[2])[:12]) > _MOST_REPEATED:
            raise OversizedFileError(path, "a sheet repeats a filled cell too often")


def _column_number(letters: bytes) -> int:
    """Return the number of a column named by letters: 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
