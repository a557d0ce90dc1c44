"""Charting from rows: all of it, or nothing with every fault named."""

from dataclasses import replace
from pathlib import Path

import builders
import pytest

from framework_coder.exchange.rows import ClaimRow, CodingRow, CoverageRow, EvidenceRow, MarkRow, PlannedRow
from framework_coder.model.claims import ClaimKind, CodedValue, Decision, Stance
from framework_coder.model.study import Examined
from framework_coder.model.triangulation import Flag, Status
from framework_coder.project import Project
from framework_coder.workflows.names import FaultyRowsError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    builders.read(made, "The borough pays.\n\nNobody pays.")
    made.codebook.freeze()
    rows = [
        CodingRow(2, "c1", "D01", "funding", "The borough pays."),
        CodingRow(3, "c2", "D01", "funding", "Nobody pays."),
    ]
    made.codings.import_(rows)
    return made


CLAIM = ClaimRow(
    line=2,
    id="k1",
    site="S01",
    theme="funding",
    summary="The borough pays.",
    kind=ClaimKind.VIEW,
    is_key=True,
    quotation="pays",
    comment="?",
    values=(CodedValue("payer", "borough", "main"),),
    author="JT",
    decision=Decision.ACCEPT_SUPPORT,
    decision_reason="the audit is newer",
    decided_by="HW",
    decided_on="2020-01-02",
)
LINKS = [
    EvidenceRow(2, "k1", "c1", is_inferred=True, prominence=3, origins=frozenset({"Ann"}), note="n"),
    EvidenceRow(3, "k1", "c2", Stance.CONTRADICTS),
]


def test_a_charting_comes_back_in_the_study(project: Project) -> None:
    project.claims.import_(
        [CLAIM],
        LINKS,
        [CoverageRow(2, "D01", "*"), CoverageRow(3, "D01", "funding", Examined.PARTLY, "JT")],
        [MarkRow(2, "S02", "space", "It has no rooms.")],
    )
    study = project.study()
    (claim,) = study.claims
    assert (claim.summary, claim.kind, claim.is_key, claim.author) == (
        "The borough pays.", ClaimKind.VIEW, True, "JT",
    )  # fmt: skip
    assert claim.values == CLAIM.values
    first, second = study.evidence
    assert (first.is_inferred, first.prominence, first.origins) == (True, 3, frozenset({"Ann"}))
    assert (second.stance, second.origins) == (Stance.CONTRADICTS, None)
    (decision,) = study.adjudications
    assert (decision.supports, decision.contradicts) == ({first.coding}, {second.coding})
    assert {(c.theme, c.state.value, c.coder, c.version) for c in study.coverage} == {
        ("funding", "examined", "HW", 1),
        ("funding.barriers", "examined", "HW", 1),
        ("space", "examined", "HW", 1),
        ("funding", "partly", "JT", 1),
        ("funding.barriers", "partly", "JT", 1),
    }
    assert study.not_applicable[0].reason == "It has no rooms."
    assert project.check() == []
    assert len([entry for entry in project.log() if entry.action == "import charting"]) == 1


def test_importing_a_charting_again_changes_nothing(project: Project) -> None:
    for _ in range(2):
        project.claims.import_([CLAIM], LINKS, [CoverageRow(2, "D01", "*", made_on="2020-01-01")])
    study = project.study()
    assert (len(study.claims), len(study.evidence), len(study.adjudications), len(study.coverage)) == (
        1,
        2,
        1,
        3,
    )
    assert len([entry for entry in project.log() if entry.action == "import charting"]) == 1


def test_a_later_coverage_row_overrides(project: Project) -> None:
    project.claims.import_(
        coverage=[CoverageRow(2, "D01", "*"), CoverageRow(3, "D01", "space", Examined.NOT)]
    )
    states = {row.theme: row.state for row in project.study().coverage}
    assert states["space"] is Examined.NOT
    assert states["funding"] is Examined.EXAMINED


def test_coverage_at_an_older_version_takes_the_place_of_what_an_earlier_row_says(project: Project) -> None:
    project.codebook.edit("funding", include="Rent.", why="Asked for.")
    assert project.codebook.freeze() == 2
    rows = [CoverageRow(2, "D01", "*"), CoverageRow(3, "D01", "funding", version=1)]
    project.claims.import_([CLAIM], LINKS, rows)
    recorded = {row.theme: row.version for row in project.study().coverage}
    assert recorded == {"funding": 1, "funding.barriers": 1, "space": 2}
    (found,) = project.matrix().grid.assessments.values()
    assert Flag.STALE_FRAMEWORK in found.flags


def test_coverage_at_two_versions_is_kept_for_both_where_the_newer_comes_later(project: Project) -> None:
    project.codebook.freeze()
    rows = [CoverageRow(2, "D01", "space", version=1), CoverageRow(3, "D01", "space", version=2)]
    project.claims.import_((), (), rows)
    assert [row.version for row in project.study().coverage] == [1, 2]


def test_coverage_at_a_version_that_was_never_frozen_is_a_fault(project: Project) -> None:
    with pytest.raises(FaultyRowsError, match=r"coverage, line 2: There is no framework version 7"):
        project.claims.import_((), (), [CoverageRow(2, "D01", "*", version=7)])


@pytest.mark.parametrize(
    ("linked_on", "status"),
    [("", Status.RESOLVED), ("2020-01-02", Status.RESOLVED), ("2020-01-03", Status.CONTESTED)],
)
def test_a_link_made_after_the_decision_makes_it_stale(
    project: Project, linked_on: str, status: Status
) -> None:
    project.claims.import_([CLAIM], [LINKS[0], replace(LINKS[1], linked_on=linked_on)])
    (found,) = project.matrix().grid.assessments.values()
    assert found.status is status
    assert (Flag.STALE_ADJUDICATION in found.flags) == (status is Status.CONTESTED)


def test_nothing_is_stored_where_a_row_is_at_fault_and_all_faults_are_named(project: Project) -> None:
    before = len(project.log())
    with pytest.raises(FaultyRowsError) as refused:
        project.claims.import_(
            [CLAIM, ClaimRow(3, "k2", "S9", "funding", "x"), ClaimRow(4, "k3", "S01", "fundin", "x")],
            [*LINKS, EvidenceRow(4, "k9", "c1"), EvidenceRow(5, "k1", "c9")],
            [CoverageRow(6, "D9", "*")],
            [MarkRow(7, "S01", "space", " ")],
        )
    faults = refused.value.faults
    assert [fault.partition(":")[0] for fault in faults] == [
        "claims, line 3", "claims, line 4", "evidence, line 4", "evidence, line 5",
        "coverage, line 6", "cells, line 7",
    ]  # fmt: skip
    assert "nothing was" in str(refused.value)
    assert project.claims.list() == ()
    assert len(project.log()) == before


def test_evidence_of_another_site_is_a_fault(project: Project) -> None:
    claim = ClaimRow(2, "k2", "S02", "funding", "x")
    with pytest.raises(FaultyRowsError, match="of another site"):
        project.claims.import_([claim], [EvidenceRow(2, "k2", "c1")])


def test_planned_sources_are_kept_by_site_and_method(project: Project) -> None:
    project.sites.plan([PlannedRow("S01", "document", 2, ""), PlannedRow("S02", "meeting", 1, "declined")])
    project.sites.plan([PlannedRow("S01", "document", 3, "lost")])
    plan = project.study().plan
    assert [(p.site, p.method, p.count, p.reason) for p in plan] == [
        (1, "document", 3, "lost"),
        (2, "meeting", 1, "declined"),
    ]
