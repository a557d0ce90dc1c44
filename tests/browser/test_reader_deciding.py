"""Deciding in the reader: proposals, claims, memos, coverage, sites, drifted codings."""

from pathlib import Path

import pytest
from browser.conftest import Screen
from browser.reader_words import codings_of, open_source, stripes
from playwright.sync_api import expect

from framework_coder.exchange.rows import SourceRow
from framework_coder.model.codings import CodingState

pytestmark = pytest.mark.browser
PROPOSED = CodingState.PROPOSED
NUMBER = 3


def propose(screen: Screen, folder: Path) -> None:
    """Add a source in which the rules of a theme match three sentences."""
    (folder / "money.txt").write_text(
        "Patients pay half.\n\nThe borough pays.\n\nNobody pays more.\n", "utf-8"
    )
    row = SourceRow(0, "money.txt", ("S01",), "document", "D05")
    screen.project.sources.ingest_register([row], folder, workers=0)
    assert screen.project.codings.suggest(sources=["D05"], workers=1).proposed == NUMBER


def test_proposals_are_decided_one_after_another_with_their_reason(screen: Screen, tmp_path: Path) -> None:
    propose(screen, tmp_path)
    page = open_source(screen, "D05")
    head, card = page.locator(".panel h2", has_text="Proposals"), page.locator(".card.proposal")
    expect(head).to_have_text("Proposals · 3 in this source")
    screen.press("p")
    expect(card).to_contain_text("phrase “pay”")
    expect(page.locator(".stripe.proposed[aria-pressed=true]")).to_have_count(1)
    with page.expect_response("**/accept"):
        screen.press("y")
    expect(card).to_contain_text("The borough pays.")
    for _ in range(NUMBER - 1):
        with page.expect_response("**/reject"):
            screen.press("n")
    expect(head).to_have_count(0)
    screen.until(lambda: [each.quote for each in codings_of(screen, "D05")] == ["Patients pay half."])
    screen.until(lambda: codings_of(screen, "D05", PROPOSED) == [])
    screen.press("Control+z")
    expect(page.locator(".stripe.proposed")).to_have_count(1)


def test_all_proposals_of_a_theme_are_decided_with_one_question(screen: Screen, tmp_path: Path) -> None:
    propose(screen, tmp_path)
    page = open_source(screen, "D05")
    expect(page.locator(".stripe.proposed")).to_have_count(NUMBER)
    screen.press("Shift+y")
    page.get_by_role("dialog").get_by_role("button", name="Accept 3").click()
    expect(page.locator(".toast")).to_contain_text("3 proposals accepted.")
    expect(page.locator(".stripe.proposed")).to_have_count(0)
    screen.until(lambda: len(codings_of(screen, "D05")) == NUMBER)
    screen.press("Control+z")
    expect(page.locator(".stripe.proposed")).to_have_count(NUMBER)


def test_rules_are_applied_from_the_panel_and_a_proposal_taken_at_another_theme(screen: Screen) -> None:
    page = open_source(screen, "D01")
    with page.expect_response("**/proposals", timeout=60_000):  # a process is started for it
        page.get_by_role("button", name="Propose by rules").click()
    expect(page.locator(".card.proposal")).to_contain_text("A quiet year.")
    page.locator(".card.proposal").get_by_role("button", name="Other theme…").click()
    page.keyboard.type("barriers")
    with page.expect_response("**/accept"):
        screen.press("Enter")
    expect(page.locator(".name", has_text="Barriers")).to_be_visible()
    screen.until(
        lambda: [each.theme for each in codings_of(screen, "D01")] == ["funding", "integration.barriers"]
    )


def test_a_coding_is_linked_to_a_claim_with_a_stance_by_letter(screen: Screen) -> None:
    coding = screen.project.codings.add("Q01", "funding", quote="The borough pays.")
    page = open_source(screen, "Q01", f"#coding={coding.id}")
    screen.press("l")
    claim = page.get_by_role("dialog").locator("[data-claim]")
    expect(claim).to_be_focused()
    for key, stance in (("q", "qualifies"), ("c", "contradicts"), ("s", "supports")):
        screen.press(key)
        expect(claim.get_by_role("button", name=stance)).to_have_attribute("aria-pressed", "true")
    links = {link.coding: link.stance for link in screen.project.claims.get(1).evidence}
    screen.until(lambda: links[coding.id] == "supports")
    screen.press("Escape", "o")
    page.wait_for_url("**/matrix#cell=S01%2Ffunding")


