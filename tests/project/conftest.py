"""What tests of archives share."""

from pathlib import Path

import pytest
from project.archive_builders import a_study


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the archive of the small study, which no test changes."""
    folder = tmp_path_factory.mktemp("archived")
    with a_study(folder) as opened:
        opened.exchange.export(folder / "study.zip", kind="archive")
        opened.exchange.export(folder / "plain", kind="archive")
    return folder / "study.zip"
