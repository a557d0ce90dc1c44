"""Print the benchmark table: each figure beside the raw library or the bar, measured in one run.

`make bench` runs all of it; `run.py --scale 0.1` a tenth of the corpus. Figures depend on the machine:
compare ratios, not seconds.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import PHRASES, write_corpus
from measuring import median_of, peak_memory, report, spent, timed
from raw import read_pdf, read_raw, write_plain_page, write_plain_workbook

from framework_coder import Project, read
from framework_coder.exchange.codebooks import load_codebook
from framework_coder.exchange.rows import SiteRow
from framework_coder.model.study import Study

BOX1 = Path(__file__).parents[2] / "codebooks" / "box1.yaml"


def main() -> None:
    """Make the corpus where it is missing and print every row."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument(
        "--corpus", type=Path, default=Path(tempfile.gettempdir()) / "framework-coder-corpus"
    )
    chosen = options.parse_args()
    folder = chosen.corpus / str(chosen.scale)
    paths = write_corpus(folder, chosen.scale)
    size = sum(path.stat().st_size for path in paths) / 1e6
    print(f"Corpus: {len(paths)} documents, {size:.1f} MB. Processors: {os.cpu_count()}.\n")
    print("| work | measured | bar | |\n|---|---|---|---|")
    measure_help()
    measure_pdf([path for path in paths if path.suffix == ".pdf"])
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "corpus.fwc"
        measure_corpus(paths, folder, project)
        measure_search(project)
        measure_rules(project, len(paths))
        for sites, codings, bar in ((20, 20_000, 0.3), (1_000, 200_000, 3.0)):
            measure_matrix(Path(scratch) / f"matrix{sites}.fwc", sites, codings, bar)
        measure_charted(Path(scratch) / "charted.fwc")
    measure_resemblance()


