"""The registers by keyboard alone, and edited by mouse."""

import pytest
from browser.conftest import Screen
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser


def cell(screen: Screen, row: str, column: str) -> Locator:
    return screen.page.locator(f'tr[data-row="{row}"] > [data-column="{column}"]')


def refs(screen: Screen) -> list[str]:
    return screen.page.locator("tbody th a").all_inner_texts()


def enter(screen: Screen, row: str, column: str) -> None:
    cell(screen, row, column).focus()
    screen.press("Enter")


def test_cells_are_gone_through_and_edited_by_keys_alone(screen: Screen) -> None:
    page = screen.open("/sources")
    cell(screen, "Q01", "ref").focus()
    screen.press("ArrowDown", "ArrowRight", "F2")
    page.keyboard.type("Report of the year")
    screen.press("Enter")
    expect(cell(screen, "D01", "title")).to_have_text("Report of the year")
    expect(cell(screen, "M01", "title")).to_be_focused()
    screen.press("ArrowUp", "ArrowRight", "Enter")
    page.keyboard.type("S01; ")
    completions = page.locator("#cell-values option").evaluate_all("all => all.map((each) => each.value)")
    assert completions == ["S01; S02", "S01; S03"], "what is typed completes to the sites that are not there"
    page.keyboard.type("S03")
    screen.press("Tab")
    expect(cell(screen, "D01", "method")).to_be_focused()
    screen.until(lambda: screen.project.sources.get("D01").sites == (1, 3))
    screen.press("Enter")
    page.get_by_role("combobox", name="Method").last.select_option("meeting")
    screen.press("Enter")
    expect(cell(screen, "D01", "method")).to_have_text("Meeting")
    screen.press("Control+z")
    expect(cell(screen, "D01", "method")).to_have_text("Document")


def test_a_value_that_is_not_allowed_is_explained_at_the_field_and_kept(screen: Screen) -> None:
    page = screen.open("/sources")
    enter(screen, "D01", "produced_on")
    page.keyboard.type("last spring")
    screen.press("Enter")
    field = page.get_by_role("textbox", name="Date")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#cell-told")).to_contain_text("“last spring” is not a date")
    expect(field).to_have_value("last spring")
    screen.press("Escape")
    expect(cell(screen, "D01", "produced_on")).to_be_focused()
    expect(cell(screen, "D01", "produced_on")).to_have_text("2013")


def test_an_edit_that_somebody_overtook_shows_both_values(screen: Screen) -> None:
    page = screen.open("/sources")
    enter(screen, "D01", "produced_on")
    screen.project.sources.edit("D01", produced_on="2012")
    page.keyboard.type("2011")
    screen.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2012")
    expect(dialog).to_contain_text("2011")
    dialog.get_by_role("button", name="Save yours").press("Enter")
    expect(cell(screen, "D01", "produced_on")).to_have_text("2011")
    screen.until(lambda: str(screen.project.sources.get("D01").produced_on) == "2011")


def test_the_table_is_sorted_and_filtered_by_key_and_keeps_both_in_its_address(screen: Screen) -> None:
    page = screen.open("/sources")
    cell(screen, "Q01", "produced_on").focus()
    screen.press("s")
    expect(page.locator("tbody th a").first).to_have_text("D02")
    screen.press("s")
    expect(page.locator("tbody th a").first).to_have_text("M01")
    screen.press("f")
    page.keyboard.type("sudmere")
    expect(page.locator("#count")).to_have_text("0 of 4 sources")
    page.get_by_role("searchbox", name="Words").fill("report")
    expect(page.locator("#count")).to_have_text("1 of 4 sources")
    screen.open(page.url.removeprefix(screen.base))
    screen.until(lambda: refs(screen) == ["D01"])
    page.get_by_role("searchbox", name="Words").fill("")
    page.get_by_label("Only").select_option("undated")
    expect(page.locator("#count")).to_have_text("0 of 4 sources")


def test_a_row_opens_the_reader(screen: Screen) -> None:
    page = screen.open("/sources")
    cell(screen, "M01", "title").focus()
    screen.press("o")
    page.wait_for_url("**/sources/M01")


def test_what_others_change_shows_without_losing_the_cell(screen: Screen) -> None:
    screen.open("/sources")
    cell(screen, "M01", "title").focus()
    screen.project.sources.edit("D01", title="Theirs")
    expect(cell(screen, "D01", "title")).to_have_text("Theirs")
    expect(cell(screen, "M01", "title")).to_be_focused()


def test_a_cell_is_edited_by_mouse(screen: Screen) -> None:
    page = screen.open("/sources")
    cell(screen, "D01", "originator").dblclick()
    page.get_by_role("combobox", name="Originator").last.select_option("press")
    page.locator("h1").click()
    expect(cell(screen, "D01", "originator")).to_have_text("press")


def test_sites_are_added_and_planned_by_keys_alone(screen: Screen) -> None:
    page = screen.open("/sites")
    cell(screen, "S01", "name").focus()
    screen.press("n")
    page.keyboard.type("S04")
    screen.press("Tab")
    page.keyboard.type("Weston")
    screen.press("Enter")
    expect(cell(screen, "S04", "name")).to_be_focused()
    expect(cell(screen, "S04", "name")).to_have_text("Weston")
    enter(screen, "S04", "plan:document")
    page.keyboard.type("3")
    screen.press("Tab")
    expect(cell(screen, "S04", "plan:document")).to_have_text("3")
    expect(cell(screen, "S04", "got:document")).to_be_focused()
