"""Workbooks edited elsewhere and brought back; matrices made elsewhere."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import builders
import openpyxl
import pytest

from framework_coder.errors import UnreadableFileError
from framework_coder.exchange.faults import FaultyFileError
from framework_coder.model.triangulation import Status
from framework_coder.project import Project
from framework_coder.reports.baseline import SAID
from framework_coder.workflows.claims import ClaimInUseError
from framework_coder.workflows.round_trip import NoConflictError, OtherProjectError, UndecidedError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    builders.read(made, "The borough pays.\n\nNobody pays.")
    made.codings.add("D01", "funding", quote="The borough pays.")
    made.claims.chart("S01", "funding", "It is paid [D01 ¶1].\n\nBy whom is unclear.")
    made.claims.add(
        "S01", "funding", "=1+1 is text", values=["payer=borough!main"], quotation="a\nb", is_key=True
    )
    return made


class Book:
    """The sheet of claims of a workbook, by claim number and title."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = openpyxl.load_workbook(path)
        self.sheet: Any = self.file["Claims"]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def line(self, claim: int) -> int:
        """Return the row of a claim."""
        return next(line for line in range(2, 99) if self.sheet.cell(line, 1).value == claim)

    def put(self, claim: int, title: str, value: object) -> None:
        """Write a field of a claim."""
        self.sheet.cell(self.line(claim), self.columns[title]).value = value

    def add(self, **fields: object) -> int:
        """Write a new row below the others."""
        line = self.sheet.max_row + 1
        for title, value in fields.items():
            self.sheet.cell(line, self.columns[title]).value = value
        return int(line)

    def save(self) -> Path:
        """Save the file and return its path."""
        self.file.save(self.path)
        return self.path


@pytest.fixture
def book(project: Project, tmp_path: Path) -> Book:
    project.matrix().save(tmp_path / "audit.xlsx")
    return Book(tmp_path / "audit.xlsx")


def summaries(project: Project) -> dict[int, str]:
    return {claim.id: claim.summary for claim in project.claims.list()}


def test_a_workbook_that_nobody_edited_changes_nothing_even_saved_by_another_program(
    project: Project, book: Book
) -> None:
    entries = len(project.log())
    assert project.workbooks.compare(book.save()).is_empty
    project.workbooks.apply(book.path)
    assert len(project.log()) == entries


def test_edits_additions_and_deletions_come_back_as_one_step(project: Project, book: Book) -> None:
    book.put(1, "Summary", "The borough pays for it.")
    book.put(1, "Kind", "View")
    book.put(3, "Values", "payer = NHS")
    book.sheet.delete_rows(book.line(2))
    book.add(Site="S01", Theme="funding", Summary="New.", Cites="[D01 ¶1 qualifies]", Key="yes")
    found = project.workbooks.apply(book.save())
    assert (len(found.additions), len(found.edits), len(found.deletions)) == (1, 2, 1)
    assert summaries(project) == {1: "The borough pays for it.", 3: "=1+1 is text", 4: "New."}
    assert project.claims.paragraph_of(1) == "The borough pays for it [D01 ¶1]."
    assert project.claims.paragraph_of(4) == "New. [D01 ¶1 qualifies]"
    assert project.claims.get(3).claim.values[0].text == "NHS"
    assert project.log()[0].action == "take over workbook"
    assert project.check() == []
    project.history.undo()
    assert summaries(project) == {1: "It is paid.", 2: "By whom is unclear.", 3: "=1+1 is text"}


def test_taking_a_workbook_over_twice_adds_nothing_twice(project: Project, book: Book) -> None:
    book.put(1, "Comment", "Ask again.")
    book.add(Site="S01", Theme="funding", Summary="New.")
    book.save()
    project.workbooks.apply(book.path)
    assert project.workbooks.compare(book.path).is_empty


