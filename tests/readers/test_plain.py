"""Plain text and Markdown: paragraphs, wrapped lines, speakers, encodings."""

from pathlib import Path

import pytest
from readers.word_builders import codes, read_content, texts

from framework_coder.errors import UnreadableFileError
from framework_coder.model.sources import BlockKind

WRAPPED = (
    "The clinic opened in the spring of the year 2004 with the help of three\n"
    "general practitioners who had long wanted to offer yoga to their older\n"
    "patients."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n \t\r\nTwo.", ["One.", "Two."]),
        ("One.\rstill one", ["One.\nstill one"]),
        ("One.\fTwo.", ["One.", "Two."]),
        (WRAPPED, [WRAPPED.replace("\n", " ")]),
        ("12 High Street\nLeeds\nLS1 1AA", ["12 High Street\nLeeds\nLS1 1AA"]),
        ("x" * 130 + ".\n" + "y" * 130 + ".", ["x" * 130 + ".", "y" * 130 + "."]),
        ("Aims:\n- one\n- two", ["Aims:", "- one", "- two"]),
        ("a\x00b\u200bc", ["a bc"]),
    ],
)
def test_paragraphs_are_told_by_blank_lines_and_wrapped_lines_are_joined(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    path_text = text.replace("\x00", "\x01")
    assert texts(read_content(tmp_path, path_text.encode(), "a.txt")) == expected


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Interviewer: Why?\nJB: Because.\nInterviewer: And?\nJB: So.",
            ["Interviewer", "JB", "Interviewer", "JB"],
        ),
        (
            "Interviewer: Why?\n\nParticipant 12: Because.\n\nIt was so.\n\nInterviewer: Ah.\n\nBy HW.",
            ["Interviewer", "Participant 12", "", "Interviewer", ""],
        ),
        (
            "[00:01:02] Dr Shah: Yes.\n[00:02:00] HW: No.\nDr Shah: Yes.\nHW: No.",
            ["Dr Shah", "HW", "Dr Shah", "HW"],
        ),
        ("10A: Yes.\n\n10A laughed.\n\n10B: No.\n\n10A: Yes.\n\n10B: No.", ["10A", "", "10B", "10A", "10B"]),
        ("JP: Yes.\n\nHO: No.\n\nHW: Well?\n\nJP: Yes.\nHO: No.", ["JP", "HO", "HW", "JP", "HO"]),
        ("Note: it rained.\n\nAnd then.", ["", ""]),
        ("Action: HW to write.\n\nAction: JB to ring.\n\nNote: x\n\nNote: y", ["", "", "", ""]),
        ("Chair: J Shah\nMembers: B Lee\nNurse: none", [""]),
        ("Date: 3 March\nVenue: Hall\nPresent: HW", [""]),
        ("The aim is this: to help.\n\nThe aim is this: to heal.", ["", ""]),
    ],
)
def test_turns_are_told_by_speakers_that_come_back(tmp_path: Path, text: str, speakers: list[str]) -> None:
    source = read_content(tmp_path, text, "a.txt")
    assert [block.locator.speaker for block in source.blocks] == speakers
    for block in source.blocks:
        assert (block.kind is BlockKind.TURN) == bool(block.locator.speaker)


def test_a_turn_keeps_its_label_in_the_text(tmp_path: Path) -> None:
    source = read_content(tmp_path, "Interviewer: Why?\nJB: Because.", "a.txt")
    assert texts(source) == ["Interviewer: Why?", "JB: Because."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_read_without_warning(tmp_path: Path, encoding: str) -> None:
    text = "A long enough plain text with a café, “quotes” and £12."
    source = read_content(tmp_path, text.encode(encoding), "a.txt")
    assert (source.text, codes(source)) == (text, {})


def test_windows_text_is_read_and_the_guess_reported(tmp_path: Path) -> None:
    text = "A long enough plain text with a café, “quotes” – and £12."
    source = read_content(tmp_path, text.encode("cp1252"), "a.txt")
    assert (source.text, codes(source)) == (text, {"encoding_guessed": 1})


def test_text_that_is_mostly_not_ascii_is_guessed_by_its_letters(tmp_path: Path) -> None:
    text = "Клиника открылась весной две тысячи четвёртого года при помощи трёх врачей. " * 5
    source = read_content(tmp_path, text.encode("cp1251"), "a.txt")
    assert source.text == text.strip()


MARKDOWN = """---
title: Annual report
author: A. Shah, B. Lee
date: 2014-03-09
tags: yoga
---
# Aims

Some *long*
text with a [link](http://x.example) and `code`.<br>Next

- one
  - two

> quoted

| Fee | Session |
|---|---|
| £12 | one |

```
code
```

<div><p>inside</p></div>

![A class](x.png)
"""


def test_markdown_gives_headings_lists_tables_and_metadata(tmp_path: Path) -> None:
    source = read_content(tmp_path, MARKDOWN, "a.md")
    assert texts(source) == [
        "Aims",
        "Some long text with a link and code.\nNext",
        "one",
        "two",
        "quoted",
        "Fee",
        "Session",
        "£12",
        "one",
        "code",
        "inside",
        "A class",
    ]
    assert [block.level for block in source.blocks[:4]] == [1, 0, 1, 2]
    assert (source.blocks[7].locator.row, source.blocks[7].locator.column) == (2, 1)
    assert (source.metadata.title, source.metadata.authors) == ("Annual report", ("A. Shah", "B. Lee"))
    assert (source.metadata.created, dict(source.metadata.other)) == ("2014-03-09", {"tags": "yoga"})
    assert codes(source) == {"pictures": 1}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Paid by all.[^1]\n\n[^1]: Once\n", "Paid by all.[^1]\n[^1]: Once"),
        ("[Action]: done\n", "[Action]: done"),
        ("See [the page][1].\n\n[1]: https://example.org/a\n", "See the page."),
        ("See [the page][1].\n\n[1]: <a b>\n", "See the page."),
    ],
)
def test_only_addresses_of_links_are_left_out_of_markdown(
    tmp_path: Path, content: str, expected: str
) -> None:
    assert read_content(tmp_path, content, "a.md").text == expected


def test_markdown_nested_too_deeply_is_refused_rather_than_cut(tmp_path: Path) -> None:
    assert read_content(tmp_path, "> " * 50 + "deep", "a.md").text == "deep"
    with pytest.raises(UnreadableFileError, match="nested too deeply"):
        read_content(tmp_path, "> " * 2000 + "deep", "a.md")
