"""A project with one very long source, coded and uncoded, made through the public interface."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus import sentence

from framework_coder import Codebook, Project
from framework_coder.exchange.rows import CodingRow, SiteRow, SourceRow
from framework_coder.model.codebook import Theme

WORDS, CODINGS, THEMES = 300_000, 5_000, 40
HEADING_EVERY, SENTENCES = 40, 5
CODED, EMPTY = "D01", "D02"
"""The source with codings, and the same text without any."""


def write_long_source(place: Path, random_: random.Random) -> None:
    """Write a project whose two sources have the same 300,000 words; 5,000 codings are on the first."""
    paragraphs = list(_paragraphs(random_))
    book = Codebook(tuple(Theme(f"t{n:02}", f"Theme {n}") for n in range(THEMES)), "Benchmark")
    with Project.create(place, who="benchmark") as project, tempfile.TemporaryDirectory() as scratch:
        project.codebook.load(book)
        project.codebook.freeze()
        project.sites.add_all([SiteRow(0, "S01", "Site", {})])
        register = []
        for ref in (CODED, EMPTY):
            Path(scratch, f"{ref}.md").write_text("\n\n".join([f"# {ref}", *paragraphs]), encoding="utf-8")
            register.append(SourceRow(0, f"{ref}.md", ("S01",), "document", ref))
        project.sources.ingest_register(register, scratch)
        project.codings.import_(_codings(project.sources.text(CODED).text, random_))


def _paragraphs(random_: random.Random) -> Iterator[str]:
    """Yield headings and paragraphs of so many words together."""
    words = number = 0
    while words < WORDS:
        if number % HEADING_EVERY == 0:
            yield f"## Part {number // HEADING_EVERY + 1}"
        text = " ".join(sentence(random_) for _ in range(SENTENCES))
        words += len(text.split())
        number += 1
        yield text


def _codings(text: str, random_: random.Random) -> list[CodingRow]:
    """Code passages of ten to sixty words at random places; some overlap."""
    rows = []
    for number in range(CODINGS):
        start = text.index(" ", random_.randrange(len(text) - 1000)) + 1
        end = text.index(" ", start + random_.randrange(50, 350))
        theme = f"t{random_.randrange(THEMES):02}"
        rows.append(CodingRow(0, f"c{number}", CODED, theme, text[start:end], start=start))
    return rows
