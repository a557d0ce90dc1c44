"""What is done in the reader while the server is away is shown, kept through a reload, and sent in order."""

import pytest
from browser.conftest import Screen
from browser.reader_words import codings_of, open_source, saved, stripes
from playwright.sync_api import expect

from framework_coder.model.codings import CodingState
from framework_coder.project import Project

pytestmark = pytest.mark.browser


def code_by_keys(screen: Screen, typed: str) -> None:
    screen.press("Enter")
    screen.page.keyboard.type(typed)
    screen.press("Enter")


def test_what_is_coded_changed_and_removed_while_the_server_is_away_is_saved_when_it_is_back(
    screen: Screen,
) -> None:
    page = open_source(screen, "M01")
    before = [(each.theme, each.quote) for each in codings_of(screen, "M01")]
    page.route("**/api/**", lambda route: route.abort())
    screen.press("j", "j", "j")
    code_by_keys(screen, "barr")
    expect(page.locator("#banner")).to_contain_text("1 change waits here and will be sent when it is back")
    expect(page.locator("#saved")).to_have_text("1 change waits")
    page.locator('.stripe[data-coding^="-"]').click()
    screen.press("Alt+ArrowLeft")
    expect(page.locator("#banner")).to_contain_text("2 changes wait")
    screen.press("Escape", "k", "1")
    expect(page.locator("#banner")).to_contain_text("3 changes wait")
    screen.press("Control+z")
    expect(page.locator("#banner")).to_contain_text("2 changes wait")
    assert [(each.theme, each.quote) for each in codings_of(screen, "M01")] == before
    page.reload()
    expect(stripes(page)).to_have_count(len(before) + 1)
    expect(page.locator("#banner")).to_contain_text("2 changes wait")
    page.unroute("**/api/**")
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    expect(saved(page)).to_be_visible()
    now = [(each.theme, each.quote) for each in codings_of(screen, "M01")]
    assert now == [*before, ("integration.barriers", "That was agreed in 2012")]


def test_what_is_refused_in_the_end_is_said_and_the_words_of_its_memo_are_kept(screen: Screen) -> None:
    page = open_source(screen, "D02")
    number = codings_of(screen, "D02")[0].id
    screen.project.claims.unlink(2, number)
    page.reload()
    page.route("**/api/**", lambda route: route.abort())
    screen.press("c", "m")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("cannot be shown")
    dialog.get_by_label("Title").fill("Ask")
    dialog.get_by_label("Words").fill("Who says so?")
    screen.press("Control+Enter")
    expect(dialog).to_have_count(0)
    with Project.open(screen.project.name, who="Other") as other:
        other.codings.remove([number])
    page.unroute("**/api/**")
    expect(page.locator(".toast.refused")).to_be_visible()
    expect(stripes(page)).to_have_count(0)
    kept = page.evaluate(f"sessionStorage.getItem('draft:memo:D02:{number}')")
    assert "Who says so?" in kept
    assert codings_of(screen, "D02", CodingState.ACCEPTED) == []
