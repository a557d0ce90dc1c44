"""Coding in the reader: any span by keys alone or by mouse; ends moved, theme changed, removed, undone."""

import pytest
from browser.conftest import Screen
from browser.reader_words import (
    codings_of,
    highlighted,
    open_source,
    place_of,
    saved,
    select_by_mouse,
    stripes,
)
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def new_quotes(screen: Screen, ref: str) -> list[tuple[str, str]]:
    return [(each.theme, each.quote) for each in codings_of(screen, ref) if each.origin.value == "manual"]


def code_by_keys(screen: Screen, typed: str) -> None:
    screen.press("Enter")
    expect(screen.page.get_by_role("combobox", name="Theme", exact=True)).to_be_focused()
    screen.page.keyboard.type(typed)
    screen.press("Enter")
    expect(screen.page.get_by_role("dialog")).to_have_count(0)


def test_the_cursor_goes_from_segment_to_segment_and_says_where_it_is(screen: Screen) -> None:
    page = open_source(screen, "M01")
    place = page.locator("#place")
    screen.press("j")
    expect(place).to_have_text("segment 1 of 3 · ¶1")
    screen.press("j")
    expect(place).to_have_text("segment 2 of 3 · ¶2")
    screen.until(lambda: highlighted(page, "cursor") == ["Patients pay half."])
    screen.press("Shift+j")
    screen.until(lambda: highlighted(page, "cursor") == ["Patients pay half. That was agreed in 2012."])
    screen.press("Shift+k", "k")
    expect(place).to_have_text("segment 1 of 3 · ¶1")
    screen.press("Escape", "Escape")
    expect(place).to_have_text("3 segments")


def test_segments_are_coded_with_keys_alone(screen: Screen) -> None:
    page = open_source(screen, "M01")
    before = stripes(page).count()
    screen.press("j", "j", "j")
    code_by_keys(screen, "barr")
    expect(stripes(page)).to_have_count(before + 1)
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    screen.until(lambda: new_quotes(screen, "M01") == [("integration.barriers", "That was agreed in 2012.")])
    screen.press("k", "1")
    expect(stripes(page)).to_have_count(before + 2)
    expect(saved(page)).to_be_visible()
    screen.until(lambda: new_quotes(screen, "M01")[0] == ("integration.barriers", "Patients pay half."))


def test_any_span_is_reached_word_by_word(screen: Screen) -> None:
    page = open_source(screen, "M01")
    screen.press("j", "j", "j", "Alt+ArrowLeft", "Alt+ArrowLeft", "Alt+Shift+ArrowRight")
    screen.until(lambda: highlighted(page, "cursor") == ["was agreed in"])
    code_by_keys(screen, "fund")
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    screen.until(lambda: ("funding", "was agreed in") in new_quotes(screen, "M01"))


def test_the_ends_of_the_chosen_coding_move_by_keys_in_one_step(screen: Screen) -> None:
    page = open_source(screen, "M01")
    screen.press("c")
    expect(page.locator(".card q")).to_have_text("Patients pay half.")
    with page.expect_response("**/api/codings/*"):
        screen.press("Alt+ArrowLeft", "Alt+ArrowLeft")
    screen.until(lambda: [each.quote for each in codings_of(screen, "M01")] == ["Patients pay"])
    screen.press("Control+z")
    expect(page.locator(".card q")).to_have_text("Patients pay half.")


def test_an_emergent_theme_is_made_in_place_under_another(screen: Screen) -> None:
    page = open_source(screen, "M01")
    screen.press("j", "Enter")
    page.keyboard.type("integ > Room rent")
    expect(
        page.get_by_role("option", name="New emergent theme “Room rent” under Integration")
    ).to_be_visible()
    screen.press("ArrowUp")
    screen.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    expect(page.locator(".theme", has_text="Room rent")).to_be_visible()
    expect(page.locator(".name", has_text="Room rent")).to_be_visible()
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    screen.until(lambda: new_quotes(screen, "M01") == [("integration.room_rent", "Meeting with Ben")])


