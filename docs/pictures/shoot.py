"""Take the pictures of the screens that the README and the pages show, from the example study in a Chromium.

    framework-coder demo --out demo
    python docs/pictures/shoot.py demo/study.fwc

They are written beside this file. Look at them before they are kept.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from framework_coder import Project
from framework_coder.web.serving import serving

sys.path.append(str(Path(__file__).parents[2] / "tests"))
from prepare import find_browser

HERE = Path(__file__).parent
SIZE = {"width": 1440, "height": 860}


class Shot(NamedTuple):
    """A picture: its name, the address of the screen, and the keys that are pressed there."""

    name: str
    address: str
    keys: tuple[str, ...] = ()


SHOTS = (
    Shot("home", "/"),
    Shot("sources", "/sources"),
    Shot("reader", "/sources/D16", ("j",) * 9),
    Shot("codebook", "/codebook#theme=integration.barriers"),
    Shot("matrix", "/matrix"),
    Shot("cell", "/matrix#cell=S04/success.effectiveness"),
    Shot("triangulation", "/triangulation", ("j", "w")),
    Shot("explore", "/explore/crosstab?rows=attribute:tier&columns=value:aim"),
)


def take(page: Page, base: str, shot: Shot) -> None:
    """Take one picture."""
    page.goto("about:blank")
    page.goto(base + shot.address)
    page.wait_for_selector("html[data-ready]")
    for key in shot.keys:
        page.keyboard.press(key)
    page.wait_for_timeout(800)
    page.screenshot(path=HERE / f"{shot.name}.png")


def main(place: Path) -> None:
    """Take all pictures of a copy of a project."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = shutil.copy(place, Path(folder) / "study.fwc")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="en-GB")
        with Project.open(copy, who="HW") as project, serving(project) as (base, guard):
            page.goto(f"{base}/open?token={guard.token}")
            page.evaluate("localStorage.setItem('tour-seen', 'yes')")
            for shot in SHOTS:
                take(page, base, shot)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
