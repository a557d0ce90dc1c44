"""The commands import and export, as people call them."""

import json
from pathlib import Path

from cli.study_files import CommandLine
from exchange.refi.qdpx import (
    ANNA,
    SOURCE,
    codes,
    coding,
    element,
    pack,
    project,
    selection,
    source,
    sources,
    text_of,
    users,
)

TEXT = "Alpha beta gamma"
PARTS = (users(ANNA), codes(), sources(source(SOURCE, selection(300, 0, 5, coding(400)))))


def foreign(folder: Path, *more: str) -> Path:
    return pack(folder / "theirs.qdpx", project(*PARTS, *more), {text_of(SOURCE): TEXT})


def test_a_file_is_recognised_by_its_content_whatever_it_is_called(
    command: CommandLine, tmp_path: Path
) -> None:
    foreign(tmp_path).rename(tmp_path / "study.backup")
    command("init", "study.fwc")
    done = command("import", "study.backup")
    assert done.code == 0
    assert "coding: 1 new, 0 there already" in done.out
    assert "Positions mean the same in every way of counting" in done.out
    assert "Imported as one step; `undo` takes it back." in done.out


def test_a_dry_run_stores_nothing_and_a_second_import_says_so(command: CommandLine, tmp_path: Path) -> None:
    foreign(tmp_path)
    command("init", "study.fwc")
    tried = command("import", "theirs.qdpx", "--dry-run")
    assert "coding: 1 would come in" in tried.out
    assert "Nothing was stored." in tried.out
    assert "coding: 1 new" in command("import", "theirs.qdpx").out
    assert "Nothing new; the project is as it was." in command("import", "theirs.qdpx").out


def test_losses_are_told_on_screen_in_a_file_and_by_the_exit_code(
    command: CommandLine, tmp_path: Path
) -> None:
    foreign(
        tmp_path,
        element("Graphs", element("Graph", guid="0" * 8 + "-0000-4000-8000-" + "0" * 12, name="Net")),
    )
    command("init", "study.fwc")
    for name in ("loss.txt", "loss.json"):
        done = command("import", "theirs.qdpx", "--dry-run", "--report", name)
        assert done.code == 6
        assert "- graphs: 1 are not imported, only kept for a REFI-QDA export: Net" in done.out
    assert "graphs\t1\tare not imported, only kept for a REFI-QDA export: Net" in (
        tmp_path / "loss.txt"
    ).read_text(encoding="utf-8")
    said = json.loads((tmp_path / "loss.json").read_text(encoding="utf-8"))
    assert said["losses"] == [
        {"kind": "graphs", "count": 1, "sentence": "are not imported, only kept for a REFI-QDA export: Net"}
    ]
    assert any("Positions mean" in line for line in said["choices"])


def test_strict_refuses_what_breaks_the_schema(command: CommandLine, tmp_path: Path) -> None:
    foreign(tmp_path, "<Sets/>")
    command("init", "study.fwc")
    refused = command("import", "theirs.qdpx", "--strict")
    assert refused.code == 3
    assert "breaks the schema of the standard" in refused.err
    assert command("import", "theirs.qdpx").code == 0


def test_an_export_takes_its_format_from_the_suffix_or_by_name(
    command: CommandLine, tmp_path: Path, project: Path
) -> None:
    done = command("export", "out.qdpx", "-p", project.name, "--dialect", "nvivo", "--no-framework-note")
    assert done.code in {0, 6}
    assert "Dialect nvivo" in done.out
    assert "Wrote out.qdpx." in done.out
    assert command("export", "out.qdpx", "-p", project.name).code == 5
    assert command("export", "book.xml", "--format", "qdc", "-p", project.name).code in {0, 6}
    assert "<CodeBook" in (tmp_path / "book.xml").read_text(encoding="utf-8")


def test_mistakes_end_in_a_sentence(command: CommandLine, tmp_path: Path) -> None:
    command("init", "study.fwc")
    (tmp_path / "words.txt").write_text("words", encoding="utf-8")
    for words, said in (
        (("import", "gone.qdpx"), "There is no file gone.qdpx"),
        (("import", "words.txt", "--as", "refj"), "Did you mean “refi”?"),
        (("import", "words.txt", "--as", "refi"), "it is not a .qdpx file"),
        (("export", "a.unknown"), "There is no format “.unknown”"),
        (("export", "a.qdpx", "--set", "colour=red"), "has no option colour"),
        (("export", "a.qdpx", "--dialect", "word"), "--dialect word: say"),
        (("export", "a.qdpx", "--set", "colour"), "write an attribute and a value"),
    ):
        done = command(*words)
        assert done.code in {3, 4}, words
        assert said in done.err, done.err
    assert not (tmp_path / "a.qdpx").exists()
