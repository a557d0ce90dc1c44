"""A project on a PostgreSQL server in the browser: screens, writing, and work in processes of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from store.stores import new_database
from web.conftest import HOST, ORIGIN, Importing, Interface

from framework_coder.project import Project
from framework_coder.web.app import make_app
from framework_coder.web.pages import SCREENS
from framework_coder.web.security import Guard, own_hosts


@pytest.fixture
def interface(made_study: Path, tmp_path: Path) -> Iterator[Interface]:
    """Serve the small study from a server to a browser that was let in."""
    with Project.open(made_study) as project:
        project.exchange.export(tmp_path / "study.zip", kind="archive")
    with Project.from_archive(tmp_path / "study.zip", new_database(), who="HW") as project:
        guard = Guard(own_hosts("127.0.0.1", 8000))
        with TestClient(make_app(project, guard), base_url=f"http://{HOST}") as browser:
            browser.get(f"/open?token={guard.token}")
            yield Interface(project, guard, browser)


def test_every_screen_opens(interface: Interface) -> None:
    answers = {address: interface.browser.get(address).status_code for _, address, _ in SCREENS}
    assert answers == dict.fromkeys(answers, 200)


def test_a_codebook_is_taken_over_and_undone(
    interface: Interface, importing: Importing, tmp_path: Path
) -> None:
    codebook = tmp_path / "more.yaml"
    codebook.write_text("themes:\n- id: transport\n  label: Transport\n", encoding="utf-8")
    files = importing.run({"more.yaml": codebook.read_bytes()})
    assert files["more.yaml"]["state"] == "taken over", files
    assert "transport" in {theme.id for theme in interface.project.codebook.show().active}
    interface.project.history.undo()
    assert "transport" not in {theme.id for theme in interface.project.codebook.show().active}


def test_a_report_is_made(interface: Interface) -> None:
    wish = {"kind": "json", "anonymous": False, "dialect": "", "ticket": ""}
    made = interface.browser.post("/api/reports", json=wish, headers=ORIGIN)
    assert made.status_code == 201, made.text
    assert interface.browser.get(made.json()["address"]).json()
