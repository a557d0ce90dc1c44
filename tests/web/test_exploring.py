"""Tables across sites, the passages behind each number, and findings."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import ORIGIN, Interface


def test_every_number_of_a_crosstab_opens_its_passages(interface: Interface) -> None:
    explored = interface.project.matrix().explore
    facets = explored.facets()
    rows, columns = facets[0], next(each for each in facets if each.startswith("theme:"))
    crossed = explored.cross(rows, columns)
    page = HTMLParser(interface.browser.get(f"/explore/crosstab?rows={rows}&columns={columns}").text)
    links = page.css("a[data-behind]")
    assert len(links) == sum(bool(cell.sites) for cell in crossed.cells.values())
    for link in links:
        shown = HTMLParser(interface.browser.get(str(link.attributes["href"])).text)
        row, _, column = shown.css_first("h1").text().partition(" × ")
        assert len(shown.css(".passage")) == len(explored.passages_behind(crossed, row, column).rows)
    assert interface.browser.get("/explore/crosstab?rows=attribute:nothing&columns=x").status_code == 422
    missing = f"/explore/passages?rows={rows}&columns={columns}&row=no&column=no"
    assert interface.browser.get(missing).status_code == 404


def test_frequencies_have_a_row_a_theme_and_link_their_codings(interface: Interface) -> None:
    built = interface.project.matrix()
    page = HTMLParser(interface.browser.get("/explore/frequencies").text)
    assert len(page.css("#freq-head ~ div tbody tr")) == len(built.grid.themes)
    each = next(each for each in built.explore.frequencies() if each.codings)
    behind = HTMLParser(interface.browser.get(f"/explore/passages?theme={each.theme.id}").text)
    assert len(behind.css(".passage")) == len(each.codings)
    assert interface.browser.get("/explore/passages?theme=nothing").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["frequencies.csv", "timeline.csv", "together.csv", "chart-coverage.csv", "chart-frequencies.csv"],
)
def test_tables_are_saved_as_csv_that_excel_opens(interface: Interface, path: str) -> None:
    answer = interface.browser.get(f"/explore/{path}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    assert interface.browser.get("/explore/nothing.csv").status_code == 404


def test_a_page_limited_to_some_sites_counts_those_only(interface: Interface) -> None:
    site = interface.project.sites.list()[0]
    page = interface.browser.get(f"/explore/frequencies?site={site.code}").text
    assert "of 1 site" in page
    assert interface.browser.get("/explore/frequencies?where=nothing:x").status_code == 404


def test_findings_are_written_reworded_ordered_linked_and_deleted(interface: Interface) -> None:
    project, browser = interface.project, interface.browser
    for statement in ("One holds.", "<i>Two</i> holds."):
        made = browser.post("/api/findings", json={"statement": statement}, headers=ORIGIN)
        assert made.status_code == 201
    first, second = project.findings.list()[-2:]
    assert "&lt;i&gt;Two" in browser.get("/explore/findings").text
    stale = {"statement": "Three.", "was": "Not this."}
    assert browser.patch(f"/api/findings/{first.id}", json=stale, headers=ORIGIN).status_code == 409
    ours = {"statement": "Three.", "was": "One holds."}
    assert browser.patch(f"/api/findings/{first.id}", json=ours, headers=ORIGIN).status_code == 200
    claim = browser.get("/api/claims?q=s0").json()["claims"][0]["id"]
    body = {"claims": [claim], "role": "exception"}
    assert browser.post(f"/api/findings/{second.id}/claims", json=body, headers=ORIGIN).status_code == 200
    assert "Exceptions" in browser.get("/explore/findings").text
    wrong = {"claims": [claim], "role": "perhaps"}
    assert browser.post(f"/api/findings/{second.id}/claims", json=wrong, headers=ORIGIN).status_code == 422
    moved = browser.put(f"/api/findings/{second.id}/place", json={"place": 1}, headers=ORIGIN)
    assert moved.status_code == 200
    assert project.findings.list()[0].id == second.id
    assert browser.delete(f"/api/findings/{second.id}", headers=ORIGIN).status_code == 200
    assert browser.delete(f"/api/findings/{second.id}", headers=ORIGIN).status_code == 404
