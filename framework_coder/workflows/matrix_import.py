"""Take over a framework matrix made elsewhere: its cells become claims without evidence, and say so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.framework_matrix import CellText, read_framework_matrix
from framework_coder.model.claims import Claim
from framework_coder.store.claims import load_claims
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.engine import reading
from framework_coder.store.journal import Step
from framework_coder.store.sources import load_sites
from framework_coder.workflows.claims import store_claims

_PARTED = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class MatrixImport:
    """Claims that a matrix gives: those that are new, and how many stand in the project already."""

    claims: tuple[Claim, ...]
    known: int


def preview_matrix(
    engine: Engine, path: Path, *, columns: Mapping[str, str], is_split: bool = False
) -> MatrixImport:
    """Return what a matrix would bring; raises FaultyFileError with all that was not understood."""
    with reading(engine) as connection:
        return _read(connection, path, columns, is_split, who="")


def import_matrix(
    engine: Engine,
    path: Path,
    *,
    who: str,
    columns: Mapping[str, str],
    is_split: bool = False,
    why: str = "",
) -> MatrixImport:
    """Store the cells of a matrix as claims without evidence, as one step.

    `is_split` makes each paragraph of a cell a claim of its own. A claim that stands in its cell already,
    word for word, is passed over.
    """
    with Step(engine, who=who, action="import matrix", why=why or f"from {path.name}") as step:
        found = _read(step.connection, path, columns, is_split, who)
        store_claims(step, found.claims, None)
    return found


def _read(
    connection: Connection, path: Path, columns: Mapping[str, str], is_split: bool, who: str
) -> MatrixImport:
    faults = Faults(path.name)
    sites = load_sites(connection)
    cells = read_framework_matrix(path, faults, sites, load_codebook(connection), columns)
    refuse([faults])
    numbers = {site.code: site.id for site in sites}
    there = {(claim.site, claim.theme, claim.summary) for claim in load_claims(connection)}
    claims, known = [], 0
    for cell in cells:
        for text in _paragraphs(cell, is_split):
            spot = (numbers[cell.site], cell.theme, text)
            if spot in there:
                known += 1
            else:
                there.add(spot)
                comment = f"From {path.name}, without evidence."
                claims.append(Claim(0, *spot, comment=comment, author=who))
    return MatrixImport(tuple(claims), known)


def _paragraphs(cell: CellText, is_split: bool) -> Sequence[str]:
    return [part.strip() for part in _PARTED.split(cell.text)] if is_split else [cell.text]
