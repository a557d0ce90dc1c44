"""A charting in: `claims.csv`, `evidence.csv`, `coverage.csv` and `cells.csv` of a folder (or .xlsx)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from framework_coder.errors import BadInputError
from framework_coder.exchange.faults import Faults
from framework_coder.exchange.recorded import read_claims, read_coverage, read_evidence, read_marks
from framework_coder.exchange.rows import ClaimRow, CoverageRow, EvidenceRow, MarkRow
from framework_coder.exchange.tables import find_table


@dataclass(frozen=True, slots=True)
class Known:
    """The names that rows may use: site codes, theme ids and source refs.

    `claims` and `codings` give the site's code for each id that was known before; `coder` stands where a row
    names none. `newest` is the highest framework version, where that is known.
    """

    sites: Collection[str]
    themes: Collection[str]
    sources: Collection[str]
    claims: Mapping[str, str] = field(default_factory=dict)
    codings: Mapping[str, str] = field(default_factory=dict)
    coder: str = ""
    newest: int | None = None


@dataclass(frozen=True, slots=True)
class Charting:
    """The rows of a charting, and what is wrong in each of its files."""

    claims: tuple[ClaimRow, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    marks: tuple[MarkRow, ...] = ()
    faults: tuple[Faults, ...] = ()


class NoChartingError(BadInputError):
    """A folder that holds none of the files of a charting."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no claims.csv, evidence.csv, coverage.csv or cells.csv; "
            "name the folder they are in."
        )


def read_charting(folder: Path, known: Known) -> Charting:
    """Return what the files of a charting hold; a file that is not there is left out."""
    paths = {
        name: path
        for name in ("claims", "evidence", "coverage", "cells")
        if (path := find_table(folder, name))
    }
    faults = {name: Faults(path.name) for name, path in paths.items()}
    claims: list[ClaimRow] = []
    evidence: list[EvidenceRow] = []
    coverage: list[CoverageRow] = []
    marks: list[MarkRow] = []
    if "claims" in paths:
        claims = read_claims(paths["claims"], faults["claims"], known.sites, known.themes, known.coder)
    if "evidence" in paths:
        sites = {**known.claims, **{claim.id: claim.site for claim in claims}}
        evidence = read_evidence(paths["evidence"], faults["evidence"], sites, known.codings)
    if "coverage" in paths:
        coverage = read_coverage(
            paths["coverage"], faults["coverage"], known.sources, known.themes, known.coder, known.newest
        )
    if "cells" in paths:
        marks = read_marks(paths["cells"], faults["cells"], known.sites, known.themes, known.coder)
    return Charting(tuple(claims), tuple(evidence), tuple(coverage), tuple(marks), tuple(faults.values()))
