"""What holds on every screen: it can be used by everyone, at every width, in both colours, and prints."""

from collections.abc import Callable

import pytest
from browser.conftest import Screen
from playwright.sync_api import Page, expect

from framework_coder.web.pages import SCREENS
from framework_coder.web.routes.explore import SECTIONS

pytestmark = pytest.mark.browser

ADDRESSES = [
    *(address for _, address, _ in SCREENS),
    "/sources/Q01",
    "/sites",
    "/imports",
    "/help",
    "/codebook/versions",
    "/codebook/queue",
    "/journal/as-at",
    "/journal/entries/1",
    *(f"/triangulation/{section}" for section in ("convergence", "copies", "decisions", "checks")),
    *(f"/explore{address}" for _, address, _ in SECTIONS if address),
    "/explore/passages?theme=funding",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_in_either_colours(
    screen: Screen, find_violations: Callable[[Page], list[str]], address: str
) -> None:
    page = screen.open(address)
    assert find_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_violations(page) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_screen_is_wider_than_its_window(screen: Screen, address: str) -> None:
    page = screen.open(address)
    for width in (1024, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_screen_says_something_before_scripts_run(screen: Screen, address: str) -> None:
    with screen.page.context.browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(screen.page.context.cookies())
        page = context.new_page()
        page.goto(screen.base + address)
        expect(page.locator("main h1")).to_be_visible()
        assert len(page.locator("main").inner_text().split()) > 10


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_help_lists_the_shortcuts_of_the_screen(screen: Screen, address: str) -> None:
    page = screen.open(address)
    screen.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Undo your last change")
    screen.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
