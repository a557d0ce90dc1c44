"""The tutorial, command by command."""

from pathlib import Path

import pytest
from docs.conftest import Call
from docs.documents import ROOT, agrees, blocks, session

pytestmark = pytest.mark.e2e

TUTORIAL = ROOT / "docs" / "tutorial.md"


def test_each_command_of_the_tutorial_prints_what_is_shown(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for shown in session(TUTORIAL):
        if shown.command.startswith("cd "):
            monkeypatch.chdir(shown.command.removeprefix("cd "))
            continue
        printed = call(shown.command)
        for line in shown.output:
            found = any(agrees(line, each) for each in printed)
            assert found, f"{shown.command}\ndoes not print\n{line}\nbut\n" + "\n".join(printed[:40])
    (cell,) = blocks(TUTORIAL, "markdown")
    assert cell.strip() in Path("cell.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("Made:", "Made:", True),
        ("a  b", "a b", True),
        ("a b", "ab", False),
        ("1 …", "1 2 3", True),
        ("1 …", "2 3", False),
        ("… b", "a b", True),
        ("a … (c)", "a b (c)", True),
        ("a", "a b", False),
    ],
)
def test_a_shown_line_is_compared_but_for_spaces_and_ellipses(shown: str, printed: str, same: bool) -> None:
    assert agrees(shown, printed) is same
