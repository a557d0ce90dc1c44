"""Commands that explore, and findings, on the example study."""

import json
from pathlib import Path

import pytest
from cli.study_files import CommandLine
from example_runs import copy_project

from framework_coder.cli.exits import Exit


@pytest.fixture
def example(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.getbasetemp(), tmp_path / "study.fwc")


def test_a_cell_of_a_crosstab_opens_its_passages(command: CommandLine, example: Path) -> None:
    asked = ["explore", "crosstab", "attribute:tier", "value:payment", "-p", example]
    rows = json.loads(command(*asked, "--json").out)
    cell = next(row for row in rows if (row["row"], row["column"]) == ("primary", "patient pays part"))
    assert (cell["sites"], cell["site_list"]) == (2, "S03; S08")
    opened = json.loads(command(*asked, "--cell", "primary", "patient pays part", "--json").out)
    assert {row["site"] for row in opened} == {"S03", "S08"}
    assert all(row["quote"] for row in opened)


def test_the_published_negative_cases_of_ceasing_come_out(command: CommandLine, example: Path) -> None:
    rows = json.loads(command("explore", "negative", "outcome", "ceased", "-p", example, "--json").out)
    assert [row["site"] for row in rows if row["standing"] == "has"] == ["S06", "S13", "S16", "S18", "S20"]
    assert len(rows) == 20


def test_charts_are_written_with_their_tables(command: CommandLine, example: Path, tmp_path: Path) -> None:
    done = command("explore", "charts", tmp_path / "pictures", "-p", example, "--chart", "statuses", "--png")
    assert done.code == Exit.DONE
    assert sorted(p.name for p in (tmp_path / "pictures").iterdir()) == ["statuses.csv", "statuses.png"]


def test_a_finding_is_written_listed_shown_and_taken_away(command: CommandLine, example: Path) -> None:
    place = ["-p", example]
    before = json.loads(command("finding", "list", "--json", *place).out)
    added = command("finding", "add", "GPs began it.", "--claim", "3", "--exception", "9", *place)
    number = str(len(before) + 1)
    assert added.out == f"Finding {number} rests on 2 claims.\n"
    row = json.loads(command("finding", "list", "--json", *place).out)[-1]
    assert row["exceptions"] == "S01"
    shown = json.loads(command("finding", "show", number, "--json", *place).out)
    assert [(link["claim"], link["role"]) for link in shown] == [(3, "supports"), (9, "exception")]
    edits = [
        ["edit", number, "--comment", "see memo"],
        ["link", number, "--against", "9"],
        ["unlink", number, "3"],
    ]
    for args in edits:
        assert command("finding", *args, *place).code == Exit.DONE
    assert command("finding", "delete", number, *place).code == Exit.DONE
    assert json.loads(command("finding", "list", "--json", *place).out) == before


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["explore", "crosstab", "attribute:teir", "value:aim"], "did you mean attribute:tier"),
        (["explore", "crosstab", "attribute:tier", "value:aim", "--cell", "x", "y"], "There is no cell"),
        (["explore", "negative", "outcme", "ceased"], "Did you mean “outcome”"),
        (["explore", "charts", "here", "--chart", "pie"], "no chart “pie”; choose one of coverage"),
        (["explore", "cooccurrence", "--theme", "nothing"], "nothing"),
        (["finding", "show", "7"], "There is no finding 7"),
    ],
)
def test_a_bad_call_is_one_sentence(command: CommandLine, example: Path, args: list[str], told: str) -> None:
    done = command(*args, "-p", example)
    assert done.code != Exit.DONE
    assert told in done.err
    assert len(done.err.strip().splitlines()) == 1
