"""A charted project to review, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from workflows.review_builders import a_project

from framework_coder.project import Project


@pytest.fixture(params=["sqlite", "postgresql"])
def charted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """Return a project to review; what it holds at the end of a test must be whole."""
    with a_project(tmp_path, request.param) as project:
        yield project
        assert project.check() == []
