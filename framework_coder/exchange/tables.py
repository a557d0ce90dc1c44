"""Tables as analysts keep them: CSV (comma, semicolon or tab) and the first filled sheet of an XLSX."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from framework_coder.exchange.faults import Faults
from framework_coder.model.formulas import unguard

SIZE_LIMIT = 100_000_000
"""Bytes above which a table is refused."""
_MOST_TITLES, _LONGEST_HEAD = 20, 10_000
"""The names of columns stand in one of so many rows, each looked at for so many characters."""


def find_table(folder: Path, name: str) -> Path | None:
    """Return the table of that name in a folder, as CSV or as XLSX; None where there is none."""
    return next((path for suffix in ("csv", "xlsx") if (path := folder / f"{name}.{suffix}").is_file()), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file and its fields by column, stripped of outer white space."""

    line: int
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields.get(column, "")

    def listed(self, column: str) -> tuple[str, ...]:
        """Return the values of a field that holds several, separated by `;`."""
        return split_list(self[column])


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that is in memory already: rows under the names of their columns, numbered from 1."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(
    path: Path | Grid, faults: Faults, required: Collection[str], optional: Collection[str] | None = ()
) -> list[Row]:
    """Return the rows of a table; faults of the file as a whole go to `faults`.

    Columns other than `required` and `optional` are a fault; with `optional` None they are welcome.
    """
    if isinstance(path, Grid):
        if not _check_header(list(path.columns), faults, required, optional):
            return []
        found = (dict(zip(path.columns, row, strict=True)) for row in path.rows)
        return [Row(line, fields) for line, fields in enumerate(found, start=1)]
    cells = read_cells(path, faults, required)
    if not cells:
        return []
    header = [name.strip().lower() for name in cells[0][1]]
    if not _check_header(header, faults, required, optional):
        return []
    rows = []
    for line, values in cells[1:]:
        if len(values) > len(header) and any(value.strip() for value in values[len(header) :]):
            faults.add(line, "", "the row has more fields than the header; check its quotation marks")
        if any(value.strip() for value in values):
            fields = dict(zip(header, (unguard(value.strip()) for value in values), strict=False))
            rows.append(Row(line, fields))
    return rows


def _check_header(
    header: list[str], faults: Faults, required: Collection[str], optional: Collection[str] | None
) -> bool:
    before = len(faults.found)
    for name in sorted(set(required) - set(header)):
        faults.add(1, name, "the column is missing; add it to the header row")
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        faults.add(1, name, "the column stands twice; rename or remove one")
    if optional is not None:
        for name in sorted({name for name in header if name} - set(required) - set(optional)):
            faults.add(
                1, name, f"the column is not known; the columns are {', '.join([*required, *optional])}"
            )
    return len(faults.found) == before


def read_cells(path: Path, faults: Faults, required: Collection[str]) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, with their lines; `required` columns tell the separator.

    Raises UnreadableFileError for a workbook that cannot be opened or is over a limit.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.add(0, "", f"the file cannot be read ({error.strerror}); check its name and place")
        return []
    if len(content) > SIZE_LIMIT:
        faults.add(0, "", f"the file is over {SIZE_LIMIT // 1_000_000} MB; split it")
        return []
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return _read_sheet(path, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        faults.add(line, "", "the file is not UTF-8; in Excel choose “CSV UTF-8” when saving")
        return []
    if not text.strip():
        faults.add(0, "", "the file is empty; it needs a header row")
        return []
    return _parse_csv(text, faults, required)


def _parse_csv(text: str, faults: Faults, required: Collection[str]) -> list[tuple[int, list[str]]]:
    firsts = text.lower().splitlines()[:_MOST_TITLES]
    told = (mark for line in firsts if (mark := _find_separator(line[:_LONGEST_HEAD], required)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=next(told, ","), strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for values in reader:
            rows.append((line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(line, "", f"the row cannot be read ({error}); check its quotation marks")
        return []
    return [row for row in rows if any(row[1])]


def _find_separator(line: str, required: Collection[str]) -> str:
    """Return what stands between the names of a row in small letters; nothing where it has none of them."""
    heads = {mark: [name.strip() for name in next(csv.reader([line], delimiter=mark), [])] for mark in ",;\t"}
    fits = {mark: sum(name in head for name in required) for mark, head in heads.items()}
    return max(fits, key=lambda mark: fits[mark]) if any(fits.values()) else ""


def _read_sheet(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    from framework_coder.readers.workbook import open_workbook

    sheets, _ = open_workbook(path, content)
    return [(row.number, row.cells) for row in sheets[0].rows] if sheets else []


def split_list(text: str) -> tuple[str, ...]:
    """Return the values that a field holds, `;` between them."""
    return tuple(value for part in text.split(";") if (value := part.strip()))


def show_cell(value: object) -> str:
    """Return what a cell of a spreadsheet holds as text: 12, not 12.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
