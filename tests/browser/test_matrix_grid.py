"""The grid by keyboard and by mouse: moving, folding, filtering, transposing; what others change shows."""

import re
from collections.abc import Callable

import pytest
from browser.conftest import Screen
from playwright.sync_api import Page, expect

from framework_coder.project import Project

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    """Return what the focused element says."""
    return str(
        page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
    )


def place(page: Page) -> list[int]:
    """Return row and column of the focused cell."""
    return list(
        page.evaluate("[document.activeElement.closest('tr').rowIndex, document.activeElement.cellIndex]")
    )


@pytest.fixture
def grid(screen: Screen) -> Page:
    """Open the matrix with the focus in its first cell."""
    page = screen.open("/matrix")
    page.locator("#grid td").first.focus()
    return page


def test_the_grid_is_one_tab_stop_and_keys_move_through_cells_and_heads(screen: Screen, grid: Page) -> None:
    assert grid.locator("#grid [tabindex='0']").count() == 1
    first = place(grid)
    screen.press("ArrowRight", "ArrowDown")
    screen.until(lambda: place(grid) == [first[0] + 1, first[1] + 1])
    screen.press("Control+End")
    screen.until(lambda: place(grid) == [first[0] + 2, first[1] + 1])
    screen.press("Home")
    screen.until(lambda: place(grid) == [first[0] + 2, first[1]])
    screen.press("PageUp")
    screen.until(lambda: place(grid) == first)
    screen.press("End", "PageDown", "Control+Home")
    screen.until(lambda: place(grid) == first)
    screen.press("ArrowLeft")
    screen.until(lambda: focused(grid).startswith("Northfield"))
    screen.press("ArrowRight", "ArrowUp")
    screen.until(lambda: focused(grid) == "Funding")
    assert grid.locator("#grid [tabindex='0']").count() == 1


def test_a_group_folds_by_key_and_unfolds_by_mouse(screen: Screen, grid: Page) -> None:
    screen.press("End", "ArrowUp", "ArrowUp", "Enter")
    expect(grid.locator("#grid .heads th").last).to_contain_text("1 folded")
    screen.until(lambda: "fold=integration" in grid.url)
    expect(grid.locator("#grid .fold")).to_have_attribute("aria-expanded", "false")
    grid.locator("#grid .fold").click()
    expect(grid.locator("#grid .heads th").last).to_have_text("Barriers")
    screen.until(lambda: grid.url.endswith("/matrix"))
    grid.go_back()
    expect(grid.locator("#grid .heads th").last).to_contain_text("1 folded")


def test_folding_back_and_forth_asks_for_each_grid_once_and_misses_no_change(
    screen: Screen, grid: Page
) -> None:
    asked: list[str] = []
    grid.on("request", lambda request: asked.append(request.url) if "/matrix?" in request.url else None)
    grid.on("request", lambda request: asked.append("") if request.url.endswith("/matrix") else None)
    fold, heads = grid.locator("#grid .fold"), grid.locator("#grid .heads th")
    fold.click()
    expect(heads.last).to_contain_text("1 folded")
    with Project.open(screen.project.name, who="Other") as other:
        other.claims.add("S02", "funding", "It pays.")
    expect(grid.locator("#grid [data-row='1'] td").first).to_have_class(re.compile("is-unsupported"))
    fold.click()
    expect(heads.last).to_have_text("Barriers")
    expect(grid.locator("#grid [data-row='1'] td").first).to_have_class(re.compile("is-unsupported"))
    fold.click()
    expect(heads.last).to_contain_text("1 folded")
    assert len([url for url in asked if "/api/" not in url]) == 1
    assert grid.locator("#grid [tabindex='0']").count() == 1


def test_letters_typed_in_the_grid_go_to_the_theme_or_site_that_begins_so(screen: Screen, grid: Page) -> None:
    first = place(grid)
    grid.keyboard.type("ba")
    assert place(grid) == [first[0], first[1] + 1]
    grid.wait_for_timeout(1000)
    grid.keyboard.type("s03")
    assert place(grid) == [first[0] + 2, first[1] + 1]
    expect(grid.locator("#drawer")).to_be_hidden()
    screen.press("Enter")
    expect(grid.locator("#drawer")).to_be_visible()
    grid.locator("#grid [data-row='2'] td").last.focus()
    screen.press("n")
    expect(grid.get_by_label("A new claim with its citations")).to_be_focused()


def test_a_site_is_found_by_the_beginning_of_its_name(screen: Screen, grid: Page) -> None:
    screen.press("g")
    grid.keyboard.type("east")
    screen.press("Enter")
    expect(grid.locator("#grid [data-row='2'] td").first).to_be_focused()


