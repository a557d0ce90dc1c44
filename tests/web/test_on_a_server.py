"""A project on a PostgreSQL server in the browser: screens, writing, and work in processes of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from store.stores import new_database
from web.conftest import HOST, ORIGIN, Importing, Interface

from framework_coder.project import Project
from framework_coder.web.app import make_app
from framework_coder.web.pages import SCREENS
from framework_coder.web.security import Guard, own_hosts


@contextmanager
def let_in(project: Project) -> Iterator[Interface]:
    """Serve a project to a browser that followed the opening link."""
    guard = Guard(own_hosts("127.0.0.1", 8000))
    with TestClient(make_app(project, guard), base_url=f"http://{HOST}") as browser:
        browser.get(f"/open?token={guard.token}")
        yield Interface(project, guard, browser)


@pytest.fixture
def database(made_study: Path, tmp_path: Path) -> str:
    """Return the URL of the small study on a PostgreSQL server."""
    url = new_database()
    with Project.open(made_study) as project:
        project.exchange.export(tmp_path / "study.zip", kind="archive")
    Project.from_archive(tmp_path / "study.zip", url).close()
    return url


@pytest.fixture
def interface(database: str) -> Iterator[Interface]:
    """Serve the study to a browser that was let in."""
    with Project.open(database, who="HW") as project, let_in(project) as opened:
        yield opened


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


def test_two_people_see_what_the_other_does_and_neither_overwrites(
    interface: Interface, database: str
) -> None:
    with Project.open(database, who="JT") as project, let_in(project) as other:
        claim = interface.project.claims.get(1).claim
        site = next(each.code for each in project.sites.list() if each.id == claim.site)
        cell, since = f"/api/cells/{site}/{claim.theme}", project.history.newest()
        seen = next(each for each in other.browser.get(cell).json()["claims"] if each["id"] == claim.id)
        mine = {"edition": seen["edition"], "text": "The county pays. [D01 ¶2]"}
        saved = interface.browser.put(f"{cell}/claims/{claim.id}", json=mine, headers=ORIGIN)
        assert saved.status_code == 200, saved.text

        assert other.browser.get(f"/api/news?since={since}").json()["entry"] > since
        theirs = {"edition": seen["edition"], "text": "Nobody pays. [D01 ¶2]"}
        refused = other.browser.put(f"{cell}/claims/{claim.id}", json=theirs, headers=ORIGIN)
        assert refused.status_code == 409
        assert refused.json()["wanted"] == "Nobody pays. [D01 ¶2]"
        assert refused.json()["standing"] == "The county pays. [D01 ¶2]"
        assert project.claims.get(1).claim.summary == "The county pays."
