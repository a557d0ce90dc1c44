"""What holds on every screen: it can be used by everyone, at every width, in both colours, and prints.

Nothing here changes the study, so that all screens are shown by one server, in one window.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Screen, shown
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

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


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_screen_suits_everyone_at_every_width_in_both_colours_and_tells_its_keys(
    window: Screen, find_violations: Callable[..., list[str]], address: str
) -> None:
    page = window.open(address)
    page.emulate_media(color_scheme="light")
    assert find_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_violations(page, of_colours=True) == []
    for width in (1024, 1280, 1920, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    window.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Undo your last change")
    window.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


DIALOG = "dialog[open]"
OPENED = {
    "the picker of themes": ("/sources/Q01", ("j", "Enter"), DIALOG),
    "memos on a coding": ("/sources/Q01", ("c", "m"), DIALOG),
    "memos on a source": ("/sources/Q01", ("Shift+m",), DIALOG),
    "what was examined": ("/sources/Q01", ("e",), DIALOG),
    "drifted codings": ("/sources/Q01", ("d",), DIALOG),
    "claims for a coding": ("/sources/Q01", ("c", "l"), DIALOG),
    "words to find": ("/sources/Q01", ("f",), "[type=search]:focus, #find:focus"),
    "a cell": (
        "/matrix",
        ("Control+Home", "Enter"),
        "#drawer:not([hidden]) .claim, #drawer:not([hidden]) .empty",
    ),
    "a claim that is written": ("/matrix", ("Control+Home", "Enter", "n"), "#drawer textarea:focus"),
    "a theme to be made": ("/codebook", ("n",), DIALOG),
    "a theme to be merged": ("/codebook", ("m",), DIALOG),
    "a theme to be split": ("/codebook", ("s",), DIALOG),
    "a version to be frozen": ("/codebook", ("f",), DIALOG),
    "a finding to be written": ("/explore/findings", ("n",), DIALOG),
    "a site to be added": ("/sites", ("n",), DIALOG),
}


@pytest.mark.parametrize(("address", "keys", "shown"), OPENED.values(), ids=OPENED)
def test_what_is_opened_by_key_suits_everyone_in_both_colours(
    window: Screen, find_violations: Callable[..., list[str]], address: str, keys: tuple[str, ...], shown: str
) -> None:
    page = window.open(address)
    page.emulate_media(color_scheme="light")
    for key in keys:
        window.press(key)
        page.wait_for_timeout(100)
    expect(page.locator(shown).first).to_be_visible()
    assert find_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_violations(page, of_colours=True) == []
    page.goto("about:blank")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_screen_says_something_before_scripts_run(window: Screen, address: str) -> None:
    page = HTMLParser(window.page.request.get(window.base + address).text())
    main = page.css_first("main")
    assert main.css_first("h1").text(strip=True)
    for unseen in main.css("script, [hidden]"):
        unseen.decompose()
    assert len(main.text(separator=" ").split()) > 10
