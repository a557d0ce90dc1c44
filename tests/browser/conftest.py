"""A real browser on a project of its own: each test gets a fresh copy, served in a thread of this process."""

import inspect
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from cli.study_files import write_study
from playwright.sync_api import Page, expect
from prepare import find_browser

from framework_coder.project import Project, run_study
from framework_coder.web.serving import serving

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 20_000
"""Milliseconds that a test waits for what must come, however busy the machine is."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that colours decide."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return how the browser is started; a missing one fails under CI, and skips elsewhere."""
    path = find_browser()
    if path is None:
        told = "No Chromium: run `python tests/prepare.py`."
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": path, "args": [*QUIET, *(["--no-sandbox"] if is_root else [])]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Return how each context begins: a laptop's window."""
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "en-GB"}


@dataclass
class Screen:
    """A page of the interface on a project that the test may change."""

    page: Page
    project: Project
    base: str

    def open(self, path: str) -> Page:
        """Go to a screen, and wait until its script has run."""
        self.page.goto(self.base + path)
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so in the page or in the project; fails after PATIENCE."""
        ends = monotonic() + PATIENCE / 1000
        while not _holds(is_so):
            assert monotonic() < ends, f"Still not so: {inspect.getsource(is_so).strip()}"
            self.page.wait_for_timeout(20)

    def press(self, *keys: str) -> None:
        """Press keys one after another, as a person does."""
        for key in keys:
            self.page.keyboard.press(key)


def _holds(is_so: Callable[[], object]) -> bool:
    """Whether something is so; what it looks up may not be there yet."""
    try:
        return bool(is_so())
    except LookupError:
        return False


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of the small study, which no test may change."""
    folder = tmp_path_factory.mktemp("browser")
    return run_study(write_study(folder / "study"), folder / "out", workers=0).project


@contextmanager
def shown(place: Path, page: Page) -> Iterator[Screen]:
    """Serve a project to a page that was let in; an error of a script fails the test."""
    faults: list[str] = []
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    with Project.open(place, who="HW") as project, serving(project) as (base, guard):
        page.context.add_cookies([{"name": guard.cookie, "value": guard.session, "url": base}])
        yield Screen(page, project, base)
        page.goto("about:blank")
    assert faults == []


def _is_fault(said: Any) -> bool:
    """Whether a console message is a fault of ours: refusals that a test provokes are not."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture
def screen(made_study: Path, tmp_path: Path, page: Page) -> Iterator[Screen]:
    """Show a copy of the small study to a browser that was let in."""
    with shown(Path(shutil.copy(made_study, tmp_path / "study.fwc")), page) as opened:
        yield opened


@pytest.fixture
def empty_screen(tmp_path: Path, page: Page) -> Iterator[Screen]:
    """Show a project with nothing in it to a browser that was let in."""
    place = tmp_path / "empty.fwc"
    Project.create(place, who="HW").close()
    with shown(place, page) as opened:
        yield opened


@pytest.fixture
def find_violations() -> Callable[..., list[str]]:
    """Return what axe finds on a page: rule, help and the first element of each violation."""
    axe = Axe()

    def find(page: Page, *, of_colours: bool = False) -> list[str]:
        """Run every rule, or only those that depend on colours."""
        found = axe.run(page, options={"runOnly": COLOURS} if of_colours else {}).response["violations"]
        return [f"{each['id']}: {each['help']} {each['nodes'][0]['html'][:160]}" for each in found]

    return find
