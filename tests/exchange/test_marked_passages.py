"""Themes named in Word comments and in the notes of PDF highlights become codings of those who wrote them."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import builders
import docx
import pytest
import sqlalchemy
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.pdfgen.canvas import Canvas

from framework_coder.errors import BadInputError
from framework_coder.exchange import pdf_highlights, word_comments
from framework_coder.exchange.rows import SourceRow
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.project import Project
from framework_coder.readers import read as read_source
from framework_coder.workflows.intake import Intake, Known
from framework_coder.workflows.reading import prepare_text

BOOK = Codebook(
    (
        Theme("funding", "Funding", aliases=("money",)),
        Theme("funding.barriers", "Barriers to funding", "funding"),
        Theme("space", "Room and space"),
    ),
    "Box 1",
)
PARAGRAPHS = [
    ["The clinic 👩‍⚕️ opened ", "in a small room", " of the surgery."],
    ["Fees were ", "too high", " for many; cafe\u0301 vouchers were given."],
]
Comment = tuple[int, int, str, str]
"""Paragraph, run, author, text."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return builders.project(tmp_path, book=BOOK)


def document(
    path: Path, comments: Sequence[Comment], paragraphs: Sequence[Sequence[str]] = PARAGRAPHS
) -> Path:
    """Write a Word document with comments on runs."""
    made = docx.Document()
    runs = [[p.add_run(text) for text in texts] for texts in paragraphs if (p := made.add_paragraph())]
    for paragraph, run, author, text in comments:
        comment = made.add_comment(runs[paragraph][run], text=text, author=author)
        comment._comment_elm.date = dt.datetime(2024, 3, 5, tzinfo=dt.UTC)
    made.save(str(path))
    return path


def add(project: Project, path: Path) -> str:
    """Put a file into the project as its reader reads it; return its reference."""
    text = read_source(path)
    engine = project._session.engine
    intake = Intake(engine, Known.load(engine), who="HW", why="test")
    ref = intake.add(SourceRow(0, path.name, ("S01",), "document"), prepare_text(text), path.read_bytes())
    intake.flush()
    return ref


def codings(project: Project) -> list[tuple[str, str, str, str]]:
    return [(c.theme, c.quote, c.coder, c.made_on) for c in project.codings.list()]


def test_a_comment_on_a_source_that_is_here_becomes_a_coding_of_its_author(
    project: Project, tmp_path: Path
) -> None:
    ref = add(project, document(tmp_path / "report.docx", []))
    marked = document(
        tmp_path / "report (Ann).docx", [(0, 1, "Ann", "Room and space"), (1, 1, "Bo", "money")]
    )
    done = project.exchange.import_(marked)
    assert codings(project) == [
        ("space", "in a small room", "Ann", "2024-03-05"),
        ("funding", "too high", "Bo", "2024-03-05"),
    ]
    assert [s.ref for s in project.sources.list()] == [ref]
    assert done.known["source"] == 1
    assert not project.exchange.import_(marked).new
    assert project.check() == []


def test_one_comment_can_name_several_themes_and_give_a_memo_after_a_colon(
    project: Project, tmp_path: Path
) -> None:
    add(project, document(tmp_path / "report.docx", []))
    marked = document(tmp_path / "copy.docx", [(1, 1, "Ann", "Funding; #space: is that so?\nAsk Bo.")])
    project.exchange.import_(marked)
    assert [(c.theme, c.quote) for c in project.codings.list()] == [
        ("funding", "too high"),
        ("space", "too high"),
    ]
    with project._session.reading() as connection:
        memos = connection.execute(sqlalchemy.text("SELECT DISTINCT memo FROM codings")).scalars().all()
    assert memos == ["is that so?\nAsk Bo."]


def test_a_name_that_is_only_close_is_listed_and_taken_where_asked(project: Project, tmp_path: Path) -> None:
    add(project, document(tmp_path / "report.docx", []))
    marked = document(
        tmp_path / "copy.docx", [(0, 1, "Ann", "Room and spce"), (1, 1, "Ann", "Please check!")]
    )
    done = project.exchange.import_(marked)
    assert codings(project) == []
    told = [loss.sentence for loss in done.losses]
    assert "the closest is “Room and space” [space]; --accept-proposals takes it" in told[0]
    assert "“Please check!”" in told[1]
    project.exchange.import_(marked, accept_proposals=True)
    assert [c[:2] for c in codings(project)] == [("space", "in a small room")]


