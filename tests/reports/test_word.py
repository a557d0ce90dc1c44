"""The Word report."""

import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from reports.report_builders import NURSES, a_matrix, a_study, with_finding
from study_builders import StudyBuilder

from framework_coder.model.anonymity import anonymise
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.reports.charts.printing import list_figures
from framework_coder.reports.word import ReportPart, write_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOON = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - a time of no zone in particular


def write(matrix: Matrix, folder: Path, parts: Collection[str] = tuple(ReportPart)) -> Path:
    path = folder / "report.docx"
    write_report(matrix, path, parts=parts, made_on=NOON)
    return path


def tree(path: Path, part: str = "document") -> etree._Element:
    with ZipFile(path) as package:
        return etree.fromstring(package.read(f"word/{part}.xml"))


def values(root: etree._Element, tag: str, name: str) -> list[str]:
    return [str(found.get(f"{W}{name}")) for found in root.iter(f"{W}{tag}")]


def words(root: etree._Element) -> str:
    """Return the text of each paragraph on a line."""
    lines = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
    return "\n".join(lines).replace("\u00a0", " ")


PART_CHOICES = [
    tuple(ReportPart),
    ("themes",),
    ("sites",),
    ("themes", "evidence"),
    ("evidence",),
    ("overview",),
    (),
]


@pytest.mark.parametrize("parts", PART_CHOICES, ids=", ".join)
def test_every_link_has_its_bookmark_and_every_footnote_its_text(
    parts: tuple[str, ...], tmp_path: Path
) -> None:
    path = write(a_matrix(), tmp_path, parts)
    body, notes = tree(path), tree(path, "footnotes")
    bookmarks = values(body, "bookmarkStart", "name")
    links = values(body, "hyperlink", "anchor") + values(notes, "hyperlink", "anchor")
    assert set(links) <= set(bookmarks)
    assert values(body, "footnoteReference", "id") == values(notes, "footnote", "id")[2:]


def test_bookmarks_are_valid_and_none_is_there_twice(tmp_path: Path) -> None:
    body = tree(write(a_matrix(), tmp_path))
    names = values(body, "bookmarkStart", "name")
    numbers = values(body, "bookmarkStart", "id")
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    assert values(body, "bookmarkEnd", "id") == numbers


def test_a_claim_leads_to_its_passages_and_each_passage_back(tmp_path: Path) -> None:
    body = tree(write(a_matrix(), tmp_path))
    leads: dict[str, set[str]] = {}
    inside = ""
    for found in body.iter(f"{W}bookmarkStart", f"{W}hyperlink"):
        if found.tag == f"{W}hyperlink":
            leads.setdefault(inside, set()).add(str(found.get(f"{W}anchor")))
        else:
            inside = str(found.get(f"{W}name"))
    assert leads["claim_1"] == {"passage_1", "passage_2"}
    assert "claim_1" in leads["passage_1"]
    assert "claim_1" in leads["passage_2"]


def test_a_footnote_quotes_the_passage_with_its_place_and_source(tmp_path: Path) -> None:
    notes = words(tree(write(a_matrix(), tmp_path), "footnotes"))
    assert f"“{NURSES}” [Q01 p4 ¶3] Source Q01 (supports)." in notes
    assert "“A proposal.” [D07] Audit  (context; does not count: the coding is proposed)." in notes


def test_the_parts_asked_for_are_there_and_no_others(tmp_path: Path) -> None:
    heads = {
        "overview": "The matrix at a glance",
        "charts": "Sources collected and examined, by site and method",
        "themes": "The matrix by theme",
        "sites": "The matrix by site",
        "review": "Convergence of methods",
        "evidence": "Appendix: the evidence",
    }
    for part, head in heads.items():
        shown = words(tree(write(a_matrix(), tmp_path, [part])))
        assert [h for h in heads.values() if h in shown] == [head]


def test_every_chart_stands_with_its_words_its_caption_and_its_table(tmp_path: Path) -> None:
    path = write(a_matrix(), tmp_path, ["charts"])
    figures = list_figures(a_matrix())
    assert figures
    opened = docx.Document(str(path))
    about = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert about == [figure.description for figure in figures]
    for shape, figure in zip(opened.inline_shapes, figures, strict=True):
        assert shape.width.cm <= 17.01
        assert shape.height.cm <= 21.01
        assert figure.caption in words(tree(path))
    assert len(opened.tables) >= len(figures)
    with ZipFile(path) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
        assert len(pictures) == len(figures)
        assert all(package.read(name).startswith(b"\x89PNG") for name in pictures)


def test_findings_stand_with_their_counts_exceptions_and_claims(tmp_path: Path) -> None:
    shown = words(tree(write(with_finding(), tmp_path, ["findings", "sites"])))
    for expected in ("1. It holds.", "Count: 1 of 3 sites", "Exceptions: S02", "exception", "claim 1"):
        assert expected in shown


def test_decisions_and_framework_versions_stand_in_the_review(tmp_path: Path) -> None:
    shown = words(tree(write(a_matrix(), tmp_path, ["review"])))
    assert "adjudication" in shown
    assert "left open" in shown


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="chapters"):
        write(a_matrix(), tmp_path, ["chapters"])


