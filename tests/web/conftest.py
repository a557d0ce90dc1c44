"""The interface in this process, on a project of the small study."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli.study_files import write_study
from starlette.testclient import TestClient
from web.import_steps import ORIGIN, Importing

from framework_coder.project import Project, run_study
from framework_coder.web.app import make_app
from framework_coder.web.security import Guard, own_hosts

HOST = "127.0.0.1:8000"
__all__ = ["HOST", "ORIGIN", "Importing", "Interface"]


@dataclass
class Interface:
    """The project that is served, its guard, and a browser that was let in."""

    project: Project
    guard: Guard
    browser: TestClient


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of the small study, which no test may change."""
    folder = tmp_path_factory.mktemp("web")
    return run_study(write_study(folder / "study"), folder / "out", workers=0).project


@pytest.fixture
def stranger(made_study: Path, tmp_path: Path) -> Iterator[Interface]:
    """Serve a copy of the project to a browser that was not let in."""
    with Project.open(shutil.copy(made_study, tmp_path / "study.fwc"), who="HW") as project:
        guard = Guard(own_hosts("127.0.0.1", 8000))
        app = make_app(project, guard)
        with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as browser:
            yield Interface(project, guard, browser)


@pytest.fixture
def interface(stranger: Interface) -> Interface:
    """Serve a copy of the project to a browser that followed the opening link."""
    assert stranger.browser.get(f"/open?token={stranger.guard.token}").status_code == 303
    return stranger


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Watch the place for temporary files: an import leaves none."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert list(place.iterdir()) == []


@pytest.fixture
def importing(interface: Interface) -> Iterator[Importing]:
    """Do as the page does; what was not started is cancelled, as by a later drop."""
    made = Importing(interface.browser)
    yield made
    if made.job:
        made.call("DELETE", f"/{made.job['id']}")
