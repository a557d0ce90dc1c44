"""`open` makes a project of a folder where there is none, and opens it in the browser."""

from typing import Any

import pytest
from builders import write_files
from cli.study_files import CommandLine


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the projects that would be served."""
    names: list[str] = []
    monkeypatch.setattr(
        "framework_coder.web.serving.serve", lambda project, *_, **__: names.append(project.name)
    )
    return names


def test_open_makes_a_project_of_a_folder_once_and_then_opens_it(
    command: CommandLine, served: list[str], tmp_path: Any
) -> None:
    write_files(tmp_path / "field", {"Northfield/a.txt": "First.", "loose.txt": "Whose?"})
    first = command("open", "field", "--workers", "0", "--no-browser")
    assert first.code == 0, first
    assert "Made" in first.out
    assert "Left out: loose.txt" in first.err
    assert "Made" not in command("open", "field", "--no-browser").out
    assert command("open", "--no-browser").code == 0, "the project of this folder"
    assert [name.rpartition("/")[2] for name in served] == ["field.fwc"] * 3


def test_open_tells_what_it_cannot_open(command: CommandLine, served: list[str]) -> None:
    refused = command("open", "nowhere")
    assert refused.code > 0
    assert "There is nothing at nowhere" in refused.err
    assert served == []