def test_rows_are_filtered_and_sorted_in_the_menu_by_keyboard_alone(screen: Screen) -> None:
    page = screen.open("/matrix")
    page.get_by_text("Rows", exact=False).first.focus()
    screen.press("Enter")
    page.get_by_label("secondary").focus()
    screen.press("Space")
    expect(page.locator("#grid [data-row]")).to_have_count(2)
    expect(page.get_by_label("secondary")).to_be_focused()
    page.get_by_label("Sort by").select_option("name")
    expect(page.locator("#grid th.side").first).to_contain_text("Easton")
    screen.until(lambda: "where=tier%3Asecondary" in page.url)
    page.reload()
    expect(page.locator("#grid th.side").first).to_contain_text("Easton")
    screen.press("Escape")
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator("#grid [data-row]")).to_have_count(3)


def test_a_theme_that_is_unticked_is_hidden(screen: Screen) -> None:
    page = screen.open("/matrix")
    page.locator("summary", has_text="Themes").click()
    page.get_by_label("Barriers", exact=True).uncheck()
    expect(page.locator("#grid .heads th", has_text="Barriers")).to_have_count(0)
    screen.until(lambda: page.url.endswith("?hide=integration.barriers"))


def test_density_transposition_and_the_legend_are_links(screen: Screen) -> None:
    page = screen.open("/matrix")
    page.get_by_role("link", name="Text", exact=True).click()
    expect(page.locator("#grid")).to_contain_text("The borough pays.")
    page.get_by_role("link", name="Transpose").click()
    expect(page.locator("#grid th.side").first).to_have_text("Funding")
    page.locator("#legend a", has_text="Contested").click()
    expect(page.locator("#grid td")).to_have_count(1)
    expect(page.locator("#legend a[aria-current]")).to_contain_text("Contested")


def test_a_long_claim_is_whole_when_its_cell_has_the_focus_without_moving_anything(screen: Screen) -> None:
    screen.project.claims.add("S02", "funding", "Nobody pays for it at all. " * 30)
    page = screen.open("/matrix?density=text")
    cell = page.locator("#grid [data-row='1'] td").first
    before = page.locator("#grid [data-row='2']").bounding_box()
    page.locator("#grid td").first.focus()
    screen.press("ArrowDown")
    words = cell.locator(".clamp")
    assert words.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    assert page.locator("#grid [data-row='2']").bounding_box() == before
    page.emulate_media(media="print")
    page.locator("body").click(position={"x": 1, "y": 1})
    assert words.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_what_somebody_else_changes_shows_and_focus_scroll_and_typing_stay(screen: Screen) -> None:
    page = screen.open("/matrix#cell=S01/funding")
    expect(page.locator(".claim.chosen")).to_be_visible()
    screen.press("n")
    page.keyboard.type("Half a thought")
    with Project.open(screen.project.name, who="Other") as other:
        other.claims.add("S02", "funding", "It pays.")
        other.claims.add("S01", "funding", "Somebody pays.")
    cell = page.locator("#grid [data-row='1'] td").first
    expect(cell).to_have_class(re.compile("is-unsupported"))
    expect(page.locator(".claim")).to_have_count(2)
    expect(page.get_by_label("A new claim with its citations")).to_be_focused()
    expect(page.get_by_label("A new claim with its citations")).to_have_value("Half a thought")
    with Project.open(screen.project.name, who="Other") as other:
        other.sites.add("S04", "Fourth")
    expect(page.locator("#grid [data-row]")).to_have_count(4)
    expect(page.get_by_label("A new claim with its citations")).to_be_focused()


def test_an_export_is_what_is_shown_and_says_where_it_went(screen: Screen) -> None:
    page = screen.open("/matrix?sort=name")
    page.locator("summary", has_text="Export").focus()
    screen.press("Enter")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV table").press("Enter")
    assert saved.value.suggested_filename.endswith("matrix.csv")
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [line[:3] for line in lines[1:]] == ["S03", "S01", "S02"]
    expect(page.locator(".toast")).to_contain_text("saved as")


def test_an_empty_project_says_what_to_do(screen: Screen) -> None:
    page = screen.open("/matrix?only=unsupported")
    expect(page.locator(".empty")).to_contain_text("Show everything")


@pytest.mark.parametrize(
    "query", ["?density=text", "?transpose=1", "?only=contested&rest=dim#cell=S01/funding"]
)
def test_axe_finds_nothing_however_the_grid_is_shown(
    screen: Screen, find_violations: Callable[..., list[str]], query: str
) -> None:
    page = screen.open(f"/matrix{query}")
    assert find_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_violations(page, of_colours=True) == []


def test_axe_finds_nothing_in_any_menu(screen: Screen, find_violations: Callable[..., list[str]]) -> None:
    page = screen.open("/matrix")
    for menu in page.locator("summary.button").all():
        menu.click()
        assert find_violations(page) == []
