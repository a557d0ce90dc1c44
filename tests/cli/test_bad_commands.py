"""Commands that cannot be done: each is told in a sentence, with its exit code."""

import json
import sqlite3
import sys
from pathlib import Path

import pytest
from cli.study_files import CommandLine, write_study

from framework_coder.cli.exits import MEANINGS, Exit, exit_code
from framework_coder.cli.main import _tell_unforeseen
from framework_coder.errors import FrameworkCoderError

BAD: list[tuple[str, Exit, str]] = [
    ("nonsense", Exit.USAGE, "No such command"),
    ("code list --limit 3", Exit.USAGE, "No such option"),
    ("code accept", Exit.USAGE, "Missing argument"),
    ("code accept none", Exit.USAGE, "Invalid value for"),
    ("code accept 0", Exit.USAGE, "Invalid value for"),
    ("code accept 99999999999999999999999", Exit.USAGE, "Invalid value for"),
    ("search pays -n 0", Exit.USAGE, "Invalid value for"),
    ("suggest --workers -1", Exit.USAGE, "Invalid value for"),
    ("codebook show --version 0", Exit.USAGE, "Invalid value for"),
    ("sites --json --csv", Exit.BAD_INPUT, "Choose one of --json and --csv."),
    ("sites --set tier=primary", Exit.BAD_INPUT, "--set needs --add"),
    ("sites --add S05 New --set tier", Exit.BAD_INPUT, "--set tier: write an attribute and a value"),
    ("sites --add S05 New --set name=x", Exit.BAD_INPUT, "choose another name"),
    ("sites -p plain.txt", Exit.BAD_INPUT, "not a Framework Coder project"),
    ("sites -p folder", Exit.BAD_INPUT, "cannot be opened"),
    ("sites -p mysql://host/name", Exit.BAD_INPUT, "only postgresql://"),
    ("sites -p postgresql://nobody@127.0.0.1:1/none", Exit.BAD_INPUT, "cannot be opened"),
    ("log --since yesterday", Exit.BAD_INPUT, "--since yesterday: write a date"),
    ("log --until 2016-13", Exit.BAD_INPUT, "--until 2016-13: write a date"),
    ("code add D01 funding", Exit.BAD_INPUT, "a start and an end, or a quote"),
    ("code add D01 funding -q unwritten", Exit.BAD_INPUT, "does not stand in D01"),
    ("code add D01 funding --start 5 --end 2000000000", Exit.BAD_INPUT, "There is no passage"),
    ("code import missing.csv", Exit.BAD_INPUT, "missing.csv"),
    ("code import folder", Exit.BAD_INPUT, "folder"),
    ("codebook load missing.yaml", Exit.BAD_INPUT, "missing.yaml"),
    ("codebook load plain.txt", Exit.BAD_INPUT, "save it as .yaml, .csv, .xlsx or .docx"),
    ("codebook export plain.txt/book.yaml", Exit.BAD_INPUT, "cannot be written"),
    ("codebook export book.odt", Exit.BAD_INPUT, ".docx"),
    ("codebook split funding one two", Exit.BAD_INPUT, "write an id and a label"),
    ("matrix --where tier", Exit.BAD_INPUT, "--where tier: write an attribute and a value"),
    ("matrix --out m.pdf", Exit.BAD_INPUT, ".xlsx (workbook)"),
    ("matrix --out plain.txt/m.xlsx", Exit.BAD_INPUT, "cannot be written"),
    ("audit --need fame", Exit.BAD_INPUT, "choose one of unsupported"),
    ("search ***", Exit.BAD_INPUT, "names no word"),
    ("run folder --out out", Exit.BAD_INPUT, "not a study folder"),
    ("run study --out plain.txt", Exit.BAD_INPUT, "it is a file, not a folder"),
    ("init new.fwc --codebook missing.yaml", Exit.BAD_INPUT, "missing.yaml"),
    ("init folder/missing/new.fwc", Exit.BAD_INPUT, "there is no folder"),
    ("backup plain.txt/copy.fwc", Exit.BAD_INPUT, "cannot be written"),
    ("sites -p missing.fwc", Exit.NOT_FOUND, "There is no project"),
    ("code list --state foo", Exit.NOT_FOUND, "There are: accepted, proposed, rejected"),
    ("code list --coder nobody", Exit.NOT_FOUND, "no coder “nobody”"),
    ("code list --source D99", Exit.NOT_FOUND, "no source “D99”"),
    ("code accept 99999", Exit.NOT_FOUND, "There is no coding 99999"),
    ("code add D01 nope -q quiet", Exit.NOT_FOUND, "no theme “nope”"),
    ("codebook show --version 9", Exit.NOT_FOUND, "no framework version 9"),
    ("codebook rename nope New", Exit.NOT_FOUND, "no theme “nope”"),
    ("matrix --site S99", Exit.NOT_FOUND, "no site “S99”"),
    ("matrix --state foo", Exit.NOT_FOUND, "no state “foo”"),
    ("matrix --theme nope", Exit.NOT_FOUND, "no theme “nope”"),
    ("matrix --table nope", Exit.NOT_FOUND, "no table “nope”"),
    ("matrix --where colour=red", Exit.NOT_FOUND, "no site attribute “colour”"),
    ("counts nope", Exit.NOT_FOUND, "no coded value “nope”"),
    ("search pays --method phone", Exit.NOT_FOUND, "no method “phone”"),
    ("search pays --site S99", Exit.NOT_FOUND, "no site “S99”"),
    ("sources --text D99", Exit.NOT_FOUND, "no source “D99”"),
    ("sources --site S99", Exit.NOT_FOUND, "no site “S99”"),
    ("sources --method phone", Exit.NOT_FOUND, "no method “phone”"),
    ("ingest plain.txt --site S99", Exit.NOT_FOUND, "no site “S99”"),
    ("ingest plain.txt --method phone", Exit.NOT_FOUND, "no method “phone”"),
    ("suggest --theme nope", Exit.NOT_FOUND, "no theme “nope”"),
    ("suggest --source D99", Exit.NOT_FOUND, "no source “D99”"),
    ("init study.fwc", Exit.CONFLICT, "there already"),
    ("backup folder", Exit.CONFLICT, "name the copy too"),
    ("backup study.fwc --replace", Exit.CONFLICT, "the project itself"),
    ("run study --out .", Exit.CONFLICT, "--replace"),
    ("ingest missing.txt --site S01", Exit.WITH_PROBLEMS, "no such file"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "told"), BAD, ids=[words for words, *_ in BAD])
