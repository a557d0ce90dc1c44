"""A charted project of the size of a large study, made through the public interface."""

import random
import tempfile
from pathlib import Path

from corpus import sentence

from framework_coder import Codebook, Project
from framework_coder.exchange.rows import ClaimRow, CodingRow, EvidenceRow, SiteRow, SourceRow
from framework_coder.model.claims import Stance
from framework_coder.model.codebook import Theme

SITES, THEMES, CODINGS, CLAIMS = 50, 60, 50_000, 10_000
METHODS = (("questionnaire", "Q"), ("meeting", "M"), ("document", "D"), ("document", "E"), ("document", "G"))
STANCES = (*[Stance.SUPPORTS] * 7, Stance.QUALIFIES, Stance.CONTRADICTS, Stance.CONTEXT)
EVIDENCE = 3
"""Links of a claim."""


def write_charted_study(place: Path, random_: random.Random) -> None:
    """Write a project of five sources a site, some of which share people, with claims in every cell."""
    themes = [Theme(f"t{n:02}", f"Theme {n}") for n in range(THEMES)]
    with Project.create(place, who="benchmark") as project, tempfile.TemporaryDirectory() as scratch:
        project.codebook.load(Codebook(tuple(themes), "Benchmark"))
        project.codebook.freeze()
        project.sites.add_all(SiteRow(0, f"S{n:04}", f"Site {n}", {}) for n in range(1, SITES + 1))
        register, codings = _write_sources(Path(scratch), random_)
        project.sources.ingest_register(register, scratch)
        numbers = project.codings.import_(codings).numbers
        claims, evidence = _write_claims(codings, random_)
        project.claims.import_(claims, evidence, codings=numbers)
        for state, sites in (("examined", range(1, 41)), ("partly", range(41, SITES + 1))):
            project.coverage.set(themes=["*"], state=state, sites=[f"S{n:04}" for n in sites])


def _write_sources(folder: Path, random_: random.Random) -> tuple[list[SourceRow], list[CodingRow]]:
    register, codings = [], []
    each = CODINGS // (SITES * len(METHODS))
    for site in range(1, SITES + 1):
        people = [f"Person {site} {letter}" for letter in "ABC"]
        for method, letter in METHODS:
            ref = f"{letter}{site:04}"
            sentences = [f"{site} {letter} {number} {sentence(random_)}" for number in range(each)]
            (folder / f"{ref}.txt").write_text("\n\n".join(sentences), encoding="utf-8")
            heard = tuple(random_.sample(people, 1 if letter == "Q" else 2)) if letter in "QM" else ()
            row = SourceRow(0, f"{ref}.txt", (f"S{site:04}",), method, ref, informants=heard)
            register.append(row)
            codings += _code(ref, sentences, random_)
    return register, codings


def _code(ref: str, sentences: list[str], random_: random.Random) -> list[CodingRow]:
    rows, start = [], 0
    for place, quote in enumerate(sentences):
        theme = f"t{random_.randrange(THEMES):02}"
        rows.append(CodingRow(0, f"{ref}.{place}", ref, theme, quote, start=start))
        start += len(quote) + 1
    return rows


def _write_claims(
    codings: list[CodingRow], random_: random.Random
) -> tuple[list[ClaimRow], list[EvidenceRow]]:
    cells: dict[tuple[str, str], list[str]] = {}
    for row in codings:
        cells.setdefault((f"S{row.source[1:]}", row.theme), []).append(row.id)
    claims, evidence = [], []
    spots = list(cells)
    places = [random_.choice(spots) for _ in range(CLAIMS)]
    for number, (site, theme) in enumerate(places):
        claims.append(ClaimRow(0, f"k{number}", site, theme, f"Claim {number}.", is_key=number % 3 == 0))
        some = random_.sample(cells[site, theme], min(EVIDENCE, len(cells[site, theme])))
        evidence += [EvidenceRow(0, f"k{number}", coding, random_.choice(STANCES)) for coding in some]
    return claims, evidence
