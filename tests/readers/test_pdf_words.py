"""Words on their pages: every box is that of its word, and what is not certain has none."""

import re
from pathlib import Path

import pypdfium2
import pytest
from readers.pdf_builders import (
    HEIGHT,
    HELVETICA,
    PROSE,
    WIDTH,
    draw,
    lines,
    one_page,
    read_pdf,
    to_unicode,
    together,
    wrap,
)
from reportlab.pdfgen.canvas import Canvas

from framework_coder.model.pages import SourcePages, WordBox
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.pdf_boxes import fold
from framework_coder.readers.pdf_pages import page_frame
from framework_coder.readers.pdf_tables import text_in
from framework_coder.readers.pdf_words import align, map_pages

DOCUMENTS = Path(__file__).parents[2] / "documents/integrated-care/documents"


def pages_of(content: bytes, *passwords: str) -> tuple[SourcePages, str]:
    """Return the pages of a file, and the text of its source."""
    text = read_pdf(content, *passwords).text
    return map_pages(Path("test.pdf"), content, text, ReadOptions(passwords=passwords)), text


def words_of(pages: SourcePages) -> list[WordBox]:
    return sorted(word for page in pages.pages for line in page.lines for word in line)


def assert_all_boxed(content: bytes) -> tuple[SourcePages, str]:
    """Each letter of the text is in one box, and pdfium finds the letters of the box where it says."""
    pages, text = pages_of(content)
    assert pages.missing == 0
    assert "".join(text[word.start : word.end] for word in words_of(pages)) == "".join(text.split())
    document = pypdfium2.PdfDocument(content)
    for page in pages.pages:
        found = document[page.number - 1]
        frame, textpage = page_frame(found), found.get_textpage()
        for word in (word for line in page.lines for word in line):
            inner = (word.x0 + 0.3, word.top + 0.3, word.x1 - 0.3, word.bottom - 0.3)
            assert fold(text[word.start : word.end]) in fold(text_in(textpage, frame, inner))
    return pages, text


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_word_of_the_example_study_has_its_box(path: Path) -> None:
    assert_all_boxed(path.read_bytes())


def grid(canvas: Canvas) -> None:
    """Draw a table of two rows, one cell with two lines."""
    canvas.grid([72, 220, 400], [742, 700, 660])
    for x, y, words in (
        (76, 725, "Who pays"),
        (224, 725, "The borough pays half"),
        (224, 710, "and the rest is given"),
        (76, 680, "Since when"),
        (224, 680, "Since 2004"),
    ):
        canvas.drawString(x, y, words)


def turned(angle: int) -> object:
    """Return what draws a page that is stored turned and shown upright."""

    def draw_turned(canvas: Canvas) -> None:
        canvas.setPageRotation(angle)
        moves = {90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}  # the page's own sides are exchanged
        canvas.translate(*moves[angle])
        canvas.rotate(angle)
        lines(wrap(PROSE, 400))(canvas)

    return draw_turned


def written_sideways(canvas: Canvas) -> None:
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(wrap(PROSE, 500)):
        canvas.drawString(72, 500 - 13 * number, line)


def sideways(canvas: Canvas) -> None:
    lines(wrap(PROSE))(canvas)
    canvas.rotate(90)
    canvas.drawString(300, -40, "Written up the side")


COLUMNS = together(lines(wrap(PROSE, 210), y=100), lines(wrap(PROSE[::-1], 210), x=320, y=100))


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(lines(wrap(PROSE)), id="plain"),
        pytest.param(COLUMNS, id="two columns"),
        pytest.param(grid, id="table"),
        pytest.param(sideways, id="words up the side"),
        pytest.param(written_sideways, id="written sideways"),
        *(pytest.param(turned(angle), id=f"turned by {angle}") for angle in (90, 180, 270)),
    ],
)
def test_every_word_has_its_box_however_it_is_laid_out(drawn: object) -> None:
    assert_all_boxed(draw(drawn, drawn))  # type: ignore[arg-type]