def test_a_copy_with_other_words_is_placed_by_its_passages(project: Project, tmp_path: Path) -> None:
    add(project, document(tmp_path / "report.docx", []))
    changed = [["A new first line."], *PARAGRAPHS]
    marked = document(tmp_path / "copy.docx", [(1, 1, "Ann", "space"), (0, 0, "Ann", "space")], changed)
    done = project.exchange.import_(marked, source="D01")
    assert [c[:2] for c in codings(project)] == [("space", "in a small room")]
    assert [loss.count for loss in done.losses] == [1]
    assert "is taken for a copy of D01" in done.choices[0]


def test_a_document_that_is_not_here_comes_in_as_a_new_source(project: Project, tmp_path: Path) -> None:
    marked = document(tmp_path / "new.docx", [(0, 1, "Ann", "space")])
    project.exchange.import_(marked, site="S02")
    assert [s.title for s in project.sources.list()] == ["new"]
    assert [c.quote for c in project.codings.list(sites=["S02"])] == ["in a small room"]
    other = document(tmp_path / "other.docx", [(1, 1, "Ann", "space")], [["x"], ["Fees ", "were high"]])
    assert "at the site “Unassigned”" in project.exchange.import_(other).choices[0]


def test_a_document_without_comments_is_not_taken_for_one(project: Project, tmp_path: Path) -> None:
    plain = document(tmp_path / "plain.docx", [])
    with pytest.raises(BadInputError, match="has no comments"):
        project.exchange.import_(plain, kind="comments")
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK nothing")
    assert not word_comments.recognise(broken)


def _delete(run: object) -> None:
    """Mark a run as deleted, as Word does while changes are tracked."""
    element = run._r  # type: ignore[attr-defined]
    gone = OxmlElement("w:del")
    gone.set(qn("w:id"), "90")
    element.getparent().replace(element, gone)
    gone.append(element)
    for text in element.findall(qn("w:t")):
        text.tag = qn("w:delText")


def test_comments_on_anything_end_in_codings_or_are_told(project: Project, tmp_path: Path) -> None:
    made = docx.Document()
    first, second, third = (
        [paragraph.add_run(text) for text in texts]
        for texts in (
            ("One ", "starts here"),
            ("and goes on", " to the end."),
            ("kept ", "gone", " שלום עולם"),
        )
        if (paragraph := made.add_paragraph())
    )
    table = made.add_table(rows=1, cols=2)
    cells = [cell.paragraphs[0].add_run(f"cell {n}") for n, cell in enumerate(table.rows[0].cells)]
    for runs, text in (
        ([first[1], second[0]], "Funding"),
        ([first[1], second[0]], "I agree"),
        ([cells[0], cells[1]], "space"),
        ([third[1]], "money"),
        ([third[2]], "Funding, Room and space / Barriers to funding: is it?"),
        ([second[1]], " "),
    ):
        made.add_comment(runs, text=text, author="Ann")
    _delete(third[1])
    made.save(str(tmp_path / "nasty.docx"))
    done = project.exchange.import_(tmp_path / "nasty.docx")
    assert [c[:2] for c in codings(project)] == [
        ("funding", "starts here\nand goes on"),
        ("funding", "שלום עולם"),
        ("space", "שלום עולם"),
        ("funding.barriers", "שלום עולם"),
        ("space", "cell 0\ncell 1"),
    ]
    assert {loss.sentence for loss in done.losses} == {
        "name no theme: there is no theme “I agree”",
        "stand on no words of the text: “money”",
        "say nothing, and so name no theme",
    }


LINES = [
    "The clinic opened in a small room of the",
    "surgery. Fees were too high for many. The",
    "fees were paid twice.",
]
Highlight = tuple[Sequence[tuple[int, str]], str]
"""Line and words of each part that is highlighted, and the note."""


def pdf(path: Path, highlights: Sequence[Highlight], *, pages: int = 1) -> Path:
    """Write a PDF of the lines, with highlights on its first page."""
    canvas = Canvas(str(path), pagesize=(400, 400))
    for page in range(pages):
        canvas.setFont("Helvetica", 12)
        for number, line in enumerate(LINES):
            canvas.drawString(40, 350 - 16 * number, line)
        for parts, note in highlights if page == 0 else ():
            _highlight(canvas, parts, note)
        canvas.showPage()
    canvas.save()
    return path


def _highlight(canvas: Canvas, parts: Sequence[tuple[int, str]], note: str) -> None:
    quads: list[float] = []
    for line, words in parts:
        left = 40 + canvas.stringWidth(LINES[line][: LINES[line].index(words)], "Helvetica", 12)
        right = left + canvas.stringWidth(words, "Helvetica", 12)
        low, high = 350 - 16 * line - 3, 350 - 16 * line + 10
        quads += [left, high, right, high, left, low, right, low]
    rect = [min(quads[0::2]), min(quads[1::2]), max(quads[0::2]), max(quads[1::2])]
    canvas.highlightAnnotation(note, Rect=rect, QuadPoints=quads, T="(Ann)", M="(D:20240305120000Z)")