def test_rows_and_columns_in_another_order_are_read_by_their_titles(project: Project, book: Book) -> None:
    rows = [[cell.value for cell in row][::-1] for row in book.sheet.iter_rows()]
    book.sheet.delete_rows(1, book.sheet.max_row)
    for line, values in enumerate([rows[0], *rows[:0:-1]], start=1):
        for column, value in enumerate(values, start=1):
            cell = book.sheet.cell(line, column, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type  # not a formula
    assert project.workbooks.compare(book.save()).is_empty


def test_what_the_project_changed_meanwhile_is_a_conflict_to_decide(project: Project, book: Book) -> None:
    book.put(1, "Summary", "Workbook.")
    book.put(3, "Summary", "Workbook too.")
    book.sheet.delete_rows(book.line(2))
    project.claims.edit(1, summary="Project.")
    project.claims.edit(2, summary="Project too.")
    project.claims.edit(3, comment="elsewhere")
    book.save()
    assert {change.claim for change in project.workbooks.compare(book.path).conflicts} == {1, 2}
    with pytest.raises(UndecidedError, match="claims 1, 2"):
        project.workbooks.apply(book.path)
    with pytest.raises(UndecidedError, match="claim 2"):
        project.workbooks.apply(book.path, decided={1: "workbook"})
    with pytest.raises(NoConflictError):
        project.workbooks.apply(book.path, decided={3: "workbook"}, rest="project")
    project.workbooks.apply(book.path, decided={1: "workbook"}, rest="project")
    assert summaries(project) == {1: "Workbook.", 2: "Project too.", 3: "Workbook too."}
    assert project.claims.get(3).claim.comment == "elsewhere"


def test_a_claim_that_a_finding_rests_on_is_not_deleted_by_a_missing_row(
    project: Project, book: Book
) -> None:
    project.findings.add("It holds.", claims=[2])
    book.sheet.delete_rows(book.line(2))
    book.put(1, "Summary", "Changed.")
    with pytest.raises(ClaimInUseError):
        project.workbooks.apply(book.save())
    assert summaries(project)[1] == "It is paid."


def test_a_deletion_of_a_claim_whose_evidence_changed_meanwhile_is_a_conflict(
    project: Project, book: Book
) -> None:
    coding = project.codings.list()[0].id
    book.sheet.delete_rows(book.line(2))
    project.claims.link(2, coding, stance="contradicts")
    (conflict,) = project.workbooks.compare(book.save()).conflicts
    assert (conflict.claim, conflict.fields[0].now) == (2, f"contradicts {coding}")
    with pytest.raises(UndecidedError):
        project.workbooks.apply(book.path)


FILLED = "the program fills these columns."


def test_what_was_changed_where_nothing_is_read_is_told_and_not_taken_over(
    project: Project, book: Book
) -> None:
    book.put(1, "Status", "triangulated")
    book.put(3, "Status", "single")
    book.put(1, "Comment", "Ask again.")
    book.file["Evidence"].cell(2, 6).value = "contradicts"
    book.file["Matrix"].cell(5, 4).value = "Written in the matrix."
    found = project.workbooks.apply(book.save())
    assert found.passed_over == (
        f"What was written under Status (row {book.line(1)} and 1 more) is not taken over: {FILLED}",
        "Changes on the sheets Matrix and Evidence are not taken over: only the sheet Claims is read.",
    )
    assert found.summary.endswith(" ".join(found.passed_over))
    assert project.claims.paragraph_of(1) == "It is paid [D01 ¶1]."
    assert len(project.codings.list()) == 1


def test_sheets_that_were_sorted_renamed_or_taken_out_are_no_change(project: Project, book: Book) -> None:
    rows = list(book.file["Codebook"].iter_rows(min_row=2, values_only=True))
    for line, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            book.file["Codebook"].cell(line, column).value = value
    book.file["Plan"].title = "Our plan"
    book.file.remove(book.file["Memos"])
    found = project.workbooks.compare(book.save())
    assert (found.is_empty, found.passed_over) == (True, ())


def test_a_workbook_written_before_sums_stood_in_it_still_comes_back(project: Project, book: Book) -> None:
    baseline = book.file["Baseline"]
    baseline.delete_cols(len(SAID) + 1, 99)
    baseline.cell(1, 3).value = None
    book.put(1, "Summary", "Changed.")
    found = project.workbooks.apply(book.save())
    assert (len(found.edits), found.passed_over) == (1, ())


def drop(title: str) -> Callable[[Book], None]:
    return lambda book: book.sheet.delete_cols(book.columns[title])


def put(title: str, value: object, claim: int = 1) -> Callable[[Book], None]:
    return lambda book: book.put(claim, title, value)


def add(**fields: object) -> Callable[[Book], None]:
    return lambda book: book.add(**fields) and None


def forget(sheet: str) -> Callable[[Book], None]:
    return lambda book: book.file.remove(book.file[sheet])


FAULTS: list[tuple[Callable[[Book], None], str]] = [
    (drop("Summary"), "Summary: the column is missing"),
    (drop("Claim"), "Claim: the column is missing"),
    (forget("Baseline"), "the sheet Baseline is missing"),
    (forget("Claims"), "the sheet Claims is missing"),
    (put("Claim", 77), "“77” is no claim of this workbook"),
    (put("Claim", 2), "claim 2 stands in row 2 too"),
    (put("Claim", "one"), "“one” is no claim of this workbook"),
    (put("Summary", "=A1"), "Summary: a formula or an error; paste its value as text"),
    (put("Comment", "#REF!"), "Comment: a formula or an error; paste its value as text"),
    (put("Summary", ""), "to delete a claim delete its whole row"),
    (put("Theme", "fundin"), "there is no theme “fundin”; did you mean funding?"),
    (put("Site", "S02"), "a claim cannot change its site"),
    (put("Kind", "opinion"), "“opinion” is none of fact, view, judgement"),
    (put("Key", "maybe"), "“maybe” is none of yes, no"),
    (put("Cites", ""), "Cites: the evidence of a claim is not taken from a workbook"),
    (put("Values", "payer"), "is not of the form name=value"),
    (add(Summary="New."), "a new claim needs its site"),
    (add(Site="S01", Summary="New."), "a new claim needs its theme"),
    (add(Site="S01", Theme="funding", Comment="x"), "Summary: empty"),
    (add(Site="S01", Theme="funding", Summary="New.", Cites="[D09 ¶1]"), "D09"),
    (add(Site="S01", Theme="funding", Summary="New.", Cites="see [D01 ¶1]"), "holds words beside"),
]


@pytest.mark.parametrize(("spoil", "told"), FAULTS, ids=[told for _, told in FAULTS])
def test_what_is_not_understood_is_listed_and_changes_nothing(
    project: Project, book: Book, spoil: Callable[[Book], None], told: str
) -> None:
    book.put(3, "Summary", "A good edit.")
    spoil(book)
    before = summaries(project)
    with pytest.raises(FaultyFileError) as caught:
        project.workbooks.apply(book.save())
    assert any(told in str(fault) for fault in caught.value.faults), caught.value.faults
    assert summaries(project) == before


def test_ten_thousand_rows_too_many_are_listed_and_change_nothing(project: Project, book: Book) -> None:
    for number in range(10_000):
        book.sheet.append(["", "", "", "", "", "", f"Row {number}"])
    with pytest.raises(FaultyFileError) as caught:
        project.workbooks.apply(book.save())
    assert len(caught.value.faults) == 20_000
    assert len(str(caught.value).splitlines()) < 30


def test_a_workbook_of_another_project_and_a_broken_file_are_refused(
    project: Project, book: Book, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = builders.project(tmp_path / "other")
    with pytest.raises(OtherProjectError):
        other.workbooks.compare(book.path)
    broken = tmp_path / "broken.xlsx"
    cut = _with_part(book.path, "xl/worksheets/sheet2.xml", lambda part: part[: len(part) // 2])
    for content in (b"", b"PK\x03\x04 no", book.path.read_bytes()[:900], cut):
        broken.write_bytes(content)
        with pytest.raises(UnreadableFileError, match=r"broken\.xlsx"):
            project.workbooks.compare(broken)
    with pytest.raises(UnreadableFileError, match="there is no such file"):
        project.workbooks.compare(tmp_path / "none.xlsx")


def _with_part(path: Path, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook in which one part is changed."""
    written = io.BytesIO()
    with ZipFile(path) as old, ZipFile(written, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return written.getvalue()


def test_an_anonymous_workbook_carries_no_baseline(project: Project, tmp_path: Path) -> None:
    project.sites.add("S09", "Hidden House", anonymous="yes")
    project.matrix(anonymous=True).save(tmp_path / "anonymous.xlsx")
    assert "Baseline" not in openpyxl.load_workbook(tmp_path / "anonymous.xlsx").sheetnames


def test_a_text_too_long_for_a_cell_comes_back_unchanged_and_is_not_cut(
    project: Project, tmp_path: Path
) -> None:
    project.claims.edit(1, comment="x" * 40_000)
    project.matrix().save(tmp_path / "audit.xlsx")
    book = Book(tmp_path / "audit.xlsx")
    book.put(1, "Summary", "Changed.")
    project.workbooks.apply(book.save())
    assert len(project.claims.get(1).claim.comment) == 40_000
    book.put(1, "Comment", "short")
    with pytest.raises(FaultyFileError, match="too long for a cell"):
        project.workbooks.compare(book.save())


def matrix_of(tmp_path: Path, *rows: list[object]) -> Path:
    file = openpyxl.Workbook()
    sheet: Any = file.active
    for line in rows:
        sheet.append(line)
    file.save(tmp_path / "framework.xlsx")
    return tmp_path / "framework.xlsx"


def test_a_matrix_made_elsewhere_comes_in_as_claims_without_evidence_marked_so(
    project: Project, tmp_path: Path
) -> None:
    path = matrix_of(
        tmp_path, ["Exported on Monday"], ["", "A : Funding"], ["1 : S01", "Paid.\n\nBy grants."]
    )
    assert len(project.workbooks.preview_matrix(path).claims) == 1
    found = project.workbooks.import_matrix(path, is_split=True)
    assert [claim.summary for claim in found.claims] == ["Paid.", "By grants."]
    claim = project.claims.list()[-1]
    assert claim.comment == "From framework.xlsx, without evidence."
    assert project.matrix().grid.assessments[claim.id].status is Status.UNSUPPORTED
    assert project.workbooks.import_matrix(path, is_split=True).known == 2
    project.history.undo()
    assert len(project.claims.list()) == 3


def test_a_formula_in_a_matrix_made_elsewhere_is_listed_and_nothing_comes_in(
    project: Project, tmp_path: Path
) -> None:
    path = matrix_of(tmp_path, ["Exported on Monday"], [], ["Case", "Funding"], ["S01", "=A1"])
    with pytest.raises(FaultyFileError, match="line 4, Funding: a formula or an error"):
        project.workbooks.import_matrix(path)
    assert len(project.claims.list()) == 3


def test_headings_and_cases_that_are_not_known_are_listed_and_can_be_named(
    project: Project, tmp_path: Path
) -> None:
    path = matrix_of(tmp_path, ["Case", "Money", "Ward"], ["S01", "Paid.", "x"], ["S99", "No.", ""])
    with pytest.raises(FaultyFileError) as caught:
        project.workbooks.import_matrix(path)
    assert [fault.field for fault in caught.value.faults] == ["Money", "Ward"]
    with pytest.raises(FaultyFileError, match="there is no site “S99”"):
        project.workbooks.import_matrix(path, columns={"Money": "funding", "Ward": ""})
    path = matrix_of(tmp_path, ["Case", "Money", "Ward"], ["S01", "Paid.", "x"])
    assert len(project.workbooks.import_matrix(path, columns={"Money": "funding", "Ward": ""}).claims) == 1