def test_heads_and_page_numbers_have_boxes_on_their_pages() -> None:
    made = [
        together(lines(["A running head"], y=30), lines(wrap(PROSE), y=130), lines([f"Page {n} of 3"], y=810))
        for n in (1, 2, 3)
    ]
    pages, text = assert_all_boxed(draw(*made))
    ends = {page.number: {text[w.start : w.end] for line in page.lines for w in line} for page in pages.pages}
    assert [number in ends[number] or str(number) in ends[number] for number in (1, 2, 3)] == [True] * 3


def test_a_word_divided_at_the_end_of_a_line_has_a_box_for_each_part() -> None:
    pages, text = pages_of(draw(lines(["They were glad of the refer-", "ral to the clinic."])))
    start = text.index("referral")
    parts = [word for word in words_of(pages) if start <= word.start < start + 8]
    assert [text[word.start : word.end] for word in parts] == ["refer", "ral"]
    assert parts[0].top < parts[1].top
    assert pages.missing == 0


def test_a_hyphen_that_is_kept_lies_in_the_span_of_its_word() -> None:
    pages, text = pages_of(draw(lines(["It is a well-known and self-", "employed service."])))
    assert "self-employed" in text
    assert pages.missing == 0
    assert "well-known" in {text[word.start : word.end] for word in words_of(pages)}


def test_a_word_with_a_ligature_is_one_word_and_all_of_its_letters_count() -> None:
    font = HELVETICA.replace(b">>", b"/ToUnicode 6 0 R >>")
    unicode = to_unicode({ord("o"): "o", ord("X"): "ﬃ", ord("c"): "c", ord("e"): "e", ord(" "): " "})
    pages, text = pages_of(one_page(b"BT /F1 12 Tf 72 700 Td (oXce ece) Tj ET", font=font, more=[unicode]))
    assert text == "office ece"
    assert [text[word.start : word.end] for word in words_of(pages)] == ["office", "ece"]


def test_a_paragraph_over_two_pages_has_boxes_on_both() -> None:
    body = wrap(PROSE)
    pages, text = assert_all_boxed(draw(lines(body[:3], y=700), lines(body[3:], y=130)))
    assert [len(page.lines) for page in pages.pages] == [3, len(body) - 3]
    assert pages.pages[0].span[1] <= pages.pages[1].span[0]
    assert pages.pages[1].span[1] == len(text)


def test_a_text_that_reads_otherwise_has_no_boxes_and_says_so() -> None:
    content = draw(lines(wrap(PROSE)))
    pages = map_pages(Path("test.pdf"), content, "Another tool read this.", ReadOptions())
    assert (pages.is_same_text, pages.missing, words_of(pages)) == (False, 4, [])
    assert [(page.number, round(page.width), page.span) for page in pages.pages] == [(1, 595, (0, 0))]


@pytest.mark.parametrize(
    ("text", "signs", "owned"),
    [
        ("an ox", "anox", ["a", "n", "", "o", "x"]),
        ("refer", "re-fer", ["r", "e", "f", "e", "r"]),
        ("a-b", "ab", ["a", "", "b"]),
        ("a-b", "a--b", ["a", "-", "b"]),
        ("Café", "Cafe", ["C", "a", "f", "e"]),
        ("fig ½", "fig1⁄2", ["f", "i", "g", "", "1⁄2"]),
        ("an ox", "anax", [""] * 5),
        ("an", "anox", [""] * 2),
        ("anox", "an", [""] * 4),
    ],
)
def test_signs_are_matched_in_order_or_not_at_all(text: str, signs: str, owned: list[str]) -> None:
    assert [signs[low:high] for low, high in align(text, signs)] == owned


def test_every_span_of_words_meets_a_box() -> None:
    pages, text = pages_of(draw(COLUMNS))
    words = words_of(pages)
    for sentence in re.finditer(r"[^.]*\.", text):
        assert any(word.start < sentence.end() and word.end > sentence.start() for word in words)