def test_a_highlight_becomes_a_coding_of_the_letters_under_it(project: Project, tmp_path: Path) -> None:
    ref = add(project, pdf(tmp_path / "report.pdf", []))
    marked = pdf(
        tmp_path / "report (Ann).pdf",
        [
            ([(0, "a small room of the"), (1, "surgery")], "Room and space: which one?"),
            ([(1, "too high")], "Funding"),
            ([(1, "The"), (2, "fees were")], "money"),
            ([(2, "fees were paid")], "Barriers to fundin"),
        ],
    )
    assert pdf_highlights.recognise(marked)
    done = project.exchange.import_(marked)
    assert codings(project) == [
        ("space", "a small room of the surgery", "Ann", "2024-03-05"),
        ("funding", "too high", "Ann", "2024-03-05"),
        ("funding", "The fees were", "Ann", "2024-03-05"),
    ]
    assert [s.ref for s in project.sources.list()] == [ref]
    assert ["“Barriers to funding” [funding.barriers]" in loss.sentence for loss in done.losses] == [True]
    assert not project.exchange.import_(marked).new
    assert project.check() == []


def test_a_highlight_is_found_on_its_own_page_though_others_say_the_same(
    project: Project, tmp_path: Path
) -> None:
    add(project, pdf(tmp_path / "report.pdf", [], pages=3))
    project.exchange.import_(pdf(tmp_path / "copy.pdf", [([(1, "too high")], "Funding")], pages=3))
    coding = project.codings.list()[0]
    assert (coding.quote, coding.locator.page) == ("too high", 1)


def test_a_highlight_on_no_letters_is_counted(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    canvas = Canvas(str(path), pagesize=(400, 400))
    canvas.drawString(40, 350, "Words enough to be read.")
    canvas.highlightAnnotation(
        "Funding", Rect=[200, 20, 250, 40], QuadPoints=[200, 40, 250, 40, 200, 20, 250, 20]
    )
    canvas.save()
    done = project.exchange.import_(path)
    assert [(loss.kind, loss.count) for loss in done.losses] == [("highlights", 1)]


def test_highlights_of_a_turned_page_and_two_columns_are_found_and_what_names_no_theme_is_told(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "columns.pdf"
    canvas = Canvas(str(path), pagesize=(600, 400))
    left = ("The clinic opened in a small", "room of the surgery. Fees", "were far too high for many")
    right = ("of the patients who came", "from the villages nearby.", "Nobody knew the reason.")
    for page in range(2):
        canvas.setPageRotation(90 * page)
        canvas.setFont("Helvetica", 12)
        for number in range(3):
            canvas.drawString(40, 350 - 16 * number, left[number])
            canvas.drawString(320, 350 - 16 * number, right[number])
        _quads(canvas, "space", (40, 318, 150), *(() if page else [(320, 350, 150)]))
        _quads(canvas, "", (40, 350, 80))
        canvas.textAnnotation("Funding", Rect=[10, 10, 30, 30])
        canvas.showPage()
    canvas.save()
    done = project.exchange.import_(path)
    assert [c[:2] for c in codings(project)] == [
        ("space", "were far too high for many of the patients who came"),
        ("space", "were far too high for many"),
    ]
    assert [c.locator.page for c in project.codings.list()] == [1, 2]
    assert [(loss.kind, loss.count) for loss in done.losses] == [("highlights", 2), ("notes", 2)]


def _quads(canvas: Canvas, note: str, *lines: tuple[float, float, float]) -> None:
    """Highlight lines, each by its left end, baseline and width."""
    quads = [v for x, y, w in lines for v in (x, y + 10, x + w, y + 10, x, y - 3, x + w, y - 3)]
    rect = [min(quads[0::2]), min(quads[1::2]), max(quads[0::2]), max(quads[1::2])]
    canvas.highlightAnnotation(note, Rect=rect, QuadPoints=quads, T="(Ann)")


def test_a_pdf_without_notes_is_not_taken_for_one(project: Project, tmp_path: Path) -> None:
    plain = pdf(tmp_path / "plain.pdf", [])
    assert not pdf_highlights.recognise(plain)
    with pytest.raises(BadInputError, match="has no highlights with notes"):
        project.exchange.import_(plain, kind="highlights")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(BadInputError):
        project.exchange.import_(broken, kind="highlights")
