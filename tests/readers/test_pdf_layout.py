"""The reading order of a page of a PDF, and what is told apart from its text."""

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
    texts,
    to_unicode,
    together,
    wrap,
)
from reportlab.pdfgen.canvas import Canvas

from framework_coder.model.sources import BlockKind, locate
from framework_coder.readers.pdf_boxes import span_boxes


def test_columns_are_read_one_after_the_other() -> None:
    left, right = PROSE, PROSE.replace("service", "clinic").replace("The", "One")
    page = together(
        lines(["A title across the whole page, above both columns"], font="Helvetica-Bold", size=14),
        lines(wrap(left, 210), y=110),
        lines(wrap(right, 210), x=310, y=113),
    )  # fmt: skip
    found = texts(read_pdf(draw(page)))
    assert found[0].startswith("A title")
    assert found[1:] == [left, right]


def test_a_heading_of_two_lines_across_the_columns_stays_whole() -> None:
    left, right = PROSE, PROSE.replace("service", "clinic").replace("The", "One")
    page = together(
        lines(["A heading across the whole page of both columns", "goes on"], font="Helvetica-Bold", size=14),
        lines(wrap(left, 210), y=122),
        lines(wrap(right, 210), x=310, y=122),
    )
    heading = "A heading across the whole page of both columns goes on"
    assert texts(read_pdf(draw(page))) == [heading, left, right]


def test_a_page_may_change_its_columns_half_way_down() -> None:
    parts = [PROSE.replace("service", name) for name in ("clinic", "centre", "practice", "scheme", "surgery")]
    columns = [wrap(part, 210) for part in parts[:2]] + [wrap(part, 145) for part in parts[2:]]
    low = 72 + 13 * max(map(len, columns)) + 40
    page = together(
        lines(columns[0], x=60),
        lines(columns[1], x=310),
        lines(["Funding"], x=60, y=low, font="Helvetica-Bold", size=14),
        *(lines(columns[2 + n], x=60 + 165 * n, y=low + 26) for n in range(3)),
    )
    assert texts(read_pdf(draw(page))) == [*parts[:2], "Funding", *parts[2:]]


def test_columns_written_row_by_row_are_not_interleaved() -> None:
    left, right = wrap(PROSE, 210), wrap(PROSE.replace("service", "clinic"), 210)

    def page(canvas: Canvas) -> None:
        for number, (one, two) in enumerate(zip(left, right, strict=False)):
            canvas.drawString(72, HEIGHT - 72 - 13 * number, one)
            canvas.drawString(310, HEIGHT - 72 - 13 * number, two)

    assert texts(read_pdf(draw(page)))[0] == " ".join(left[: min(len(left), len(right))])