def measure_help() -> None:
    """CPU time of `framework-coder --help`."""
    before = os.times()
    subprocess.run([sys.executable, "-m", "framework_coder", "--help"], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    report("`--help`, CPU time", f"{seconds:.2f} s", "0.3 s", met=seconds < 0.3)


def measure_pdf(paths: list[Path]) -> None:
    """PDF text with blocks and locators against the bare text of the same pages, on one core."""
    read(paths[0]), read_pdf(paths[0])  # so that imports are not counted
    ours, texts = timed(lambda: [read(path) for path in paths])
    raw, _ = timed(lambda: [read_pdf(path) for path in paths])
    pages = sum(len(text.pages) for text in texts)
    report("PDF: speed against raw pdfium", f"{raw / ours:.2f} ×", "0.5 ×", met=raw / ours >= 0.5)
    report(
        "PDF: pages a second a core",
        f"{pages / ours:.0f} (raw {pages / raw:.0f})",
        "150",
        met=pages / ours > 150,
    )


def measure_corpus(paths: list[Path], folder: Path, place: Path) -> None:
    """Read, segment, store and index everything, against the raw libraries on one core and on all."""
    raw, _ = timed(lambda: sum(map(read_raw, paths)))
    with ProcessPoolExecutor() as pool:
        list(pool.map(read_raw, paths[:4]))  # so that imports are not counted
        spread, _ = timed(lambda: sum(pool.map(read_raw, paths, chunksize=8)))
    with Project.create(place, who="benchmark") as project:
        project.sites.add_all(SiteRow(0, f"S{n:02}", f"Site {n}", {}) for n in range(1, 21))
        ours, outcome = timed(lambda: project.sources.ingest(folder))
    assert not outcome.refused, outcome.refused
    rate = len(paths) / ours
    took = f"{ours:.1f} s, raw {raw:.1f} s"
    report(
        "corpus: time against a loop over raw libraries",
        f"{ours / raw:.2f} × ({took})",
        "3 ×",
        met=ours < 3 * raw,
    )
    all_cores = f"{ours / spread:.2f} × (raw {spread:.1f} s)"
    report("corpus: the same, raw libraries on all cores", all_cores, "3 ×", met=ours < 3 * spread)
    report("corpus: documents a second", f"{rate:.0f}", "60", met=rate > 60)
    report("corpus: peak memory of the parent", f"{peak_memory():.0f} MB", "400 MB", met=peak_memory() < 400)


def measure_search(place: Path) -> None:
    """Search a phrase over the corpus; the slowest of several phrases, each the median of five."""
    with Project.open(place) as project:
        project.search("warm")
        slowest = max(median_of(5, lambda phrase=phrase: project.search(f'"{phrase}"')) for phrase in PHRASES)
    report("search a phrase", f"{slowest * 1000:.1f} ms", "20 ms", met=slowest < 0.02)


def measure_rules(place: Path, documents: int) -> None:
    """Apply the rules of the whole codebook to the corpus."""
    book = load_codebook(BOX1)
    with Project.open(place, who="benchmark") as project:
        project.codebook.load(book)
        seconds, found = timed(project.codings.suggest)
    name = f"rules of {len(book.leaves)} themes over {documents} documents"
    report(name, f"{seconds:.1f} s ({found.proposed} proposals)", "30 s", met=seconds < 30)


def measure_matrix(place: Path, sites: int, codings: int, bar: float) -> None:
    """Load a study from its file and build its matrix."""
    from synthetic import write_study

    write_study(place, sites, codings, random.Random(7))  # noqa: S311 - not for secrets
    with Project.open(place) as project:
        seconds = median_of(3, lambda: project.matrix(with_text=False))
    report(
        f"matrix of {sites} sites × 30 themes, {codings:,} codings",
        f"{seconds:.2f} s",
        f"{bar} s",
        met=seconds < bar,
    )


def measure_charted(place: Path) -> None:
    """Assess every claim of a large study, alone and with the study loaded; tell why each stands so."""
    from charted import CLAIMS, CODINGS, SITES, THEMES, write_charted_study

    from framework_coder.model.bearings import Bearings
    from framework_coder.model.explaining import explain_claim
    from framework_coder.model.triangulation import measure_breadth

    write_charted_study(place, random.Random(3))  # noqa: S311 - not for secrets
    with Project.open(place) as project:
        study = project.study(with_text=False)

        def assess(loaded: Study) -> None:
            measure_breadth.cache_clear()
            assert len(Bearings(loaded).assessments) == CLAIMS

        alone = median_of(5, lambda: assess(study))
        loaded = median_of(5, lambda: assess(project.study(with_text=False)))
        bearings = Bearings(study)
        told, _ = timed(lambda: [str(explain_claim(bearings, each)) for each in bearings.claims.values()])
    size = f"{SITES} sites × {THEMES} themes, {CODINGS:,} codings, {CLAIMS:,} claims"
    report(f"statuses of {size}", f"{alone:.2f} s", "1 s", met=alone < 1)
    report("the same with the study loaded", f"{loaded:.2f} s", "1 s", met=loaded < 1)
    report(f"why {CLAIMS:,} claims have their status", f"{told:.1f} s", "5 s", met=told < 5)
    measure_reports(place)


def measure_reports(place: Path) -> None:
    """Write the audit pack, the Word report and the workbook of the same study, its matrix being at hand.

    Seconds of the processors and seconds that passed, and beside them what the bare library or plain string
    building takes for the same values.
    """
    with Project.open(place) as project:
        matrix = project.matrix()
        kinds = (
            ("workbook", "xlsx", 10.0, write_plain_workbook, WORKBOOK_TABLES),
            ("audit pack", "html", 5.0, write_plain_page, PACK_TABLES),
            ("Word report", "docx", 15.0, None, ()),
        )
        for name, ending, bar, write_plain, names in kinds:
            path = place.with_suffix(f".{ending}")
            used, passed, _ = spent(lambda path=path: matrix.save(path))
            figure = f"{passed:.1f} s, {used:.1f} s of processors ({path.stat().st_size / 1e6:.0f} MB)"
            if write_plain:
                tables = matrix.tables()
                sheets = [tables[each].rows for each in names]
                raw, _, amount = spent(lambda w=write_plain, s=sheets: w(s, place.with_suffix(".raw")))
                figure += f"; {used / raw:.2f} × raw {raw:.1f} s for {amount / 1e6:.1f} million"
            report(f"{name} of the same", figure, f"{bar:.0f} s", met=passed < bar)


WORKBOOK_TABLES = (
    "claims", "evidence", "codings", "convergence", "attention", "frequencies", "sources", "codebook"
)  # fmt: skip
PACK_TABLES = ("claims", "evidence", "codings", "sources")
"""The tables that the pack has the values of."""


def measure_resemblance(documents: int = 1_000, copies: int = 50) -> None:
    """Find the copies among a thousand texts."""
    from resemblances import make_texts

    from framework_coder.model.resemblance import find_resemblances, read_texts

    texts = make_texts(documents, copies, random.Random(1))  # noqa: S311 - not for secrets
    seconds, found = timed(lambda: find_resemblances(read_texts(texts)))
    assert len(found) == copies
    size = sum(len(text.text) for _, text in texts) / 1e6
    report(
        f"copies among {documents:,} texts ({size:.0f} million characters)",
        f"{seconds:.1f} s ({len(found)} pairs)",
        "10 s",
        met=seconds < 10,
    )


if __name__ == "__main__":
    main()
