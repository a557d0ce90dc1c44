"""Questionnaires and other sheets: questions with their answers, one part a site, every cell kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from readers.word_builders import codes, texts

from framework_coder.errors import UnreadableFileError
from framework_coder.model.sources import BlockKind, SourceText
from framework_coder.readers import ReadOptions, read, read_all

Cells = Sequence[Sequence[object]]
SITES = ReadOptions(sites=("S01", "S02", "North Clinic"))


def save(book: openpyxl.Workbook, folder: Path) -> Path:
    """Write a workbook to a file."""
    path = folder / "answers.xlsx"
    book.save(path)
    return path


def workbook(folder: Path, sheets: Mapping[str, Cells]) -> Path:
    """Write sheets of rows to a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return save(book, folder)


def answers(source: SourceText) -> list[tuple[str, str]]:
    """Return each answer with its question."""
    found = texts(source)
    return [
        (found[block.answers], found[number])
        for number, block in enumerate(source.blocks)
        if block.answers is not None
    ]


PLAIN = [["Who pays?", "The practice"], ["When did it open?", 2004]]
PAIRS = [("Who pays?", "The practice"), ("When did it open?", "2004")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (PLAIN, PAIRS),
        ([["Question", "Answer"], ["Who pays", "The practice"]], [("Who pays", "The practice")]),
        (
            [["Survey of 2015"], [], ["No.", "Question", "Answer"], [1, "Who pays", "All"]],
            [("Who pays", "All")],
        ),
        ([[1, *PLAIN[0]], [2, *PLAIN[1]]], PAIRS),
        (
            [["Question", "GP", "Nurse"], ["Who pays?", "a", "b"], ["Since when?", "", "c"]],
            [("Who pays?", "a"), ("Who pays?", "b"), ("Since when?", "c")],
        ),
        ([["Year", "Patients"], [2004, 120], [2005, 140]], []),
        ([["Who pays?"], ["Since when?"]], []),
    ],
)
def test_rows_that_ask_become_questions_and_answers(
    tmp_path: Path, rows: Cells, expected: list[tuple[str, str]]
) -> None:
    source = read(workbook(tmp_path, {"Answers": rows}))
    assert answers(source) == expected
    kept = [str(cell) for row in rows for cell in row if cell != ""]
    assert sorted(texts(source)) == sorted(kept)


def test_a_block_knows_its_sheet_and_cell(tmp_path: Path) -> None:
    source = read(workbook(tmp_path, {"Answers": [[], ["Who pays?", "All"], ["Since when?", "2004"]]}))
    places = [(str(block.locator), block.locator.row, block.locator.column) for block in source.blocks]
    assert places[:2] == [("Answers!A2", 2, 1), ("Answers!B2", 2, 2)]


def test_one_sheet_a_site_gives_a_part_a_sheet_and_one_for_the_rest(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"s01": PLAIN, "North clinic": PLAIN, "Notes": [["Sent in May"]]})
    parts = read_all(path, SITES)
    assert [part.part for part in parts] == ["s01", "North clinic", "Notes"]
    assert answers(parts[1]) == PAIRS
    assert parts[2].text == "Sent in May"


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ([["Site", "Who pays?", "Since when?"], ["S01", "GP", 2004], ["S02", "All", ""]], SITES),
        ([["Site", "Who pays?", "Since when?"], ["S01", "GP", 2004], ["S02", "All", ""]], ReadOptions()),
        ([["Ref", "Who pays?", "Since when?"], ["S01", "GP", 2004], ["S02", "All", ""]], SITES),
    ],
)
def test_one_row_a_site_gives_a_part_a_row(tmp_path: Path, rows: Cells, options: ReadOptions) -> None:
    first, second = read_all(workbook(tmp_path, {"All": rows}), options)
    assert (first.part, second.part) == ("S01", "S02")
    assert answers(first) == [("Who pays?", "GP"), ("Since when?", "2004")]
    assert answers(second) == [("Who pays?", "All")]
    assert str(first.blocks[1].locator) == "All!B1"
    assert str(first.blocks[2].locator) == "All!B2"


def test_two_rows_of_one_site_are_two_parts(tmp_path: Path) -> None:
    rows = [["Site", "Who pays?", "Since when?"], ["S01", "GP", "x"], ["S01", "All", "y"], ["", "Me", "z"]]
    assert [part.part for part in read_all(workbook(tmp_path, {"A": rows}), SITES)] == [
        "S01",
        "S01 (2)",
        "row 4",
    ]


def test_one_column_a_site_gives_a_part_a_column(tmp_path: Path) -> None:
    rows = [
        ["Question", "S01", "S02", "Hint"],
        ["Who pays?", "GP", "All", "money"],
        ["When?", "1999", "2004", ""],
    ]
    first, second = read_all(workbook(tmp_path, {"A": rows}), SITES)
    assert answers(first) == [("Who pays?", "GP"), ("Who pays?", "money"), ("When?", "1999")]
    assert answers(second)[0] == ("Who pays?", "All")
    assert "GP" not in second.text