def test_words_selected_with_the_mouse_are_coded_from_the_bar(screen: Screen) -> None:
    page = open_source(screen, "D01")
    bar = page.get_by_role("toolbar", name="Code the selection")
    select_by_mouse(page, "quiet")
    bar.get_by_role("button", name="Code…").click()
    page.get_by_role("dialog").get_by_role("option", name="Funding").click()
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    expect(bar).to_be_hidden()
    select_by_mouse(page, "A quiet year")
    bar.get_by_role("button", name="Funding").click()
    expect(stripes(page)).to_have_count(3)
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    screen.until(lambda: {quote for _, quote in new_quotes(screen, "D01")} == {"quiet", "A quiet year"})


def test_a_double_click_chooses_a_word_to_code(screen: Screen) -> None:
    page = open_source(screen, "D01")
    page.get_by_text("A quiet year.").dblclick(position={"x": 30, "y": 12})
    expect(page.get_by_role("toolbar", name="Code the selection")).to_be_visible()
    screen.press("Enter")
    page.keyboard.type("fund")
    screen.press("Enter")
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    expect(stripes(page)).to_have_count(2)
    screen.until(lambda: ("funding", "quiet") in new_quotes(screen, "D01"))


def test_an_end_of_the_chosen_coding_is_dragged(screen: Screen) -> None:
    page = open_source(screen, "D01")
    stripes(page).first.click()
    handle = page.locator(".handle.end")
    expect(handle).to_be_visible()
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 6, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(place_of(page, "The borough pays for")["right"] - 1, box["y"] + 10, steps=6)
    with page.expect_response("**/api/codings/*"):
        page.mouse.up()
    (coding,) = codings_of(screen, "D01")
    assert coding.quote == "The borough pays for"
    expect(page.locator(".card q")).to_have_text("The borough pays for")


def test_the_theme_of_a_coding_is_changed(screen: Screen) -> None:
    page = open_source(screen, "D01")
    screen.press("c", "t")
    page.keyboard.type("barriers")
    with page.expect_response("**/api/codings/*"):
        screen.press("Enter")
    expect(page.locator(".card b")).to_have_text("Barriers")
    screen.until(lambda: codings_of(screen, "D01")[0].theme == "integration.barriers")


def test_a_coding_is_removed_and_comes_back_with_undo(screen: Screen) -> None:
    page = open_source(screen, "D02")
    screen.project.claims.unlink(2, codings_of(screen, "D02")[0].id)
    page.reload()
    screen.press("c", "Delete")
    expect(page.locator(".toast", has_text="Coding removed.")).to_be_visible()
    expect(stripes(page)).to_have_count(0)
    screen.until(lambda: codings_of(screen, "D02") == [])
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(stripes(page)).to_have_count(1)


def test_what_the_server_refuses_is_taken_back_and_said(screen: Screen) -> None:
    page = open_source(screen, "D01")
    screen.press("c", "Delete")
    expect(page.locator(".toast.refused")).to_contain_text("is evidence of a claim")
    expect(stripes(page)).to_have_count(1)
    expect(page.locator("#saved")).to_have_text("Not saved")


def test_overlapping_codings_stand_in_lanes_and_are_underlined_apart(screen: Screen) -> None:
    screen.project.codings.add("D01", "integration", quote="The borough pays for everything.")
    page = open_source(screen, "D01")
    expect(stripes(page)).to_have_count(2)
    lefts = page.eval_on_selector_all(".stripe", "all => all.map(each => each.getBoundingClientRect().left)")
    assert lefts[0] != lefts[1]
    screen.until(lambda: highlighted(page, "t-funding") == ["The borough pays for everything."])
    screen.until(lambda: highlighted(page, "t-integration-over") == ["The borough pays for everything."])
    names = page.eval_on_selector_all(".name", "all => all.map(each => each.getBoundingClientRect().top)")
    assert abs(names[0] - names[1]) >= 16
    expect(stripes(page).first).to_have_attribute("aria-label", "Funding, HW")
