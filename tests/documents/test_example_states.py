"""The example study shows every status and every state of a cell but one."""


from typing import TYPE_CHECKING

import pytest
from example_runs import run_example

from framework_coder.model.legend import CellState
from framework_coder.model.triangulation import Status
from framework_coder.project import Project

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.e2e


def test_every_status_and_cell_state_occurs_but_that_of_a_site_without_sources(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place: Path = run_example(tmp_path_factory.getbasetemp()).project
    with Project.open(place) as project:
        grid = project.matrix(with_text=False).grid
    assert {found.status for found in grid.assessments.values()} == set(Status)
    states = {cell.state for cell in grid.cells.values()}
    assert set(CellState) - states == {CellState.NOT_COLLECTED}
