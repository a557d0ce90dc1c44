"""The pages of a PDF in the reader: by keys and by mouse they are read and coded as the text is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import Screen
from browser.reader_words import codings_of, highlighted, open_source
from playwright.sync_api import FloatRect, Locator, Page, expect
from readers.pdf_builders import PROSE, draw, lines, together, wrap
from sqlalchemy import text as sql

pytestmark = pytest.mark.browser

SENTENCE = "Referrals came from fifteen practices across the county."
LAST = "The last page."
LONG = 12
STARTS = 40_000
"""Milliseconds in which the processes that draw and map pages start, on a machine however busy."""


@pytest.fixture
def ref(screen: Screen, tmp_path: Path) -> str:
    """Add a PDF of twelve pages, the first with a paragraph and a divided word, and return its ref."""
    first = together(lines(wrap(PROSE)), lines(["They were glad of the refer-", "ral to the clinic."], y=300),
                     lines(["Patients pay half."], y=400))  # fmt: skip
    middle = [lines([f"Page of things number {number}."]) for number in range(2, LONG)]
    path = tmp_path / "paper.pdf"
    path.write_bytes(draw(first, *middle, lines([LAST])))
    screen.project.sources.ingest(path, site="S01", method="document", workers=0)
    return screen.project.sources.list()[-1].ref


def spot(screen: Screen, ref: str, word: str, page_number: int = 1) -> tuple[float, float, float]:
    """Return left, right and middle height in the window of the first box of a word on a page."""
    pages, text = screen.project.sources.page_words(ref).pages, screen.project.sources.text(ref).text
    page = pages[page_number - 1]
    box = next(w for line in page.lines for w in line if text[w.start : w.end] == word)
    paper = settled(screen, screen.page.locator(".paper").nth(page_number - 1))
    zoom = paper["width"] / page.width
    left, right = (paper["x"] + side * zoom for side in (box.x0, box.x1))
    return left, right, paper["y"] + (box.top + box.bottom) / 2 * zoom


def settled(screen: Screen, place: Locator) -> FloatRect:
    """Return where something stands once it stands still: text and pages scroll each other."""
    boxes = [place.bounding_box()]

    def stands_still() -> bool:
        screen.page.wait_for_timeout(50)
        boxes.append(place.bounding_box())
        return boxes[-1] == boxes[-2]

    screen.until(stands_still)
    assert boxes[-1] is not None
    return boxes[-1]


def drag(screen: Screen, ref: str, first: str, last: str) -> None:
    """Drag over the words of the first page from one to another."""
    mouse, (left, _, y), (_, right, other) = (
        screen.page.mouse,
        spot(screen, ref, first),
        spot(screen, ref, last),
    )
    mouse.move(left + 2, y)
    mouse.down()
    mouse.move(right - 2, other, steps=4)
    mouse.up()


def drawn(page: Page) -> Locator:
    """Return the pages whose pictures have come."""
    return page.locator(".sheet.drawn")


def show_pages(screen: Screen, ref: str, *keys: str) -> Page:
    page = open_source(screen, ref)
    screen.press(*(keys or ("v",)))
    expect(drawn(page).first).to_be_visible(timeout=STARTS)
    expect(page.locator(".text-layer .line").first).to_be_attached(timeout=STARTS)
    return page


def test_one_key_goes_from_text_to_page_to_both_and_the_tab_remembers_it(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref)
    expect(page.locator("#text")).to_be_hidden()
    expect(page.get_by_role("button", name="Page", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("region", name=f"Pages of {ref}")).to_be_focused()
    screen.press("v")
    expect(page.locator("#text")).to_be_visible()
    expect(page.locator("#pages")).to_be_visible()
    page.reload()
    expect(page.locator("#text")).to_be_visible()
    expect(drawn(page).first).to_be_visible()
    screen.press("v")
    expect(page.locator("#pages")).to_be_hidden()


def test_only_pages_near_the_window_are_loaded(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref)
    expect(page.locator(".sheet")).to_have_count(LONG)
    assert page.locator(".picture[src]").count() < LONG / 2
    page.locator(".sheet").last.scroll_into_view_if_needed()
    expect(page.locator(".sheet").last).to_have_class("sheet drawn")
    expect(page.locator(".sheet").first.locator(".line")).to_have_count(0)


def test_words_dragged_over_on_a_page_are_coded_and_shown_on_both_sides(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref, "v", "v")
    drag(screen, ref, "Referrals", "county.")
    expect(page.locator(".at-cursor")).not_to_have_count(0)
    page.get_by_role("toolbar", name="Code the selection").get_by_role("button", name="Code…").click()
    page.get_by_role("dialog").get_by_role("option", name="Funding").click()
    expect(page.locator(".mark.t-funding").first).to_be_visible()
    expect(page.locator('.stripe[data-coding^="-"]')).to_have_count(0)
    screen.until(lambda: [coding.quote for coding in codings_of(screen, ref)] == [SENTENCE])
    screen.until(lambda: highlighted(page, "t-funding") == [SENTENCE])
    assert page.locator("#pages .stripe").count() == 1


def test_a_drag_upwards_and_a_double_click_select_whole_words(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref)
    drag(screen, ref, "county.", "fifteen")
    screen.press("Enter")
    page.keyboard.type("fund")
    screen.press("Enter")
    expect(page.locator('#pages .stripe:not([data-coding^="-"])')).to_have_count(1)
    left, right, y = spot(screen, ref, "acupuncture")
    page.mouse.dblclick((left + right) / 2, y)
    expect(page.get_by_role("toolbar", name="Code the selection")).to_be_visible()
    screen.press("1")
    expect(page.locator('#pages .stripe:not([data-coding^="-"])')).to_have_count(2)
    quotes = {coding.quote for coding in codings_of(screen, ref)}
    assert quotes == {"acupuncture", "fifteen practices across the county."}


def test_passages_are_coded_on_the_page_by_keys_alone(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref)
    screen.press("j", "j", "j")
    expect(page.locator("#place")).to_contain_text("segment 3")
    expect(page.locator(".at-cursor").first).to_be_visible()
    screen.press("Alt+Shift+ArrowRight", "Alt+ArrowLeft", "Enter")
    page.keyboard.type("barr")
    screen.press("Enter")
    expect(page.locator('#pages .stripe:not([data-coding^="-"])')).to_have_count(1)
    expect(page.get_by_role("region", name=f"Pages of {ref}")).to_be_focused()
    (coding,) = codings_of(screen, ref)
    assert coding.quote in PROSE
    screen.press("c")
    expect(page.locator(".mark.is-chosen").first).to_be_visible()
    screen.press("Delete")
    expect(page.locator(".mark")).to_have_count(0)


def test_a_click_on_a_highlight_chooses_its_coding_and_one_beside_it_moves_the_cursor(
    screen: Screen, ref: str
) -> None:
    screen.project.codings.add(ref, "funding", quote=SENTENCE)
    page = show_pages(screen, ref)
    left, right, y = spot(screen, ref, "fifteen")
    page.mouse.click((left + right) / 2, y)
    expect(page.locator(".card q")).to_have_text(SENTENCE)
    expect(page.locator(".mark.is-chosen")).not_to_have_count(0)
    left, right, y = spot(screen, ref, "acupuncture")
    page.mouse.click((left + right) / 2, y)
    expect(page.locator(".card q")).to_have_count(0)
    expect(page.locator("#place")).to_contain_text("segment 1 of")
    page.locator("#pages .stripe").click()
    expect(page.locator(".card q")).to_have_text(SENTENCE)


def test_a_proposal_is_dashed_and_decided_on_the_page(screen: Screen, ref: str) -> None:
    assert screen.project.codings.suggest(sources=[ref], workers=1).proposed == 1
    page = show_pages(screen, ref)
    mark = page.locator(".mark.proposed").first
    expect(mark).to_be_visible()
    assert mark.evaluate("each => getComputedStyle(each).borderBottomStyle") == "dashed"
    screen.press("y")
    expect(page.locator(".mark.accepted").first).to_be_visible()


def test_the_page_of_the_cursor_and_of_what_is_found_is_brought_into_the_window(
    screen: Screen, ref: str
) -> None:
    page = show_pages(screen, ref, "v", "v")
    screen.press("f")
    page.keyboard.type("last page")
    expect(page.locator(".sheet").last).to_be_in_viewport()
    expect(page.locator(".at-here").first).to_be_visible()
    expect(page.locator("#text").get_by_text(LAST)).to_be_in_viewport()
    screen.press("Escape", "k")
    expect(page.locator(".sheet").nth(LONG - 2).locator(".at-cursor")).to_be_in_viewport()


def test_what_is_copied_from_a_page_is_the_text_of_the_source(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref)
    drag(screen, ref, "glad", "clinic.")
    expect(page.locator(".at-cursor")).to_have_count(2)
    copied = page.evaluate("""() => {
      const clipboardData = new DataTransfer();
      const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
      document.getElementById('pages').dispatchEvent(event);
      return event.clipboardData.getData('text/plain');
    }""")
    assert copied == "glad of the referral to the clinic."


def test_pages_are_made_larger_and_smaller_by_keys(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref)
    size = page.get_by_role("button", name="Pages at 100 %")
    fit = page.get_by_role("button", name="Fit width")
    expect(fit).to_have_attribute("aria-pressed", "true")
    screen.press("z")
    expect(fit).to_have_attribute("aria-pressed", "false")
    larger = size.inner_text()
    screen.press("Shift+z")
    expect(size).not_to_have_text(larger)
    size.click()
    expect(size).to_have_text("100 %")
    paper = page.locator(".paper").first.bounding_box()
    assert paper is not None
    assert abs(paper["width"] - 595.3 * 96 / 72) < 1
    screen.press("w")
    expect(fit).to_have_attribute("aria-pressed", "true")


def test_what_is_no_pdf_says_why_it_has_no_pages(screen: Screen) -> None:
    page = open_source(screen, "D01")
    screen.press("v")
    expect(page.locator(".toast")).to_contain_text("Only PDFs have pages to show")
    page.get_by_role("button", name="Side by side").click(force=True)
    expect(page.locator("#text")).to_be_visible()
    expect(page.locator("#pages")).to_be_hidden()


def test_a_file_that_cannot_be_opened_is_told_in_a_sentence(screen: Screen, ref: str) -> None:
    with screen.project._session.engine.begin() as connection:
        connection.execute(sql("UPDATE files SET content = :junk"), {"junk": b"%PDF-1.7 junk"})
    page = open_source(screen, ref)
    screen.press("v")
    expect(page.locator("#pages")).to_contain_text("is damaged")
    page.get_by_role("button", name="Read the text").click()
    expect(page.locator("#text")).to_be_visible()


def test_an_end_of_the_chosen_coding_is_dragged_on_the_page(screen: Screen, ref: str) -> None:
    screen.project.codings.add(ref, "funding", quote=SENTENCE)
    page = show_pages(screen, ref)
    page.locator("#pages .stripe").click()
    handle = page.locator("#pages .handle.end").bounding_box()
    assert handle is not None
    _, right, y = spot(screen, ref, "fifteen")
    page.mouse.move(handle["x"] + 6, handle["y"] + 4)
    page.mouse.down()
    page.mouse.move(right - 3, y, steps=5)
    with page.expect_response("**/api/codings/*"):
        page.mouse.up()
    assert [each.quote for each in codings_of(screen, ref)] == ["Referrals came from fifteen"]


def test_side_by_side_each_follows_what_is_scrolled_in_the_other(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref, "v", "v")
    page.locator("#pages").hover()
    page.mouse.wheel(0, 200_000)
    expect(page.locator(".sheet").last).to_be_in_viewport()
    expect(page.locator("#text").get_by_text(LAST)).to_be_in_viewport()
    page.locator("#text").hover()
    page.mouse.wheel(0, -200_000)
    expect(page.locator(".sheet").first).to_be_in_viewport()


def test_on_paper_stands_the_text(screen: Screen, ref: str) -> None:
    page = show_pages(screen, ref)
    page.emulate_media(media="print")
    expect(page.locator("#pages")).to_be_hidden()
    expect(page.locator("#text")).to_be_visible()


@pytest.mark.parametrize("keys", [("v",), ("v", "v")], ids=["page", "both"])
def test_axe_finds_nothing_on_pages_in_either_colours(
    screen: Screen, ref: str, find_violations: Callable[..., list[str]], keys: tuple[str, ...]
) -> None:
    screen.project.codings.add(ref, "funding", quote=SENTENCE)
    page = show_pages(screen, ref, *keys)
    assert find_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_violations(page, of_colours=True) == []
    for width in (1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
