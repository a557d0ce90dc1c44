"""The command line in this process, and a project of the small study."""

import shutil
from pathlib import Path

import pytest
from cli.study_files import CommandLine, write_study

from framework_coder.project import run_study


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> CommandLine:
    """Call the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for variable in ("FRAMEWORK_CODER_PROJECT", "FRAMEWORK_CODER_CODER", "FRAMEWORK_CODER_TRACEBACK"):
        monkeypatch.delenv(variable, raising=False)
    return CommandLine(capsys, monkeypatch)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of the small study, which no test may change."""
    folder = tmp_path_factory.mktemp("made")
    return run_study(write_study(folder / "study"), folder / "out", workers=0).project


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the project in the folder that the program is called in."""
    return Path(shutil.copy(made, tmp_path / "study.fwc"))
