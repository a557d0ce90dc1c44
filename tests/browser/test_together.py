"""Two tabs, two people, a server that goes away: nothing that was typed is lost, and everybody is told."""

import pytest
from browser.conftest import Screen
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_losing_the_server_shows_a_banner_and_keeps_what_was_typed(screen: Screen) -> None:
    page = screen.open("/codebook#theme=funding")
    page.locator("#reason").fill("because")
    field = page.get_by_label("Definition")
    field.fill("Typed while the line was down")
    page.context.set_offline(True)
    screen.press("Control+Enter")
    expect(page.locator("#banner")).to_contain_text("The server does not answer")
    expect(page.locator("#saved")).to_have_text("Not saved")
    expect(field).to_have_value("Typed while the line was down")
    page.context.set_offline(False)
    field.focus()
    screen.press("Control+Enter")
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator("#saved")).to_have_text("All changes saved")
    screen.until(
        lambda: screen.project.codebook.show()["funding"].definition == "Typed while the line was down"
    )


def test_a_change_in_one_tab_shows_in_the_other_within_seconds(screen: Screen) -> None:
    one = screen.open("/explore/findings")
    other = one.context.new_page()
    other.goto(f"{screen.base}/explore/findings")
    other.wait_for_selector("html[data-ready]")
    one.keyboard.press("n")
    one.keyboard.type("Seen in both tabs.")
    one.keyboard.press("Control+Enter")
    other.bring_to_front()
    expect(other.locator(".findings")).to_contain_text("Seen in both tabs.")


def test_undo_takes_back_ones_own_last_change_on_any_screen(screen: Screen) -> None:
    screen.project.memos.add("A note", "Words")
    for address in ("/explore/frequencies", "/triangulation", "/help"):
        screen.open(address)
        screen.press("Control+z")
        expect(screen.page.locator("#toasts")).to_contain_text("Undone")
        screen.until(lambda: screen.project.memos.list() == ())
        screen.press("Control+Shift+z")
        expect(screen.page.locator("#toasts")).to_contain_text("Done again")
        screen.until(lambda: len(screen.project.memos.list()) == 1)


def test_hostile_words_are_shown_and_never_run(screen: Screen) -> None:
    words = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    screen.project.memos.add(words, words)
    screen.project.findings.add(words)
    for address in ("/journal", "/explore/findings", "/"):
        page = screen.open(address)
        assert page.title() != "run"
        expect(page.locator("main img[src='x']")).to_have_count(0)
