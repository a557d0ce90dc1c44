"""The example study shows every status, every flag and every state of a cell but one."""

from dataclasses import replace

import pytest
from example_runs import run_example

from framework_coder.model.legend import CellState
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.model.study import Site
from framework_coder.model.triangulation import Flag, Status
from framework_coder.project import Project

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    place = run_example(tmp_path_factory.getbasetemp()).project
    with Project.open(place) as project:
        return project.matrix(with_text=False).grid


def test_every_status_occurs(grid: Matrix) -> None:
    assert {found.status for found in grid.assessments.values()} == set(Status)


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_occurs(flag: Flag, grid: Matrix) -> None:
    assert flag in {each for found in grid.assessments.values() for each in found.flags}


def test_every_cell_state_occurs_but_that_of_a_site_without_sources(grid: Matrix) -> None:
    """Each of the twenty published sites has sources; a twenty-first would break the published counts."""
    assert {cell.state for cell in grid.cells.values() if isinstance(cell.state, CellState)} == set(
        CellState
    ) - {CellState.NOT_COLLECTED}


def test_a_site_added_without_sources_shows_the_state_that_is_left(grid: Matrix) -> None:
    more = build_matrix(replace(grid.study, sites=(*grid.study.sites, Site(99, "S21", "Nothing yet"))))
    assert {cell.state for (site, _), cell in more.cells.items() if site == 99} == {CellState.NOT_COLLECTED}
