"""Codebooks in tables and documents of any make come in; ours go out and come back equal."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framework_coder.errors import BadInputError
from framework_coder.exchange.codebook_writing import UnknownCodebookTargetError, write_codebook
from framework_coder.exchange.codebooks import load_codebook
from framework_coder.model.codebook import Codebook, MatchingRules, Theme, ThemeOrigin, arrange

BOX1 = Path(__file__).parents[2] / "codebooks" / "box1.yaml"
Tree = list[tuple[str, str, int]]


def tree(book: Codebook) -> Tree:
    """Return label, definition and depth of every theme."""
    return [(theme.label, theme.definition, book.depth(theme.id)) for theme in book]


def csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8-sig")
    return path


WORDS = st.text("ab1é ‘=+@\"'\\;,\n漢🙂e\u0301", max_size=12).map(str.strip)
LABELS = WORDS.map(lambda word: " ".join(f"Theme {word}".split()))


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    themes: list[Theme] = []
    for number in range(draw(st.integers(1, 5))):
        above = draw(st.sampled_from([None, *(t.id for t in themes)]))
        themes.append(
            Theme(
                f"t{number}",
                draw(LABELS),
                above,
                definition=draw(WORDS),
                exclude=draw(WORDS),
                question=draw(WORDS),
                aliases=tuple(draw(st.lists(st.sampled_from(["one", "two words"]), max_size=2))),
                colour=draw(st.sampled_from(["", "#a1b2c3"])),
                rules=MatchingRules(
                    tuple(draw(st.lists(st.sampled_from(["a b", "c"]), max_size=2))),
                    draw(st.sampled_from([(), (({"LOWER": "a"},),)])),
                ),
                origin=draw(st.sampled_from(list(ThemeOrigin))),
            )
        )
    return Codebook(arrange(themes), "book")


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".xlsx", ".docx"])
@given(book=codebooks())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_codebook_written_to_any_kind_of_file_comes_back_equal(
    tmp_path: Path, suffix: str, book: Codebook
) -> None:
    path = tmp_path / f"book{suffix}"
    write_codebook(book, path)
    assert load_codebook(path) == book


def test_box_1_as_a_word_document_says_all_that_it_says(tmp_path: Path) -> None:
    path = tmp_path / "box1.docx"
    book = load_codebook(BOX1)
    write_codebook(book, path)
    assert load_codebook(path) == book
    said = "\n".join(cell.text for table in docx.Document(str(path)).tables for cell in table._cells)
    assert all(theme.definition in said for theme in book)


def test_a_sheet_holds_text_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_codebook(Codebook((Theme("a", "=1+1", definition="http://x.example"),), "book"), path)
    import openpyxl

    cells = [cell for row in openpyxl.load_workbook(path).active for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_other_kinds_of_files_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownCodebookTargetError, match=r"as \.yaml, \.csv, \.xlsx or \.docx"):
        write_codebook(Codebook((Theme("a", "A"),)), tmp_path / "book.pdf")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (  # Taguette
            "tag,parent,description,number of highlights\nmoney,,All of it,4\nfees,money,Paid,2\n",
            [("money", "All of it", 0), ("fees", "Paid", 1)],
        ),
        (  # Taguette before tags had parents
            "tag,description,number of documents\nmoney,All,1\nmoney.fees,Paid,2\nDr. Shah,,0\n",
            [("money", "All", 0), ("fees", "Paid", 1), ("Dr. Shah", "", 0)],
        ),
        (  # in Taguette any sign may stand in a tag
            "tag,description\nmoney/fees,Paid\nmoney,All\na\\b,\n",
            [("money", "All", 0), ("fees", "Paid", 1), ("a\\b", "", 0)],
        ),
        (  # NVivo
            "Name,Description,Files,References\nCodes\\\\Money,All,3,9\nCodes\\\\Money\\\\Fees,Paid,1,2\n",
            [("Money", "All", 0), ("Fees", "Paid", 1)],
        ),
        (
            "Name;Description;Files\nMoney;All;3\n    Fees;Paid;1\n        Sliding;;1\nSpace;;1\n",
            [("Money", "All", 0), ("Fees", "Paid", 1), ("Sliding", "", 2), ("Space", "", 0)],
        ),
        (
            "Category\tCode\tDefinition\nMoney\tFees\tPaid\nMoney\tGrants\tGiven\n",
            [("Money", "", 0), ("Fees", "Paid", 1), ("Grants", "Given", 1)],
        ),
        (
            "level,name,memo\n1,Money,All\n2,Fees,Paid\n1,Space,\n",
            [("Money", "All", 0), ("Fees", "Paid", 1), ("Space", "", 0)],
        ),
        (
            "Code,Description,Who proposed it\nFees,Paid,Ann\n",
            [("Fees", "Paid\nWho proposed it: Ann", 0)],
        ),
        ("Name\nFees\nFees\n", [("Fees", "", 0), ("Fees", "", 0)]),
    ],
)
def test_a_table_of_any_make_gives_its_tree(tmp_path: Path, text: str, found: Tree) -> None:
    assert tree(load_codebook(csv(tmp_path / "codes.csv", text))) == found


def test_ids_are_made_from_names_and_their_groups(tmp_path: Path) -> None:
    book = load_codebook(
        csv(tmp_path / "c.csv", "name,parent\nCoût élevé,\nFees & fares,Coût élevé\n支払い,\n")
    )
    assert [theme.id for theme in book] == ["cout_eleve", "cout_eleve.fees_fares", "theme"]


def test_a_sheet_of_any_make_gives_its_tree(tmp_path: Path) -> None:
    path = tmp_path / "codes.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(
            [("Name", "Description", "Files"), ("Money", "All", 3), ("  Fees", "Paid", 1)]
        ):
            sheet.write_row(number, 0, row)
    assert tree(load_codebook(path)) == [("Money", "All", 0), ("Fees", "Paid", 1)]


def _nvivo(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Codebook", 0)
    document.add_heading("Codes\\\\Integration", 2)
    table = document.add_table(rows=1, cols=4)
    for cell, name in zip(table.rows[0].cells, ("Name", "Description", "Files", "References"), strict=True):
        cell.text = name
    for name, said, indent in (("Barriers", "What hinders", 0), ("Space", "Room", 12), ("Helps", "", 0)):
        row = table.add_row()
        for cell, value in zip(row.cells, (name, said, "3", "9"), strict=True):
            cell.text = value
        row.cells[0].paragraphs[0].paragraph_format.left_indent = Pt(indent)
    document.save(str(path))


def _merged_rows(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for cells in (("Theme", "Definition"), ("Integration",), ("Barriers", "What hinders"), ("Helps", "")):
        row = table.add_row()
        if len(cells) == 1:
            row.cells[0].merge(row.cells[1])
        for cell, value in zip(row.cells, cells, strict=False):
            cell.text = value
    document.save(str(path))


@pytest.mark.parametrize(
    ("write", "found"),
    [
        (
            _nvivo,
            [("Integration", "", 0), ("Barriers", "What hinders", 1), ("Space", "Room", 2), ("Helps", "", 1)],
        ),
        (_merged_rows, [("Integration", "", 0), ("Barriers", "What hinders", 1), ("Helps", "", 1)]),
    ],
)
def test_a_word_table_gives_its_tree(tmp_path: Path, write: Callable[[Path], None], found: Tree) -> None:
    write(tmp_path / "codes.docx")
    assert tree(load_codebook(tmp_path / "codes.docx")) == found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a document", "container can not be opened"),
        (b"PK\x03\x04" + b"\0" * 80, "container can not be"),
    ],
)
def test_a_broken_document_ends_in_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "codes.docx"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=said):
        load_codebook(path)


def test_a_document_without_a_table_of_names_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "codes.docx"
    document = docx.Document()
    document.add_paragraph("Just words.")
    document.save(str(path))
    with pytest.raises(BadInputError, match="no table with a column of names"):
        load_codebook(path)


def test_a_row_without_a_name_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="line 3, name: the row has no name"):
        load_codebook(csv(tmp_path / "c.csv", "name,description\nFees,x\n,lost\n"))
