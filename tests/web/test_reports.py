"""Reports and exports: each is made, fetched once made, and leaves nothing outside a temporary folder."""

import io
import time
import zipfile
from pathlib import Path
from threading import Thread
from typing import Any

import openpyxl
import pytest
from web.conftest import ORIGIN, Interface
from web.stalling import write_and_stall

from framework_coder.web.payloads.reports import ReportWish
from framework_coder.web.reporting import KINDS, MOST_KEPT, name_file, write_report


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


def words_in(content: bytes) -> str:
    """Return all that a file says, packed files unpacked."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return "\n".join(words_in(box.read(name)) for name in box.namelist())


TEXT, UNCITED, ATTRIBUTE, RULE = (
    "Meeting with Ben", "agreed in 2012", "secondary", "quiet year",
)  # fmt: skip
"""Words of a text, of a passage that no claim cites, of a site's attributes, and of a theme's rule."""


@pytest.mark.parametrize(
    ("kind", "holds", "lacks"),
    [
        ("workbook", {UNCITED, ATTRIBUTE}, {TEXT, RULE}),
        ("word", {ATTRIBUTE}, {TEXT, UNCITED}),
        ("pack", {TEXT, UNCITED, ATTRIBUTE, RULE}, set()),
        ("markdown", {ATTRIBUTE}, {TEXT, UNCITED, RULE}),
        ("csv", {UNCITED}, {TEXT, ATTRIBUTE, RULE}),
        ("json", {UNCITED}, {TEXT, ATTRIBUTE, RULE}),
        ("annotations", {UNCITED}, {"Space is short."}),
        ("refi", {TEXT, UNCITED, ATTRIBUTE, RULE}, set()),
        ("qdc", {"Barriers"}, {RULE, "The borough pays."}),
        ("codebook-yaml", {"Barriers", RULE}, {"The borough pays."}),
        ("codebook-xlsx", {"Barriers", RULE}, {"The borough pays."}),
        ("codebook-docx", {"Barriers", RULE}, {"The borough pays."}),
        ("archive", {TEXT, UNCITED, ATTRIBUTE, RULE}, set()),
    ],
)
def test_each_leaves_out_what_the_page_says(
    interface: Interface, tmp_path: Path, kind: str, holds: set[str], lacks: set[str]
) -> None:
    interface.project.codings.add("M01", "integration.barriers", quote="That was agreed in 2012.")
    path = tmp_path / f"made{KINDS[kind].suffix}"
    write_report(interface.project, path, ReportWish(kind=kind))
    said = words_in(path.read_bytes())
    assert {each for each in holds if each not in said} == set()
    assert {each for each in lacks if each in said} == set()


def test_a_report_that_is_being_made_can_be_stopped(
    interface: Interface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framework_coder.web.reporting.write_report", write_and_stall)
    answers: list[Any] = []
    wish = {"kind": "markdown", "ticket": "mine"}
    making = Thread(target=lambda: answers.append(make(interface, **wish)))
    making.start()
    time.sleep(2)
    assert interface.browser.delete("/api/reports/making/mine", headers=ORIGIN).status_code == 200
    making.join(30)
    assert [answer.status_code for answer in answers] == [409]
    assert answers[0].json()["sentence"] == "Markdown was stopped; nothing of it was kept."
    monkeypatch.undo()
    assert make(interface, kind="markdown").status_code == 201
