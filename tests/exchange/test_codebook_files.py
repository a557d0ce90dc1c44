"""Codebook files in and out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framework_coder.exchange.codebooks import (
    UnknownCodebookFormatError,
    dump_csv,
    dump_yaml,
    load_codebook,
    load_emergent,
)
from framework_coder.exchange.faults import FaultyFileError
from framework_coder.model.codebook import Codebook, MatchingRules, Theme, ThemeOrigin, arrange

BOX1 = Path(__file__).parents[2] / "codebooks" / "box1.yaml"


def write(folder: Path, text: str, name: str = "book.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_box_1_loads_with_its_four_topics_and_everything_a_theme_needs() -> None:
    book = load_codebook(BOX1)
    assert [theme.id for theme in book.children(None)] == ["history", "service", "integration", "success"]
    for theme in book.leaves:
        assert all(
            (theme.definition, theme.include, theme.exclude, theme.example, theme.question, theme.aliases)
        )
        assert theme.rules.phrases
        assert book.colour(theme.id)


words = st.text("abcdé ‘’-=+@\"'é漢🙂", max_size=12).map(str.strip)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    themes: list[Theme] = []
    for number in range(draw(st.integers(1, 6))):
        themes.append(
            Theme(
                f"t{number}",
                draw(words.filter(bool).map(lambda word: f"Theme {word}")),
                draw(st.sampled_from([None, *(t.id for t in themes)])),
                definition=draw(words),
                aliases=tuple(draw(st.lists(st.sampled_from(["one", "two words"]), max_size=2))),
                colour=draw(st.sampled_from(["", "#a1b2c3"])),
                rules=MatchingRules((), draw(st.sampled_from([(), (({"LOWER": "a"},),)]))),
                origin=draw(st.sampled_from(list(ThemeOrigin))),
            )
        )
    return Codebook(arrange(themes), "book")


@given(codebooks())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_codebook_written_and_read_again_is_equal(tmp_path: Path, book: Codebook) -> None:
    assert load_codebook(write(tmp_path, dump_yaml(book))) == book
    assert load_codebook(write(tmp_path, dump_csv(book), "book.csv")) == book


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a mapping of names"),
        ("themes: []", "has no themes"),
        ("themes:\n  - id: a\n", "line 2: theme “a”: the label is empty"),
        ("themes:\n  - {id: A b, label: A}\n", "line 2, id: theme “A b”: the id must be lower-case"),
        ("themes:\n  - {id: a, label: A}\n  - {id: a, label: B}\n", "line 3, id: “a” stands twice"),
        ("themes:\n  - {id: a, label: A, colour: red}\n", "line 2: theme “a”: the colour “red”"),
        ("themes:\n  - id: a\n    label: A\n    lable: B\n", "line 4, lable: the key is not known"),
        ("themes:\n  - id: a\n    label: A\n    aliases: word\n", "line 4, aliases: this must be a list"),
        ("themes:\n  - id: a\n    label: A\n    rules: {phrase: [x]}\n", "line 4, rules: rules hold"),
        ("themes:\n  - id: a\n    label: A\n    rules: {patterns: [x]}\n", "line 4, patterns: each pattern"),
        ("themes:\n  - id: a\n    label: A\n    origin: new\n", "“new” is not an origin"),
        ("themes:\n  - id: a\n    id: b\n", "line 3: the key “id” stands twice"),
        ("themes: &x [*x]", "line 1: aliases (*name) are not allowed"),
        ("themes:\n  - id: [\n", "check the indentation"),
        ("themes:\n  - just words\n", "“just words” is not a theme"),
        ("colour: red\nthemes: [{id: a, label: A}]", "line 1, colour: the key is not known here"),
        ("themes: [{id: a, label: A, parent: zz}]", "has the parent “zz”, which is missing"),
    ],
)
def test_a_fault_in_yaml_is_named_with_line_and_field(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FaultyFileError) as caught:
        load_codebook(write(tmp_path, text))
    assert message in str(caught.value)
    assert "book.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\na\n", "line 1, label: the column is missing"),
        ("id,label,colr\na,A,x\n", "line 1, colr: the column is not known"),
        ("id,label,label\na,A,A\n", "line 1, label: the column stands twice"),
        ("id,label,parent\na,A,b\nb,B,\n", "line 2, parent: “b” is not an id in a row above"),
        ("id,label,patterns\na,A,[x\n", "line 2, patterns: this is not JSON"),
        ('id,label\na,"A\n', "check its quotation marks"),
        ("id,label\na,A,too,many\n", "more fields than the header"),
        ("", "the file is empty"),
    ],
)
def test_a_fault_in_csv_is_named_with_line_and_field(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FaultyFileError) as caught:
        load_codebook(write(tmp_path, text, "book.csv"))
    assert message in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = "themes:\n  - {id: A, label: A}\n  - {id: b}\n  - {id: c, label: C, x: 1}\n"
    with pytest.raises(FaultyFileError, match="3 things need mending") as caught:
        load_codebook(write(tmp_path, text))
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4]


def test_a_csv_that_is_not_utf_8_says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes("id,label\na,Café\n".encode("cp1252"))
    with pytest.raises(FaultyFileError, match="line 2: the file is not UTF-8; in Excel choose"):
        load_codebook(path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_all_separate(tmp_path: Path, separator: str) -> None:
    text = separator.join(["id", "label"]) + "\n" + separator.join(["a", "A"]) + "\n"
    assert load_codebook(write(tmp_path, text, "book.csv"))["a"].label == "A"


def test_an_xlsx_codebook_reads_like_its_csv(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([["id", "label", "aliases"], ["a", "A", "one; two"], ["b", "7", ""]]):
            sheet.write_row(number, 0, row)
    book = load_codebook(tmp_path / "book.xlsx")
    assert (book["a"].aliases, book["b"].label) == (("one", "two"), "7")


def test_other_file_types_say_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnknownCodebookFormatError, match=r"book.pdf .* as .yaml, .csv, .xlsx or .docx"):
        load_codebook(write(tmp_path, "x", "book.pdf"))


def test_an_emergent_theme_keeps_its_story(tmp_path: Path) -> None:
    story = "reason: Seen at six sites., made_by: HW, made_on: 2016-02-01"
    text = f"themes:\n  - {{id: a.b, parent: a, label: B, {story}}}\n"
    [found] = load_emergent(write(tmp_path, text))
    assert (found.theme.origin, found.theme.parent) == (ThemeOrigin.EMERGENT, "a")
    assert (found.reason, found.made_by, found.made_on) == ("Seen at six sites.", "HW", "2016-02-01")
