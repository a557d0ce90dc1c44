"""The program called in this process, as a reader of the documentation calls it."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from example_runs import copy_project

from framework_coder.cli import main

Call = Callable[[str], list[str]]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call a command line; return the lines that it prints on either stream."""
    for variable in ("FRAMEWORK_CODER_PROJECT", "FRAMEWORK_CODER_CODER"):
        monkeypatch.delenv(variable, raising=False)

    def run(command: str) -> list[str]:
        monkeypatch.setattr("sys.argv", shlex.split(command))
        with pytest.raises(SystemExit):
            main()
        printed = capfd.readouterr()
        return [*printed.out.splitlines(), *printed.err.splitlines()]

    return run


@pytest.fixture
def beside_project(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Work in a folder with a copy of the example's project; return the folder."""
    copy_project(tmp_path_factory.getbasetemp(), tmp_path / "study.fwc")
    monkeypatch.chdir(tmp_path)
    return tmp_path
