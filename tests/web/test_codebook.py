"""The codebook screen: every change of the tree, rules tried, versions, decisions after a split."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import ORIGIN, Interface

from framework_coder.model.codebook import ThemeOrigin

WHY = {"reason": "because"}


def send(interface: Interface, method: str, path: str, body: dict[str, Any]) -> Any:
    return interface.browser.request(method, f"/api/{path}", json={**WHY, **body}, headers=ORIGIN)


def test_the_page_has_every_theme_before_scripts_run(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/codebook").text)
    labels = [each.text() for each in page.css("#trees b")]
    assert labels == [theme.label for theme in interface.project.codebook.show()]


def test_a_theme_is_added_with_an_id_of_its_label_and_a_colour_of_its_own(interface: Interface) -> None:
    before = interface.project.codebook.show()
    answer = send(interface, "POST", "themes", {"label": "Café & rooms", "parent": "funding"})
    assert answer.status_code == 201
    made = interface.project.codebook.show()["funding.cafe_rooms"]
    assert (made.parent, made.origin) == ("funding", ThemeOrigin.EMERGENT)
    assert made.colour not in {before.colour(theme.id) for theme in before}
    again = send(interface, "POST", "themes", {"label": "Café, rooms", "parent": "funding"})
    assert "funding.cafe_rooms_2" in {theme["id"] for theme in again.json()["themes"]}
    assert send(interface, "POST", "themes", {"label": " "}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("label", "Money", lambda theme: theme.label == "Money"),
        ("definition", "Who pays", lambda theme: theme.definition == "Who pays"),
        ("aliases", "a\n\n b ", lambda theme: theme.aliases == ("a", "b")),
        ("phrases", "main funder", lambda theme: theme.rules.phrases == ("main funder",)),
        ("patterns", '[[{"LOWER": "x"}]]', lambda theme: theme.rules.patterns == (({"LOWER": "x"},),)),
    ],
)
def test_a_field_is_edited_and_a_stale_edit_shows_both_texts(
    interface: Interface, field: str, value: str, read: Any
) -> None:
    node = next(t for t in interface.browser.get("/api/codebook").json()["themes"] if t["id"] == "funding")
    was = "\n".join(node[field]) if isinstance(node[field], list) else node[field]
    made = send(interface, "PATCH", "themes/funding", {"field": field, "value": value, "was": was})
    assert made.status_code == 200, made.text
    assert read(interface.project.codebook.show()["funding"])
    other = '[[{"LOWER": "y"}]]' if field == "patterns" else "other"
    stale = send(interface, "PATCH", "themes/funding", {"field": field, "value": other, "was": was})
    assert stale.status_code == 409
    assert {"wanted", "standing"} <= stale.json().keys()


@pytest.mark.parametrize("patterns", ["[", '{"a": 1}', "[[1]]"])
def test_patterns_that_cannot_be_read_are_refused_with_an_example(
    interface: Interface, patterns: str
) -> None:
    body = {"field": "patterns", "value": patterns, "was": ""}
    answer = send(interface, "PATCH", "themes/funding", body)
    assert answer.status_code == 422
    assert "LOWER" in answer.json()["sentence"]


def test_a_change_of_a_frozen_framework_needs_its_reason(interface: Interface) -> None:
    interface.project.codebook.freeze(why="begin")
    bare = {"field": "label", "value": "X", "was": "Funding", "reason": ""}
    assert send(interface, "PATCH", "themes/funding", bare).status_code == 422


def test_rules_are_tried_without_storing_anything(interface: Interface) -> None:
    entry = interface.project.history.newest()
    answer = send(interface, "POST", "themes/funding/try", {"phrases": ["pays"]})
    assert answer.status_code == 422, "a reason is no part of it"
    tried = interface.browser.post("/api/themes/funding/try", json={"phrases": ["pays"]}, headers=ORIGIN)
    assert tried.json()["passages"] >= 1
    assert all("pay" in each["quote"].lower() for each in tried.json()["examples"])
    none = interface.browser.post("/api/themes/funding/try", json={"phrases": ["…"]}, headers=ORIGIN)
    assert none.status_code == 422
    assert interface.project.history.newest() == entry


def test_themes_are_moved_merged_split_retired_and_restored(interface: Interface) -> None:
    book = interface.project.codebook
    send(interface, "POST", "themes", {"label": "Rooms"})
    assert send(interface, "PUT", "themes/rooms/place", {"parent": "funding"}).status_code == 200
    assert book.show()["rooms"].parent == "funding"
    loop = send(interface, "PUT", "themes/funding/place", {"parent": "rooms"})
    assert loop.status_code == 422
    assert send(interface, "POST", "themes/rooms/retire", {}).status_code == 200
    assert send(interface, "POST", "themes/rooms/restore", {}).status_code == 200
    assert send(interface, "POST", "themes/rooms/merge", {"into": "funding"}).status_code == 200
    assert book.show()["rooms"].merged_into == "funding"
    parts = {"parts": [{"label": "Public"}, {"label": "Private"}]}
    assert send(interface, "POST", "themes/funding/split", parts).status_code == 200
    assert {"public", "private"} <= {theme.id for theme in book.show().active}
    assert send(interface, "POST", "themes/nothing/retire", {}).status_code == 404


def test_what_waits_after_a_split_is_given_to_a_part_or_left(interface: Interface) -> None:
    parts = {"parts": [{"label": "Public"}, {"label": "Private"}]}
    send(interface, "POST", "themes/funding/split", parts)
    page = HTMLParser(interface.browser.get("/codebook/queue").text)
    waiting = interface.project.codebook.undecided()
    assert len(page.css(".item")) == len(waiting) > 1
    coding = next(each.coding.id for each in waiting if each.coding)
    body = {"theme": "public", "codings": [coding], "claims": []}
    assert send(interface, "POST", "codebook/decisions", body).status_code == 200
    assert interface.project.codings.get(coding).theme == "public"
    left = next(each.coding.id for each in interface.project.codebook.undecided() if each.coding)
    body = {"codings": [left], "claims": []}
    assert send(interface, "POST", "codebook/decisions", body).status_code == 200
    assert left not in {each.coding.id for each in interface.project.codebook.undecided() if each.coding}


def test_versions_are_frozen_compared_and_saved(interface: Interface) -> None:
    assert send(interface, "POST", "codebook/freeze", {}).status_code == 200
    interface.project.codebook.edit("funding", definition="<b>Who</b> pays", why="clearer")
    page = interface.browser.get("/codebook/versions").text
    assert "&lt;b&gt;Who&lt;/b&gt; pays" in page
    for kind in ("yaml", "csv", "xlsx", "docx"):
        assert interface.browser.get(f"/api/codebook.{kind}?version=1").content
    assert interface.browser.get("/api/codebook.exe").status_code == 422
    assert interface.browser.get("/api/codebook.yaml?version=99").status_code == 404


def test_every_theme_gets_a_colour_of_its_own(interface: Interface) -> None:
    assert send(interface, "POST", "codebook/colours", {}).status_code == 200
    colours = [theme.colour for theme in interface.project.codebook.show().active]
    assert len(set(colours)) == len(colours)
