"""The journal and the tour, by keyboard."""

import pytest
from browser.conftest import Screen
from playwright.sync_api import expect

from framework_coder.web.pages import HERE

pytestmark = pytest.mark.browser


def test_an_entry_is_undone_and_redone_by_keys_alone(screen: Screen) -> None:
    screen.project.memos.add("A note", "Words")
    page = screen.open("/journal")
    number = page.locator("tbody tr").count()
    screen.press("j", "u")
    expect(page.locator("tbody tr").first).to_contain_text("takes back")
    screen.until(lambda: screen.project.memos.list() == ())
    expect(page.locator("tbody tr").first).to_be_focused()
    screen.press("j", "u")
    expect(page.locator("tbody tr")).to_have_count(number + 2)
    screen.until(lambda: len(screen.project.memos.list()) == 1)


def test_recent_work_is_undone_from_the_first_screen(screen: Screen) -> None:
    screen.project.memos.add("A note", "Words")
    page = screen.open("/")
    page.locator(".recent").get_by_role("button", name="Undo").first.click()
    expect(page.locator(".recent li").nth(1)).to_have_class("undone")
    screen.until(lambda: screen.project.memos.list() == ())


def test_the_tour_is_offered_once_and_leads_through_the_screens_by_one_key(screen: Screen) -> None:
    page = screen.open("/")
    tour = page.get_by_role("complementary", name="Tour")
    expect(tour).to_contain_text("New here?")
    tour.get_by_role("button", name="Take the tour").focus()
    stops = (HERE / "static" / "js" / "lib" / "tour.js").read_text(encoding="utf-8").count('address: "')
    for step in range(1, stops + 1):
        screen.press("Enter")
        expect(tour).to_contain_text(f"{step} of {stops}")
        expect(page.locator(".toured")).to_be_visible()
        expect(page.locator("#tour-next")).to_be_focused()
    screen.press("Enter")
    expect(tour).to_have_count(0)
    screen.open("/")
    expect(tour).to_have_count(0)


def test_the_help_lists_what_each_screen_can_do_by_key(screen: Screen) -> None:
    page = screen.open("/")
    screen.press("?")
    page.get_by_role("link", name="All shortcuts").press("Enter")
    expect(page.get_by_role("heading", name="Matrix")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Examined, silent")
