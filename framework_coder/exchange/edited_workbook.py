"""Read the claims of an audit workbook that an analyst edited in a spreadsheet program."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from framework_coder.errors import UnreadableFileError
from framework_coder.exchange.baseline import Cells, list_changed, read_baseline
from framework_coder.exchange.faults import Faults
from framework_coder.exchange.formulas import FORMULA, find_formulas
from framework_coder.exchange.tables import show_cell, split_list
from framework_coder.model.claims import ClaimKind
from framework_coder.model.codebook import Codebook
from framework_coder.model.merging import FIELDS, GivenRow, Said, tidy
from framework_coder.model.spelling import closest
from framework_coder.model.values import CodedValueError, parse_value, write_value
from framework_coder.model.wording import join
from framework_coder.readers.reading import read_bytes
from framework_coder.reports.baseline import SHEET
from framework_coder.reports.fitting import CUT_MARK
from framework_coder.reports.signing import sign_apart

CLAIMS = "Claims"
TITLES = {
    "claim": "Claim",
    "site": "Site",
    **{name: name.capitalize() for name in FIELDS},
    "cites": "Cites",
}
"""The columns that are read, by their titles in the sheet of claims."""

MOST_ROWS = 200_000


@dataclass
class EditedWorkbook:
    """What an edited workbook says: how its claims went out, and each row as it came back.

    `passed_over` says in sentences what was changed where nothing is read.
    """

    identity: str = ""
    base: dict[int, Said] = field(default_factory=dict)
    rows: list[GivenRow] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def recognise(path: Path) -> bool:
    """Say whether a file is a workbook that holds claims of a project as they went out."""
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        return False
    try:
        return {CLAIMS, SHEET} <= _open(path, (CLAIMS, SHEET)).keys()
    except UnreadableFileError:
        return False


def read_workbook(path: Path, faults: Faults, book: Codebook, sites: Collection[str]) -> EditedWorkbook:
    """Return the claims of a workbook; what is not understood goes to `faults`, row by row.

    Raises UnreadableFileError for a file that is no workbook.
    """
    found = EditedWorkbook()
    sheets = _open(path)
    missing = [name for name in (CLAIMS, SHEET) if name not in sheets]
    if missing:
        faults.add(
            0, "", f"the sheet {' and '.join(missing)} is missing; edit a workbook written by `matrix`"
        )
        return found
    baseline = read_baseline(sheets[SHEET], faults)
    found.identity, found.base = baseline.identity, baseline.claims
    reader = _Rows(found, faults, book, sites, find_formulas(path, CLAIMS), baseline.unread)
    reader.read(sheets[CLAIMS])
    found.passed_over += [*reader.tell_unread(), *_tell_other_sheets(list_changed(sheets))]
    return found


def _tell_other_sheets(changed: Sequence[str]) -> Iterator[str]:
    if changed:
        what = "sheet" if len(changed) == 1 else "sheets"
        yield f"Changes on the {what} {join(changed)} are not taken over: only the sheet {CLAIMS} is read."


def _open(path: Path, only: Collection[str] | None = None) -> Mapping[str, Cells]:
    """Return the sheets, or these only, as far as they are there."""
    from framework_coder.readers.workbook import open_cells

    return open_cells(path, read_bytes(path), only)


@dataclass
class _Rows:
    """Reads the rows of the sheet of claims; keeps what is wrong with each."""

    found: EditedWorkbook
    faults: Faults
    book: Codebook
    sites: Collection[str]
    formulas: Collection[tuple[int, int]]
    unread: Sequence[str]
    _places: dict[str, int] = field(default_factory=dict)
    _seen: dict[int, int] = field(default_factory=dict)
    _unread_places: dict[str, int] = field(default_factory=dict)
    _changed: dict[str, list[int]] = field(default_factory=dict)

    def read(self, cells: Cells) -> None:
        """Read the header and every row that is not empty."""
        if len(cells) > MOST_ROWS:
            self.faults.add(0, CLAIMS, f"the sheet has over {MOST_ROWS:,} rows")
            return
        titles = [show_cell(value).strip() for value in cells[0]] if cells else []
        for name, title in TITLES.items():
            places = [place for place, said in enumerate(titles) if said == title]
            if len(places) == 1:
                self._places[name] = places[0]
            elif name != "cites":
                what = "stands twice" if places else "is missing"
                self.faults.add(1, title, f"the column {what}; take it back from a fresh copy")
        if self.faults.found:
            return
        self._unread_places = {
            title: titles.index(title) for title in self.unread if titles.count(title) == 1
        }
        for line, row in enumerate(cells[1:], start=2):
            values = [show_cell(value) for value in row]
            if any(values[place].strip() for place in self._places.values()):
                self._read_row(line, values)

    def tell_unread(self) -> Iterator[str]:
        """Say which columns that are not read were changed, and where first."""
        told = [
            f"{title} (row {lines[0]}{f' and {len(lines) - 1} more' if len(lines) > 1 else ''})"
            for title, lines in self._changed.items()
        ]
        if told:
            yield f"What was written under {join(told)} is not taken over: the program fills these columns."

    def _read_row(self, line: int, values: list[str]) -> None:
        before = len(self.faults.found)
        said = {name: tidy(values[place]) for name, place in self._places.items()}
        for name, place in self._places.items():
            if (line - 1, place) in self.formulas:
                self._fault(line, name, FORMULA)
        claim = self._claim(line, said)
        base = self.found.base.get(claim, {}) if claim is not None else {}
        checked = {name: self._check(line, name, said[name], base.get(name)) for name in FIELDS}
        self._check_site(line, said["site"], base)
        self._check_cites(line, said.get("cites"), base)
        self._check_unread(line, values, base)
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

    def _check_cites(self, line: int, cites: str | None, base: Said) -> None:
        if cites is not None and cites.split() != base.get("cites", cites).split():
            self._fault(
                line,
                "cites",
                "the evidence of a claim is not taken from a workbook; put its citations back, and change "
                "them in the project (`claim rewrite`)",
            )

    def _check_unread(self, line: int, values: Sequence[str], base: Said) -> None:
        """Note what was changed in columns that are not read; `rest` has four digits for each."""
        for number, title in enumerate(self.unread):
            place = self._unread_places.get(title)
            went_out = base.get("rest", "")[4 * number : 4 * number + 4]
            if place is not None and went_out and sign_apart([values[place]]) != went_out:
                self._changed.setdefault(title, []).append(line)

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
