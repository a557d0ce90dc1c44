"""Boxes of glyphs and of spans: they cover the words, on the right page and line."""

import pytest
from readers.pdf_builders import HEIGHT, PROSE, draw, lines, read_pdf, together, wrap
from reportlab.pdfbase.pdfmetrics import stringWidth

from framework_coder.readers.pdf_boxes import PageBox, glyph_boxes, span_boxes


def _box(page: int, line: str, word: str, x: float, y: float) -> PageBox:
    """Return the box in which Helvetica of 10 points puts a word of a line drawn at x, y (from the top)."""
    left = x + stringWidth(line[: line.index(word)], "Helvetica", 10)
    return PageBox(page, left, y - 5, left + stringWidth(word, "Helvetica", 10), y, word)


def covers(box: PageBox, inner: PageBox) -> bool:
    return (
        box.page == inner.page
        and box.x0 <= inner.x0 + 0.6
        and box.x1 >= inner.x1 - 0.6
        and box.top <= inner.top
        and box.bottom >= inner.bottom - 0.1
    )


def test_every_visible_character_has_a_box() -> None:
    glyphs = glyph_boxes(draw(lines(["first"]), lines(["second line", "third"])), 2)
    assert "".join(glyph.text for glyph in glyphs) == "secondlinethird"
    assert {glyph.page for glyph in glyphs} == {2}
    assert all(glyph.x0 < glyph.x1 and glyph.top < glyph.bottom for glyph in glyphs)
    with pytest.raises(IndexError):
        glyph_boxes(draw(lines(["first"])), 2)


@pytest.mark.parametrize("word", ["acupuncture", "university", "fifteen", "spring."])
def test_the_box_of_a_word_covers_it(word: str) -> None:
    body = wrap(PROSE)
    content = draw(together(lines(["Page 1 of 1"], y=30), lines(body, y=130)))
    source = read_pdf(content)
    start = source.text.index(word)
    (box,) = span_boxes(content, source, start, start + len(word))
    row = next(number for number, line in enumerate(body) if word in line)
    assert covers(box, _box(1, body[row], word, 72, 130 + 13 * row))
    assert box.x1 - box.x0 < stringWidth(word, "Helvetica", 10) + 3
    assert box.text == word


def test_a_span_over_lines_and_pages_has_a_box_on_each_line() -> None:
    body = wrap(PROSE)
    content = draw(lines(body[:3], y=700), lines(body[3:], y=130))
    source = read_pdf(content)
    boxes = span_boxes(content, source, 0, len(source.text))
    assert [box.page for box in boxes] == [1] * 3 + [2] * (len(body) - 3)
    assert [box.text for box in boxes] == [line.replace(" ", "") for line in body]


def test_of_equal_words_the_one_in_its_place_is_boxed() -> None:
    content = draw(lines(["Some patients came early.", "Other patients came late."]))
    source = read_pdf(content)
    start = source.text.index("patients", 10)
    (box,) = span_boxes(content, source, start, start + len("patients"))
    assert covers(box, _box(1, "Other patients came late.", "patients", 72, 72 + 13))


def test_a_word_made_whole_is_boxed_in_both_its_parts() -> None:
    content = draw(lines(["They were glad of the refer-", "ral to the clinic."]))
    source = read_pdf(content)
    start = source.text.index("referral")
    boxes = span_boxes(content, source, start, start + len("referral"))
    assert [box.text for box in boxes] == ["refer", "ral"]


def test_a_page_number_is_boxed_where_it_stands() -> None:
    pages = [
        together(lines([f"Part {n}. {PROSE[:40]}"], y=200), lines([f"Page {n} of 2"], y=810)) for n in (1, 2)
    ]
    content = draw(*pages)
    source = read_pdf(content)
    start = source.text.index("Page 2 of 2")
    (box,) = span_boxes(content, source, start, start + 11)
    assert box.page == 2
    assert box.bottom > HEIGHT * 0.9
