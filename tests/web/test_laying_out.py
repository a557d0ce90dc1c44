"""The text on the page: every block once and in order, tables in rows and columns, in parts."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from framework_coder.model.sources import Block, BlockKind, Locator, SourceText
from framework_coder.web.laying_out import PART_HEIGHT, Table, lay_out
from framework_coder.web.markup import write_parts


def make_text(*blocks: tuple[str, BlockKind, Locator]) -> SourceText:
    text, made = "", []
    for words, kind, place in blocks:
        made.append(Block(len(text), len(text) + len(words), kind, place))
        text += f"{words}\n"
    return SourceText(text, tuple(made), "", "", "", "")


def cell(words: str, row: int, column: int, **place: object) -> tuple[str, BlockKind, Locator]:
    spot: dict[str, object] = {"table": 1, **place}
    return words, BlockKind.TABLE_CELL, Locator(row=row, column=column, **spot)  # type: ignore[arg-type]


def paragraph(words: str, **place: object) -> tuple[str, BlockKind, Locator]:
    return words, BlockKind.PARAGRAPH, Locator(**place)  # type: ignore[arg-type]


def write(text: SourceText) -> HTMLParser:
    return HTMLParser(f"<article>{write_parts(lay_out(text))}</article>")


def rows_of(page: HTMLParser) -> list[list[str]]:
    return [[each.text() for each in row.css("td")] for row in page.css("tr")]


def test_a_cell_that_is_missing_leaves_its_place_empty_and_two_blocks_share_a_cell() -> None:
    page = write(
        make_text(cell("a", 1, 1), cell("b", 1, 3), cell("c", 2, 1), cell("d", 2, 2), cell("e", 2, 2))
    )
    assert rows_of(page) == [["a", "", "b"], ["c", "de", ""]]
    assert len(page.css("td [data-block]")) == 5


@pytest.mark.parametrize(
    "second",
    [
        cell("b", 3, 1, table=2),
        cell("b", 3, 1, page=2),
        cell("b", 2, 1),
        cell("b", 3, 1, sheet="Answers", cell="A3"),
    ],
)
def test_what_is_of_another_table_or_goes_back_begins_a_table(
    second: tuple[str, BlockKind, Locator],
) -> None:
    page = write(make_text(cell("a", 2, 2), second))
    assert len(page.css("table")) == 2
    assert [block.text() for block in page.css("[data-block]")] == ["a", "b"]


def test_a_page_mark_stands_where_a_page_begins_also_inside_a_table() -> None:
    page = write(make_text(paragraph("a", page=1), paragraph("b", page=1), cell("c", 1, 1, page=2)))
    assert [mark.attributes["data-page"] for mark in page.css(".page-mark")] == ["1", "2"]


def test_long_texts_and_long_tables_are_cut_into_parts_and_columns_stay_as_wide() -> None:
    words = "word " * 60
    text = make_text(*(cell(words if n % 2 else "no", n // 2 + 1, n % 2 + 1) for n in range(200)))
    parts = lay_out(text)
    assert len(parts) > 5
    tables = [item for part in parts for item in part.items if isinstance(item, Table)]
    assert len({tuple(table.widths) for table in tables}) == 1
    assert all(part.height < 2 * PART_HEIGHT for part in parts)
    assert len(write(text).css("tr")) == 100


def test_a_speaker_is_named_where_the_words_do_not_begin_with_the_name() -> None:
    turns = make_text(
        ("Anna: Yes.", BlockKind.TURN, Locator(speaker="Anna")),
        ("No.", BlockKind.TURN, Locator(speaker='"Ben" <b>')),
    )
    first, second = write(turns).css("[data-block]")
    assert "data-speaker" not in first.attributes
    assert second.attributes["data-speaker"] == '"Ben" <b>'
    assert second.text() == "No."


def test_words_are_never_markup() -> None:
    page = write(make_text(paragraph("<b onclick=x>&amp;</b>"), cell('"><img>', 1, 1)))
    assert [block.text() for block in page.css("[data-block]")] == ["<b onclick=x>&amp;</b>", '"><img>']
    assert not page.css("b, img")
