"""What the tests of the reader ask of its page and its project."""

from browser.conftest import Screen
from playwright.sync_api import Locator, Page

from framework_coder.model.codings import Coding, CodingState

SELECT = """
([words]) => {
  for (const block of document.querySelectorAll('[data-block]')) {
    const at = block.firstChild?.data.indexOf(words) ?? -1;
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(block.firstChild, at);
    range.setEnd(block.firstChild, at + words.length);
    const box = range.getBoundingClientRect();
    return { left: box.left, right: box.right, y: box.top + box.height / 2 };
  }
}
"""
"""Where words stand in the window."""

HIGHLIGHTED = "(name) => [...(CSS.highlights.get(name) ?? [])].map(String)"


def open_source(screen: Screen, ref: str, more: str = "") -> Page:
    """Open a source."""
    return screen.open(f"/sources/{ref}{more}")


def place_of(page: Page, words: str) -> dict[str, float]:
    """Return left, right and middle height (y) of words in the window, whatever the fonts are."""
    return dict(page.evaluate(SELECT, [words]))


def select_by_mouse(page: Page, words: str) -> None:
    """Drag over words."""
    place = place_of(page, words)
    page.mouse.move(place["left"] + 1, place["y"])
    page.mouse.down()
    page.mouse.move(place["right"] - 1, place["y"], steps=3)
    page.mouse.up()


def highlighted(page: Page, name: str) -> list[str]:
    """Return the words under a highlight."""
    return list(page.evaluate(HIGHLIGHTED, name))


def stripes(page: Page) -> Locator:
    """Return the stripes in the margin."""
    return page.locator(".stripe")


def codings_of(screen: Screen, ref: str, state: CodingState = CodingState.ACCEPTED) -> list[Coding]:
    """Return the codings of a source as the project has them, in the order of the text."""
    return sorted(screen.project.codings.list(sources=[ref], states=[state]), key=lambda each: each.start)


def saved(page: Page) -> Locator:
    """Return the line that says whether all is saved."""
    return page.locator("#saved", has_text="All changes saved")
