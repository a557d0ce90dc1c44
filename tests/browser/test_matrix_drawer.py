"""The drawer of a cell: charted, decided and read by keyboard alone; the main things by mouse."""

from collections.abc import Callable

import pytest
from browser.conftest import Screen
from playwright.sync_api import Page, expect

from framework_coder.model.claims import Stance
from framework_coder.project import Project

pytestmark = pytest.mark.browser

CELL = "/matrix#cell=S01/funding"


@pytest.fixture
def cell(screen: Screen) -> Page:
    """Open the cell of a contested claim, with the focus in the grid."""
    page = screen.open(CELL)
    expect(page.locator(".claim.chosen")).to_be_visible()
    return page


def test_a_claim_is_written_with_a_citation_completed_and_its_status_shows_at_once(
    screen: Screen, cell: Page
) -> None:
    screen.press("n")
    cell.keyboard.type("Patients pay a share [M")
    expect(cell.locator(".candidates li").first).to_contain_text("M01")
    screen.press("Enter")
    cell.keyboard.type(".")
    screen.press("Control+Enter")
    expect(cell.locator(".claim")).to_have_count(2)
    expect(cell.locator(".claim.chosen .why")).to_contain_text("Single source")
    expect(cell.locator("#grid [data-row='0'] td").first.locator(".strip")).to_be_visible()


def test_stance_is_set_by_key_and_the_reason_changes_with_it(screen: Screen, cell: Page) -> None:
    screen.press("v", "ArrowDown", "s")
    expect(cell.locator(".claim.chosen .why")).not_to_contain_text("contradict")
    screen.press("x")
    expect(cell.locator(".passage:focus")).to_have_attribute("aria-label", "[M01 ¶2] context")
    screen.press("q", "i", "3")
    expect(cell.locator(".passage:focus")).to_contain_text("inferred · dominant")
    expect(cell.locator("#grid [data-row='0'] td").first).not_to_have_class("is-contested")


def test_a_contested_claim_is_decided_in_the_drawer(screen: Screen, cell: Page) -> None:
    screen.press("d", "ArrowDown")
    cell.keyboard.press("Tab")
    cell.keyboard.type("Both pay a part.")
    screen.press("Tab", "Enter")
    expect(cell.locator(".claim.chosen .why")).to_contain_text("Resolved")
    screen.press("Control+z")
    expect(cell.locator(".claim.chosen .why")).to_contain_text("Contested")


def test_a_claim_is_edited_in_all_its_fields(screen: Screen, cell: Page) -> None:
    screen.press("e")
    cell.get_by_label("Kind", exact=True).select_option("view")
    cell.get_by_label("Comment, apart from the summary").fill("Since when?")
    cell.get_by_role("button", name="Add a value").click()
    cell.get_by_label("Name of value 2").fill("since")
    cell.get_by_label("Value 2", exact=True).fill("2014-03")
    cell.get_by_role("button", name="Save", exact=True).click()
    expect(cell.locator(".claim.chosen .card")).to_contain_text("since=2014-03")
    made = screen.project.claims.list()[0]
    assert (made.kind, made.comment) == ("view", "Since when?")


def test_claims_are_split_at_the_cursor_merged_reordered_and_deleted_by_key(
    screen: Screen, cell: Page
) -> None:
    screen.press("n")
    cell.keyboard.type("First words. Second words.")
    screen.press("Control+Enter")
    expect(cell.locator(".claim.chosen .paragraph")).to_have_text("First words. Second words.")
    expect(cell.locator(".claim.chosen .pick")).to_be_focused()
    screen.press("e", "Control+Home", *["ArrowRight"] * 12, "Alt+Enter")
    expect(cell.locator(".claim")).to_have_count(3)
    expect(cell.locator(".claim .paragraph").nth(1)).to_have_text("First words.")
    cell.locator(".claim .pick").nth(2).focus()
    screen.press("Enter", "Shift+ArrowUp")
    expect(cell.locator(".claim .paragraph").nth(1)).to_have_text("Second words.")
    screen.press("j", "m")
    expect(cell.locator(".claim")).to_have_count(2)
    expect(cell.locator(".claim.chosen .paragraph")).to_have_text("Second words. First words.")
    cell.locator(".claim.chosen .pick").focus()
    screen.press("Delete")
    expect(cell.locator(".claim")).to_have_count(1)
    cell.locator(".toast").get_by_role("button", name="Undo").last.click()
    expect(cell.locator(".claim")).to_have_count(2)


