"""A project with many sites and codings, made through the public interface."""

import random
import tempfile
from pathlib import Path

from corpus import sentence

from framework_coder import Codebook, Project
from framework_coder.exchange.rows import CodingRow, CoverageRow, SiteRow, SourceRow
from framework_coder.model.codebook import Theme

SOURCES_A_SITE = (("questionnaire", "Q"), ("document", "D"), ("meeting", "M"))
THEMES = 30


def write_study(place: Path, sites: int, codings: int, random_: random.Random) -> None:
    """Write a project with three sources a site and codings spread evenly over them and thirty themes."""
    book = Codebook(tuple(Theme(f"t{n:02}", f"Theme {n}") for n in range(THEMES)), "Benchmark")
    sources = [(site, *pair) for site in range(1, sites + 1) for pair in SOURCES_A_SITE]
    each = codings // len(sources) + 1
    with Project.create(place, who="benchmark") as project, tempfile.TemporaryDirectory() as scratch:
        project.codebook.load(book)
        project.codebook.freeze()
        project.sites.add_all(SiteRow(0, f"S{n:04}", f"Site {n}", {}) for n in range(1, sites + 1))
        register, rows = [], []
        for number, (site, method, letter) in enumerate(sources):
            ref = f"{letter}{site:04}"
            sentences = [f"{number} {sentence(random_)}" for _ in range(each)]
            (Path(scratch) / f"{ref}.txt").write_text("\n\n".join(sentences), encoding="utf-8")
            register.append(SourceRow(0, f"{ref}.txt", (f"S{site:04}",), method, ref))
            rows += _code(ref, sentences, random_)
        project.sources.ingest_register(register, scratch)
        project.codings.import_(rows[:codings])
        project.claims.import_(coverage=[CoverageRow(0, row.ref, "*") for row in register])


def _code(ref: str, sentences: list[str], random_: random.Random) -> list[CodingRow]:
    """Code each sentence at some theme; paragraphs of a text file are joined by a line feed."""
    rows, start = [], 0
    for place, quote in enumerate(sentences):
        rows.append(
            CodingRow(0, f"{ref}.{place}", ref, f"t{random_.randrange(THEMES):02}", quote, start=start)
        )
        start += len(quote) + 1
    return rows
