"""The charting of a project: claims, evidence, coverage and marks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from framework_coder.exchange.charting import Known, NoChartingError, read_charting
from framework_coder.exchange.faults import refuse
from framework_coder.exchange.rows import ClaimRow, CoverageRow, EvidenceRow, MarkRow
from framework_coder.model.claims import Claim
from framework_coder.project.session import Session
from framework_coder.store.claims import load_claims, load_evidence, names_of_claims
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.codings import load_codings, names_of_codings
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.workflows.charting import ChartingImport, import_charting

if TYPE_CHECKING:
    import pandas as pd


class ProjectClaims:
    """What the evidence says, cell by cell."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[Claim, ...]:
        """Return the claims in order."""
        with self._session.reading() as connection:
            return load_claims(connection)

    def import_folder(self, folder: str | Path, *, why: str = "") -> ChartingImport:
        """Store the charting of a folder: claims.csv, evidence.csv, coverage.csv, cells.csv (or .xlsx).

        Evidence names codings by number, or by the id they were imported with. All of it is stored or
        nothing; raises FaultyFileError, NoChartingError or FaultyRowsError. Claims stored before under the
        same id are passed over.
        """
        with self._session.reading() as connection:
            codes = {site.id: site.code for site in load_sites(connection)}
            codings = {str(coding.id): coding for coding in load_codings(connection, with_text=False)}
            names = names_of_codings(connection)
            sites_of_claims = {claim.id: codes[claim.site] for claim in load_claims(connection)}
            known = Known(
                sites=set(codes.values()),
                themes={theme.id for theme in load_codebook(connection)},
                sources={source.ref for source in load_sources(connection)},
                claims={
                    name: sites_of_claims[number] for name, number in names_of_claims(connection).items()
                },
                codings={name: codes[coding.site] for name, coding in codings.items()}
                | {name: codes[codings[str(number)].site] for name, number in names.items()},
                coder=self._session.who,
            )
        found = read_charting(Path(folder), known)
        if not found.faults:
            raise NoChartingError(Path(folder))
        refuse(found.faults)
        numbers = {name: coding.id for name, coding in codings.items()} | names
        return self.import_(
            found.claims,
            found.evidence,
            found.coverage,
            found.marks,
            codings=numbers,
            why=why or f"from {folder}",
        )

    def import_(
        self,
        claims: Sequence[ClaimRow] = (),
        evidence: Sequence[EvidenceRow] = (),
        coverage: Sequence[CoverageRow] = (),
        marks: Sequence[MarkRow] = (),
        *,
        codings: Mapping[str, int] | None = None,
        why: str = "",
    ) -> ChartingImport:
        """Store a charting, all of it or nothing; raises FaultyRowsError, which names every fault.

        `codings` gives coding numbers by the ids that evidence rows use, where they have none of their own.
        """
        return import_charting(
            self._session.engine,
            who=self._session.who,
            claims=claims,
            evidence=evidence,
            coverage=coverage,
            marks=marks,
            codings=codings,
            why=why,
        )

    def frame(self) -> "pd.DataFrame":
        """Return one row a claim.

        Columns: `claim` (number), `site` (code), `theme`, `summary`, `kind`, `is_key`, `quotation`,
        `comment`, `author`, `values` (`name=text`, `;` between), `evidence` (how many codings are linked).
        """
        import pandas as pd

        with self._session.reading() as connection:
            codes = {site.id: site.code for site in load_sites(connection)}
            claims, links = load_claims(connection), load_evidence(connection)
        counts: dict[int, int] = {}
        for link in links:
            counts[link.claim] = counts.get(link.claim, 0) + 1
        same = ("theme", "summary", "is_key", "quotation", "comment", "author")
        rows = [
            {
                "claim": claim.id,
                "site": codes[claim.site],
                "kind": claim.kind.value,
                "values": _values(claim),
                "evidence": counts.get(claim.id, 0),
                **{name: getattr(claim, name) for name in same},
            }
            for claim in claims
        ]
        order = ["claim", "site", "theme", "summary", "kind", *same[2:], "values", "evidence"]
        return pd.DataFrame(rows, columns=order)


def _values(claim: Claim) -> str:
    return "; ".join(f"{name}={text}" for name, text in ((v.name, v.text) for v in claim.values))  # noqa: PD011
