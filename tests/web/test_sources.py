"""The registers of sources and of sites: shown, edited in place, never over somebody else's edit."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import ORIGIN, Interface


def patch(interface: Interface, path: str, field: str, value: str, was: str) -> Any:
    body = {"field": field, "value": value, "was": was}
    return interface.browser.patch(f"/api/{path}", json=body, headers=ORIGIN)


@pytest.mark.parametrize(
    ("address", "ids"), [("/sources", {"Q01", "D01", "M01", "D02"}), ("/sites", {"S01", "S02", "S03"})]
)
def test_the_page_has_every_row_before_scripts_run(interface: Interface, address: str, ids: set[str]) -> None:
    page = HTMLParser(interface.browser.get(address).text)
    assert {each.text() for each in page.css("#register tbody th a")} == ids


def test_a_row_says_how_much_of_the_source_was_used(interface: Interface) -> None:
    lines = {line["id"]: line for line in interface.browser.get("/api/sources").json()["lines"]}
    text = interface.project.sources.text("D01").text
    assert lines["D01"]["numbers"] == {
        "pages": 0, "words": len(text.split()), "examined": 2, "codings": 1, "claims": 1,
    }  # fmt: skip
    assert lines["M01"]["cells"]["informants"] == "Ben"
    assert lines["D01"]["address"] == "/sources/D01"


@pytest.mark.parametrize(
    ("path", "field", "value", "was"),
    [
        ("sources/D01", "produced_on", "2013-05", "2013"),
        ("sources/D01", "sites", "S01; S03", "S01"),
        ("sources/D01", "method", "meeting", "document"),
        ("sites/S01", "name", "Northfields", "Northfield"),
        ("sites/S01", "tier", "secondary", "primary"),
        ("sites/S01", "plan:document", "4", "0"),
        ("sites/S01", "why:document", "none kept", ""),
    ],
)
def test_a_cell_is_edited_once_and_a_stale_edit_shows_both_values(
    interface: Interface, path: str, field: str, value: str, was: str
) -> None:
    entry = interface.project.history.newest()
    made = patch(interface, path, field, value, was)
    assert made.status_code == 200, made.text
    assert (made.json()["entry"], made.json()["cells"][field]) == (entry + 1, value)
    stale = patch(interface, path, field, was, was)
    if stale.status_code == 200:
        pytest.fail("somebody's edit was overwritten")
    assert (stale.status_code, stale.json()["standing"], stale.json()["wanted"]) == (409, value, was)


@pytest.mark.parametrize(
    ("path", "field", "value", "was", "status"),
    [
        ("sources/D01", "produced_on", "soon", "2013", 422),
        ("sources/D01", "ref", "D09", "D01", 422),
        ("sources/D01", "why", "x", "", 422),
        ("sources/D99", "title", "x", "", 404),
        ("sites/S01", "tier", "third", "primary", 422),
        ("sites/S01", "was", "x", "", 422),
        ("sites/S01", "plan:dream", "1", "0", 422),
        ("sites/S01", "plan:document", "many", "0", 422),
        ("sites/S01", "got:document", "1", "1", 422),
        ("sites/S99", "name", "x", "", 404),
    ],
)
def test_what_is_not_allowed_is_told_in_a_sentence(
    interface: Interface, path: str, field: str, value: str, was: str, status: int
) -> None:
    answer = patch(interface, path, field, value, was)
    assert answer.status_code == status, answer.text
    assert answer.json()["sentence"].endswith(".")


def test_an_added_site_stands_at_the_end_and_never_over_another(interface: Interface) -> None:
    made = interface.browser.post("/api/sites", json={"code": " S04 ", "name": ""}, headers=ORIGIN)
    assert made.json()["lines"][-1]["cells"]["name"] == "S04"
    for code, status in (("S01", 409), ("s01", 422), (" ", 422)):
        again = interface.browser.post("/api/sites", json={"code": code, "name": "x"}, headers=ORIGIN)
        assert again.status_code == status
    assert interface.project.sites.get("S01").name == "Northfield"


def test_hostile_words_are_shown_as_words(interface: Interface) -> None:
    interface.project.sources.edit("D01", title="<script>alert(1)</script>", informants='"><img src=x>')
    page = interface.browser.get("/sources").text
    assert "<script>alert" not in page
    assert "<img" not in page
