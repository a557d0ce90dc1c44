"""Time a search and the register over 1,000 documents in a real Chromium, until all is painted."""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.conftest import QUIET
from corpus import PHRASES, write_corpus
from measuring import report
from playwright.sync_api import Page, sync_playwright
from prepare import find_browser

from framework_coder import Project
from framework_coder.exchange.rows import SiteRow
from framework_coder.web.serving import serving

RUNS = 5
ANSWERED = """
async (words) => {
  const soon = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const field = document.getElementById('q');
  const began = performance.now();
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  while (!document.getElementById('hits-head').textContent.endsWith(`“${words}”`)) await soon();
  await soon();
  return performance.now() - began;
}
"""
"""Types words into the field, and returns how long it took until their hits were painted."""
PAINTED = """
async () => {
  const soon = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  while (!document.querySelector('html[data-ready]')) await soon();
  await soon();
  return performance.now();
}
"""


def main() -> None:
    """Read the corpus where no project of it is there, and print every row."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument(
        "--corpus", type=Path, default=Path(tempfile.gettempdir()) / "framework-coder-corpus"
    )
    chosen = options.parse_args()
    folder = chosen.corpus / str(chosen.scale)
    write_corpus(folder, chosen.scale)
    with (
        tempfile.TemporaryDirectory() as scratch,
        Project.create(Path(scratch) / "c.fwc", who="b") as project,
    ):
        project.sites.add_all(SiteRow(0, f"S{n:02}", f"Site {n}", {}) for n in range(1, 21))
        project.sources.ingest(folder)
        print("| work | measured | bar | |\n|---|---|---|---|")
        with serving(project) as (base, guard), sync_playwright() as tools:
            browser = tools.chromium.launch(executable_path=find_browser(), args=[*QUIET, "--no-sandbox"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{base}/open?token={guard.token}")
            _tell_search(page, base)
            _tell_register(page, base, len(project.sources.list()))
            browser.close()


def _tell_search(page: Page, base: str) -> None:
    page.goto(f"{base}/explore")
    page.wait_for_selector("html[data-ready]")
    times: dict[str, list[float]] = {phrase: [] for phrase in PHRASES}
    for _ in range(RUNS):
        for phrase, taken in times.items():
            taken.append(float(page.evaluate(ANSWERED, phrase)))
    slowest = max(map(median, times.values()))
    name = "a search, from the last letter to its hits painted; the slowest of several phrases"
    report(name, f"{slowest:.0f} ms", "100 ms", met=slowest < 100)
    took = _show(page, f"{base}/explore?q={quote(PHRASES[0])}")
    report("the same as a page, from its address", f"{took:.0f} ms", "none", met=True)


def _tell_register(page: Page, base: str, sources: int) -> None:
    took = _show(page, f"{base}/sources")
    report(
        f"the register of {sources:,} sources, painted and usable", f"{took:.0f} ms", "1 s", met=took < 1000
    )


def _show(page: Page, address: str) -> float:
    """Return the median of the milliseconds from navigation to what is painted and usable."""
    times = []
    for _ in range(RUNS + 1):
        page.goto(address, wait_until="commit")
        times.append(float(page.evaluate(PAINTED)))
    return median(times[1:])


if __name__ == "__main__":
    main()
