"""The queues, convergence and copies, by keyboard and by mouse."""

import pytest
from browser.conftest import Screen
from playwright.sync_api import expect

from framework_coder.model.claims import Stance
from framework_coder.model.triangulation import Status

pytestmark = pytest.mark.browser


@pytest.fixture
def contested(screen: Screen) -> int:
    """Make a claim contested and return its number."""
    grid = screen.project.matrix().grid
    for claim in grid.shown_claims():
        cited = {link.coding for link in grid.bearings.evidence.get(claim.id, ())}
        here = (c for c in grid.study.codings if c.site == claim.site and c.is_live)
        other = next((coding for coding in here if coding.id not in cited), None)
        if grid.assessments[claim.id].supports and other is not None:
            screen.project.claims.link(claim.id, other.id, stance=Stance.CONTRADICTS)
            return claim.id
    raise AssertionError("the study has no claim that can be contested")


def status_of(screen: Screen, claim: int) -> Status:
    return screen.project.matrix().grid.assessments[claim].status


def test_a_contested_claim_is_weighed_and_decided_by_keys_alone(screen: Screen, contested: int) -> None:
    page = screen.open("/triangulation?need=contested")
    screen.press("j", "w")
    expect(page.locator(".evidence .why")).to_contain_text("Contested")
    expect(page.locator(".sides h3")).to_contain_text(["Supports", "Contradicts"])
    screen.press("d", "ArrowDown", "Tab")
    page.keyboard.type("The meeting came later.")
    screen.press("Enter")
    expect(page.locator(".item")).to_have_count(0)
    screen.until(lambda: status_of(screen, contested) is Status.RESOLVED)
    screen.press("Control+z")
    expect(page.locator(".item")).to_have_count(1)
    screen.until(lambda: status_of(screen, contested) is Status.CONTESTED)


def test_a_pair_of_methods_is_confirmed_and_another_decided_otherwise_by_keys(screen: Screen) -> None:
    page = screen.open("/triangulation/convergence?state=open")
    number = page.locator(".item").count()
    screen.press("j", "c")
    expect(page.locator(".item")).to_have_count(number - 1)
    expect(page.locator(".item").first).to_be_focused()
    screen.press("o")
    page.get_by_label("Reason").fill("They speak of different years.")
    screen.press("Tab", "Enter")
    expect(page.locator(".item")).to_have_count(number - 2)
    decided = [pair.decision for pair in screen.project.reviews.convergences() if pair.decision]
    assert [each.reason for each in decided] == ["", "They speak of different years."]


def test_several_pairs_are_confirmed_in_one_step(screen: Screen) -> None:
    page = screen.open("/triangulation/convergence?state=open")
    number = page.locator(".item").count()
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Confirm the 2 chosen").click()
    expect(page.locator(".item")).to_have_count(number - 2)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".item")).to_have_count(number)


def test_what_another_person_does_shows_without_losing_what_is_typed(screen: Screen, contested: int) -> None:
    page = screen.open("/triangulation?need=contested")
    page.locator(".decide [name=reason]").fill("Half a thou")
    screen.project.reviews.adjudicate(contested, "left_open", "Both stand.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".decide [name=reason]")).to_have_value("Half a thou")
    page.get_by_role("heading", level=1).click()
    page.locator(".decide [name=reason]").blur()
    expect(page.locator(".item")).to_have_count(0)


def test_two_sources_are_kept_apart_by_keys(screen: Screen) -> None:
    one, other = screen.project.sources.list()[:2]
    names = {"copy_ref": other.ref, "copy_title": "B", "root_ref": one.ref, "root_title": "A"}
    shared = {"copy_start": 0, "copy_quote": "x", "root_start": 0, "root_quote": "x"}
    pair = {**names, "why": "of a reason", "share_of_copy": 90, "share_of_root": 60, "passages": [shared]}
    screen.page.route("**/api/likeness", lambda route: route.fulfill(json={"pairs": [pair]}))
    page = screen.open("/triangulation/copies")
    expect(page.locator(".item")).to_have_count(1)
    screen.press("j", "a")
    page.get_by_role("textbox").fill("Written apart.")
    screen.press("Control+Enter")
    expect(page.locator("#found")).to_contain_text("No two sources")
    expect(page.locator("main")).to_contain_text("Written apart.")
    screen.until(lambda: [each.reason for each in screen.project.reviews.separations()] == ["Written apart."])