@pytest.mark.parametrize("options", [SITES, ReadOptions()])
@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Site", "Question", "Answer"],
            ["S01", "Who pays?", "GP"],
            ["S02", "Who pays?", "All"],
            ["s01", "Since when?", 2004],
        ],
        [
            ["Survey of 2015"],
            ["No.", "Question", "Site", "Answer"],
            [1, "Who pays?", "S01", "GP"],
            [2, "Since when?", "", 2004],  # a merged cell: still S01
            [1, "Who pays?", "S02", "All"],
        ],
    ],
)
def test_rows_of_site_question_and_answer_give_a_part_a_site(
    tmp_path: Path, rows: Cells, options: ReadOptions
) -> None:
    first, second = read_all(workbook(tmp_path, {"Export": rows}), options)
    assert (first.part, second.part) == ("S01", "S02")
    assert answers(first) == [("Who pays?", "GP"), ("Since when?", "2004")]
    assert answers(second) == [("Who pays?", "All")]
    assert "GP" not in second.text


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ([["Question", "Clinic", "Ward"], ["Who pays?", "GP", "All"], ["Since?", "1999", "2004"]], SITES),
        ([["Site", "Question", "Answer"], ["S01", "Who pays?", "GP"], ["S01", "Since when?", ""]], SITES),
    ],
)
def test_a_sheet_of_answers_that_names_one_site_or_none_is_one_source(
    tmp_path: Path, rows: Cells, options: ReadOptions
) -> None:
    assert [part.part for part in read_all(workbook(tmp_path, {"A": rows}), options)] == [""]


def test_several_sources_are_not_read_as_one(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S01": PLAIN, "S02": PLAIN})
    with pytest.raises(UnreadableFileError, match=r"answers\.xlsx holds 2 sources \(S01, S02\).*#S01"):
        read(path, SITES)
    assert read(path).part == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.0, "3"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (-1e20, "-1e+20"),
        (True, "TRUE"),
        (dt.date(2014, 3, 9), "2014-03-09"),
        (dt.datetime(2014, 3, 9, 14, 30), "2014-03-09 14:30"),  # noqa: DTZ001 - cells have no zone
        (dt.time(14, 30), "14:30"),
        (dt.timedelta(hours=30, minutes=15), "30:15:00"),
        ("01234", "01234"),
    ],
)
def test_values_read_as_a_person_sees_them(tmp_path: Path, value: object, expected: str) -> None:
    assert read(workbook(tmp_path, {"A": [["x", value]]})).text == f"x\n{expected}"


def test_what_a_workbook_hides_or_can_not_show_is_reported(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Text", "=1+1", "more"])
    sheet["C2"] = "#N/A"
    sheet["C2"].data_type = "e"
    sheet["A3"] = "hidden row"
    sheet.row_dimensions[3].hidden = True
    sheet["A1"].comment = openpyxl.comments.Comment("Check", "HW")
    hidden = book.create_sheet("Hidden")
    hidden["A1"] = "hidden sheet"
    hidden.sheet_state = "hidden"
    book.create_sheet("Empty")
    source = read(save(book, tmp_path))
    assert texts(source) == ["Text", "more", "hidden row", "hidden sheet"]
    assert codes(source) == {
        "cell_errors": 1,
        "formulas_without_values": 1,
        "hidden_rows": 1,
        "hidden_sheets": 1,
        "cell_comments": 1,
    }


def test_a_cell_a_million_rows_down_is_read_and_one_too_far_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "top"
    book.active["B1000000"] = "far"
    source = read(save(book, tmp_path))
    assert [str(block.locator) for block in source.blocks] == ["Sheet!A1", "Sheet!B1000000"]
    book.active["XFD1048576"] = "further"
    with pytest.raises(UnreadableFileError, match="spans 1,048,576 rows"):
        read(save(book, tmp_path))


def test_a_merged_cell_is_read_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Wide"
    book.active["A2"], book.active["B2"] = "a", "b"
    book.active.merge_cells("A1:B1")
    assert texts(read(save(book, tmp_path))) == ["Wide", "a", "b"]


def test_a_workbook_of_empty_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="empty"):
        read(workbook(tmp_path, {"A": [], "B": []}))


@pytest.mark.parametrize(
    "content",
    [
        'Question,Answer\nWho pays?,"The practice, mostly"\nSince when?,2004\n',
        "Question;Answer\r\nWho pays?;The practice, mostly\r\nSince when?;2004\r\n",
        "Question\tAnswer\nWho pays?\tThe practice, mostly\nSince when?\t2004",
        "sep=|\nQuestion|Answer\nWho pays?|The practice, mostly\nSince when?|2004",
        '\ufeffQuestion,Answer\nWho pays?,"The practice, mostly"\nSince when?,2004',
    ],
)
def test_separated_values_are_read_whatever_the_separator(tmp_path: Path, content: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(content.encode())
    source = read(path)
    assert answers(source) == [("Who pays?", "The practice, mostly"), ("Since when?", "2004")]
    assert source.blocks[0].kind is BlockKind.TABLE_CELL
    assert str(source.blocks[0].locator) == "A1"


def test_separated_values_give_a_part_a_site_and_keep_line_breaks_in_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes('Site,Who pays?,Since when?\nS01,"GP\nand patient",£12\n'.encode("cp1252"))
    (part,) = read_all(path, SITES)
    assert (part.part, answers(part)) == ("S01", [("Who pays?", "GP\nand patient"), ("Since when?", "£12")])
    assert part.media_type == "text/csv"
