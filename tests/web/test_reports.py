"""Reports and exports: each is made, fetched once made, and leaves nothing outside a temporary folder."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from web.conftest import ORIGIN, Interface

from framework_coder.web.reporting import KINDS, MOST_KEPT, name_file


def make(interface: Interface, **wish: Any) -> Any:
    return interface.browser.post("/api/reports", json=wish, headers=ORIGIN)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_and_fetched_under_a_telling_name(interface: Interface, kind: str) -> None:
    answer = make(interface, kind=kind)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    fetched = interface.browser.get(made["address"])
    assert len(fetched.content) == made["size"] > 0
    assert made["name"] == f"small-study-{kind}{KINDS[kind].suffix}"
    assert f'filename="{made["name"]}"' in fetched.headers["content-disposition"]


def test_the_workbook_holds_the_claims_and_the_zip_the_tables(interface: Interface) -> None:
    book = interface.browser.get(make(interface, kind="workbook").json()["address"]).content
    cells = {
        str(cell)
        for sheet in openpyxl.load_workbook(io.BytesIO(book), read_only=True)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert "The borough pays." in cells
    tables = interface.browser.get(make(interface, kind="csv").json()["address"]).content
    with zipfile.ZipFile(io.BytesIO(tables)) as box:
        assert {"claims.csv", "evidence.csv"} <= set(box.namelist())


def test_an_anonymous_report_names_the_site_neither_inside_nor_in_its_name(interface: Interface) -> None:
    interface.project.sites.add("S01", "Northfield", anonymous="yes", tier="primary")
    assert "Replace the names of 1 site" in interface.browser.get("/reports").text
    made = make(interface, kind="markdown", anonymous=True).json()
    assert made["name"] == "anonymous-markdown.md"
    assert "Northfield" not in interface.browser.get(made["address"]).text
    assert name_file("Northfield study", "word", ".docx", is_anonymous=True) == "anonymous-word.docx"


def test_the_page_says_of_each_what_for_and_what_it_leaves_out(interface: Interface) -> None:
    page = interface.browser.get("/reports").text
    for kind in KINDS.values():
        assert kind.title in page
        assert kind.told.split("`")[0] in page


def test_only_the_last_few_reports_are_kept(interface: Interface) -> None:
    addresses = [make(interface, kind="markdown").json()["address"] for _ in range(MOST_KEPT + 1)]
    assert interface.browser.get(addresses[0]).status_code == 404
    assert interface.browser.get(addresses[-1]).status_code == 200


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"kind": "../x"}, 404),
        ({"kind": "refi", "dialect": "klingon"}, 422),
        ({"kind": "qdc", "dialect": "nvivo"}, 422),
    ],
)
def test_what_cannot_be_made_is_told(interface: Interface, wish: dict[str, str], status: int) -> None:
    answer = make(interface, **wish)
    assert answer.status_code == status, answer.text
    assert answer.json()["sentence"].endswith(".")


def test_a_report_that_is_not_there_is_told(interface: Interface) -> None:
    for key in ("nothing", "..%2f..%2fetc%2fpasswd"):
        assert interface.browser.get(f"/api/reports/{key}").status_code == 404
