"""Columns written as a whole read back as XlsxWriter's own cells do, and as what was given."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from framework_coder.reports.bulk_sheet import BulkSheet, ColumnCells
from framework_coder.reports.fitting import CELL_LIMIT, CUT_MARK, as_plain, cut, fits
from framework_coder.reports.tables import Value

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

AWKWARD = (
    "=1+1", "+7", "-2.4", "@here", "12", "1e5", "TRUE", "#N/A",
    "  two spaces before", "after \n", "\ttab", "a\nb", "a\r\nb", " ", "x" * CELL_LIMIT,
    "\x00\x01\x1f", "\x7f\x85", "_x0041_", "\U0001f600 emoji", "é\u0301",
    "<r>bold</r>", "<r><t>x</r>", "<b>&amp;\"'</b>", "]]>",
    "https://example.org", "internal:A1", "mailto:a@b.org",
)  # fmt: skip

texts = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
numbers = st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15) | st.booleans()
values = st.none() | st.just("") | texts | numbers
places = st.none() | st.sampled_from(["'Claims'!A2", "'Findings'' claims'!A7", "'<&\">'!B3"])
tables = st.integers(1, 6).flatmap(
    lambda rows: st.lists(st.lists(st.tuples(values, places), min_size=rows, max_size=rows), max_size=4)
)

Table = Sequence[Sequence[tuple[Value, str | None]]]


def bulk(table: Table) -> io.BytesIO:
    """Write columns of values and targets as a whole, below a heading."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet("S", worksheet_class=BulkSheet)
        sheet.write_string(0, 0, "Heading")
        plain, link = book.add_format({"bold": True}), book.add_format({"italic": True})
        columns = [
            ColumnCells([v for v, _ in column], plain, targets=[seen(*pair) for pair in column], link=link)
            for column in table
        ]
        sheet.write_columns(1, columns, [15.5] * len(table[0] if table else ()))
    return file


def seen(value: Value, target: str | None) -> str | None:
    return None if value is None or value == "" else target


def cell_by_cell(table: Table) -> io.BytesIO:
    """Write the same with a call a cell."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet("S")
        sheet.write_string(0, 0, "Heading")
        plain, link = book.add_format({"bold": True}), book.add_format({"italic": True})
        for number, column in enumerate(table):
            for row, (value, target) in enumerate(column, start=1):
                sheet.set_row(row, 15.5)
                style = link if seen(value, target) else plain
                if seen(value, target):
                    sheet.write_url(row, number, f"internal:{target}", style, "-")
                if isinstance(value, str) and value:
                    sheet.write_string(row, number, as_plain(value), style)
                elif isinstance(value, (int, float)):
                    sheet.write_number(row, number, value, style)
    return file


def read(file: io.BytesIO) -> list[Any]:
    """Return what two readers find in every cell and how its row looks."""
    sheet = openpyxl.load_workbook(file, rich_text=False)["S"]
    cells = [
        (c.coordinate, c.value, c.data_type, c.font.b, c.font.i, c.hyperlink and c.hyperlink.location)
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None
    ]
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    return [cells, heights, calamine(file)]


def calamine(file: io.BytesIO) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    return book.get_sheet_by_name("S").to_python(skip_empty_area=False)


@given(tables)
@settings(max_examples=150, deadline=None)
@example([[(text, "'Claims'!A2") for text in AWKWARD]])
@example([[("_x005F_x0041_", None), ("\ufffe\uffff", None)]])
@example([[(1, None), (1.0, None), (True, None), ("1", None)]])
def test_columns_read_back_as_cells_written_one_by_one(table: Table) -> None:
    assert read(bulk(table)) == read(cell_by_cell(table))


@given(st.lists(st.none() | texts | numbers, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
@example(list(AWKWARD))
def test_every_value_reads_back_as_it_was_given(column: list[Value]) -> None:
    found = calamine(bulk([[(value, None) for value in column]]))[1:]
    came = [row[0] if row else "" for row in found]
    came += [""] * (len(column) - len(came))
    for value, back in zip(column, came, strict=True):
        if isinstance(value, str):
            assert back == value
        elif value is None:
            assert back == ""
        else:
            assert back == pytest.approx(float(value), rel=1e-15)


def test_texts_that_repeat_are_kept_once_and_counted() -> None:
    file = bulk([[("same", None)] * 5, [("same", None)] * 4 + [("other", None)]])
    sheet = openpyxl.load_workbook(file)["S"]
    assert list(sheet.iter_rows(min_row=2, values_only=True))[-1] == ("same", "other")
    with zipfile.ZipFile(file) as package:
        shared = package.read("xl/sharedStrings.xml").decode()
    assert 'count="11" uniqueCount="3"' in shared


lengths = st.integers(0, 2 * CELL_LIMIT)


@given(st.tuples(lengths, lengths, lengths))
@example((0, CELL_LIMIT // 2 + 1, 0))
@example((CELL_LIMIT, 0, 0))
@example((CELL_LIMIT + 1, 0, 0))
def test_what_does_not_fit_is_cut_to_what_a_cell_holds_and_says_so(parts: tuple[int, int, int]) -> None:
    text = "a" * parts[0] + "😀" * parts[1] + "b" * parts[2]
    assert fits(text) is (units(text) <= CELL_LIMIT)
    if not fits(text):
        assert CELL_LIMIT - 1 <= units(cut(text)) <= CELL_LIMIT
        assert cut(text).endswith(CUT_MARK)
        assert text.startswith(cut(text).removesuffix(CUT_MARK))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
