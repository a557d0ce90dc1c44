"""The codebook by keyboard alone, and its tree by drag and drop."""

import pytest
from browser.conftest import Screen
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def tree_item(screen: Screen, label: str) -> Locator:
    return screen.page.get_by_role("treeitem", name=label, exact=True)


def open_theme(screen: Screen, theme: str) -> Page:
    """Go to a theme, with the reason given that a frozen framework asks for."""
    page = screen.open(f"/codebook#theme={theme}")
    page.locator("#reason").fill("because")
    page.locator('[role="treeitem"][tabindex="0"]').focus()
    return page


def test_a_theme_is_added_moved_edited_and_retired_by_keys_alone(screen: Screen) -> None:
    page = open_theme(screen, "funding")
    expect(tree_item(screen, "Funding")).to_be_focused()
    screen.press("Shift+n")
    page.keyboard.type("Rooms")
    screen.press("Enter")
    expect(tree_item(screen, "Rooms")).to_be_focused()
    screen.until(lambda: screen.project.codebook.show()["funding.rooms"].parent == "funding")
    screen.press("Alt+ArrowLeft")
    expect(tree_item(screen, "Rooms")).to_have_attribute("aria-level", "1")
    screen.press("Enter")
    page.keyboard.type("Where it happens")
    screen.press("Control+Enter")
    expect(tree_item(screen, "Rooms")).to_be_focused()
    expect(page.locator("#saved")).to_have_text("All changes saved")
    screen.until(lambda: screen.project.codebook.show()["funding.rooms"].definition == "Where it happens")
    screen.press("Delete")
    expect(tree_item(screen, "Rooms (retired)")).to_be_visible()
    screen.press("Control+z")
    expect(tree_item(screen, "Rooms")).to_be_visible()


def test_a_theme_is_dropped_into_another_one(screen: Screen) -> None:
    screen.project.codebook.add_emergent("rooms", "Rooms", why="heard")
    page = open_theme(screen, "funding")
    page.locator("[data-theme='rooms'] > .theme").drag_to(page.locator("[data-theme='funding'] > .theme"))
    expect(tree_item(screen, "Rooms")).to_have_attribute("aria-level", "2")
    screen.until(lambda: screen.project.codebook.show()["rooms"].parent == "funding")


def test_phrases_count_what_they_would_propose_while_one_types(screen: Screen) -> None:
    page = screen.open("/codebook#theme=funding")
    page.get_by_label("Phrases that propose a coding").fill("pays")
    expect(page.locator(".trial")).to_contain_text("passage")
    expect(page.locator(".trial li").first).to_contain_text("pay")


def test_a_frozen_framework_asks_once_why_and_keeps_the_reason_for_the_next_change(screen: Screen) -> None:
    page = screen.open("/codebook#theme=funding")
    screen.press("Shift+n")
    page.keyboard.type("Rooms")
    screen.press("Enter")
    page.get_by_label("Reason").last.fill("heard at three sites")
    screen.press("Control+Enter")
    expect(tree_item(screen, "Rooms")).to_be_focused()
    screen.press("Delete")
    expect(tree_item(screen, "Rooms (retired)")).to_be_visible()
    screen.until(lambda: [entry.why for entry in screen.project.log(limit=2)] == ["heard at three sites"] * 2)


def test_a_theme_is_merged_with_its_reason_though_nothing_is_frozen_yet(empty_screen: Screen) -> None:
    for theme in ("money", "funding"):
        empty_screen.project.codebook.add_emergent(theme, theme.capitalize())
    page = empty_screen.open("/codebook#theme=money")
    page.locator('[role="treeitem"][tabindex="0"]').focus()
    empty_screen.press("m")
    page.get_by_role("combobox", name="Into").select_option("funding")
    page.get_by_role("button", name="Merge", exact=True).press("Enter")
    page.get_by_role("dialog").get_by_role("textbox").fill("the same thing")
    empty_screen.press("Control+Enter")
    expect(tree_item(empty_screen, "Money (retired)")).to_be_visible()
    assert empty_screen.project.log(limit=1)[0].why == "the same thing"


def test_an_edit_that_somebody_overtook_shows_both_texts(screen: Screen) -> None:
    page = open_theme(screen, "funding")
    field = page.get_by_label("Definition")
    field.fill("Ours")
    screen.project.codebook.edit("funding", definition="Theirs", why="clearer")
    screen.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Theirs")
    expect(dialog).to_contain_text("Ours")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        dialog.get_by_role("button", name="Save yours").press("Enter")
    expect(dialog).to_have_count(0)
    expect(field).to_have_value("Ours")
    screen.until(lambda: screen.project.codebook.show()["funding"].definition == "Ours")


def test_a_split_is_decided_passage_by_passage_by_number_keys(screen: Screen) -> None:
    page = open_theme(screen, "funding")
    screen.press("s")
    page.get_by_label("Labels of the parts").fill("Public\nPrivate")
    page.get_by_role("button", name="Split", exact=True).press("Enter")
    expect(tree_item(screen, "Public")).to_be_visible()
    page = screen.open("/codebook/queue")
    number = page.locator(".item").count()
    screen.press("j", "1")
    expect(page.locator(".item")).not_to_have_count(number)
    expect(page.locator(".item").first).to_be_focused()
    screen.press("0")
    expect(page.locator("#toasts")).to_contain_text("Left as history.")
