"""The commands of charting, end to end on the small study and on the example."""

import io
import json
import sys
from pathlib import Path

import pytest
from cli.study_files import CommandLine
from example_runs import copy_project

from framework_coder.cli.exits import Exit
from framework_coder.project import Project

BOROUGH = 3
"""The coding of D01."""


def claims(project: Path) -> list[str]:
    """Return the paragraphs of S01 × funding."""
    with Project.open(project) as opened:
        assert opened.check() == []
        return [charted.paragraph for charted in opened.claims.in_cell("S01", "funding")]


def test_a_cell_is_charted_split_merged_and_told(command: CommandLine, project: Path) -> None:
    offered = command("claim", "passages", "S01", "funding", "D01", "--json")
    assert [row["token"] for row in json.loads(offered.out)] == ["[D01 ¶2]"]
    made = command(
        "claim",
        "chart",
        "S01",
        "funding",
        "It pays [D01 ¶2]. Patients pay half [M01 ¶2 contradicts].",
        "--key",
    )
    assert (made.code, made.out.splitlines()[-1]) == (0, "Next: framework-coder claim show 3")
    assert command("claim", "split", 3, "Patients").out.splitlines() == [
        "Claim 3 now says: It pays [D01 ¶2].",
        "Claim 4 now says: Patients pay half [M01 ¶2 contradicts].",
    ]
    assert command("claim", "move", 4, "--before", 3).out == "Claim 4 stands before claim 3.\n"
    assert command("claim", "merge", 3, 4).out == (
        "Claim 3 now says: Patients pay half [M01 ¶2 contradicts]. It pays [D01 ¶2].\n"
    )
    assert command("claim", "rewrite", 3, "It pays [D01 ¶2].", "--why", "shorter").code == 0
    assert (
        command("claim", "edit", 3, "--value", "payer=borough!main", "--no-key", "--kind", "view").code == 0
    )
    assert (
        command("claim", "relink", 3, BOROUGH, "--prominence", 2, "--inferred", "--origin", "d01").code == 0
    )
    shown = command("claim", "show", 3)
    assert "Claim 3 · S01 × funding · view" in shown.out
    assert "values: payer=borough!main" in shown.out
    (link,) = json.loads(command("claim", "show", 3, "--json").out)
    assert (link["basis"], link["prominence"], link["origins"]) == ("inferred", 2, "D01")
    history = json.loads(command("claim", "history", 3, "--json").out)
    assert [step["action"] for step in history] == [
        "chart claims", "split claim", "move claim", "merge claims", "rewrite claim", "edit claim",
        "change evidence",
    ]  # fmt: skip
    assert history[4]["why"] == "shorter"
    assert history[5]["change"] == ("kind: fact → view; key: yes → no; values: nothing → payer=borough!main")
    assert command("claim", "delete", 3).code == 0
    assert command("claim", "show", 3).code == Exit.NOT_FOUND
    assert claims(project) == ["The borough pays. [D01 ¶2; M01 ¶2 contradicts]"]


def test_claims_are_added_linked_and_unlinked(command: CommandLine, project: Path) -> None:
    made = command(
        "claim",
        "add",
        "S01",
        "funding",
        "It pays.",
        "--quotation",
        "pays",
        "--comment",
        "?",
        "--value",
        "a=b",
    )
    assert made.out.startswith("Claim 3 written: It pays.\nNext: framework-coder claim link 3")
    assert command("claim", "link", 3, BOROUGH, "--stance", "qualifies", "--note", "n").out == (
        "Claim 3 rests on it: It pays. [D01 ¶2 qualifies]\n"
    )
    assert command("claim", "relink", 3, BOROUGH, "--stance", "context", "--all-origins").code == 0
    assert command("claim", "unlink", 3, BOROUGH).out == "Claim 3 now says: It pays.\n"
    assert "No evidence yet." in command("claim", "show", 3).out
    rows = json.loads(command("claim", "list", "-s", "S01", "-t", "funding", "--json").out)
    assert [(row["claim"], row["values"], row["evidence"]) for row in rows] == [
        (1, "payer=borough", 2), (3, "a=b", 0),
    ]  # fmt: skip
    assert command("claim", "edit", 3, "--no-values", "--theme", "integration.barriers").code == 0
    assert len(claims(project)) == 1


