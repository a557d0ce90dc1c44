"""The workbook, CSV and Markdown of a matrix."""

import csv
from html import unescape
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from study_builders import StudyBuilder

from framework_coder.model.attention import list_attention
from framework_coder.model.claims import Decision, Stance
from framework_coder.model.design import Design
from framework_coder.model.formulas import FORMULA_STARTS, guard, unguard
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.model.selection import Selection
from framework_coder.model.sources import Locator
from framework_coder.model.triangulation import Flag
from framework_coder.reports.contents import list_claims, list_evidence
from framework_coder.reports.csv_files import dump_json, list_tables, write_csv, write_csv_files
from framework_coder.reports.fitting import CELL_LIMIT
from framework_coder.reports.guide import FLAGS, explain
from framework_coder.reports.markdown import render_markdown
from framework_coder.reports.register import draw_coverage, list_needs, list_plan
from framework_coder.reports.workbook import write_workbook


def a_matrix(quote: str = "The nurses held back at first.", **selection: frozenset[str]) -> Matrix:
    """Two sites; the first has a contested claim, a single one and an uncharted passage."""
    study = StudyBuilder()
    study.site("=Alder & Vale", tier="primary")
    study.site("Birch")
    study.source("Q01", informants=("Ann",))
    study.source("D07", title="@audit")
    study.source("D08", 2)
    place = Locator(page=4, paragraph=2)
    contested = study.claim(1, "a.one", study.code(1, "a.one", quote, locator=Locator(row=11)))
    study.link(
        contested, study.code(2, "a.one", "-4 referrals", locator=place), Stance.CONTRADICTS, note="+note"
    )
    study.claim(1, "a.two", study.code(2, "a.two", "Room hire rose.", locator=place), is_key=True)
    study.code(1, "b.one", "Space remains the daily worry.")
    study.examine(3, "a.one", "a.two")
    return build_matrix(study.build(), Selection(**selection))


