"""The commands of the how-to pages do what the pages say, on a copy of the example's project."""

from pathlib import Path

import pytest
from docs.conftest import Call
from docs.documents import ROOT, agrees, blocks, session

pytestmark = pytest.mark.e2e

PAGES = [
    "code-passages",
    "write-claims",
    "edit-in-a-spreadsheet",
    "import-codings",
    "audit-a-matrix",
    "review-claims",
    "back-up-and-check",
    "keep-a-study",
]
PAGES += ["undo-and-log", "write-memos", "revise-a-source", "reports", "move-a-study"]


@pytest.mark.parametrize("name", PAGES)
def test_each_command_prints_what_is_shown(call: Call, beside_project: Path, name: str) -> None:
    page = ROOT / "docs" / "how-to" / f"{name}.md"
    for table in blocks(page, "csv"):
        (beside_project / "codings.csv").write_text(table, encoding="utf-8")
    for text in blocks(page, "text"):
        (beside_project / "newer.txt").write_text(text, encoding="utf-8")
    commands = session(page)
    assert commands
    for shown in commands:
        printed = call(shown.command)
        assert printed, shown.command
        assert not any("please report it" in line or "Usage:" in line for line in printed), printed
        for line in shown.output:
            assert any(agrees(line, each) for each in printed), (shown.command, line, printed[:20])