def test_a_passage_is_dragged_onto_a_claim(screen: Screen) -> None:
    coding = screen.project.codings.list(sources=["M01"])[0]
    claim = screen.project.claims.list()[0].id
    screen.project.claims.unlink(claim, coding.id)
    page = screen.open(CELL)
    page.locator(f'.passage.loose[data-coding="{coding.id}"] q').drag_to(page.locator(".claim"))
    expect(page.locator(f'.passage.supports[data-coding="{coding.id}"]')).to_be_visible()
    stances = {link.coding: link.stance for link in screen.project.claims.get(claim).evidence}
    screen.until(lambda: stances[coding.id] is Stance.SUPPORTS)


def test_a_passage_is_used_by_key_and_narrowed_to_who_said_it(screen: Screen) -> None:
    coding = screen.project.codings.list(sources=["M01"])[0]
    claim = screen.project.claims.list()[0].id
    screen.project.claims.unlink(claim, coding.id)
    page = screen.open(CELL)
    expect(page.locator(".claim.chosen")).to_be_visible()
    page.locator(f'.passage[data-coding="{coding.id}"]').focus()
    screen.press("u")
    used = page.locator(f'.passage.supports[data-coding="{coding.id}"]')
    expect(used).to_be_focused()
    used.locator("summary").click()
    used.get_by_label("M01", exact=True).uncheck()
    expect(used.locator("small")).to_contain_text("only Ben")


def test_a_passage_is_read_in_its_place_and_one_comes_back_to_where_one_was(
    screen: Screen, cell: Page
) -> None:
    screen.press("v", "o")
    expect(cell.locator("#peek mark")).to_be_visible()
    coding = screen.project.codings.list(sources=["D01"], themes=["funding"])[-1].id
    link = cell.get_by_role("link", name="Open in the reader")
    expect(link).to_have_attribute(
        "href", f"/sources/D01?from=%2Fmatrix%23cell%3DS01%2Ffunding#coding={coding}"
    )
    link.press("Enter")
    cell.get_by_role("link", name="Back to the cell").press("Enter")
    expect(cell.locator("#drawer h2")).to_have_text("Funding")
    screen.press("v", "o")
    expect(cell.locator("#peek mark")).to_be_visible()
    screen.press("Escape")
    expect(cell.locator("#peek")).to_be_hidden()
    expect(cell.locator(".passage").first).to_be_focused()
    screen.press("Escape")
    expect(cell.locator("#drawer")).to_be_hidden()
    expect(cell.locator("#grid td").first).to_be_focused()


def test_next_and_previous_cell_by_key_with_the_drawer_open(screen: Screen, cell: Page) -> None:
    screen.press("Alt+ArrowDown")
    expect(cell.locator("#drawer h2")).to_have_text("Barriers")
    screen.press("Alt+PageDown")
    expect(cell.locator("#drawer header")).to_contain_text("S02")
    screen.press("Alt+ArrowUp")
    expect(cell.locator("#drawer h2")).to_have_text("Funding")
    expect(cell.locator("#grid [data-row='1'] td").first).to_have_attribute("aria-selected", "true")


def test_typing_survives_a_lost_server_and_a_reload(screen: Screen, cell: Page) -> None:
    screen.press("n")
    cell.keyboard.type("Not lost.")
    cell.route("**/api/**", lambda route: route.abort())
    screen.press("Control+Enter")
    expect(cell.locator(".refusal")).to_contain_text("does not answer")
    expect(cell.locator("#banner")).to_be_visible()
    cell.unroute("**/api/**")
    cell.reload()
    field = cell.get_by_label("A new claim with its citations")
    expect(field).to_have_value("Not lost.")
    field.press("Control+Enter")
    expect(cell.locator(".claim")).to_have_count(2)
    cell.reload()
    expect(cell.locator(".claim")).to_have_count(2)
    expect(field).to_have_count(0)