def test_status_is_a_letter_and_a_word_wherever_a_colour_shows_it(tmp_path: Path) -> None:
    shown = words(tree(write(a_matrix(), tmp_path)))
    for state in {cell.state for cell in a_matrix().cells.values()}:
        assert f" {LEGEND[state].letter}  {LEGEND[state].label}" in shown


def test_an_empty_cell_says_why(tmp_path: Path) -> None:
    shown = words(tree(write(a_matrix(), tmp_path)))
    assert "Not applicable: None there." in shown
    assert "Examined, silent (1 of 1 source)" in shown
    assert "Not collected" in shown
    assert "meeting: 0 of 2 planned: Nobody answered." in shown


def test_a_decision_stands_with_its_reason(tmp_path: Path) -> None:
    assert "Decision: left open, by HW on 2020-01-01: Reason." in words(tree(write(a_matrix(), tmp_path)))


def test_a_claim_shown_in_two_columns_is_told_once(tmp_path: Path) -> None:
    study = StudyBuilder()
    study.site()
    study.source("Q01")
    study.claim(1, "a.one", study.code(1, "a.one", "All of it."))
    matrix = build_matrix(study.build(), columns=["a", "a.one"])
    path = write(matrix, tmp_path)
    assert "Claim 1 (under One: claim 1)" in words(tree(path))
    assert words(tree(path, "footnotes")).count("All of it.") == 1


def test_the_same_report_is_the_same_bytes(tmp_path: Path) -> None:
    first = write(a_matrix(), tmp_path).read_bytes()
    assert write(a_matrix(), tmp_path).read_bytes() == first


def test_an_anonymous_site_is_named_nowhere_in_the_file(tmp_path: Path) -> None:
    path = write(build_matrix(anonymise(a_study())), tmp_path)
    with ZipFile(path) as package:
        for name in package.namelist():
            assert b"secret" not in package.read(name).lower(), name
    assert "secret" not in str(path.read_bytes()).lower()
    assert docx.Document(str(path)).core_properties.author == "Framework Coder"


def test_python_docx_opens_it_and_finds_its_headings(tmp_path: Path) -> None:
    opened = docx.Document(str(write(a_matrix(), tmp_path)))
    heads = [
        (p.text, p.style.style_id)
        for p in opened.paragraphs
        if p.style and "heading" in p.style.style_id.lower()
    ]
    assert ("The matrix by theme", "Heading1") in heads
    assert ("Group A › One", "Heading2") in heads
    assert ("S01 Alder ", "Heading2") in heads
    assert [s.orientation for s in opened.sections] == [0, 1, 0]
    assert opened.core_properties.title == "Study "


def test_head_rows_repeat_and_tables_tell_what_they_are(tmp_path: Path) -> None:
    body = tree(write(a_matrix(), tmp_path))
    for table in body.iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
        heads = [row for row in table.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
        assert len(heads) == int(table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow"))
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert all(len(row.findall(f"{W}tc")) == columns for row in table.iter(f"{W}tr"))


def test_no_row_is_parted_by_a_page_break(tmp_path: Path) -> None:
    for row in tree(write(a_matrix(), tmp_path)).iter(f"{W}tr"):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None


def test_every_style_named_is_there(tmp_path: Path) -> None:
    path = write(a_matrix(), tmp_path)
    there = set(values(tree(path, "styles"), "style", "styleId"))
    for part in ("document", "footnotes", "header", "footer"):
        root = tree(path, part)
        named = {s for tag in ("pStyle", "rStyle", "tblStyle") for s in values(root, tag, "val")}
        assert named <= there


def test_the_contents_are_a_field_that_lists_parts_and_chapters(tmp_path: Path) -> None:
    body = tree(write(a_matrix(), tmp_path))
    assert any("TOC" in (found.text or "") for found in body.iter(f"{W}instrText"))
    kinds = values(body, "fldChar", "fldCharType")
    assert kinds == ["begin", "separate", "end"]


def test_an_empty_study_makes_a_report_that_says_so(tmp_path: Path) -> None:
    shown = words(tree(write(build_matrix(StudyBuilder().build()), tmp_path)))
    assert "No site or no theme is shown." in shown
    assert "No claim that is shown cites a passage." in shown


def test_what_xml_cannot_hold_is_shown_as_missing_and_reported(tmp_path: Path) -> None:
    notes = write_report(a_matrix("a\x00b\x0bc\ud800"), tmp_path / "r.docx", made_on=NOON)
    assert "Claim 1 has characters that a Word file cannot hold" in "\n".join(notes)
    assert "a\ufffdb\ufffdc\ufffd" in words(tree(tmp_path / "r.docx"))
    assert write_report(a_matrix("plain"), tmp_path / "r.docx", made_on=NOON) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.docx"
    notes = write_report(a_matrix(f"|{text}|"), path, parts=["evidence"], made_on=NOON)
    opened = docx.Document(str(path))
    quotes = [
        c.text for t in opened.tables for row in t.rows for c in row.cells if "Nobody told us" in c.text
    ]
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert quotes == [f"“Nobody told us. |{expected}|”"] or notes
