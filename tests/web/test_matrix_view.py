"""The matrix as its address asks: rows, columns, order, density; what changed in it; its export."""

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from starlette.testclient import TestClient
from web.conftest import ORIGIN, Interface

from framework_coder.project import Project
from framework_coder.web.app import make_app
from framework_coder.web.security import Guard, own_hosts
from framework_coder.web.viewing import read_view, write_view


def grid_of(interface: Interface, query: str) -> tuple[list[str], list[str]]:
    """Return the heads of rows and columns of the grid of an address."""
    page = HTMLParser(interface.browser.get(f"/matrix{query}").text)
    rows = [head.text(deep=False).strip() for head in page.css("#grid th.side")]
    heads = [head.text(separator="|").split("|")[0].strip() for head in page.css("#grid .heads th")]
    return rows, [head for head in heads if head and not head.endswith(("site", "sites"))]


ALL_ROWS, ALL_COLUMNS = ["Northfield", "Südmere", "Easton"], ["Funding", "Barriers"]


@pytest.mark.parametrize(
    ("query", "rows", "columns"),
    [
        ("", ALL_ROWS, ALL_COLUMNS),
        ("?sort=name", ["Easton", "Northfield", "Südmere"], ALL_COLUMNS),
        ("?sort=-tier", ["Südmere", "Easton", "Northfield"], ALL_COLUMNS),
        ("?where=tier:secondary", ["Südmere", "Easton"], ALL_COLUMNS),
        ("?collected=meeting", ["Northfield"], ALL_COLUMNS),
        ("?site=S02", ["Südmere"], ALL_COLUMNS),
        ("?hide=funding", ALL_ROWS, ["Barriers"]),
        ("?theme=integration", ALL_ROWS, ["Barriers"]),
        ("?fold=integration", ALL_ROWS, ["Funding", "Integration"]),
        ("?level=1", ALL_ROWS, ["Funding", "Integration"]),
        ("?only=not_collected", ["Easton"], ALL_COLUMNS),
        ("?only=contested&rest=dim", ALL_ROWS, ALL_COLUMNS),
        ("?transpose=1&fold=integration", ["Funding"], ALL_ROWS),
    ],
)
def test_rows_and_columns_are_as_the_address_asks(
    interface: Interface, query: str, rows: list[str], columns: list[str]
) -> None:
    found = grid_of(interface, query)
    assert found[0][: len(rows)] == rows
    assert found[1] == columns


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?density=loud", "density=loud"),
        ("?level=x", "level=x"),
        ("?where=tier", "where=tier"),
        ("?where=colour:red", "There is no site attribute “colour”"),
        ("?sort=colour", "There is no site attribute “colour”"),
        ("?only=happy", "There is no state “happy”"),
        ("?method=x", "There is no method “x”"),
        ("?hide=x", "“x”"),
        ("?site=S99", "There is no site “S99”"),
    ],
)
def test_an_address_that_says_nothing_is_refused_in_a_sentence(
    interface: Interface, query: str, told: str
) -> None:
    refused = interface.browser.get(f"/matrix{query}")
    assert 400 <= refused.status_code < 500
    assert told in refused.json()["sentence"]


def test_an_address_survives_being_read_and_written() -> None:
    from starlette.datastructures import QueryParams

    query = (
        "density=text&transpose=1&sort=-tier&level=2&where=tier%3Aprimary&site=S01&collected=meeting&theme=a"
        "&hide=b&fold=c&method=document&only=single&rest=dim&heads=tier"
    )
    view = read_view(QueryParams(query))
    assert QueryParams(write_view(view)) == QueryParams(query)
    assert write_view(read_view(QueryParams(""))) == []
    assert read_view(QueryParams("heads=")).layout.heads == ()


