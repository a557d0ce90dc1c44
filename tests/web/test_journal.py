"""The journal: entries, what each changed, and the project as at a date."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import ORIGIN, Interface

from framework_coder.project import Project


@pytest.fixture
def aged(interface: Interface, monkeypatch: pytest.MonkeyPatch) -> Interface:
    """Let it be 2099, where a claim of the study is deleted."""
    for module in ("framework_coder.store.journal", "framework_coder.project.history"):
        monkeypatch.setattr(f"{module}.now", lambda: "2099-05-01T10:00:00+00:00")
    claim = interface.project.matrix().grid.shown_claims()[0]
    interface.project.claims.delete(claim.id)
    return interface


def test_entries_are_filtered_by_what_they_are_about(interface: Interface) -> None:
    project, browser = interface.project, interface.browser
    source = project.sources.list()[0].ref
    project.memos.add("About it", "Words", source=source)
    page = HTMLParser(browser.get(f"/journal?source={source}").text)
    assert len(page.css("tbody tr")) == len(project.log(source=source))
    assert browser.get("/journal?source=D999").status_code == 404


def test_an_entry_shows_the_fields_it_changed_before_and_after(interface: Interface) -> None:
    claim = interface.project.matrix().grid.shown_claims()[0].id
    interface.project.claims.edit(claim, comment="<b>Seen</b>")
    entry = interface.project.history.newest()
    page = interface.browser.get(f"/journal/entries/{entry}").text
    assert "&lt;b&gt;Seen&lt;/b&gt;" in page
    assert interface.browser.get("/journal/entries/99999").status_code == 404


def test_an_undone_entry_can_be_redone(interface: Interface) -> None:
    interface.project.memos.add("A note", "Words")
    entry = interface.project.history.newest()
    assert interface.browser.post(f"/api/undo?entry={entry}", headers=ORIGIN).status_code == 200
    assert f'data-redo="{entry}"' in interface.browser.get("/journal").text
    assert interface.browser.post(f"/api/redo?entry={entry}", headers=ORIGIN).status_code == 200
    assert len(interface.project.memos.list()) == 1


def test_the_project_of_a_date_is_set_against_the_project_of_now(aged: Interface) -> None:
    page = HTMLParser(aged.browser.get("/journal/as-at?date=2098-12-31").text)
    numbers = {
        row.css_first("th").text(): [cell.text() for cell in row.css("td")]
        for row in page.css(".numbers tbody tr")
    }
    then, now = numbers["Claims"]
    assert int(then) == int(now) + 1
    assert len(page.css("#cells-head ~ table tbody tr")) >= 1


def test_the_project_of_a_date_can_be_saved(aged: Interface, tmp_path: Path) -> None:
    answer = aged.browser.get("/api/as-at/2098-12-31.fwc")
    assert "2098-12-31.fwc" in answer.headers["content-disposition"]
    place = tmp_path / "then.fwc"
    place.write_bytes(answer.content)
    with Project.open(place) as then:
        assert len(then.study().claims) == len(aged.project.study().claims) + 1


@pytest.mark.parametrize(("given", "status"), [("1999-01-01", 404), ("tomorrow", 422), ("1999-99-99", 422)])
def test_a_date_that_cannot_be_shown_is_refused(interface: Interface, given: str, status: int) -> None:
    assert interface.browser.get(f"/api/as-at/{given}.fwc").status_code == status


def test_today_is_the_project_as_it_is(interface: Interface) -> None:
    assert "That is today" in interface.browser.get("/journal/as-at?date=2199-01-01").text
