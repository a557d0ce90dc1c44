"""Reading: the outline, tables, find, filters in the address, links to places, others' changes, paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import Screen
from browser.reader_words import codings_of, highlighted, open_source, select_by_mouse, stripes
from playwright.sync_api import Page, expect

from framework_coder.exchange.rows import SourceRow

pytestmark = pytest.mark.browser
PARAGRAPHS = 400


@pytest.fixture
def long_source(screen: Screen, tmp_path: Path) -> Screen:
    """Add a source that is many windows long, with headings and a sign beyond the basic plane."""
    lines = []
    for number in range(PARAGRAPHS):
        if number % 40 == 0:
            lines.append(f"# Part {number // 40 + 1}")
        lines.append(
            f"Paragraph {number} says that 🌍 the clinic was open on day {number}. " + "It rained. " * 12
        )
    (tmp_path / "long.md").write_text("\n\n".join(lines), "utf-8")
    row = SourceRow(0, "long.md", ("S01",), "document", "D08")
    screen.project.sources.ingest_register([row], tmp_path, workers=0)
    return screen


def test_the_outline_counts_codings_and_goes_to_a_heading(long_source: Screen) -> None:
    text = long_source.project.sources.text("D08").text
    start = text.index("Paragraph 130 ")
    long_source.project.codings.add("D08", "funding", start=start, end=start + 13)
    page = open_source(long_source, "D08")
    line = page.locator(".outline a", has_text="Part 4")
    expect(line).to_contain_text("1 coding")
    line.click()
    expect(page.get_by_text("Part 4").last).to_be_in_viewport()
    expect(line).to_have_attribute("aria-current", "location")
    long_source.press("h")
    expect(page.get_by_role("heading", name="Part 5")).to_be_in_viewport()
    long_source.press("Shift+h", "Shift+h")
    expect(page.get_by_role("heading", name="Part 3")).to_be_in_viewport()


def test_only_what_is_near_the_window_has_stripes(long_source: Screen) -> None:
    text = long_source.project.sources.text("D08").text
    for number in (0, 399):
        start = text.index(f"Paragraph {number} ")
        long_source.project.codings.add("D08", "funding", start=start, end=start + 9)
    page = open_source(long_source, "D08")
    expect(stripes(page)).to_have_count(1)
    page.keyboard.press("End")
    page.locator("#text").evaluate("box => box.scrollTo(0, box.scrollHeight)")
    expect(page.locator(".stripe")).to_be_in_viewport()
    expect(stripes(page)).to_have_count(1)


def test_signs_beyond_the_basic_plane_do_not_shift_a_passage(long_source: Screen) -> None:
    page = open_source(long_source, "D08")
    select_by_mouse(page, "was open on day 1.")
    long_source.press("Enter")
    page.keyboard.type("funding")
    long_source.press("Enter")
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    expect(stripes(page)).to_have_count(1)
    long_source.until(
        lambda: [each.quote for each in codings_of(long_source, "D08")] == ["was open on day 1."]
    )
    long_source.until(lambda: highlighted(page, "t-funding") == ["was open on day 1."])


def test_find_goes_from_hit_to_hit_and_leaves_the_cursor_there(long_source: Screen) -> None:
    page = open_source(long_source, "D08")
    long_source.press("f")
    page.keyboard.type("open on day 39")
    count = page.locator("#find output")
    expect(count).to_have_text("1 of 11")
    long_source.until(lambda: highlighted(page, "here") == ["open on day 39"])
    long_source.press("Enter", "Enter")
    expect(count).to_have_text("3 of 11")
    long_source.press("Shift+Enter")
    expect(count).to_have_text("2 of 11")
    expect(page.get_by_text("Paragraph 390 ")).to_be_in_viewport()
    long_source.press("Escape")
    expect(page.locator("#find")).to_be_hidden()
    long_source.until(lambda: highlighted(page, "found") == [])
    long_source.until(lambda: highlighted(page, "cursor") == ["open on day 39"])


def test_find_says_when_there_is_nothing(screen: Screen) -> None:
    page = open_source(screen, "D01")
    page.get_by_role("button", name="Find").click()
    page.keyboard.type("(nowhere")
    expect(page.locator("#find output")).to_have_text("not found")


def test_a_filter_stands_in_the_address_and_is_taken_from_it(screen: Screen) -> None:
    screen.project.codings.add("D01", "integration.barriers", quote="A quiet year.")
    page = open_source(screen, "D01")
    expect(stripes(page)).to_have_count(2)
    page.get_by_label("Themes shown").select_option("integration")
    expect(stripes(page)).to_have_count(1)
    screen.until(lambda: "theme=integration" in page.url)
    page.reload()
    expect(page.locator(".name")).to_have_text(["Barriers"])
    page.get_by_role("button", name="1 of 2 · show all").click()
    expect(stripes(page)).to_have_count(2)
    screen.until(lambda: "theme" not in page.url)
    page.locator(".theme", has_text="Funding").focus()
    screen.press("Space")
    expect(page.locator(".name")).to_have_text(["Funding"])
    page.get_by_label("States shown").select_option("proposed")
    expect(stripes(page)).to_have_count(0)


def test_pointing_at_a_theme_shows_its_passages_alone(screen: Screen) -> None:
    screen.project.codings.add("D01", "integration.barriers", quote="A quiet year.")
    page = open_source(screen, "D01")
    page.locator(".theme", has_text="Barriers").hover()
    expect(page.locator(".name")).to_have_text(["Barriers"])
    page.locator("#place").hover()
    expect(stripes(page)).to_have_count(2)


def test_a_link_opens_a_coding_or_a_place(long_source: Screen) -> None:
    text = long_source.project.sources.text("D08").text
    start = text.index("Paragraph 300 ")
    made = long_source.project.codings.add("D08", "funding", start=start, end=start + 13)
    page = open_source(long_source, "D08", f"#coding={made.id}")
    expect(page.locator(".stripe[aria-pressed=true]")).to_be_in_viewport()
    expect(page.locator(".card q")).to_have_text("Paragraph 300")
    page.evaluate(f"location.hash = '#at={text.index('Paragraph 200 ')}'")
    expect(page.get_by_text("Paragraph 200 ")).to_be_in_viewport()


def test_the_place_is_kept_from_visit_to_visit(long_source: Screen) -> None:
    text = long_source.project.sources.text("D08").text
    page = open_source(long_source, "D08", f"#at={text.index('Paragraph 250 ')}")
    expect(page.get_by_text("Paragraph 250 ")).to_be_in_viewport()
    place = page.locator("#place").inner_text()
    open_source(long_source, "D01")
    open_source(long_source, "D08")
    expect(page.get_by_text("Paragraph 250 ")).to_be_in_viewport()
    long_source.press("j", "k")
    expect(page.locator("#place")).to_have_text(place)


def test_keys_go_to_the_source_after_and_before(screen: Screen) -> None:
    page = open_source(screen, "Q01")
    screen.press("Alt+PageDown")
    page.wait_for_url("**/sources/D01")
    page.wait_for_selector("html[data-ready]")
    screen.press("Alt+PageUp")
    page.wait_for_url("**/sources/Q01")


def test_others_codings_appear_and_cursor_and_place_stay(long_source: Screen) -> None:
    text = long_source.project.sources.text("D08").text
    start = text.index("Paragraph 200 ")
    page = open_source(long_source, "D08", f"#at={start}")
    expect(page.get_by_text("Paragraph 200 ")).to_be_in_viewport()
    place, top = page.locator("#place").inner_text(), page.locator("#text").evaluate("box => box.scrollTop")
    long_source.project.codings.add("D08", "funding", start=start, end=start + 9)
    expect(stripes(page)).to_have_count(1)
    expect(page.locator("#place")).to_have_text(place)
    assert page.locator("#text").evaluate("box => box.scrollTop") == top


def test_words_of_sources_and_themes_are_never_markup(screen: Screen, tmp_path: Path) -> None:
    hostile = '<img src=x onerror="window.wasHit=1">'
    (tmp_path / "bad.txt").write_text(f"{hostile}\n\n</p><script>window.wasHit=1</script>\n", "utf-8")
    row = SourceRow(0, "bad.txt", ("S01",), "document", "D07", title=hostile)
    screen.project.sources.ingest_register([row], tmp_path, workers=0)
    screen.project.codebook.add_emergent("bad", hostile, why="test")
    screen.project.codings.add("D07", "bad", quote=hostile)
    screen.project.memos.add(hostile, hostile, source="D07")
    page = open_source(screen, "D07")
    expect(page.locator(".name")).to_have_text(hostile)
    screen.press("c", "Shift+m")
    expect(page.get_by_role("dialog")).to_contain_text(hostile)
    assert page.evaluate("window.wasHit") is None
    assert page.locator("main img").count() == 0


def test_paper_has_the_labels_beside_the_words_and_no_panel(screen: Screen) -> None:
    page = open_source(screen, "D01")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".name")).to_have_text(["Funding"])
    expect(page.locator(".name")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".beside")).to_be_hidden()


def test_axe_finds_nothing_with_everything_open(
    screen: Screen, find_violations: Callable[[Page], list[str]]
) -> None:
    screen.project.codings.suggest(sources=["Q01"], workers=1)
    screen.project.codings.add("Q01", "funding", quote="Who pays for the service?")
    page = open_source(screen, "Q01")
    screen.press("c")
    for keys in ((), ("Enter",), ("e",), ("l",), ("m",), ("f",)):
        screen.press(*keys)
        assert find_violations(page) == [], keys
        if keys:
            screen.press("Escape")
