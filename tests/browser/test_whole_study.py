"""A small study from nothing to its workbook, in the browser: import, code, chart, see the status, export."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from browser.conftest import Screen
from browser.reader_words import codings_of, open_source
from builders import write_files
from playwright.sync_api import Page, expect

from framework_coder.web.pages import SCREENS

pytestmark = pytest.mark.browser

BOX1 = Path(__file__).parents[2] / "codebooks" / "box1.yaml"
FILES = {
    "Northfield/interview with Ann.txt": "The clinic opened in 1998.\n\nIt was a quiet year.",
    "Northfield/annual report.txt": "The clinic opened in 1998 with one room.\n\nIt has four rooms now.",
}


def bring_in(screen: Screen, folder: Path) -> None:
    """Import a folder and the codebook, each as it is proposed."""
    page = screen.open("/imports")
    for place, name in ((folder, "Choose a folder"), (BOX1, "Choose files")):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=name).press("Enter")
        chooser.value.set_files(place)
        go_on = page.get_by_role("button", name="Import ")
        expect(go_on).to_be_enabled()
        go_on.press("Enter")
        expect(page.get_by_role("region", name="The import", exact=True)).to_have_attribute(
            "data-state", "done"
        )


def code_first_sentence(screen: Screen, ref: str, label: str) -> None:
    """Code the first sentence of a source by keys."""
    page = open_source(screen, ref)
    screen.press("j", "Enter")
    expect(page.get_by_role("combobox", name="Theme", exact=True)).to_be_focused()
    page.keyboard.type(label)
    screen.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#saved")).to_have_text("All changes saved")


def test_a_small_study_goes_from_import_to_export(empty_screen: Screen, tmp_path: Path) -> None:
    screen, folder = empty_screen, tmp_path / "field"
    write_files(folder, FILES)
    bring_in(screen, folder)
    screen.until(lambda: {source.ref for source in screen.project.sources.list()} == {"M01", "D01"})
    theme = next(each for each in screen.project.codebook.show() if each.parent)
    for ref in ("M01", "D01"):
        code_first_sentence(screen, ref, theme.label)
        (coding,) = codings_of(screen, ref)
        assert coding.quote.startswith("The clinic opened in 1998")

    page = screen.open(f"/matrix#cell=Northfield/{coding.theme}")
    screen.press("n")
    page.keyboard.type("The clinic opened in 1998 [M01 ¶1] [D01 ¶1].")
    screen.press("Control+Enter")
    expect(page.locator(".claim.chosen .why")).to_contain_text("Triangulated")

    page = screen.open("/reports")
    page.locator("[data-kind=workbook]").focus()
    with page.expect_download() as download:
        screen.press("Enter")
    download.value.save_as(tmp_path / "made.xlsx")
    book = openpyxl.load_workbook(tmp_path / "made.xlsx", read_only=True)
    said = {str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    assert any("The clinic opened in 1998" in value for value in said)
    assert {"Northfield", "M01", "D01"} <= said


@pytest.mark.parametrize("address", [*(address for _, address, _ in SCREENS), "/sites", "/imports"])
def test_an_empty_project_says_what_to_do_on_every_screen(
    empty_screen: Screen, find_violations: Callable[[Page], list[str]], address: str
) -> None:
    page = empty_screen.open(address)
    assert len(page.locator("main").inner_text().split()) > 10
    assert find_violations(page) == []