def test_a_text_is_saved_by_itself_when_the_server_is_back(screen: Screen, cell: Page) -> None:
    screen.press("n")
    cell.keyboard.type("Saved later.")
    cell.route("**/api/**", lambda route: route.abort())
    screen.press("Control+Enter")
    expect(cell.locator(".refusal")).to_be_visible()
    cell.unroute("**/api/**")
    expect(cell.locator(".claim")).to_have_count(2)
    expect(cell.locator("#banner")).to_be_hidden()


def test_a_stale_claim_shows_both_texts_and_overwrites_nothing(screen: Screen, cell: Page) -> None:
    screen.press("e")
    cell.keyboard.type(" Mine.")
    with Project.open(screen.project.name, who="Other") as other:
        other.claims.edit(screen.project.claims.list()[0].id, summary="Theirs.")
    screen.press("Control+Enter")
    expect(cell.locator(".refusal")).to_contain_text("Theirs.")
    expect(cell.locator(".refusal")).to_contain_text("Mine.")
    screen.until(lambda: screen.project.claims.list()[0].summary == "Theirs.")
    cell.get_by_role("button", name="Save mine").click()
    expect(cell.locator(".claim .paragraph")).to_contain_text("Mine.")


def test_coverage_memos_and_not_applicable_stand_in_the_drawer(screen: Screen) -> None:
    page = screen.open("/matrix#cell=S02/funding")
    expect(page.locator("#no-claims")).to_contain_text("silent")
    screen.press("l", "Enter")
    expect(page.locator("#around [data-source]")).to_contain_text("not examined")
    expect(page.locator("#grid [data-row='1'] td").first).to_have_attribute("aria-label", "Not examined")
    screen.press("Shift+b")
    page.keyboard.type("Look again")
    screen.press("Enter")
    expect(page.locator("#around .memos summary").first).to_contain_text("1")
    page.locator(".close").focus()
    screen.press("t")
    page.keyboard.type("Nothing is paid.")
    screen.press("Control+Enter")
    expect(page.locator("#drawer header")).to_contain_text("Not applicable")
    screen.press("t")
    expect(page.locator("#drawer header")).to_contain_text("Not examined")


def test_the_history_of_a_claim_is_told(screen: Screen, cell: Page) -> None:
    screen.project.claims.edit(screen.project.claims.list()[0].id, summary="Changed.")
    screen.press("h")
    expect(cell.get_by_role("dialog")).to_contain_text("“The borough pays.” → “Changed.”")


def test_proposals_are_decided_one_after_another(screen: Screen) -> None:
    screen.project.codings.suggest(themes=["funding"])
    page = screen.open(CELL)
    waiting = page.locator("[data-proposal]")
    expect(waiting.first).to_be_visible()
    number, loose = waiting.count(), page.locator(".passage.loose:not([data-proposal])")
    before = loose.count()
    waiting.first.focus()
    screen.press("y")
    expect(waiting).to_have_count(number - 1)
    expect(loose).to_have_count(before + 1)


def test_the_drawer_is_resized_by_key_and_by_mouse_and_keeps_its_width(screen: Screen, cell: Page) -> None:
    before = cell.locator("#drawer").evaluate("e => e.offsetWidth")
    cell.locator("#grip").focus()
    screen.press("ArrowLeft")
    screen.until(lambda: cell.locator("#drawer").evaluate("e => e.offsetWidth") == before + 40)
    cell.mouse.move(1440 - before - 40, 500)
    cell.mouse.down()
    cell.mouse.move(900, 500)
    cell.mouse.up()
    screen.until(lambda: cell.locator("#drawer").evaluate("e => e.offsetWidth") == 540)
    cell.reload()
    expect(cell.locator(".claim.chosen")).to_be_visible()
    screen.until(lambda: cell.locator("#drawer").evaluate("e => e.offsetWidth") == 540)


def test_axe_finds_nothing_in_the_drawer_with_all_of_it_open(
    screen: Screen, cell: Page, find_violations: Callable[..., list[str]]
) -> None:
    screen.project.codings.suggest(themes=["funding"])
    screen.press("v", "o")
    expect(cell.locator("#peek mark")).to_be_visible()
    cell.locator(".claim .pick").first.focus()
    screen.press("e")
    cell.evaluate("document.querySelectorAll('#drawer details').forEach(e => e.open = true)")
    assert find_violations(cell) == []
    cell.emulate_media(color_scheme="dark")
    assert find_violations(cell, of_colours=True) == []
