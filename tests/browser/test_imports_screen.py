"""Files come in by drop and by key, each decided on; reports are made and downloaded."""

import base64
from pathlib import Path

import openpyxl
import pytest
from browser.conftest import Screen
from builders import write_files
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def drop(screen: Screen, name: str, content: str | bytes, place: str = "#drop") -> None:
    """Drop a file as a person does; a browser gives scripts no folder to drop."""
    packed = base64.b64encode(content.encode() if isinstance(content, str) else content).decode()
    given = screen.page.evaluate_handle(
        """([name, packed]) => {
            const given = new DataTransfer();
            given.items.add(new File([Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0))], name));
            return given;
        }""",
        [name, packed],
    )
    screen.page.dispatch_event(place, "drop", {"dataTransfer": given})


def test_an_edited_workbook_dropped_on_the_sources_is_decided_on_by_key_and_taken_over(
    screen: Screen, tmp_path: Path
) -> None:
    screen.project.matrix().save(tmp_path / "audit.xlsx")
    book = openpyxl.load_workbook(tmp_path / "audit.xlsx")
    titles = [cell.value for cell in book["Claims"][1]]
    book["Claims"].cell(2, titles.index("Summary") + 1).value = "The workbook says so."
    book.save(tmp_path / "audit.xlsx")
    screen.project.claims.edit(1, summary="The project says so.")
    page = screen.open("/sources")
    drop(screen, "audit.xlsx", (tmp_path / "audit.xlsx").read_bytes(), "main")
    changes = page.get_by_role("list", name="Changes in audit.xlsx")
    expect(changes).to_contain_text("The workbook says so.")
    expect(changes).to_contain_text("The project says so.")
    take = page.get_by_role("button", name="Import 1 file")
    take.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("whose text holds")
    changes.get_by_role("radio", name="The workbook's text").press("Space")
    take.press("Enter")
    expect(page.locator(".job")).to_have_attribute("data-state", "done")
    assert screen.project.claims.get(1).claim.summary == "The workbook says so."
    screen.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("take over workbook")
    assert screen.project.claims.get(1).claim.summary == "The project says so."


def test_a_folder_comes_in_by_key_and_is_taken_back_as_one_step(screen: Screen, tmp_path: Path) -> None:
    write_files(
        tmp_path / "drop",
        {
            "S02/a.txt": "The room is cold.",
            "Weston/b.txt": "We open in May.",
            "Weston/bad.docx": "PK\x03\x04 broken",
        },
    )
    page = screen.open("/imports")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a folder").press("Enter")
    chooser.value.set_files(tmp_path / "drop")
    expect(page.get_by_label("Site of drop/Weston/b.txt")).to_have_value("Weston")
    expect(page.get_by_label("Site of drop/S02/a.txt")).to_have_value("S02")
    start = page.get_by_role("button", name="Import 3 files")
    expect(start).to_be_enabled()
    start.press("Enter")
    expect(page.locator(".job")).to_have_attribute("data-state", "done")
    expect(page.get_by_role("row", name="drop/Weston/bad.docx")).to_contain_text("bad.docx")
    screen.until(lambda: len(screen.project.sources.list()) == 6)
    screen.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("import files")
    screen.until(lambda: len(screen.project.sources.list()) == 4)


def test_a_dropped_file_without_a_site_is_asked_about(screen: Screen) -> None:
    page = screen.open("/imports")
    drop(screen, "loose.txt", "Whose am I?")
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.locator("#toasts")).to_contain_text("Choose the site that loose.txt belongs to")
    page.get_by_label("Site of loose.txt").fill("S03")
    screen.press("Tab")
    page.get_by_role("button", name="Import 1 file").click()
    page.get_by_role("link", name="loose.txt").click()
    expect(page.locator("main")).to_contain_text("Whose am I?")


def test_the_register_appears_below_the_first_import(empty_screen: Screen) -> None:
    page = empty_screen.open("/sources")
    expect(page.get_by_text("There is no source yet")).to_be_visible()
    drop(empty_screen, "first.txt", "The borough pays.", "main")
    page.get_by_label("Site of first.txt").fill("S01")
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.locator("#register tbody tr")).to_have_count(1)
    expect(page.locator("#job")).to_contain_text("Done")
    expect(page.get_by_text("There is no source yet")).to_have_count(0)


def test_the_same_file_again_is_proposed_to_be_left_out(screen: Screen) -> None:
    page = screen.open("/imports")
    drop(screen, "again.txt", screen.project.sources.original("M01").content.decode())
    expect(page.get_by_label("What to do with again.txt")).to_have_value("skip")
    expect(page.locator(".job")).to_contain_text("The same file is here already as M01")
    expect(page.get_by_role("button", name="Import 0 files")).to_be_disabled()
    page.get_by_role("button", name="Cancel all").click()
    expect(page.locator(".job")).to_have_attribute("data-state", "cancelled")


def test_a_report_is_made_by_key_and_downloaded(screen: Screen, tmp_path: Path) -> None:
    page = screen.open("/reports")
    page.locator("[data-kind=markdown]").focus()
    with page.expect_download() as download:
        screen.press("Enter")
    assert download.value.suggested_filename == "small-study-markdown.md"
    download.value.save_as(tmp_path / "made.md")
    assert "The borough pays." in (tmp_path / "made.md").read_text(encoding="utf-8")
    expect(page.get_by_role("link", name="small-study-markdown.md")).to_be_focused()
