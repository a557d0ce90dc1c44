"""Time the pages of a PDF in a real Chromium, beside bare pdfium: first picture, 200 highlights on a page."""

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

import pypdfium2
from browser.conftest import QUIET
from measuring import report
from playwright.sync_api import sync_playwright
from prepare import find_browser
from readers.pdf_builders import PROSE, draw, lines, read_pdf, wrap

from framework_coder import Project
from framework_coder.web.serving import serving

PAGES, HIGHLIGHTS, RUNS, SCALE = 50, 200, 5, 1.5
FIRST_PICTURE = """
async () => {
  const began = performance.now();
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'v', bubbles: true }));
  while (!document.querySelector('.sheet.drawn')) await new Promise((resolve) => setTimeout(resolve, 2));
  return performance.now() - began;
}
"""
PAINTED = """
async () => {
  const soon = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const until = async (is) => { while (!is()) await soon(); };
  const shown = document.querySelector('select[aria-label="States shown"]');
  const choose = (value) => { shown.value = value; shown.dispatchEvent(new Event('change')); };
  const marks = () => [...document.querySelectorAll('.sheet:first-of-type .mark')];
  const codings = () => new Set(marks().map((each) => each.dataset.coding)).size;
  await until(() => codings() >= 150);
  choose('proposed');
  await until(() => codings() === 0);
  const began = performance.now();
  choose('');
  await until(() => codings() >= 150);
  await soon();
  return [performance.now() - began, codings()];
}
"""
"""Filters all codings away and back, and returns how long it took until they were painted, and how many."""


def main() -> None:
    """Make a project of a PDF of fifty pages with its first page coded all over, and print every row."""
    folder = Path(tempfile.mkdtemp())
    content = draw(*[lines(wrap(PROSE * 6), y=60) for _ in range(PAGES)])
    (folder / "paper.pdf").write_bytes(content)
    with Project.create(folder / "study.fwc", who="benchmark") as project:
        ref = _fill(project, folder / "paper.pdf")
        print("| work | measured | beside | |\n|---|---|---|---|")
        _tell_mapping(project, ref, content)
        with serving(project) as (base, guard), sync_playwright() as tools:
            browser = tools.chromium.launch(executable_path=find_browser(), args=[*QUIET, "--no-sandbox"])
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.new_page().goto(f"{base}/open?token={guard.token}")
            _tell_browser(context, f"{base}/sources/{ref}", content)
            browser.close()


def _fill(project: Project, path: Path) -> str:
    project.sites.add("S01", "Northfield")
    project.codebook.add_emergent("funding", "Funding")
    project.sources.ingest(path, site="S01", method="document", workers=0)
    ref = project.sources.list()[-1].ref
    page = project.sources.page_words(ref).pages[0]
    words = [word for line in page.lines for word in line]
    text, chance = project.sources.text(ref).text, random.Random(1)  # noqa: S311 - the same each time
    for _ in range(HIGHLIGHTS):
        first = chance.randrange(len(words) - 12)
        start, end = words[first].start, words[first + 11].end
        project.codings.add(ref, "funding", start=start, end=end, quote=text[start:end])
    return ref


def _tell_mapping(project: Project, ref: str, content: bytes) -> None:
    """Print how long the words of all pages take, beside the reading that it rests on."""
    from framework_coder.readers.options import ReadOptions
    from framework_coder.readers.pdf_words import map_pages

    text = project.sources.text(ref).text
    ours = median(_seconds(lambda: map_pages(Path("x"), content, text, ReadOptions())) for _ in range(RUNS))
    bare = median(_seconds(lambda: read_pdf(content)) for _ in range(RUNS))
    report(f"words of {PAGES} pages mapped", f"{ours:.2f} s of CPU", f"reading them {bare:.2f} s", met=True)


def _seconds(work: Any) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _draw_bare(content: bytes) -> bytes:
    """Draw the first page with bare pdfium at the same scale, unpacked."""
    return bytes(pypdfium2.PdfDocument(content)[0].render(scale=SCALE).to_pil().tobytes())


def _tell_browser(context: Any, address: str, content: bytes) -> None:
    firsts, painted = [], []
    for _ in range(RUNS):
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        firsts.append(page.evaluate(FIRST_PICTURE))
        painted.append(page.evaluate(PAINTED))
        page.close()
    bare = median(_seconds(lambda: _draw_bare(content)) for _ in range(RUNS)) * 1000
    report(
        "first page picture shown, first time", f"{firsts[0]:.0f} ms", f"bare pdfium {bare:.0f} ms", met=True
    )
    report(
        "first page picture shown, later",
        f"{median(firsts[1:]):.0f} ms",
        f"bare pdfium {bare:.0f} ms",
        met=True,
    )
    took, count = median(each[0] for each in painted), painted[0][1]
    report(f"{count} highlights painted on a page, and on those near it", f"{took:.0f} ms", "none", met=True)


if __name__ == "__main__":
    main()
