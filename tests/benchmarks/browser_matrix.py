"""The matrix screen on 200 sites × 60 themes, 20,000 codings and 5,000 claims, in a real Chromium.

Each figure is a median of five and stands beside a raw baseline of the same run: a bare table of that size in
the same browser, the bare question to the server, the whole matrix built anew.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import charted
from measuring import report

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.conftest import QUIET
from playwright.sync_api import Page, sync_playwright
from prepare import find_browser

from framework_coder.project import Project
from framework_coder.web.serving import serving

RUNS = 5
SITES, THEMES = 200, 60
PAINTED = """document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() =>
  (window.painted = performance.now()))))"""
BARE = (
    "<!doctype html><meta charset=utf-8><style>table{{border-collapse:separate;border-spacing:0;table-layout:"
    "fixed;width:1px}}td,th{{width:101px;height:44px;border:1px solid #ddd;font:12px sans-serif}}</style>"
    "<div style='height:800px;overflow:auto'><table>{}</table></div>"
)
CLICKED = """async (selector) => {
  const drawn = () => `${document.querySelector("#drawer h2")?.textContent} ${document.querySelector("#drawer header p")?.textContent}`;
  const before = drawn(), start = performance.now();
  document.querySelector(selector).click();
  while (drawn() === before) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""  # noqa: E501 - a script
ASKED = """async (path) => {
  const start = performance.now();
  document.createElement("pre").textContent = await (await fetch(path)).text();
  return performance.now() - start;
}"""
STANCE = """async (coding) => {
  const passage = () => document.querySelector(`.passage[data-coding="${coding}"]`);
  const why = () => document.querySelector(".claim.chosen .why").textContent, wanted = passage().matches(".contradicts") ? "supports" : "contradicts";
  const before = why(), start = performance.now();
  passage().querySelector(`button[title="${wanted}"]`).click();
  while (!passage().matches(`.${wanted}`)) await new Promise(requestAnimationFrame);
  const shown = performance.now() - start;
  while (why() === before) await new Promise(requestAnimationFrame);
  return [shown, performance.now() - start];
}"""  # noqa: E501 - a script


def write_study(place: Path) -> None:
    """Write the project of this benchmark."""
    charted.SITES, charted.THEMES, charted.CODINGS, charted.CLAIMS = SITES, THEMES, 20_000, 5_000
    charted.write_charted_study(place, random.Random(1))  # noqa: S311 - a corpus, no secret


def time_page(page: Page, address: str) -> float:
    """Return the milliseconds from navigation to the painted page."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("window.painted")
    return float(page.evaluate("window.painted"))


def several(work: Callable[[], float]) -> float:
    """Return the median of several runs."""
    return median(work() for _ in range(RUNS))


def cpu(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that a piece of work took."""
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def run(project: Project, page: Page, base: str, folder: Path) -> None:
    """Measure, and print the table."""
    row = "<tr><th>Site</th>" + "<td>T 3</td>" * THEMES + "</tr>"
    bare = folder / "bare.html"
    bare.write_text(BARE.format(row * SITES), encoding="utf-8")
    raw = several(lambda: time_page(page, bare.as_uri()))
    whole = several(lambda: time_page(page, f"{base}/matrix"))
    size = f"matrix of {SITES} sites × {THEMES} themes, from navigation to the painted grid"
    report(size, f"{whole:.0f} ms; {whole / raw:.1f} × a bare table ({raw:.0f} ms)", "1 s", met=whole < 1000)
    claim = project.claims.list()[100]
    code = next(site.code for site in project.sites.list() if site.id == claim.site)
    measure_drawer(page, base, f"{code}/{claim.theme}")
    measure_stance(page, base, f"{code}/{claim.theme}", project.claims.get(claim.id).evidence[0].coding)
    measure_renewal(project, claim.id, project.claims.get(claim.id).evidence[0].coding)


def measure_drawer(page: Page, base: str, cell: str) -> None:
    """Measure how long a click takes to show a cell, beside the bare answer as text."""
    page.goto(f"{base}/matrix")
    page.wait_for_selector("html[data-ready]")
    raw = several(lambda: float(page.evaluate(ASKED, f"/api/cells/{cell}")))
    places = iter(range(3, 3 + RUNS))
    shown = several(
        lambda: float(page.evaluate(CLICKED, f"#grid [data-row='{next(places)}'] td:nth-of-type(9)"))
    )
    told = f"{shown:.0f} ms; {shown / raw:.1f} × the bare answer ({raw:.0f} ms)"
    report("a cell opened: from the click to the drawer", told, "100 ms", met=shown < 100)


def measure_stance(page: Page, base: str, cell: str, coding: int) -> None:
    """Measure when a stance shows, and when the status and its reason do."""
    page.goto("about:blank")
    page.goto(f"{base}/matrix#cell={cell}")
    page.wait_for_selector(f".passage[data-coding='{coding}']")
    times = [page.evaluate(STANCE, coding) for _ in range(RUNS)]
    shown, saved = (median(each) for each in zip(*times, strict=True))
    report("a stance set: shown", f"{shown:.0f} ms", "50 ms", met=shown < 50)
    report("the same: saved, with status and reason anew", f"{saved:.0f} ms", "150 ms", met=saved < 150)


def measure_renewal(project: Project, claim: int, coding: int) -> None:
    """Measure the matrix after a change, renewed and built anew, in processor time."""
    matrix = project.matrix()
    anew = several(lambda: cpu(project.matrix))
    stances = iter(["contradicts", "supports"] * RUNS)

    def renewed() -> float:
        since = project.history.newest()
        project.claims.relink(claim, coding, stance=next(stances))
        return cpu(lambda: project.renew(matrix, since))

    took = several(renewed)
    told = f"{took:.0f} ms; built anew {anew:.0f} ms"
    report("the whole matrix after a change, processor time", told, "a tenth", met=took < anew / 10)


def main() -> None:
    """Run the benchmark."""
    path = find_browser()
    assert path, "No Chromium: run `python tests/prepare.py`."
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        write_study(folder / "study.fwc")
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, "--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(PAINTED)
        with (
            Project.open(folder / "study.fwc", who="benchmark") as project,
            serving(project) as (base, guard),
        ):
            page.goto(f"{base}/open?token={guard.token}")
            run(project, page, base, folder)
        browser.close()


if __name__ == "__main__":
    main()
