"""Findings through the facade: written, linked, reworded, counted, taken back."""

from collections.abc import Callable
from pathlib import Path

import builders
import pytest

from framework_coder.errors import NotFoundError
from framework_coder.exchange.rows import ClaimRow
from framework_coder.model.findings import FindingRole
from framework_coder.project import Project
from framework_coder.workflows.findings import EmptyFindingError, StaleFindingError, UnknownFindingError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    made.claims.import_(
        [ClaimRow(2, "k1", "S01", "funding", "One."), ClaimRow(3, "k2", "S01", "funding", "Two.")]
    )
    return made


def roles(project: Project) -> dict[int, FindingRole]:
    return {link.claim: link.role for link in project.study().finding_links}


def test_a_finding_keeps_its_claims_with_their_roles(project: Project) -> None:
    number = project.findings.add("It holds.", claims={1: FindingRole.SUPPORTS, 2: FindingRole.EXCEPTION})
    assert roles(project) == {1: FindingRole.SUPPORTS, 2: FindingRole.EXCEPTION}
    project.findings.link(number, {2: FindingRole.CONTRADICTS}, note="since 2010")
    assert roles(project)[2] is FindingRole.CONTRADICTS
    project.findings.unlink(number, [1])
    assert list(roles(project)) == [2]
    assert project.check() == []


def test_findings_stand_in_their_order(project: Project) -> None:
    for statement in ("A", "B", "C"):
        project.findings.add(statement)
    project.findings.move(3, 1)
    assert [finding.statement for finding in project.findings.list()] == ["C", "A", "B"]
    project.findings.move(3, 99)
    assert [finding.statement for finding in project.findings.list()] == ["A", "B", "C"]


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(project: Project) -> None:
    number = project.findings.add("First.")
    project.findings.edit(number, statement="Second.", was="First.")
    with pytest.raises(StaleFindingError, match=r"Second\..*Third\."):
        project.findings.edit(number, statement="Third.", was="First.")
    assert project.findings.get(number).statement == "Second."


def test_a_deleted_finding_comes_back_whole_when_it_is_undone(project: Project) -> None:
    number = project.findings.add("It holds.", claims=[1, 2])
    project.findings.delete(number)
    assert project.findings.list() == ()
    project.history.undo()
    assert project.findings.get(number).statement == "It holds."
    assert set(roles(project)) == {1, 2}
    assert project.check() == []


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda p: p.findings.add(" \n"), EmptyFindingError),
        (lambda p: p.findings.add("X", claims=[9]), NotFoundError),
        (lambda p: p.findings.edit(4, statement="X"), UnknownFindingError),
        (lambda p: p.findings.unlink(1, [2]), NotFoundError),
        (lambda p: p.findings.move(4, 1), UnknownFindingError),
        (lambda p: p.findings.delete(4), UnknownFindingError),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_no_entry(
    project: Project, act: Callable[[Project], object], error: type[Exception]
) -> None:
    project.findings.add("It holds.", claims=[1])
    entries = len(project.log())
    with pytest.raises(error):
        act(project)
    assert len(project.log()) == entries


def test_the_tables_of_findings_say_which_sites_and_claims(project: Project) -> None:
    project.findings.add("It holds.", claims=[1])
    tables = project.matrix().tables()
    (row,) = tables["findings"].records()
    assert (row["sites"], row["of"], row["weak"]) == (0, 2, "1")
    (link,) = tables["finding_claims"].records()
    assert (link["claim"], link["role"], link["status"]) == (1, "supports", "unsupported")
