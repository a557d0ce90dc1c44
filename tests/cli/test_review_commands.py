"""Review on the command line: why, decisions, convergence, member checks, coverage, copies, the queue."""

import json
from pathlib import Path

import pytest
from cli.study_files import CommandLine
from workflows.review_builders import a_project


@pytest.fixture
def charted(command: CommandLine, tmp_path: Path) -> CommandLine:
    """Call the program beside a charted project."""
    a_project(tmp_path).close()
    return command


def read(charted: CommandLine, *words: object) -> list[dict[str, object]]:
    ended = charted(*words, "--json")
    assert ended.code == 0, ended.err
    return list(json.loads(ended.out))


def test_why_explains_a_claim_or_a_cell(charted: CommandLine) -> None:
    assert charted("why", 1).out.startswith("Contested: some evidence supports the claim")
    assert "Claim 2 decides" in charted("why", "--site", "S01", "--theme", "space").out
    assert (
        charted("why").err
        == "framework-coder: Name a claim by its number, or a cell by --site and --theme.\n"
    )
    assert charted("why", 9).code != 0


def test_a_contested_claim_is_decided_and_the_decision_withdrawn(charted: CommandLine) -> None:
    assert "needs a reason" in charted("review", "adjudicate", 1, "left_open").err
    ended = charted("review", "adjudicate", 1, "left_open", "--why", "Nobody knows.")
    assert ended.out == "Claim 1 is resolved (left open).\n"
    (made,) = read(charted, "review", "decisions", 1)
    assert made["reason"] == "Nobody knows."
    assert charted("review", "withdraw", 1).out == "The decision on claim 1 is withdrawn.\n"
    assert charted("review", "decisions", 1).out == "Nobody has decided on claim 1.\n"


def test_convergence_is_listed_counted_confirmed_and_reopened(charted: CommandLine) -> None:
    assert len(read(charted, "review", "convergence")) == 6
    first = ("--between", "questionnaire,document")
    assert charted("review", "confirm", 1, *first, "--as", "partial").code != 0
    ended = charted("review", "confirm", 1, *first, "--as", "partial", "--why", "Other years.")
    assert ended.out == "Claim 1, document + questionnaire: partial.\n"
    assert len(read(charted, "review", "convergence", "--awaiting", "--theme", "funding")) == 2
    (pair,) = [
        r
        for r in read(charted, "review", "convergence", "--counts")
        if r["methods"] == "document + questionnaire"
    ]
    assert (pair["partial"], pair["silence"]) == (1, 1)
    assert charted("review", "confirm", 1).out.count("\n") == 3
    assert charted("review", "reopen", 1).out == "3 taken back.\n"
    assert "Nothing was confirmed of claim 1" in charted("review", "reopen", 1).err
    assert "There is no claim 9" in charted("review", "confirm", 9).err
    assert "name two methods" in charted("review", "confirm", 1, "--between", "document").err


def test_member_checks_are_recorded_and_listed(charted: CommandLine) -> None:
    assert charted("review", "check", 1, 2, "--informant", "Anna").out == "1, 2: sent.\n"
    charted("review", "check", 1, "--state", "disputed", "--reply", "No.")
    rows = read(charted, "review", "checks")
    assert [(row["claim"], row["state"], row["informant"]) for row in rows] == [
        (1, "disputed", "Anna"),
        (2, "sent", "Anna"),
    ]
    assert "Disputed claims: 1 of 2 member checks" in charted("audit", "--need", "disputed").out
    assert "is none of not_sent" in charted("review", "checks", "--state", "lost").err
    assert [row["member_check"] for row in read(charted, "matrix", "--table", "claims")] == [
        "disputed",
        "sent",
    ]


def test_coverage_is_set_shown_and_due_again(charted: CommandLine) -> None:
    charted("codebook", "add", "mood", "Mood", "--why", "it came up")
    charted("codebook", "freeze", "--why", "mood")
    todo = charted("coverage", "todo", "--again", "--json")
    assert {row["source"] for row in json.loads(todo.out)} == {"Q01", "D01", "M01", "D02"}
    assert "version 2: added" in todo.out
    ended = charted("coverage", "set", "D01", "D02", "--themes", "mood,space", "--state", "examined")
    assert ended.out == "4 pairs of source and theme: examined.\n"
    assert (
        charted("coverage", "set", "--site", "S01", "--themes", "*").out
        == "16 pairs of source and theme: examined.\n"
    )
    assert charted("coverage", "todo").out == "Everything is examined.\n"
    assert charted("coverage", "withdraw", "D01", "--themes", "mood").out == "1 record withdrawn.\n"
    shown = read(charted, "coverage", "show", "--source", "D01", "--theme", "mood")
    assert [row["state"] for row in shown] == ["again"]
    assert "Name themes" in charted("coverage", "set", "D01").err


def test_copies_are_proposed_confirmed_or_kept_apart(charted: CommandLine) -> None:
    shown = charted("source", "alike").out
    assert "D02 shares" in shown
    assert "The service opened in the old chapel" in shown
    assert [row["copy"] for row in read(charted, "source", "alike")] == ["D02"]
    assert charted("source", "derive", "D02", "D01").out == "D02 derives from D01.\n"
    assert charted("source", "alike").out == "No sources are alike, or all pairs are decided.\n"
    assert charted("source", "underive", "D02", "D01").code == 0
    assert "for a reason" in charted("source", "apart", "D01", "D02").err
    assert charted("source", "apart", "D01", "D02", "--why", "Both quote a book.").code == 0
    assert read(charted, "source", "alike") == []


def test_a_split_leaves_a_queue_that_is_decided(charted: CommandLine) -> None:
    charted(
        "codebook",
        "split",
        "funding.barriers",
        "funding.cost=Cost",
        "funding.will=Will",
        "--why",
        "two things",
    )
    assert [(row["kind"], row["number"]) for row in read(charted, "codebook", "queue")] == [
        ("claim", 1), ("coding", 1), ("coding", 2), ("coding", 3),
    ]  # fmt: skip
    assert (
        charted("codebook", "decide", "funding.cost", 1).out
        == "Moved to funding.cost: codings 1; no claims.\n"
    )
    assert charted("codebook", "leave", 3).out == "Left as they are: codings 3; no claims.\n"
    ended = charted("codebook", "decide", "funding.will", "--claim", 1)
    assert ended.out == "Moved to funding.will: codings 2, 3; claims 1.\n"
    assert charted("codebook", "queue").out == "Nothing waits to be decided.\n"