def test_a_text_comes_from_a_file_or_standard_input(
    command: CommandLine, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text.txt").write_text("One [D01 ¶2].\n\nTwo.\n", encoding="utf-8-sig")
    assert len(command("claim", "chart", "S01", "funding", "-f", "text.txt").out.splitlines()) == 3
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Drei – [D01 ¶2]".encode())))
    assert command("claim", "rewrite", 3, "-").out == "Claim 3 now says: Drei – [D01 ¶2]\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    assert command("claim", "rewrite", 3, "-").code == Exit.BAD_INPUT
    assert claims(project)[1:] == ["Drei – [D01 ¶2]", "Two."]


def test_a_passage_that_nobody_coded_is_coded_where_that_is_asked_for(
    command: CommandLine, project: Path
) -> None:
    words = ["claim", "chart", "S01", "funding", "Quiet [D01 ¶3]."]
    refused = command(*words)
    assert refused.code == Exit.BAD_INPUT
    assert "[D01 ¶3] at character 8" not in refused.out
    assert "[D01 ¶3] at character 8: no passage of this site is coded there" in refused.err
    assert command(*words, "--code").out.startswith("Claim 3 written: Quiet [D01 ¶3].")
    assert len(claims(project)) == 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["chart", "S01", "funding"], Exit.BAD_INPUT, "Give the text itself, - to read it"),
        (["chart", "S01", "funding", "x", "-f", "y"], Exit.BAD_INPUT, "Give the text itself, - to read it"),
        (["chart", "S01", "funding", "-f", "none.txt"], Exit.BAD_INPUT, "none.txt cannot be read"),
        (["chart", "S9", "funding", "x"], Exit.NOT_FOUND, "There is no site “S9”."),
        (["edit", "1", "--key", "--edition", "0"], Exit.CONFLICT, "Claim 1 was changed by"),
        (["delete", "1", "--edition", "0"], Exit.CONFLICT, "you wanted to delete it."),
        (["split", "1", "nowhere"], Exit.BAD_INPUT, "The words “nowhere” do not stand in the claim;"),
        (["split", "1", "o"], Exit.BAD_INPUT, "The words “o” stand"),
        (["move", "1"], Exit.BAD_INPUT, "Say before or after which claim"),
        (["link", "1", "3"], Exit.CONFLICT, "Coding 3 is evidence of claim 1 already"),
        (["link", "1", "5"], Exit.BAD_INPUT, "Coding 5 is about site S02"),
        (["unlink", "2", "1"], Exit.NOT_FOUND, "Coding 1 is no evidence of claim 2; its codings are 5."),
        (
            ["merge", "1", "2"],
            Exit.CONFLICT,
            "Claims 1 and 2 cannot be merged: they stand in different cells.",
        ),
        (["applicable", "S01", "funding"], Exit.NOT_FOUND, "S01 × funding is not marked as not applicable;"),
        (
            ["not-applicable", "S01", "funding", "--reason", "x"],
            Exit.CONFLICT,
            "S01 × funding holds a claim,",
        ),
        (["history", "9"], Exit.NOT_FOUND, "There is no claim 9; `claim list` shows them."),
    ],
)
def test_what_cannot_be_done_ends_in_one_sentence_and_changes_nothing(
    command: CommandLine, project: Path, words: list[str], code: Exit, told: str
) -> None:
    before = claims(project)
    ended = command("claim", *words)
    assert ended.code == code
    assert told in ended.err
    assert len(ended.err.splitlines()) == 1
    assert claims(project) == before


@pytest.mark.usefixtures("project")
def test_a_cell_that_does_not_apply_says_so_and_can_be_taken_back(command: CommandLine) -> None:
    marked = command("claim", "not-applicable", "S03", "funding", "--reason", "It never opened.")
    assert marked.out.endswith("Take it back: framework-coder claim applicable S03 funding\n")
    assert "not_applicable" in command("matrix", "--csv").out
    assert command("claim", "applicable", "S03", "funding").code == 0
    assert "not_applicable" not in command("matrix", "--csv").out


@pytest.mark.e2e
def test_every_claim_of_the_example_comes_back_from_its_paragraph(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = copy_project(tmp_path_factory.getbasetemp(), tmp_path / "study.fwc")
    with Project.open(place, who="AB") as project:
        before, entries = project.study(), len(project.log(limit=1000))
        for claim in before.claims[::9]:
            charted = project.claims.get(claim.id)
            assert project.claims.rewrite(claim.id, charted.paragraph) == charted
        assert project.study().evidence == before.evidence
        assert len(project.log(limit=1000)) == entries
        assert project.check() == []
