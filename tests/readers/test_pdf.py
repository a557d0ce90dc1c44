"""What a PDF becomes: paragraphs in order, whole words, everything left out reported."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.pdf_builders import (
    HEIGHT,
    HELVETICA,
    PROSE,
    WIDTH,
    block_of,
    draw,
    lines,
    one_page,
    read_pdf,
    stream,
    texts,
    to_unicode,
    together,
    wrap,
)
from reportlab.pdfgen.canvas import Canvas

from framework_coder.errors import UnreadableFileError
from framework_coder.model.sources import MARGINAL, BlockKind


def test_lines_become_paragraphs_with_page_and_number() -> None:
    body = wrap(PROSE)
    source = read_pdf(draw(together(lines(body), lines(body, y=72 + 13 * len(body) + 10))))
    assert texts(source) == [PROSE, PROSE]
    assert [str(block.locator) for block in source.blocks] == ["p1 ¶1", "p1 ¶2"]
    assert source.warnings == ()


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("They were glad of the refer-", "ral to the clinic.", "referral"),
        ("It was a matter of self-", "management for them.", "self-management"),
        ("It was seen as well-known and user-", "led by those who used it.", "userled"),
        ("It was user-led at first, and later user-", "led by those who used it.", "user-led"),
        ("They wrote to the Smith-", "Jones practice nearby.", "Smith-Jones"),
        ("It ran from the years 2003-", "2004 and after that.", "2003-2004"),
    ],
)
def test_words_divided_at_a_line_end_are_made_whole(first: str, second: str, word: str) -> None:
    assert word in read_pdf(draw(lines([first, second]))).text


def test_words_put_together_are_counted() -> None:
    (warning,) = read_pdf(draw(lines(["They were glad of the refer-", "ral to the clinic."]))).warnings
    assert (warning.code, warning.count) == ("hyphens_joined", 1)


def test_ligatures_are_letters() -> None:
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R >>"
    code_map = to_unicode({0x41: "ﬁ", 0x42: "n", 0x43: "d", 0x44: "ﬄ", 0x45: "u"})
    source = read_pdf(one_page(b"BT /F1 12 Tf 72 700 Td (ABC DEB) Tj ET", font=font, more=[code_map]))
    assert source.text.startswith("find ffl")


def test_letters_drawn_twice_are_read_once() -> None:
    page = together(lines(["Overview"], x=72), lines(["Overview"], x=72.4))
    assert texts(read_pdf(draw(page))) == ["Overview"]


def test_letters_beyond_sixteen_bits_are_whole() -> None:
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R >>"
    code_map = to_unicode({0x41: "😀", 0x42: "b"})
    content = b"BT /F1 12 Tf 72 700 Td (BAB) Tj 0 -40 Td (after) Tj ET"
    source = read_pdf(one_page(content, font=font, more=[code_map]))
    assert texts(source) == ["b😀b", "after"]


def test_invisible_text_of_recognition_is_read() -> None:
    assert read_pdf(one_page(b"BT /F1 12 Tf 3 Tr 72 700 Td (recognised) Tj ET")).text == "recognised"


def test_text_outside_the_page_is_left_out_and_reported() -> None:
    source = read_pdf(draw(together(lines(["inside"]), lines(["outside"], x=-400))))
    assert source.text == "inside"
    assert [warning.code for warning in source.warnings] == ["outside_page"]


def test_headings_are_known_by_size_and_weight_and_give_the_path() -> None:
    page = together(
        lines(["Annual report"], size=18, y=80),
        lines(["Funding"], size=13, y=120),
        lines(wrap(PROSE), y=150),
        lines(["What we learnt"], font="Helvetica-Bold", y=260),
        lines(wrap(PROSE), y=285),
        lines(["In their own words"], font="Helvetica-Oblique", y=380),
        lines(wrap(PROSE), y=400),
    )
    source = read_pdf(draw(page))
    headings = [block for block in source.blocks if block.kind is BlockKind.HEADING]
    assert [(source.text[b.start : b.end], b.level) for b in headings] == [
        ("Annual report", 1), ("Funding", 2), ("What we learnt", 3), ("In their own words", 4),
    ]  # fmt: skip
    assert source.blocks[-1].locator.headings == (
        "Annual report", "Funding", "What we learnt", "In their own words",
    )  # fmt: skip


def test_list_items_hold_their_further_lines() -> None:
    page = together(
        lines(["The aims were:"]),
        lines(["• to improve the health of patients who live nearby, and of", "• to teach"], y=85),
        lines(["1. First point of the plan", "2. Second point"], y=130),
    )
    source = read_pdf(draw(page))
    assert texts(source, BlockKind.LIST_ITEM) == [
        "• to improve the health of patients who live nearby, and of",
        "• to teach",
        "1. First point of the plan",
        "2. Second point",
    ]


def test_footnotes_do_not_part_a_paragraph_that_goes_over_the_page() -> None:
    body = wrap(PROSE)
    source = read_pdf(
        draw(together(lines(body[:3]), lines(["1 See the audit of 2013."], y=780, size=7)), lines(body[3:]))
    )
    assert texts(source, BlockKind.PARAGRAPH) == [PROSE]
    note = block_of(source, "See the audit")
    assert (note.kind, note.locator.page) == (BlockKind.FOOTNOTE, 1)


def test_ruled_tables_become_cells_where_they_stand() -> None:
    xs, ys = (72, 172, 272, 372), (600, 580, 560)

    def table(canvas: Canvas) -> None:
        canvas.grid(xs, ys)
        for row, cells in enumerate([("Year", "Patients seen", ""), ("2013", "120", "£12.50")]):
            for column, text in enumerate(cells):
                canvas.drawString(xs[column] + 2, ys[row] - 14, text)

    page = together(
        lines(["The figures follow."], y=HEIGHT - 640), table, lines(["They are good."], y=HEIGHT - 530)
    )
    source = read_pdf(draw(page))
    assert texts(source) == [
        "The figures follow.",
        "Year",
        "Patients seen",
        "2013",
        "120",
        "£12.50",
        "They are good.",
    ]
    places = [
        (b.locator.table, b.locator.row, b.locator.column)
        for b in source.blocks
        if b.kind is BlockKind.TABLE_CELL
    ]
    assert places == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2), (1, 2, 3)]


def test_a_frame_around_text_is_no_table() -> None:
    source = read_pdf(draw(together(lines(wrap(PROSE)), lambda canvas: canvas.rect(60, 500, 470, 300))))
    assert texts(source, BlockKind.PARAGRAPH) == [PROSE]


def test_form_values_are_read() -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="site", tooltip="Name of the site", value="Northgate", x=72, y=600)
        canvas.acroForm.checkbox(name="yoga", tooltip="Yoga offered", checked=True, x=72, y=500)
        canvas.acroForm.checkbox(name="massage", tooltip="Massage offered", checked=False, x=72, y=470)

    source = read_pdf(draw(together(lines(["About your service"]), form)))
    assert texts(source, BlockKind.FORM_VALUE) == [
        "Name of the site: Northgate",
        "Yoga offered: ☒",
        "Massage offered: ☐",
    ]


def test_notes_of_reviewers_are_comments_at_their_words() -> None:
    note = (
        b"<< /Type /Annot /Subtype /Highlight /Rect [100 695 142 712] /T (HW) /Contents (Check this.) "
        b"/M (D:20140309120000Z) /QuadPoints [100 712 142 712 100 695 142 695] >>"
    )
    content = b"BT /F1 12 Tf 72 700 Td (Both patients agreed) Tj ET"
    source = read_pdf(one_page(content, page=b"/Annots [6 0 R]", more=[note]))
    (comment,) = source.comments
    assert (comment.author, comment.text, comment.made_on) == ("HW", "Check this.", "2014-03-09")
    assert "patients" in source.text[comment.start : comment.end]
    assert "Check this" not in source.text


def test_metadata_says_who_and_when() -> None:
    content = draw(lines(["Text"]))
    assert read_pdf(content).metadata.title == "Test"
    assert read_pdf(content).metadata.created == "2000-01-01"


PICTURE = stream(
    b"\x00" * 12,
    b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
)


def _scanned(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4))), 0, 0, WIDTH, HEIGHT)


def test_a_page_that_is_a_picture_is_named() -> None:
    (warning,) = read_pdf(draw(lines(["Text"]), _scanned)).warnings
    assert (warning.code, warning.count) == ("needs_ocr", 1)
    assert "Page 2 " in warning.message


def test_a_page_that_only_shows_a_drawing_is_named() -> None:
    (warning,) = read_pdf(draw(lines(["Text"]), lambda canvas: canvas.circle(200, 200, 80))).warnings
    assert (warning.code, warning.count) == ("drawn_pages", 1)
    assert warning.message == "Page 2 shows a drawing and no text; see whether it needs OCR."


@pytest.mark.parametrize("pages", [(_scanned, _scanned), (lambda _: None,)])
def test_a_file_without_text_is_refused_and_never_an_empty_success(pages) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with pytest.raises(UnreadableFileError, match=r"test\.pdf needs OCR"):
        read_pdf(draw(*pages))


def test_a_font_without_meaning_is_reported() -> None:
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R >>"
    code_map = to_unicode({code: chr(0xE000 + code) for code in range(0x41, 0x5B)})
    source = read_pdf(one_page(b"BT /F1 12 Tf 72 700 Td (ABCDEFGHIJK) Tj ET", font=font, more=[code_map]))
    assert "unreadable_font" in [warning.code for warning in source.warnings]


WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9), min_size=30, max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=5), st.sampled_from([1, 2]))
def test_random_paragraphs_come_back_in_order_and_no_words_are_glued(
    paragraphs: list[list[str]], columns: int
) -> None:
    width = 450 if columns == 1 else 210
    columns_of_lines: list[list[str | None]] = [[] for _ in range(columns)]
    for number, words in enumerate(paragraphs):
        columns_of_lines[number % columns] += [*wrap(" ".join(words).capitalize() + ".", width), None]

    def page(canvas: Canvas) -> None:
        for column, found in enumerate(columns_of_lines):
            for row, line in enumerate(found):
                canvas.drawString(72 + 240 * column, HEIGHT - 72 - 13 * row, line or "")

    expected = [line for column in columns_of_lines for line in column if line]
    source = read_pdf(draw(page))
    assert source.text.split() == " ".join(expected).split()
    for block in source.blocks:
        assert block.kind not in MARGINAL