def test_what_cannot_be_done_is_told_in_a_sentence_with_its_exit_code(
    command: CommandLine, project: Path, tmp_path: Path, words: str, code: Exit, told: str
) -> None:
    (tmp_path / "plain.txt").write_text("plain", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    if "run study" in words:
        write_study(tmp_path / "study")
    before = project.read_bytes()
    ended = command(*words.split(), *(["--workers", 0] if words.startswith("ingest") else []))
    assert ended.code == code
    assert told in " ".join((ended.err + ended.out).split())
    assert code is Exit.WITH_PROBLEMS or project.read_bytes() == before


@pytest.mark.parametrize("words", [["init", ""], ["sites", "--add", " ", "Name"]])
def test_a_thing_without_a_name_is_refused(command: CommandLine, project: Path, words: list[str]) -> None:
    ended = command(*words, *(["-p", project] if words[0] == "sites" else []))
    assert ended.code == Exit.BAD_INPUT
    assert "needs a name" in ended.err


def test_no_project_and_several_are_told_apart(command: CommandLine, made: Path) -> None:
    assert command("sites").code == Exit.NOT_FOUND
    for name in ("a.fwc", "b.fwc"):
        Path(name).write_bytes(made.read_bytes())
    ended = command("sites")
    assert ended.code == Exit.BAD_INPUT
    assert "a.fwc, b.fwc" in ended.err


def test_a_diff_without_a_version_says_how_to_freeze_one(command: CommandLine) -> None:
    command("init", "new")
    ended = command("codebook", "diff")
    assert ended.code == Exit.NOT_FOUND
    assert "codebook freeze" in ended.err


def test_a_project_that_was_tampered_with_is_reported_as_damaged(command: CommandLine, project: Path) -> None:
    with sqlite3.connect(project) as connection:
        connection.execute("UPDATE codings SET quote = 'forged' WHERE id = 1")
    connection.close()
    ended = command("check", "-p", project)
    assert ended.code == Exit.DAMAGED
    assert json.loads(command("check", "--json").out)


def test_a_missing_driver_is_told_with_the_command_that_installs_it(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ended = command("sites", "-p", "postgresql://host/name")
    assert ended.code == Exit.MISSING_PACKAGE
    assert "pip install" in ended.err


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (RuntimeError("odd"), Exit.BROKEN, "please report it"),
        (MemoryError(), Exit.BROKEN, "please report it"),
        (OSError(28, "No space left on device"), Exit.BAD_INPUT, "No space left on device"),
        (PermissionError(13, "Permission denied", "x.csv"), Exit.BAD_INPUT, "x.csv cannot be used"),
        (KeyboardInterrupt(), Exit.CANCELLED, "Stopped; nothing is half-stored."),
        (EOFError(), Exit.CANCELLED, "Stopped"),
        (BrokenPipeError(32, "Broken pipe"), Exit.DONE, ""),
        (FrameworkCoderError("No family."), Exit.BROKEN, "No family."),
    ],
)
def test_whatever_goes_wrong_no_traceback_is_shown(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: Exit, told: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("framework_coder.project.Project.open", fail)
    ended = command("sites", "-p", "any.fwc")
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err


def test_an_unforeseen_fault_shows_where_if_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRAMEWORK_CODER_TRACEBACK", "1")
    assert _tell_unforeseen(ValueError("odd")) == Exit.BROKEN
    assert "ValueError: odd" in capsys.readouterr().err.splitlines()


def test_every_exit_code_has_a_meaning_and_every_family_a_code() -> None:
    assert set(MEANINGS) == set(Exit)
    for family in FrameworkCoderError.__subclasses__():
        assert exit_code(family("Told.")) not in {Exit.DONE, Exit.BROKEN}


@pytest.mark.parametrize("words", [[], ["code"], ["codebook"]])
def test_a_group_without_a_command_shows_its_help(command: CommandLine, words: list[str]) -> None:
    ended = command(*words)
    assert ended.code == Exit.USAGE
    assert "Commands:" in ended.err + ended.out
