"""What holds on every screen: it can be used by everyone, at every width, in both colours, and prints.

Nothing here changes the study, so that all screens are shown by one server, in one window.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Screen, shown
from playwright.sync_api import Browser, Page, expect

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


@pytest.fixture(scope="module")
def window(
    made_study: Path,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
    browser_context_args: dict[str, Any],
) -> Iterator[Screen]:
    """Show the small study, which these tests only look at, to a window that was let in."""
    place = Path(shutil.copy(made_study, tmp_path_factory.mktemp("screens") / "study.fwc"))
    with browser.new_context(**browser_context_args) as context, shown(place, context.new_page()) as opened:
        yield opened


@pytest.fixture(scope="module")
def unscripted(window: Screen, browser: Browser) -> Iterator[Page]:
    """Return a window that was let in and runs no scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(window.page.context.cookies())
        yield context.new_page()


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_in_either_colours_and_no_width_scrolls(
    window: Screen, find_violations: Callable[[Page], list[str]], address: str
) -> None:
    page = window.open(address)
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        assert find_violations(page) == []
    for width in (1024, 1280, 1920, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_screen_says_something_before_scripts_run(
    window: Screen, unscripted: Page, address: str
) -> None:
    unscripted.goto(window.base + address)
    expect(unscripted.locator("main h1")).to_be_visible()
    assert len(unscripted.locator("main").inner_text().split()) > 10


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_help_lists_the_shortcuts_of_the_screen(window: Screen, address: str) -> None:
    page = window.open(address)
    window.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Undo your last change")
    window.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