def test_short_pieces_side_by_side_are_read_across() -> None:
    rows = [
        ("Year", "Patients", "Cost"),
        ("2013", "120", "£12.50"),
        ("2014", "140", "£15"),
        ("2015", "90", "£20"),
    ]

    def page(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                canvas.drawString(72 + 120 * column, HEIGHT - 72 - 13 * number, cell)

    assert " ".join(texts(read_pdf(draw(page)))) == " ".join(" ".join(row) for row in rows)


def _page_of_report(number: int, body: list[str]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return together(
        lines(["Annual report 2014"], y=30, size=8),
        lines(body, y=90),
        lines([f"Page {number} of 4"], x=280, y=810, size=8),
    )


def test_running_heads_and_page_numbers_stand_beside_a_paragraph_that_goes_over_the_page() -> None:
    prose = PROSE.replace(". ", " and ").removesuffix(".")
    body = wrap(" ".join(prose.replace("patients", f"patients{letter}") for letter in "abcdefgh") + ".")
    parts = [body[:9], body[9:18], body[18:27], body[27:]]
    source = read_pdf(draw(*(_page_of_report(n, part) for n, part in enumerate(parts, start=1))))
    (whole,) = texts(source, BlockKind.PARAGRAPH)
    assert whole == " ".join(body)
    assert texts(source, BlockKind.HEADER) == ["Annual report 2014"] * 4
    assert texts(source, BlockKind.PAGE_NUMBER) == [f"Page {n} of 4" for n in range(1, 5)]
    assert [block.locator.page for block in source.blocks if block.kind is BlockKind.HEADER] == [1, 2, 3, 4]
    for number, part in enumerate(parts, start=1):
        start = source.pages[number - 1].start
        assert source.text[start:].startswith(part[0])
        assert locate(source.blocks, source.pages, start).page == number


def test_bare_page_numbers_are_known_by_running_along() -> None:
    pages = [
        together(lines(wrap(f"Part {n}: {PROSE}"), y=130), lines([str(n + 6)], x=290, y=815))
        for n in range(3)
    ]
    source = read_pdf(draw(*pages))
    assert texts(source, BlockKind.PAGE_NUMBER) == ["6", "7", "8"]
    assert texts(source, BlockKind.PARAGRAPH) == [f"Part {n}: {PROSE}" for n in range(3)]


def test_a_figure_in_the_text_is_not_taken_for_the_page_number_below_it() -> None:
    pages = [
        together(lines(wrap(f"Part {n}: {PROSE}"), y=130), lines([str(n)], x=290, y=815)) for n in (1, 2, 3)
    ]
    first = together(pages[0], lines(["Acupuncture, in all"], y=770), lines(["1"], x=290, y=770))
    source = read_pdf(draw(first, *pages[1:]))
    assert texts(source, BlockKind.PAGE_NUMBER) == ["1", "2", "3"]
    assert "Acupuncture, in all 1" in source.text


def test_a_small_line_alone_at_the_edge_of_a_single_page_is_furniture() -> None:
    page = together(
        lines(["Working papers, no. 31"], y=40, size=8),
        lines(wrap(PROSE), y=90),
        lines(["I. Shah"], y=805, size=8),
    )
    source = read_pdf(draw(page))
    assert texts(source, BlockKind.HEADER, BlockKind.FOOTER) == ["Working papers, no. 31", "I. Shah"]
    assert texts(source, BlockKind.PARAGRAPH) == [PROSE]


def test_a_short_last_column_is_read_after_the_long_one() -> None:
    body = wrap(PROSE * 3, 210)
    right = ["Tell your practitioner, or write to the", "chair of the trustees at the gatehouse."]
    found = texts(read_pdf(draw(together(lines(body), lines(right, x=310, y=75)))))
    assert " ".join(found) == " ".join(body + right)


def test_line_numbers_are_taken_out_of_the_sentences() -> None:
    body = wrap(PROSE, 400)
    numbers = [str(number) for number in range(1, len(body) + 1)]
    source = read_pdf(draw(together(lines(numbers, x=45), lines(body, x=80))))
    assert texts(source, BlockKind.PARAGRAPH) == [PROSE]
    assert texts(source, BlockKind.LINE_NUMBER) == [" ".join(numbers)]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotation: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        moves = {90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}  # the page's own sides are exchanged
        canvas.translate(*moves[rotation])
        canvas.rotate(rotation)
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(wrap(PROSE, 400)):
            canvas.drawString(72, HEIGHT - 72 - 13 * number, line)

    source = read_pdf(draw(page))
    assert texts(source) == [PROSE]
    assert source.pages[0].rotation == rotation
    assert (source.pages[0].width, source.pages[0].height) == pytest.approx((WIDTH, HEIGHT))


def test_a_page_written_sideways_is_read_in_order() -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(wrap(PROSE, 500)):
            canvas.drawString(72, WIDTH - 72 - 13 * number, line)

    assert texts(read_pdf(draw(page))) == [PROSE]


def test_text_turned_on_an_upright_page_is_a_box_of_its_own() -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(45)
        canvas.drawString(400, 50, "DRAFT")
        canvas.restoreState()

    source = read_pdf(draw(together(lines(wrap(PROSE)), stamp)))
    assert texts(source, BlockKind.PARAGRAPH) == [PROSE]
    assert texts(source, BlockKind.TEXT_BOX) == ["DRAFT"]


def test_right_to_left_text_is_in_the_order_of_reading() -> None:
    words = "שלום עולם"
    codes = {0x41 + number: letter for number, letter in enumerate(words)}
    shown = bytes(reversed(list(codes)))
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R >>"
    content = b"BT /F1 12 Tf 72 700 Td (" + shown + b") Tj ET"
    assert read_pdf(one_page(content, font=font, more=[to_unicode(codes)])).text == words


def test_arabic_drawn_letter_by_letter_with_its_meaning_beside_is_in_the_order_of_reading() -> None:
    word = "\u0645\u0631\u062d\u0628\u0627"
    codes = {0x41 + number: letter for number, letter in enumerate(word)}
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R >>"
    drawn = b"".join(  # as browsers print: from left to right, so the last letter first
        b"/Span <</ActualText <feff%04x>>> BDC (%c) Tj EMC\n" % (ord(letter), code)
        for code, letter in reversed(codes.items())
    )
    content = b"BT /F1 12 Tf 300 700 Td\n" + drawn + b"ET"
    file = one_page(content, font=font, more=[to_unicode(codes)])
    source = read_pdf(file)
    assert source.text == word
    first, last = (span_boxes(file, source, at, at + 1)[0] for at in (0, 4))
    assert first.x0 > last.x0


def test_a_note_of_two_paragraphs_does_not_part_a_paragraph_that_goes_over_the_page() -> None:
    body = wrap(PROSE.replace(". ", " and ") * 4)
    notes = together(
        lines(["1 As the board heard in May."], y=760, size=7), lines(["Its minutes agree."], y=780, size=7)
    )
    source = read_pdf(draw(together(lines(body[:9]), notes), lines(body[9:])))
    assert texts(source, BlockKind.PARAGRAPH) == [" ".join(body)]
    assert texts(source, BlockKind.FOOTNOTE) == ["1 As the board heard in May.", "Its minutes agree."]
