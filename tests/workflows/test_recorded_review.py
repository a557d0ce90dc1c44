"""Findings, memos and reviews from rows: all of it, or nothing with every fault named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from workflows.charting_builders import a_project

from framework_coder.exchange.rows import (
    ClaimRow,
    ConvergenceRow,
    EvidenceRow,
    FindingRow,
    MemberCheckRow,
    MemoRow,
    Reviewing,
    SeparationRow,
)
from framework_coder.model.findings import FindingRole
from framework_coder.model.memos import MemoTarget
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.project import Project
from framework_coder.workflows.names import FaultyRowsError


@pytest.fixture(params=["sqlite", "postgresql"])
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Project]:
    with a_project(tmp_path, request.param) as made:
        made.claims.import_(
            [ClaimRow(2, "k1", "S01", "funding", "It pays."), ClaimRow(3, "k2", "S02", "funding", "Half.")],
            [EvidenceRow(2, "k1", "one"), EvidenceRow(3, "k1", "four")],
            codings={"one": 1, "four": 4},
        )
        yield made


GIVEN = Reviewing(
    findings=(
        FindingRow(2, "f1", "The borough pays.", ("k1",), exceptions=("k2",), comment="?", author="JT"),
    ),
    memos=(
        MemoRow(2, "On all", "Text.", "Analytic", "JT", "2020-01-02"),
        MemoRow(3, "On a cell", "Text.", site="S01", theme="funding"),
        MemoRow(4, "On a finding", "Text.", finding="f1"),
        MemoRow(5, "On a coding", "Text.", coding="one"),
    ),
    convergences=(
        ConvergenceRow(2, "k1", "document", "meeting", decided_on="2020-01-03"),
        ConvergenceRow(
            3, "k2", "document", "meeting", Convergence.PARTIAL, "As both say.", "JT", "2020-01-04"
        ),
    ),
    member_checks=(MemberCheckRow(2, "k1", MemberCheckState.CONFIRMED, "Ann", "Yes.", "JT", "2020-01-05"),),
    separations=(SeparationRow(2, "M01", "D01", "Two hands.", "JT", "2020-01-06"),),
)


def test_what_was_recorded_comes_back_in_the_study(project: Project) -> None:
    project.reviews.import_(GIVEN, codings={"one": 1}, why="recorded")
    study = project.study()
    (finding,) = study.findings
    assert (finding.statement, finding.comment, finding.author) == ("The borough pays.", "?", "JT")
    assert {link.claim: link.role for link in study.finding_links} == {
        1: FindingRole.SUPPORTS,
        2: FindingRole.EXCEPTION,
    }
    assert [memo.targets for memo in study.memos] == [
        (),
        (MemoTarget(site=1, theme="funding"),),
        (MemoTarget(finding=1),),
        (MemoTarget(coding=1),),
    ]
    assert (study.memos[0].kind, study.memos[0].author, study.memos[0].made_on) == (
        "analytic", "JT", "2020-01-02",
    )  # fmt: skip
    made = {d.claim: (d.suggested, d.confirmed, d.reason, d.decided_on) for d in study.convergences}
    assert made[1] == (Convergence.AGREEMENT, Convergence.AGREEMENT, "", "2020-01-03")
    assert made[2] == (Convergence.NOT_ASSESSABLE, Convergence.PARTIAL, "As both say.", "2020-01-04")
    (check,) = study.member_checks
    assert (check.state, check.informant, check.reply) == (MemberCheckState.CONFIRMED, "Ann", "Yes.")
    (apart,) = study.separations
    assert apart.source < apart.other
    assert project.check() == []


def test_it_is_one_step_and_can_be_taken_back(project: Project) -> None:
    before = project.log(limit=1)[0].id
    project.reviews.import_(GIVEN, codings={"one": 1}, why="recorded")
    assert project.log(limit=1)[0].id == before + 1
    project.history.undo()
    study = project.study()
    assert (study.findings, study.memos, study.convergences, study.member_checks) == ((), (), (), ())
    assert project.check() == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Reviewing((FindingRow(2, "f1", "x", ("k9",)),)), "findings, line 2: There is no claim “k9”."),
        (Reviewing(memos=(MemoRow(3, "x", "", theme="z"),)), "memos, line 3: There is no theme “z”."),
        (Reviewing(memos=(MemoRow(3, "x", "", coding="c9"),)), "memos, line 3: There is no coding “c9”."),
        (
            Reviewing(convergences=(ConvergenceRow(4, "k1", "document", "meeting", Convergence.SILENCE),)),
            "convergence, line 4: Another convergence than “agreement”",
        ),
        (
            Reviewing(member_checks=(MemberCheckRow(5, "k9", MemberCheckState.SENT),)),
            "member-checks, line 5: There is no claim “k9”.",
        ),
        (
            Reviewing(separations=(SeparationRow(6, "D01", "D99", "x"),)),
            "kept-apart, line 6: There is no source “D99”.",
        ),
    ],
)
def test_nothing_is_stored_where_a_row_is_at_fault(project: Project, given: Reviewing, message: str) -> None:
    both = Reviewing(
        (FindingRow(9, "good", "x", ("k1",)), *given.findings),
        given.memos,
        given.convergences,
        given.member_checks,
        given.separations,
    )
    with pytest.raises(FaultyRowsError) as caught:
        project.reviews.import_(both)
    assert message in str(caught.value)
    assert project.study().findings == ()
