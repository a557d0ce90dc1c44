"""Pages say something useful before scripts run; the interface changes through the facade only."""

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import ORIGIN, Interface

from framework_coder.model.legend import LEGEND


def test_home_shows_the_study_at_a_glance(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/").text)
    study = interface.project.study()
    assert page.css_first("h1").text() == study.design.name
    assert len(page.css(".collection tbody tr")) == len(study.sites)
    claims = sum(int(item.css_first("b").text()) for item in page.css(".statuses li"))
    assert claims == len(study.claims)
    assert page.css(".recent li")


def test_the_matrix_is_a_table_before_its_script_runs(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/matrix").text)
    grid = interface.project.matrix().grid
    rows = page.css("#grid [data-row]")
    assert [row.css_first("th").text(deep=False).strip() for row in rows] == [s.name for s in grid.sites]
    letters = [cell.css_first("b").text() for cell in rows[0].css("td")]
    first = grid.sites[0]
    assert letters == [LEGEND[grid.cells[first.id, theme.id].state].letter for theme in grid.themes]


def test_the_drawer_has_each_claim_with_its_reason_and_evidence(interface: Interface) -> None:
    grid = interface.project.matrix().grid
    claim = grid.shown_claims()[0]
    site = next(site for site in grid.sites if site.id == claim.site)
    drawer = interface.browser.get(f"/api/cells/{site.code}/{claim.theme}").json()
    card = next(card for card in drawer["claims"] if card["id"] == claim.id)
    assert card["why"] == str(interface.project.matrix().explain(claim.id))
    assert [line["coding"] for line in card["evidence"]] == [
        link.coding for link in interface.project.claims.get(claim.id).evidence
    ]


def test_a_cell_of_a_group_opens_too_and_an_unknown_one_is_a_sentence(interface: Interface) -> None:
    grid = interface.project.matrix().grid
    group = next(theme for theme in grid.study.codebook.active if theme not in grid.themes)
    site = grid.sites[0].code
    assert interface.browser.get(f"/api/cells/{site}/{group.id}").json()["theme"]["label"] == group.label
    refused = interface.browser.get("/api/cells/S99/none")
    assert refused.status_code == 404
    assert refused.json()["sentence"].startswith("There is no cell")


def test_undo_and_redo_tell_what_they_did_and_others_hear_of_it(interface: Interface) -> None:
    interface.project.sites.add("S09", "Ninth")
    before = interface.project.history.newest()
    done = interface.browser.post("/api/undo", headers=ORIGIN).json()
    assert done["told"] == "Undone: add sites."
    news = interface.browser.get(f"/api/news?since={before}").json()
    assert [line["id"] for line in news["lines"]] == [done["entry"]]
    assert interface.browser.post("/api/redo", headers=ORIGIN).json()["told"].startswith("Done again")
    refused = interface.browser.post("/api/undo?entry=999999", headers=ORIGIN)
    assert refused.status_code == 404
    assert interface.browser.get(f"/api/news?since={news['entry'] + 1}").json()["lines"] == []


def test_a_change_shows_at_once_though_matrices_are_kept(interface: Interface) -> None:
    before = HTMLParser(interface.browser.get("/matrix").text)
    interface.project.sites.add("S09", "Ninth")
    after = HTMLParser(interface.browser.get("/matrix").text)
    assert len(after.css("#grid [data-row]")) == len(before.css("#grid [data-row]")) + 1


def test_the_journal_page_filters_and_shows_what_was_undone(interface: Interface) -> None:
    interface.project.sites.add("S09", "Ninth")
    interface.project.history.undo()
    page = HTMLParser(interface.browser.get("/journal?action=add sites").text)
    (undone,) = page.css("tbody tr.undone")
    assert "site S09 added" in undone.text()
    assert undone.css_first("[data-undo]") is None
    assert (
        HTMLParser(interface.browser.get("/journal?who=nobody").text).css_first(".empty").text()
        == "No entry fits."
    )
