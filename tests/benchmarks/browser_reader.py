"""Time the reader in a real Chromium: a source of 300,000 words with 5,000 codings, beside bare baselines.

Two baselines are measured in the same run: the same text in the reader without codings, and the same words as
plain paragraphs in a page without scripts of ours. Figures depend on the machine, and on whether it draws by
software: compare ratios.
"""

import argparse
import html
import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.conftest import QUIET
from long_source import CODED, EMPTY, write_long_source
from measuring import report
from playwright.sync_api import Page, sync_playwright
from prepare import find_browser

from framework_coder import Project
from framework_coder.web.serving import serving

RUNS = 5
OPENED = """
(() => {
  const isUsable = () => document.documentElement.dataset.ready !== undefined
    && (!window.wantsStripes || document.querySelector('.stripe'));
  const note = () => setTimeout(() => (window.usableAt = performance.now()));
  const look = () => requestAnimationFrame(isUsable() ? note : look);
  window.wantsStripes = WANTED;
  requestAnimationFrame(look);
})()
"""
"""Notes the time at which scripts have run, stripes stand in the margin, and a frame with them was made."""

USABLE = """
async () => {
  while (!window.usableAt) await new Promise((resolve) => setTimeout(resolve, 20));
  return window.usableAt;
}
"""

SCROLL = """
async () => {
  const box = document.getElementById('text'), times = [];
  box.scrollTop = 0;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  let last = performance.now();
  for (let step = 0; step < 180; step += 1) {
    box.scrollTop += 80;
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times.slice(10);
}
"""
"""Scrolls eighty pixels a frame, and returns how long each frame took."""

CODE = """
async () => {
  const soon = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const until = async (is) => { while (!is()) await new Promise((resolve) => setTimeout(resolve, 1)); };
  const press = (key) => document.getElementById('text').dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  press('j'); press('j'); press('j');
  await soon(); await soon();
  const began = performance.now();
  press('1');
  await until(() => document.querySelector('.stripe[data-coding^="-"]'));
  await soon();
  const shown = performance.now() - began;
  await until(() => !document.querySelector('.stripe[data-coding^="-"]'));
  return [shown, performance.now() - began];
}
"""
"""Codes the next segment at the theme used last; returns when it was shown and when it was saved."""


def main() -> None:
    """Make the project where it is missing, and print every row."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "framework-coder-reader"
    )
    folder = options.parse_args().folder
    place = folder / "long.fwc"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_long_source(place, random.Random(1))  # noqa: S311 - the same study each time
    with (
        Project.open(place, who="benchmark") as project,
        serving(project) as (base, guard),
        sync_playwright() as tools,
    ):
        plain = _write_plain(folder, project.sources.text(EMPTY))
        browser = tools.chromium.launch(executable_path=find_browser(), args=[*QUIET, "--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.new_page().goto(f"{base}/open?token={guard.token}")
        print("| work | measured | bar | |\n|---|---|---|---|")
        coded = [_open(context.new_page(), f"{base}/sources/{CODED}", wants="true") for _ in range(RUNS)]
        bare = [_open(context.new_page(), f"{base}/sources/{EMPTY}", wants="false") for _ in range(RUNS)]
        words = [_open_plain(context.new_page(), plain) for _ in range(RUNS)]
        _tell_opening(coded, bare, words)
        _tell_coding(context.new_page(), base)
        _tell_scrolling(context, base, plain)
        browser.close()


def _open(page: Page, address: str, *, wants: str) -> dict[str, float]:
    """Return seconds: the server's, and from the end of its answer until the page is painted and usable."""
    page.add_init_script(OPENED.replace("WANTED", wants))
    page.goto(address, wait_until="commit")
    usable = page.evaluate(USABLE)
    timing: dict[str, Any] = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    size = timing["decodedBodySize"] / 1e6
    page.close()
    server = timing["responseEnd"] - timing["requestStart"]
    return {"server": server / 1000, "usable": (usable - timing["responseEnd"]) / 1000, "size": size}


def _open_plain(page: Page, path: Path) -> dict[str, float]:
    page.add_init_script(
        "const note = () => setTimeout(() => (window.usableAt = performance.now()));"
        "const look = () => requestAnimationFrame(document.readyState === 'complete' ? note : look); look();"
    )
    page.goto(path.as_uri(), wait_until="commit")
    usable = page.evaluate(USABLE)
    end = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    page.close()
    return {"usable": (usable - end) / 1000}


def _tell_opening(
    coded: list[dict[str, float]], bare: list[dict[str, float]], words: list[dict[str, float]]
) -> None:
    ours, empty, plain = (median(run["usable"] for run in runs) for runs in (coded, bare, words))
    server = median(run["server"] for run in coded)
    report(
        f"answer of the server, {coded[0]['size']:.1f} MB",
        f"{server:.2f} s (without codings {median(run['server'] for run in bare):.2f} s)", "none", met=True,
    )  # fmt: skip
    report(
        "painted and usable after the answer",
        f"{ours:.2f} s (without codings {empty:.2f} s; bare paragraphs {plain:.2f} s)",
        "0.5 s",
        met=ours <= 0.5,
    )


def _tell_coding(page: Page, base: str) -> None:
    page.add_init_script("localStorage.setItem('recent-themes', JSON.stringify(['t03']))")
    page.goto(f"{base}/sources/{CODED}")
    page.wait_for_selector(".stripe", state="attached")
    runs = [page.evaluate(CODE) for _ in range(RUNS + 2)][2:]
    page.close()
    shown, saved = (median(run[place] for run in runs) for place in (0, 1))
    report("a coding shown", f"{shown:.0f} ms", "50 ms", met=shown <= 50)
    report("a coding saved", f"{saved:.0f} ms", "150 ms", met=saved <= 150)


def _tell_scrolling(context: Any, base: str, plain: Path) -> None:
    found = {}
    for name, address in (
        ("ours", f"{base}/sources/{CODED}"),
        ("empty", f"{base}/sources/{EMPTY}"),
        ("plain", plain.as_uri()),
    ):
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(1500)
        found[name] = median(median(page.evaluate(SCROLL)) for _ in range(RUNS))
        page.close()
    beside = f"without codings {found['empty']:.1f} ms; bare paragraphs {found['plain']:.1f} ms"
    report(
        "a frame while scrolling, median",
        f"{found['ours']:.1f} ms ({beside})",
        "16.7 ms",
        met=found["ours"] <= 17,
    )


def _write_plain(folder: Path, text: Any) -> Path:
    """Write the words as bare paragraphs in a scrolling box, and nothing else."""
    blocks = "".join(f"<p>{html.escape(text.text[b.start : b.end])}</p>" for b in text.blocks)
    style = "#text{height:800px;overflow:auto}p{font:16.5px/1.6 serif;width:660px;margin:0 0 13px}"
    path = folder / "plain.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style><div id=text>{blocks}</div>",
        encoding="utf-8",
    )
    return path


if __name__ == "__main__":
    main()
