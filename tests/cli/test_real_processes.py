"""The program as users start it: a whole study, stopped half way, in pipes and on terminals."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cli.study_files import CODEBOOK, write_sources, write_study

from framework_coder.cli.exits import Exit
from framework_coder.project import Project

pytestmark = pytest.mark.e2e

PROGRAM = [sys.executable, "-m", "framework_coder"]
MANY = 60
HEAVY = ("spacy", "pandas", "pdfplumber", "pypdfium2", "docx", "lxml", "sqlalchemy", "xlsxwriter", "yaml")


def start(folder: Path, *words: object, **options: Any) -> "subprocess.Popen[str]":
    """Start the program in a folder; its output is UTF-8."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FRAMEWORK_CODER")}
    return subprocess.Popen(
        [*PROGRAM, *map(str, words)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=plain | options.pop("env", {}),
        **options,
    )


def finish(folder: Path, *words: object, code: int = 0, **options: Any) -> str:
    """Run the program to its end and return what it printed."""
    process = start(folder, *words, **options)
    out, err = process.communicate(timeout=120)
    assert process.returncode == code, err
    assert "Traceback" not in err
    return out


def test_a_study_goes_from_nothing_to_an_audited_matrix(tmp_path: Path) -> None:
    write_sources(tmp_path / "files")
    (tmp_path / "book.yaml").write_text(CODEBOOK, encoding="utf-8")
    finish(tmp_path, "init", "study.fwc", "--name", "Small study", "--codebook", "book.yaml")
    finish(tmp_path, "sites", "--add", "S01", "Northfield", "--set", "tier=primary")
    finish(tmp_path, "sites", "--add", "S02", "Südmere")
    assert "4 read" in finish(tmp_path, "ingest", "files", "--workers", 0)
    finish(tmp_path, "code", "add", "M01", "funding", "-q", "Patients pay half.", "--who", "HW")
    finish(tmp_path, "matrix", "--out", "matrix.xlsx", "--out", "csv")
    states = json.loads(finish(tmp_path, "matrix", "--json"))
    assert [row["funding"] for row in states] == ["uncharted", "not_examined"]
    assert "Uncharted cells: " in finish(tmp_path, "audit")
    finish(tmp_path, "backup", "copy.fwc")
    assert "whole" in finish(tmp_path, "check", "-p", "copy.fwc")
    assert {path.name for path in (tmp_path / "csv").iterdir()} >= {"matrix.csv", "evidence.csv"}


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['framework-coder', *sys.argv[1:]]\n"
        "from framework_coder.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    )
    for words in (["--help"], ["matrix", "--help"], ["--version"], ["codebook"]):
        ended = subprocess.run(
            [sys.executable, "-c", script, *words], capture_output=True, encoding="utf-8", check=True
        )
        assert ended.stdout.splitlines()[-1] == "[]", words


def test_the_module_and_the_script_are_the_same_program(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("framework-coder")
    by_script = subprocess.run([script, "--help"], capture_output=True, encoding="utf-8", check=True)
    assert finish(tmp_path, "--help") == by_script.stdout


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of many texts that take some time to read, and a study folder around them."""
    folder = write_study(tmp_path_factory.mktemp("many") / "study")
    words = " ".join(f"Sentence {number} says that somebody pays for it." for number in range(300))
    register = ["ref,path,site,method,document_type"]
    for number in range(MANY):
        name = f"S01/text{number}.txt"
        (folder / name).write_text(f"Text {number}. {words}", encoding="utf-8")
        register.append(f"T{number:03},{name},S01,document,report")
    (folder / "sources.csv").write_text("\n".join(register), encoding="utf-8")
    for name in ("codings", "claims", "evidence", "coverage"):
        (folder / f"{name}.csv").unlink()
    return folder


def interrupt(process: "subprocess.Popen[str]", *, times: int = 1) -> tuple[int, str, str]:
    """Press Ctrl+C once the work is under way, and return the exit code and both outputs."""
    assert process.stderr
    first = process.stderr.readline()
    assert " 0 of " in first
    time.sleep(0.1)  # the first text takes longer than this: a library is loaded for it
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    return process.returncode, out, err


def test_an_import_that_is_stopped_keeps_what_was_read_and_goes_on_later(many: Path, tmp_path: Path) -> None:
    finish(tmp_path, "init", "study")
    finish(tmp_path, "sites", "--add", "S01", "North")
    code, out, err = interrupt(start(tmp_path, "ingest", many / "S01", "--site", "S01", "--workers", 0))
    assert code == Exit.CANCELLED
    assert "Stopping after what is under way" in err
    assert "what was read is kept" in err
    assert "not reached" in out
    with Project.open(tmp_path / "study.fwc") as project:
        kept = len(project.sources.list())
        assert 0 < kept < MANY
        assert project.check() == []
    finish(tmp_path, "ingest", many / "S01", "--site", "S01")
    with Project.open(tmp_path / "study.fwc") as project:
        assert len(project.sources.list()) >= MANY
    code, _, err = interrupt(start(tmp_path, "suggest", "--workers", 0))
    assert code == Exit.CANCELLED
    assert "nothing was proposed" in err
    assert json.loads(finish(tmp_path, "code", "list", "--state", "proposed", "--json")) == []


def test_a_second_ctrl_c_stops_at_once_and_nothing_is_half_stored(many: Path, tmp_path: Path) -> None:
    finish(tmp_path, "init", "study")
    finish(tmp_path, "sites", "--add", "S01", "North")
    code, _, err = interrupt(start(tmp_path, "ingest", many / "S01", "--site", "S01"), times=2)
    assert code == Exit.CANCELLED
    assert "Stopped" in err
    assert "whole" in finish(tmp_path, "check")


@pytest.mark.parametrize("times", [1, 2])
def test_a_run_that_is_stopped_leaves_nothing_behind(many: Path, tmp_path: Path, times: int) -> None:
    code, out, _ = interrupt(start(tmp_path, "run", many, "--out", "out", "--workers", 0), times=times)
    assert (code, out) == (Exit.CANCELLED, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_letters_that_a_console_lacks_are_replaced_not_fatal(
    made: Path, tmp_path: Path, encoding: str
) -> None:
    out = finish(
        tmp_path,
        "matrix",
        "-p",
        made,
        env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        errors="replace",
    )
    assert "Northfield" in out


def test_output_into_files_and_pipes_is_utf_8(made: Path, tmp_path: Path) -> None:
    environment = {"PYTHONUTF8": "0", "LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0"}
    assert "Südmere" in finish(tmp_path, "sites", "--csv", "-p", made, env=environment)


def test_a_reader_that_goes_away_is_no_error(made: Path, tmp_path: Path) -> None:
    process = start(tmp_path, "matrix", "--table", "codebook", "--json", "-p", made, bufsize=0)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == Exit.DONE
    process.stderr.close()


def test_output_that_cannot_be_written_is_told(made: Path, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        return
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [*PROGRAM, "sites", "-p", made],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == Exit.BAD_INPUT
    assert "The output cannot be" in ended.stderr
    assert "Traceback" not in ended.stderr


def watch(folder: Path, columns: int, *words: object) -> str:
    """Run the program on a terminal of so many columns and return all that it drew."""
    import pty  # Windows has none

    primary, secondary = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *map(str, words)],
        cwd=folder,
        stdout=secondary,
        stderr=secondary,
        env=os.environ | {"TERM": "xterm", "COLUMNS": str(columns)},
    )
    os.close(secondary)
    drawn = b""
    with suppress(OSError):  # what Linux says where the program has ended
        while part := os.read(primary, 65536):
            drawn += part
    os.close(primary)
    assert process.wait(timeout=60) == 0
    return drawn.decode()


def test_long_work_draws_a_bar_with_rate_and_time_left(tmp_path: Path) -> None:
    write_study(tmp_path / "study")
    drawn = watch(tmp_path, 100, "run", "study", "--out", "out", "--workers", "0")
    for part in ("Reading files", "4/4", "/s", "0:00:0", "Writing reports"):
        assert part in drawn
    assert "Reading files: 0 of 4" not in drawn


@pytest.mark.parametrize("words", ["code list", "matrix"])
def test_a_listing_fits_the_terminal(made: Path, tmp_path: Path, words: str) -> None:
    for columns in (80, 160):
        drawn = watch(tmp_path, columns, *words.split(), "-p", made)
        lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", drawn).splitlines()
        assert max(map(len, lines)) <= columns