def sheet_rows(path: Path, name: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


def test_the_workbook_has_every_sheet_and_leads_with_the_matrix(tmp_path: Path) -> None:
    assert write_workbook(a_matrix(), tmp_path / "m.xlsx") == []
    assert openpyxl.load_workbook(tmp_path / "m.xlsx").sheetnames == [
        "Matrix",
        "Claims",
        "Evidence",
        "Codings",
        "Convergence",
        "Convergence counts",
        "Decisions",
        "Attention",
        "Findings",
        "Findings' claims",
        "Frequencies",
        "Counts",
        "Coverage",
        "Sources",
        "Plan",
        "Codebook",
        "Framework versions",
        "Memos",
        "Read me",
    ]


def follow(book: openpyxl.Workbook, link: str) -> openpyxl.cell.Cell:
    sheet, _, place = link.partition("!")
    return book[sheet.strip("'")][place]


def test_links_lead_from_cell_to_claim_to_evidence_and_back(tmp_path: Path) -> None:
    write_workbook(a_matrix(), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    cell = next(c for row in book["Matrix"].iter_rows() for c in row if c.value == "!" and c.hyperlink)
    claim = follow(book, cell.hyperlink.location)
    assert (claim.parent.title, claim.value) == ("Claims", 1)
    evidence = follow(book, claim.hyperlink.location)
    assert (evidence.parent.title, evidence.value) == ("Evidence", 1)
    assert follow(book, evidence.hyperlink.location).coordinate == claim.coordinate
    back = book["Claims"].cell(claim.row, 2)
    assert follow(book, back.hyperlink.location).coordinate == cell.coordinate
    source = next(c for c in book["Evidence"][evidence.row] if c.value == "Q01")
    assert follow(book, source.hyperlink.location).value == "Q01"


def test_links_beyond_what_a_sheet_holds_are_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framework_coder.reports.sheets.LINK_LIMIT", 3)
    notes = write_workbook(a_matrix(), tmp_path / "m.xlsx")
    assert "Sheet Evidence: a sheet holds 3 links; further cells stand without theirs." in notes
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx")["Evidence"]
    linked = [c.coordinate for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert linked == ["A2", "A3", "A4"]
    assert len(notes) == len({note.partition(":")[0] for note in notes})


def test_text_that_looks_like_markup_of_a_spreadsheet_is_text(tmp_path: Path) -> None:
    quote = "<r><t>5 < 6 & 7</r>"
    study = StudyBuilder()
    study.site(quote)
    study.source("Q01")
    study.claim(1, "a.one", study.code(1, "a.one", quote))
    write_workbook(build_matrix(study.build()), tmp_path / "m.xlsx")
    for name in ("Matrix", "Evidence"):
        assert quote in {value for row in sheet_rows(tmp_path / "m.xlsx", name) for value in row}


def test_nothing_in_the_workbook_is_a_formula(tmp_path: Path) -> None:
    write_workbook(a_matrix(quote="=1+1"), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}
    assert kinds <= {"s", "n"}
    assert any(c.value == "=1+1" for row in book["Evidence"].iter_rows() for c in row)


def test_a_passage_longer_than_a_cell_is_reported_and_whole_in_csv(tmp_path: Path) -> None:
    long = "word " * 8000
    notes = write_workbook(a_matrix(quote=long), tmp_path / "m.xlsx")
    assert any("Evidence, row 2: 40,000 characters do not fit" in note for note in notes)
    assert all(
        len(str(value)) <= CELL_LIMIT for row in sheet_rows(tmp_path / "m.xlsx", "Evidence") for value in row
    )
    write_csv_files(a_matrix(quote=long), tmp_path)
    csv.field_size_limit(1_000_000)
    with (tmp_path / "evidence.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any(row["quote"] == long for row in csv.DictReader(file))


def test_the_matrix_sheet_says_state_claims_citations_and_lamps(tmp_path: Path) -> None:
    write_workbook(a_matrix(), tmp_path / "m.xlsx")
    cells = {str(v) for row in sheet_rows(tmp_path / "m.xlsx", "Matrix") for v in row if v}
    assert "! Claim 1 [Q01 r11] against: [D07 p4 ¶2]\nQ● D◐ M " in cells
    assert any(c.startswith("Examined, silent (1 of 1 source)") for c in cells)
    assert any("Uncharted: 1 passage coded" in c for c in cells)


def test_an_empty_study_makes_a_workbook_that_says_so(tmp_path: Path) -> None:
    write_workbook(build_matrix(StudyBuilder().build()), tmp_path / "m.xlsx")
    assert sheet_rows(tmp_path / "m.xlsx", "Claims")[1][0] == "Nothing here yet."


def test_every_table_has_documented_columns_and_rows_that_fit() -> None:
    for table in list_tables(a_matrix()):
        assert len(set(table.names)) == len(table.names)
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(c.title for c in table.columns)


@given(st.text(max_size=12) | st.integers().map(str) | st.from_regex(r"'*[-+=@]?[0-9.]*"))
def test_guarding_a_field_can_be_undone_and_leaves_no_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(FORMULA_STARTS) or float(text) <= 0


def test_a_negative_number_stays_a_number() -> None:
    assert [guard(text) for text in ("-2.4", "-7", "-2.4+1", "+7", "--1")] == [
        "-2.4", "-7", "'-2.4+1", "'+7", "'--1",
    ]  # fmt: skip


def test_csv_fields_cannot_be_formulas() -> None:
    out = StringIO()
    write_csv(list_evidence(a_matrix()), out)
    fields = [field for row in csv.reader(StringIO(out.getvalue())) for field in row]
    assert "'-4 referrals" in fields
    assert "'@audit" in fields
    assert not any(field.startswith(FORMULA_STARTS) for field in fields)


def test_json_gives_the_rows_by_column_name() -> None:
    assert '"status": "contested"' in dump_json(list_claims(a_matrix()))


def test_the_claims_table_shows_the_decision_on_a_claim() -> None:
    study = StudyBuilder()
    study.site()
    study.source("Q01")
    study.source("D01")
    claim = study.claim(1, "a.one", study.code(1, "a.one"))
    study.link(claim, study.code(2, "a.one"), Stance.CONTRADICTS)
    study.decide(claim, Decision.BOTH_BY_PERIOD, {1}, {2})
    [row] = list_claims(build_matrix(study.build())).records()
    assert (row["status"], row["breadth"], row["decision"]) == ("resolved", "single", "both_by_period")


def test_evidence_that_does_not_count_says_why() -> None:
    study = StudyBuilder()
    study.site()
    study.source("Q01")
    claim = study.claim(1, "a.one", study.code(1, "a.one", is_drifted=True))
    study.link(claim, study.code(1, "a.one"), Stance.CONTEXT)
    rows = list_evidence(build_matrix(study.build())).records()
    assert [row["counts"] for row in rows] == ["no: drifted", "no: context"]


def test_coverage_is_drawn_a_source_a_row() -> None:
    grid = draw_coverage(a_matrix())
    assert grid.rows[2] == ("D08", "S02", "●", "●", "·")


def test_the_plan_is_held_against_what_was_collected() -> None:
    study = StudyBuilder()
    study.site()
    study.source("D01")
    study.plan(1, "document", 3, "Two were lost.")
    [row] = list_plan(build_matrix(study.build())).rows
    assert row == ("S01", "document", 3, 1, 2, "Two were lost.")


def test_needs_are_listed_with_count_and_advice() -> None:
    matrix = a_matrix()
    first = list_needs(matrix, list_attention(matrix)).records()[0]
    assert (first["need"], first["count"]) == ("contested", "1 of 2 claims")


def test_the_guide_defines_every_state_and_flag() -> None:
    assert set(FLAGS) == set(Flag)
    words = {term for _, rows in explain(a_matrix()) for term, _ in rows}
    assert {f"{look.letter}  {look.label}" for look in LEGEND.values()} <= words


def test_the_guide_shows_how_sites_were_chosen_as_the_study_tells_it() -> None:
    told = {"identified": 38, "primary": {"invited": 12, "why": ["variety", "reach"]}}
    study = StudyBuilder(design=Design(selection=told))
    study.site("Alder")
    about = dict(dict(explain(build_matrix(study.build())))["About this export"])
    assert about["Selection of sites"] == "identified: 38\nprimary, invited: 12\nprimary, why: variety; reach"
    assert "Selection of sites" not in dict(dict(explain(a_matrix()))["About this export"])


def test_markdown_names_each_passage_with_its_citation() -> None:
    text = render_markdown(a_matrix())
    assert "| S01 =Alder & Vale | ! 1 | 1 1 | + |" in text
    assert "- **Contested** (undated, coverage): Claim 1" in text
    assert "  - contradicts: “-4 referrals” \\[D07 p4 ¶2\\] (HW)" in text


@pytest.mark.parametrize("nasty", ["a | b", "<script>", "*bold*", "# head", "[x](y)"])
def test_markdown_shows_text_as_it_is(nasty: str) -> None:
    shown = unescape(MarkdownIt().render(render_markdown(a_matrix(quote=nasty))))
    assert f"supports: “{nasty}” [Q01 r11]" in shown


def test_a_filtered_export_says_what_was_filtered() -> None:
    matrix = a_matrix(methods=frozenset({"document"}))
    assert "methods: document" in render_markdown(matrix)
    assert any("methods: document" in meaning for _, rows in explain(matrix) for _, meaning in rows)
