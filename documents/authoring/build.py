"""Builds the example study from the authored masters: `python documents/authoring/build.py [FOLDER]`.

Every file in the folder is written anew; the same masters give the same bytes with the same libraries.
"""

import argparse
import csv
import shutil
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from across import study_wide
from analysis import Recorder, register
from counting import published_rows
from masters import SiteMaster, SourceMaster, read_masters, revise
from pdf_files import write_pdf
from plain_files import write_plain
from spreadsheets import write_workbook
from webpages import write_page
from word_files import write_word

HERE = Path(__file__).parent
STUDY = HERE.parent / "integrated-care"
WRITERS = {"docx": write_word, "pdf": write_pdf, "html": write_page, "txt": write_plain, "md": write_plain}
ZIP_DATE = (2016, 1, 4, 9, 0, 0)


def build(folder: Path) -> None:
    """Write the whole study into `folder`, which is emptied first."""
    if folder.exists():
        shutil.rmtree(folder)
    sites = read_masters()
    sources = [source for site in sites for source in site.sources]
    newer = [revise(site.sources_by_key()[made.key], made) for site in sites for made in site.revisions]
    for source in (*sources, *newer):
        if source.kind != "xlsx":
            path = _made(folder / source.path)
            WRITERS[source.kind](path, source)
            if source.kind == "docx":
                _fix_dates(path)
    _write_workbooks(folder, sources)
    _write_tables(folder, sites)
    for name in ("study.yaml", "emergent.yaml"):
        shutil.copyfile(HERE / name, folder / name)


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write_workbooks(folder: Path, sources: list[SourceMaster]) -> None:
    books: dict[str, list[tuple[str, SourceMaster]]] = {}
    for source in sources:
        if source.kind == "xlsx":
            path, _, sheet = source.path.partition("#")
            books.setdefault(path, []).append((sheet or "Questionnaire", source))
    for name, sheets in books.items():
        write_workbook(_made(folder / name), sheets)


def _fix_dates(path: Path) -> None:
    """Rewrite a ZIP with one date for every member, so that the bytes do not depend on the clock."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), content, zipfile.ZIP_DEFLATED)


def _write_tables(folder: Path, sites: list[SiteMaster]) -> None:
    recorder = Recorder()
    for site in sites:
        recorder.record(site)
    tables = {
        "sites": [{"site": site.code, **site.fields} for site in sites],
        "sources": register(sites),
        "codings": list(recorder.codings.values()),
        "claims": recorder.claims,
        "evidence": recorder.evidence,
        "coverage": recorder.coverage,
        "cells": recorder.cells,
        "convergence": recorder.convergence,
        "member-checks": recorder.checks,
        "revisions": recorder.revisions,
        **study_wide(recorder),
        "published-counts": published_rows(),
    }
    for name, rows in tables.items():
        with _made(folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", default=STUDY)
    build(options.parse_args().folder)
