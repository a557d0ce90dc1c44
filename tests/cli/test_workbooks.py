"""Workbooks on the command line: compared, taken over, refused in words."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli.study_files import CommandLine

from framework_coder.cli.exits import Exit
from framework_coder.project import Project


@pytest.fixture
def edited(command: CommandLine, project: Path) -> Path:
    """Write the workbook of the small study and change the first claim's summary in it."""
    command("matrix", "-o", "audit.xlsx", "-p", project)
    path = project.parent / "audit.xlsx"
    file = openpyxl.load_workbook(path)
    sheet: Any = file["Claims"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("Summary") + 1).value = "Said in other words."
    file.save(path)
    return path


def test_a_comparison_shows_the_change_and_changes_nothing(
    command: CommandLine, project: Path, edited: Path
) -> None:
    done = command("workbook", "compare", edited, "-p", project)
    assert done.code == Exit.DONE
    assert "→ “Said in other words.”" in done.out
    assert "0 added, 1 edited, 0 deleted" in done.out
    assert f"workbook apply {edited}" in done.out
    with Project.open(project) as opened:
        assert opened.log()[0].action != "take over workbook"


def test_what_is_applied_stands_and_a_conflict_asks_whose_text_holds(
    command: CommandLine, project: Path, edited: Path
) -> None:
    with Project.open(project) as opened:
        first = opened.claims.list()[0].id
        opened.claims.edit(first, summary="Said in the project.")
    refused = command("workbook", "apply", edited, "-p", project)
    assert refused.code == Exit.CONFLICT
    assert f"claim {first} too" in refused.err
    assert "! claim" in command("workbook", "compare", edited, "-p", project).out
    assert command("workbook", "apply", edited, "--take", "nobody", "-p", project).code == Exit.BAD_INPUT
    done = command("workbook", "apply", edited, "--take", f"{first}=workbook", "-p", project)
    assert done.code == Exit.DONE
    with Project.open(project) as opened:
        assert opened.claims.get(first).claim.summary == "Said in other words."
    assert "Nothing to take over" in command("workbook", "apply", edited, "-p", project).out


def test_a_matrix_made_elsewhere_is_tried_and_then_imported(command: CommandLine, project: Path) -> None:
    with Project.open(project) as opened:
        site, theme = opened.sites.list()[0].code, opened.codebook.show().active[0]
    Path("framework.csv").write_text(f"case,{theme.label},Money\n{site},Here it is.,much\n", encoding="utf-8")
    asked = ["workbook", "import-matrix", "framework.csv", "--column", "Money=", "-p", project]
    assert command(*asked, "--dry-run").out.startswith("1 claim in 1 cell would come in")
    assert command(*asked).out.startswith("1 claim in 1 cell imported without evidence")
    assert command(*asked).out.startswith("0 claims in 0 cells imported without evidence; 1 there already")
    assert "Money" in command("workbook", "import-matrix", "framework.csv", "-p", project).err
