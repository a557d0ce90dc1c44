"""Search, numbers that open their passages, findings: by keyboard and by mouse."""

import pytest
from browser.conftest import Screen
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_search_answers_while_one_types_and_leads_to_the_place(screen: Screen) -> None:
    hit = screen.project.search("pays")[0]
    page = screen.open("/")
    screen.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("pays", delay=5)
    expect(page.locator("#hits-head")).to_contain_text("for “pays”")
    screen.press("ArrowDown")
    expect(page.locator(".item").first).to_be_focused()
    screen.press("Enter")
    page.wait_for_url(f"**/sources/{hit.ref}#at={hit.start}")


def test_a_number_opens_its_passages_beside_the_table_and_gives_the_focus_back(screen: Screen) -> None:
    each = next(each for each in screen.project.matrix().explore.frequencies() if each.codings)
    page = screen.open("/explore/frequencies")
    number = page.get_by_role("row", name=each.theme.label).get_by_role(
        "link", name=str(len(each.codings)), exact=True
    )
    number.focus()
    screen.press("Enter")
    expect(page.locator("#passages .passage")).to_have_count(len(each.codings))
    screen.press("Escape")
    expect(page.locator("#passages")).to_be_hidden()
    expect(number).to_be_focused()


def test_a_crosstab_is_made_by_choosing_rows_and_columns(screen: Screen) -> None:
    page = screen.open("/explore/crosstab")
    with page.expect_navigation():
        page.get_by_label("Rows").select_option(index=1)
    page.wait_for_selector("html[data-ready]")
    page.get_by_label("Columns").select_option(index=2)
    expect(page.get_by_role("region", name="Table of the cross-tabulation")).to_be_visible()


def test_a_finding_is_written_rested_on_a_claim_and_deleted_by_keys_alone(screen: Screen) -> None:
    page = screen.open("/explore/findings")
    number = len(screen.project.findings.list())
    screen.press("n")
    page.keyboard.type("Most services are paid for by patients.")
    screen.press("Control+Enter")
    item = page.locator(".item", has_text="Most services are paid for by patients.")
    expect(item).to_be_visible()
    item.focus()
    screen.press("l")
    expect(page.get_by_role("dialog").get_by_role("checkbox").first).to_be_visible()
    screen.press("Tab", "Space")
    page.get_by_role("button", name="Link those ticked").focus()
    screen.press("Enter")
    expect(item.locator(".links li")).to_have_count(1)
    item.focus()
    screen.press("Delete")
    expect(item).to_have_count(0)
    screen.press("Control+z")
    expect(item.locator(".links li")).to_have_count(1)
    screen.until(lambda: len(screen.project.findings.list()) == number + 1)


def test_a_finding_that_somebody_else_reworded_shows_both_texts(screen: Screen) -> None:
    made = screen.project.findings.add("It pays.")
    page = screen.open("/explore/findings")
    page.locator(f"[data-finding='{made}']").get_by_role("button", name="Reword").click()
    screen.project.findings.edit(made, statement="It pays well.")
    page.get_by_role("textbox").fill("It pays badly.")
    screen.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("It reads now: “It pays well.”")
    expect(dialog.get_by_role("textbox")).to_have_value("It pays badly.")
    screen.press("Control+Enter")
    expect(page.locator(f"[data-finding='{made}'] h2")).to_have_text("It pays badly.")
