"""Read the claims of an audit workbook that an analyst edited in a spreadsheet program."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from framework_coder.errors import UnreadableFileError
from framework_coder.exchange.faults import Faults
from framework_coder.exchange.tables import split_list
from framework_coder.model.claims import ClaimKind
from framework_coder.model.codebook import Codebook
from framework_coder.model.merging import FIELDS, GivenRow, Said, tidy
from framework_coder.model.spelling import closest
from framework_coder.model.values import CodedValueError, parse_value, write_value
from framework_coder.readers.reading import read_bytes
from framework_coder.reports.baseline import COLUMNS, FORM, SHEET
from framework_coder.reports.fitting import CUT_MARK

if TYPE_CHECKING:
    from framework_coder.readers.package import Package
    from framework_coder.readers.sheets import Sheet

CLAIMS = "Claims"
TITLES = {
    "claim": "Claim",
    "site": "Site",
    **{name: name.capitalize() for name in FIELDS},
    "cites": "Cites",
}
"""The columns that are read, by their titles in the sheet of claims."""

MOST_ROWS = 200_000
Formulas = Collection[tuple[int, int]]

_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass
class EditedWorkbook:
    """What an edited workbook says: how its claims went out, and each row as it came back."""

    identity: str = ""
    base: dict[int, Said] = field(default_factory=dict)
    rows: list[GivenRow] = field(default_factory=list)


def recognise(path: Path) -> bool:
    """Say whether a file is a workbook that holds claims of a project as they went out."""
    try:
        return path.suffix.lower() in {".xlsx", ".xlsm"} and {CLAIMS, SHEET} <= _open(path)[0].keys()
    except UnreadableFileError:
        return False


def read_workbook(path: Path, faults: Faults, book: Codebook, sites: Collection[str]) -> EditedWorkbook:
    """Return the claims of a workbook; what is not understood goes to `faults`, row by row.

    Raises UnreadableFileError for a file that is no workbook.
    """
    found = EditedWorkbook()
    sheets, formulas = _open(path)
    missing = [name for name in (CLAIMS, SHEET) if name not in sheets]
    if missing:
        faults.add(
            0, "", f"the sheet {' and '.join(missing)} is missing; edit a workbook written by `matrix`"
        )
        return found
    _read_baseline(sheets[SHEET], found, faults)
    reader = _Rows(found, faults, book, sites, formulas)
    reader.read(sheets[CLAIMS])
    return found


def _open(path: Path) -> "tuple[dict[str, Sheet], Formulas]":
    """Return the two sheets that are read, as far as they are there, and the formulas among the claims."""
    from framework_coder.readers.package import Package
    from framework_coder.readers.workbook import open_sheets

    content = read_bytes(path)
    return open_sheets(path, content, (CLAIMS, SHEET)), _find_formulas(Package(path, content))


def _read_baseline(sheet: "Sheet", found: EditedWorkbook, faults: Faults) -> None:
    head, columns = (sheet.grid[place] if len(sheet.rows) > place else [] for place in (0, 1))
    if head[:1] != [FORM] or columns[: len(COLUMNS)] != list(COLUMNS):
        faults.add(0, "", f"the hidden sheet {SHEET} is not as it was written; edit a fresh copy")
        return
    found.identity = head[1]
    for row in sheet.rows[2:]:
        values = row.cells[: len(COLUMNS)]
        if not values[0].isdecimal():
            faults.add(row.number, SHEET, "the hidden sheet was edited; edit a fresh copy")
            return
        found.base[int(values[0])] = {n: tidy(v) for n, v in zip(COLUMNS[1:], values[1:], strict=True)}


@dataclass
class _Rows:
    """Reads the rows of the sheet of claims; keeps what is wrong with each."""

    found: EditedWorkbook
    faults: Faults
    book: Codebook
    sites: Collection[str]
    formulas: Formulas
    _places: dict[str, int] = field(default_factory=dict)
    _seen: dict[int, int] = field(default_factory=dict)

    def read(self, sheet: "Sheet") -> None:
        """Read the header and every row that is not empty."""
        if len(sheet.rows) > MOST_ROWS:
            self.faults.add(0, CLAIMS, f"the sheet has over {MOST_ROWS:,} rows")
            return
        head, *rows = sheet.rows
        titles = [title.strip() for title in head.cells] if head.number == 1 else []
        for name, title in TITLES.items():
            places = [place for place, said in enumerate(titles) if said == title]
            if len(places) == 1:
                self._places[name] = places[0]
            elif name != "cites":
                what = "stands twice" if places else "is missing"
                self.faults.add(1, title, f"the column {what}; take it back from a fresh copy")
        if self.faults.found:
            return
        for row in rows:
            if any(row.cells[place].strip() for place in self._places.values()):
                self._read_row(row.number, row.cells)

    def _read_row(self, line: int, values: list[str]) -> None:
        before = len(self.faults.found)
        said = {name: tidy(values[place]) for name, place in self._places.items()}
        for name, place in self._places.items():
            if (line, place) in self.formulas:
                self._fault(line, name, "a formula; paste its value as text")
        claim = self._claim(line, said)
        base = self.found.base.get(claim, {}) if claim is not None else {}
        checked = {name: self._check(line, name, said[name], base.get(name)) for name in FIELDS}
        self._check_site(line, said["site"], base)
        if len(self.faults.found) == before:
            self.found.rows.append(GivenRow(line, claim, said["site"], checked, said.get("cites", "")))

    def _claim(self, line: int, said: Mapping[str, str]) -> int | None:
        text = said["claim"]
        if not text:
            return None
        if not text.isdecimal() or int(text) not in self.found.base:
            self._fault(
                line, "claim", f"“{text}” is no claim of this workbook; leave it empty for a new claim"
            )
            return None
        if int(text) in self._seen:
            self._fault(line, "claim", f"claim {text} stands in row {self._seen[int(text)]} too")
        self._seen.setdefault(int(text), line)
        return int(text)

    def _check_site(self, line: int, site: str, base: Said) -> None:
        if base and site != base["site"]:
            self._fault(
                line, "site", "a claim cannot change its site, where its evidence is; write a new claim there"
            )
        elif site not in self.sites:
            self._fault(line, "site", _unknown("site", site, self.sites))

    def _check(self, line: int, name: str, text: str, base: str | None) -> str:
        """Return a field in its usual form; what did not change is right as it is."""
        if text == base:
            return text
        if base is not None and base.endswith(CUT_MARK):
            self._fault(line, name, "the text was too long for a cell; edit it in the project")
        elif name == "summary" and not text:
            self._fault(line, name, "empty; to delete a claim delete its whole row")
        elif name == "theme":
            self._check_theme(line, text)
        elif name in {"kind", "key"}:
            return self._choose(line, name, text.lower(), base is None)
        elif name == "values":
            return self._values(line, text)
        return text

    def _check_theme(self, line: int, theme: str) -> None:
        if theme not in self.book:
            self._fault(line, "theme", _unknown("theme", theme, [t.id for t in self.book.active]))
        elif self.book[theme].is_retired:
            self._fault(line, "theme", f"theme “{theme}” is retired; choose an active one")

    def _choose(self, line: int, name: str, text: str, is_new: bool) -> str:
        known = [kind.value for kind in ClaimKind] if name == "kind" else ["yes", "no"]
        if is_new and not text:
            return known[0] if name == "kind" else "no"
        if text not in known:
            self._fault(line, name, f"“{text}” is none of {', '.join(known)}")
        return text

    def _values(self, line: int, text: str) -> str:
        try:
            return "; ".join(write_value(parse_value(part)) for part in split_list(text))
        except CodedValueError as error:
            self._fault(line, "values", str(error))
            return text

    def _fault(self, line: int, name: str, sentence: str) -> None:
        self.faults.add(line, TITLES[name], sentence)


def _unknown(what: str, said: str, known: Collection[str]) -> str:
    near = closest(said, known) if said else None
    hint = f"; did you mean {near}?" if near else ""
    return f"there is no {what} “{said}”{hint}" if said else f"a new claim needs its {what}"


def _find_formulas(package: "Package") -> Formulas:
    """Return the row, from 1, and the column, from 0, of every formula in the sheet of claims."""
    from framework_coder.readers.workbook import MAIN, list_sheets

    part = dict(list_sheets(package)).get(CLAIMS)
    sheet = package.xml(part) if part else None
    cells = () if sheet is None else sheet.iter(f"{MAIN}c")
    named = (_CELL.fullmatch(cell.get("r", "")) for cell in cells if cell.find(f"{MAIN}f") is not None)
    return {(int(found[2]), _column(found[1])) for found in named if found}


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