def test_a_memo_is_written_changed_and_removed(screen: Screen) -> None:
    page = open_source(screen, "D01")
    screen.press("c", "m")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("Check this")
    dialog.get_by_label("Words").fill("Who is the borough?")
    screen.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Memo ●")).to_be_visible()
    (memo,) = screen.project.memos.list(coding=codings_of(screen, "D01")[0].id)
    assert (memo.title, memo.text) == ("Check this", "Who is the borough?")
    screen.press("m")
    expect(dialog.get_by_label("Words")).to_have_value("Who is the borough?")
    dialog.get_by_role("button", name="Remove").click()
    expect(dialog).to_have_count(0)
    screen.until(lambda: screen.project.memos.list() == ())


def test_a_memo_changed_meanwhile_shows_both_and_words_stay_through_a_lost_server_and_a_reload(
    screen: Screen,
) -> None:
    memo = screen.project.memos.add("Title", "Old words", source="D01")
    page = open_source(screen, "D01")
    screen.press("Shift+m")
    words = page.get_by_role("dialog").get_by_label("Words")
    words.fill("My words")
    page.reload()
    screen.press("Shift+m")
    expect(words).to_have_value("My words")
    page.context.set_offline(True)
    words.focus()
    screen.press("Control+Enter")
    expect(page.locator("#banner")).to_contain_text("1 change waits here")
    screen.project.memos.edit(memo.id, text="Their words")
    page.context.set_offline(False)
    expect(page.locator(".toast.refused")).to_be_visible()
    screen.press("Shift+m")
    expect(page.locator("blockquote")).to_contain_text("Their words")
    expect(words).to_have_value("My words")
    page.get_by_role("button", name="Save mine over it").click()
    words.focus()
    screen.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    screen.until(lambda: screen.project.memos.get(memo.id).text == "My words")


def test_the_source_is_marked_examined_for_some_themes_and_that_is_taken_back(screen: Screen) -> None:
    screen.project.coverage.withdraw(["D01"], ["*"])
    page = open_source(screen, "D01")
    expect(page.locator("#examined")).to_have_text("Examined for 0 of 2 themes")
    screen.press("e")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Those coded here").click()
    expect(dialog.get_by_label("Funding")).to_be_checked()
    expect(dialog.get_by_label("Barriers")).not_to_be_checked()
    dialog.get_by_role("button", name="Mark 1 examined").press("Enter")
    expect(page.locator("#examined")).to_have_text("Examined for 1 of 2 themes")
    screen.until(lambda: screen.project.coverage.examined()["D01"] == {"funding"})
    screen.press("e")
    dialog.get_by_role("button", name="All", exact=True).click()
    dialog.get_by_role("button", name="Withdraw").click()
    expect(page.locator("#examined")).to_have_text("Examined for 0 of 2 themes")


def test_a_coding_goes_to_another_site_of_its_source(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text("Both sites met.\n", "utf-8")
    row = SourceRow(0, "minutes.txt", ("S01", "S02"), "document", "D09")
    screen.project.sources.ingest_register([row], tmp_path, workers=0)
    screen.project.codings.add("D09", "funding", quote="Both sites met.", site="S01")
    page = open_source(screen, "D09")
    screen.press("c")
    expect(page.get_by_label("Site")).to_have_value("S01")
    with page.expect_response("**/api/codings/*"):
        screen.press("a")
    expect(page.get_by_label("Site")).to_have_value("S02")
    codes = {site.id: site.code for site in screen.project.sites.list()}
    screen.until(lambda: codes[codings_of(screen, "D09")[0].site] == "S02")


def test_a_drifted_coding_takes_the_passage_that_comes_nearest(screen: Screen, tmp_path: Path) -> None:
    text = "Meeting with Ben\n\nPatients pay one half. That was agreed in 2012.\n"
    (tmp_path / "meeting.txt").write_text(text, "utf-8")
    screen.project.sources.revise("M01", tmp_path / "meeting.txt")
    screen.until(lambda: screen.project.codings.drifted(sources=["M01"]))
    page = open_source(screen, "M01")
    expect(stripes(page)).to_have_count(0)
    screen.press("d")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Patients pay half.")
    dialog.get_by_role("button", name="Take this passage").first.click()
    expect(dialog).to_contain_text("All are decided.")
    screen.press("Escape")
    expect(stripes(page)).to_have_count(1)
    screen.until(lambda: "pay one half" in codings_of(screen, "M01")[0].quote)
