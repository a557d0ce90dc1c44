"""The example study, from its files to its matrices: the same results each time, and the published counts."""

import csv
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from example_runs import ROOT, STUDY, run_example

from framework_coder import Project
from framework_coder.model.codings import CodingState
from framework_coder.model.counting import Count
from framework_coder.model.legend import CellState
from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import Status
from framework_coder.project import RunReport

pytestmark = pytest.mark.e2e

MATRICES = ROOT / "matrices"
collect_results: Callable[[Path], dict[str, str]] = runpy.run_path(str(MATRICES / "renew.py"))[
    "collect_results"
]
RESULTS = sorted(path.name for path in MATRICES.iterdir() if path.suffix in {".csv", ".md"})
RESULTS.remove("README.md")


def published() -> list[dict[str, str]]:
    with (STUDY / "published-counts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunReport:
    return run_example(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def results(run: RunReport) -> dict[str, str]:
    return collect_results(run.project.parent)


@pytest.fixture(scope="session")
def project(run: RunReport) -> Iterator[Project]:
    with Project.open(run.project) as opened:
        yield opened


@pytest.fixture(scope="session")
def grid(project: Project) -> Matrix:
    return project.matrix().grid


@pytest.fixture(scope="session")
def counts(project: Project) -> dict[tuple[str, str], Count]:
    return {(count.name, count.value): count for count in project.matrix().counts()}


@pytest.mark.parametrize("name", RESULTS)
def test_the_study_yields_what_is_kept_in_matrices(name: str, results: dict[str, str]) -> None:
    kept = (MATRICES / name).read_text(encoding="utf-8").splitlines()
    made = results[name].splitlines()
    changed = [
        f"line {n}\n  kept {a}\n  made {b}"
        for n, (a, b) in enumerate(zip(kept, made, strict=False), 1)
        if a != b
    ]
    hint = "If the change is meant: .venv/bin/python matrices/renew.py, then read `git diff matrices`."
    assert kept == made, f"{name}: {len(kept)} lines kept, {len(made)} made; {'; '.join(changed[:3])}\n{hint}"


def test_every_result_is_kept(results: dict[str, str]) -> None:
    assert sorted(results) == RESULTS


def test_the_run_finds_no_fault_in_the_study(run: RunReport) -> None:
    assert run.problems == []
    assert run.reading is not None
    assert list(run.reading.refused) == []


def test_the_project_is_whole(project: Project) -> None:
    assert project.check() == []


def test_every_quote_stands_at_its_span(project: Project) -> None:
    texts = {source.id: project.sources.text(source.ref).text for source in project.sources.list()}
    codings = project.codings.list()
    assert codings
    assert [c.quote for c in codings if c.is_drifted] == ["Nothing costs more than two pounds."]
    live = [c for c in codings if not c.is_drifted]
    assert [c.id for c in live if texts[c.source][c.start : c.end] != c.quote or not c.quote] == []


@pytest.mark.parametrize("row", published(), ids=lambda row: f"{row['name']}={row['value']}")
def test_a_published_count_comes_out_with_its_denominators_and_sites(
    row: dict[str, str], counts: dict[tuple[str, str], Count]
) -> None:
    count = counts[row["name"], row["value"]]
    assert len(count.sites) == int(row["sites"])
    assert len(count.shown) == 20
    assert {site.id for site in count.sites} <= {site.id for site in count.with_evidence}
    assert str(count).startswith(f"{row['sites']} of 20 sites ({row['sites']} of {len(count.with_evidence)}")
    assert count.claims


@pytest.mark.parametrize("status", Status)
def test_every_status_occurs_among_the_claims(status: Status, grid: Matrix) -> None:
    assert status in {found.status for found in grid.assessments.values()}


@pytest.mark.parametrize("state", [state for state in CellState if state is not CellState.NOT_COLLECTED])
def test_every_reason_for_an_empty_cell_occurs(state: CellState, grid: Matrix) -> None:
    assert state in {cell.state for cell in grid.cells.values()}


def test_proposals_are_shown_apart_and_are_never_evidence(project: Project, grid: Matrix) -> None:
    proposals = {coding.id for coding in project.codings.list(states=[CodingState.PROPOSED])}
    cited = {link.coding for link in grid.study.evidence}
    counted = {coding.id for cell in grid.cells.values() for coding in cell.codings}
    assert proposals
    assert proposals & cited == set()
    assert proposals & counted == set()
    assert sum(cell.proposed for cell in grid.cells.values()) == len(proposals)
