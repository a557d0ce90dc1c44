"""Print what a REFI-QDA export and import of the corpus take, beside raw lxml, zip and SQLite.

1,000 documents and 21,000 codings. Run as a script: `exchanging.py [--scale 0.1]`.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_corpus
from lxml import etree
from measuring import peak_memory, report, spent
from sqlalchemy import insert, select

from framework_coder import Project
from framework_coder.exchange.codebooks import load_codebook
from framework_coder.exchange.rows import SiteRow
from framework_coder.store.tables import CodingEntity, RevisionEntity

BOX1 = Path(__file__).parents[2] / "codebooks" / "box1.yaml"
CODINGS = 21
"""A document."""


def main() -> None:
    """Make the corpus and a project of it where they are missing, and print every row."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument(
        "--corpus", type=Path, default=Path(tempfile.gettempdir()) / "framework-coder-corpus"
    )
    options.add_argument("--step", choices=["export", "import"])
    chosen = options.parse_args()
    folder = chosen.corpus / str(chosen.scale)
    project = chosen.corpus / f"coded-{chosen.scale}.fwc"
    target = chosen.corpus / f"coded-{chosen.scale}.qdpx"
    if chosen.step == "export":
        measure_export(project, target)
    elif chosen.step == "import":
        measure_import(target)
    else:
        make_project(folder, project, chosen.scale)
        print("| work | measured | bar | |\n|---|---|---|---|", flush=True)
        for step in ("export", "import"):  # each in a process of its own, so that its memory is its own
            given = ["--scale", str(chosen.scale), "--corpus", str(chosen.corpus), "--step", step]
            subprocess.run([sys.executable, __file__, *given], check=True)


def make_project(folder: Path, place: Path, scale: float) -> None:
    """Read the corpus into a project and code 21 sentences of each document."""
    paths = write_corpus(folder, scale)
    if place.exists():
        return
    print(f"Reading {len(paths)} documents …", file=sys.stderr)
    with Project.create(place, who="benchmark") as project:
        project.codebook.load(load_codebook(BOX1))
        project.sites.add_all(SiteRow(0, f"S{n:02}", f"Site {n}", {}) for n in range(1, 21))
        project.sources.ingest(folder)
        themes = [theme.id for theme in project.codebook.show().leaves]
        _code(project, themes)


def _code(project: Project, themes: list[str]) -> None:
    chance = random.Random(1)  # noqa: S311 - not for secrets
    study = project.study(with_text=False)
    sites = {source.id: source.sites[0] for source in study.sources}
    engine = project._session.engine
    with engine.begin() as connection:
        revision = RevisionEntity
        rows = []
        for key, source, text in connection.execute(
            select(revision.id, revision.source, revision.text).where(revision.is_current)
        ).all():
            for _ in range(CODINGS):
                start = text.index(" ", chance.randrange(len(text) - 300)) + 1
                end = text.index(" ", start + 60)
                rows.append(_row(source, key, sites[source], chance.choice(themes), text, start, end))
        connection.execute(insert(CodingEntity), rows)


def _row(
    source: int, revision: int, site: int, theme: str, text: str, start: int, end: int
) -> dict[str, object]:
    return {
        "source": source, "revision": revision, "site": site, "theme": theme, "start": start, "end": end,
        "quote": text[start:end], "prefix": text[max(0, start - 32) : start], "suffix": text[end : end + 32],
        "locator": "{}", "coder": "benchmark", "origin": "manual", "state": "accepted", "score": None,
        "reason": "", "made_on": "2024-05-01", "memo": "",
    }  # fmt: skip


def measure_export(place: Path, target: Path) -> None:
    """Export, against writing the same entries with zip and the same tree with lxml."""
    with Project.open(place) as project:
        processor, seconds, _ = spent(lambda: project.exchange.export(target, replace=True))
    memory = peak_memory()
    with ZipFile(target) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with tempfile.TemporaryDirectory() as scratch:
        raw, _, _ = spent(lambda: _write_raw(Path(scratch) / "raw.zip", entries))
    size = f"{len(entries):,} entries, {target.stat().st_size / 1e6:.0f} MB"
    report("REFI-QDA export", f"{seconds:.2f} s ({size})", "3 s", met=seconds < 3)
    report("the same, time of the processor", f"{processor:.2f} s", "3 s", met=processor < 3)
    report("the same against raw lxml and zip", f"{processor / raw:.2f} × (raw {raw:.2f} s)", "-", met=True)
    report("peak memory of the export", f"{memory:.0f} MB", "400 MB", met=memory < 400)


def _write_raw(path: Path, entries: dict[str, bytes]) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            if name == "project.qde":
                archive.writestr(name, etree.tostring(etree.fromstring(content), encoding="UTF-8"))
            else:
                archive.writestr(name, content, compresslevel=6 if name.endswith(".txt") else 1)


def measure_import(target: Path) -> None:
    """Import into an empty project, against unpacking, parsing and storing the same bytes bare."""
    with tempfile.TemporaryDirectory() as scratch:
        with Project.create(Path(scratch) / "new.fwc", who="benchmark") as project:
            processor, seconds, done = spent(lambda: project.exchange.import_(target))
        memory = peak_memory()
        raw, _, _ = spent(lambda: _read_raw(target, Path(scratch) / "raw.sqlite"))
    counts = f"{done.new['source']:,} sources, {done.new['coding']:,} codings"
    report("REFI-QDA import", f"{seconds:.2f} s ({counts})", "5 s", met=seconds < 5)
    report("the same, time of the processor", f"{processor:.2f} s", "5 s", met=processor < 5)
    ratio = f"{processor / raw:.2f} × (raw {raw:.2f} s)"
    report("the same against raw zip, lxml and SQLite", ratio, "-", met=True)
    report("peak memory of the import", f"{memory:.0f} MB", "400 MB", met=memory < 400)


def _read_raw(target: Path, place: Path) -> None:
    with ZipFile(target) as archive, sqlite3.connect(place) as store:
        store.execute("CREATE TABLE files (name TEXT, content BLOB)")
        store.execute("CREATE TABLE codings (guid TEXT, code TEXT)")
        root = etree.fromstring(archive.read("project.qde"))
        store.executemany(
            "INSERT INTO codings VALUES (?, ?)",
            [(each.get("guid"), each[0].get("targetGUID")) for each in root.iter("{*}Coding")],
        )
        names = archive.namelist()
        store.executemany("INSERT INTO files VALUES (?, ?)", ((name, archive.read(name)) for name in names))


if __name__ == "__main__":
    main()