def test_text_density_holds_every_claim_whole_and_why_there_is_none(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/matrix?density=text").text)
    text = page.css_first("#grid").text()
    for claim in interface.project.claims.list():
        assert claim.summary in text
    assert "Not collected" in text


def test_the_legend_counts_the_cells_and_asks_for_a_state_alone(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/matrix").text)
    counts = {
        item.attributes["data-state"]: int(item.css_first("b").text()) for item in page.css("#legend a")
    }
    cells = interface.project.matrix().grid.cells.values()
    assert counts == {state: sum(c.state == state for c in cells) for state in {c.state.value for c in cells}}
    link = page.css_first('#legend [data-state="contested"]').attributes["href"]
    assert link == "/matrix?only=contested"


def test_changes_are_the_cells_of_the_sites_that_were_touched(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/matrix").text)
    drawn = json.loads(page.css_first("#page-data").text())
    address = f"/api/matrix/changes?since={drawn['entry']}&shape={drawn['shape']}"
    assert interface.browser.get(address).json()["cells"] == []
    interface.project.claims.add("S02", "funding", "It pays.")
    told = interface.browser.get(address).json()
    assert {cell["row"] for cell in told["cells"]} == {1}
    assert "is-unsupported" in told["cells"][0]["look"]
    assert told["counts"]["unsupported"] == 1
    turned = interface.browser.get(f"{address}&transpose=1").json()
    assert turned["is_whole"]
    interface.project.sites.add("S09", "Ninth")
    assert interface.browser.get(address).json()["is_whole"]


VIEW = "sort=-tier&fold=integration&heads=tier"


def exported(interface: Interface, ending: str, query: str = VIEW) -> bytes:
    """Return the file that a view is saved as."""
    answer = interface.browser.get(f"/matrix/export.{ending}?{query}")
    assert answer.status_code == 200, answer.text
    assert f".{ending}" in answer.headers["content-disposition"]
    return answer.content


def test_csv_has_the_rows_columns_order_and_heads_that_are_shown(interface: Interface) -> None:
    rows = list(csv.reader(io.StringIO(exported(interface, "csv").decode("utf-8-sig"))))
    assert rows[0] == ["site", "name", "site.tier", "funding", "integration"]
    assert [row[0] for row in rows[1:]] == ["S02", "S03", "S01"]
    assert rows[3][3] == "contested"
    texts = list(
        csv.reader(io.StringIO(exported(interface, "csv", f"{VIEW}&density=text").decode("utf-8-sig")))
    )
    assert "The borough pays." in texts[3][3]
    turned = list(
        csv.reader(io.StringIO(exported(interface, "csv", f"{VIEW}&transpose=1").decode("utf-8-sig")))
    )
    assert turned[0] == ["theme", "label", "S02", "S03", "S01"]
    assert [row[0] for row in turned[1:]] == ["funding", "integration"]


def test_a_cell_that_is_left_out_is_left_out_of_every_file(interface: Interface) -> None:
    query = "only=contested&only=not_collected"
    rows = list(csv.reader(io.StringIO(exported(interface, "csv", query).decode("utf-8-sig"))))
    assert [row[3:] for row in rows[1:]] == [["contested", ""], ["not_collected", "not_collected"]]
    for ending in ("xlsx", "docx", "html", "md"):
        assert exported(interface, ending, query)
    assert "Space is short." not in exported(interface, "md", f"{query}&density=text").decode()


def test_the_workbook_is_folded_at_status_density_and_turned_where_asked(interface: Interface) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(interface, "xlsx")))
    sheet = book["Matrix"]
    assert [sheet.cell(row, 1).value for row in (5, 6, 7)] == ["S02", "S03", "S01"]
    assert sheet.column_dimensions["E"].hidden
    book = openpyxl.load_workbook(io.BytesIO(exported(interface, "xlsx", f"{VIEW}&transpose=1&density=text")))
    sheet = book["Matrix"]
    assert [sheet.cell(row, 2).value for row in (5, 6)] == ["Funding", "Integration"]
    assert not sheet.column_dimensions["D"].hidden


def test_word_markdown_and_pack_follow_the_view(interface: Interface) -> None:
    markdown = exported(interface, "md").decode()
    assert markdown.index("Südmere") < markdown.index("Northfield")
    assert "The borough pays." not in markdown
    assert "The borough pays." in exported(interface, "md", "density=text").decode()
    with zipfile.ZipFile(io.BytesIO(exported(interface, "docx"))) as word:
        body = word.read("word/document.xml").decode()
    assert body.index("Südmere") < body.index("Northfield")
    pack = HTMLParser(exported(interface, "html", f"{VIEW}&transpose=1&density=text").decode())
    study = json.loads(pack.css_first("#study").text())
    assert study["layout"] == {"has_texts": True, "is_transposed": True, "heads": ["tier"]}
    assert [site["code"] for site in study["sites"]] == ["S02", "S03", "S01"]


def test_an_anonymous_export_keeps_the_order_and_names_no_site_that_asked_for_it(
    interface: Interface,
) -> None:
    interface.project.sites.add("S04", "Hidden Place", anonymous="yes")
    content = exported(interface, "csv", "sort=name&anonymous=true").decode("utf-8-sig")
    assert "Hidden Place" not in content
    assert [row[0] for row in csv.reader(io.StringIO(content))][1:] == ["S03", "S04", "S01", "S02"]
    refused = interface.browser.get("/matrix/export.exe")
    assert refused.status_code == 422


def test_a_study_without_sites_or_themes_says_what_to_do(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/matrix?only=unsupported").text)
    assert "Nothing fits" in page.css_first(".empty").text()
    assert interface.browser.get("/api/matrix/changes?since=0&shape=x", headers=ORIGIN).json()["is_whole"]


@pytest.mark.parametrize(
    ("sites", "themes", "said"),
    [(0, 1, "No sites yet"), (1, 0, "No themes yet"), (0, 0, "No sites yet"), (1, 1, "")],
)
@pytest.mark.parametrize("query", ["", "?density=text", "?transpose=1", "?level=1"])
def test_a_project_with_next_to_nothing_shows_what_there_is_or_says_what_to_do(
    tmp_path: Path, sites: int, themes: int, said: str, query: str
) -> None:
    with Project.create(tmp_path / "small.fwc", who="HW") as project:
        for _ in range(sites):
            project.sites.add("S01", "Only")
        for _ in range(themes):
            project.codebook.add_emergent("fees", "Fees", parent=None, why="first")
        guard = Guard(own_hosts("127.0.0.1", 8000))
        with TestClient(make_app(project, guard), base_url="http://127.0.0.1:8000") as browser:
            browser.get(f"/open?token={guard.token}")
            answer = browser.get(f"/matrix{query}")
    page = HTMLParser(answer.text)
    assert answer.status_code == 200
    assert len(page.css("#grid td")) == (0 if said else 1)
    assert said in page.css_first("#wrap").text()
