"""The charting of a project: claims and their evidence; coverage and marks from tables."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framework_coder.exchange.charting import Known, NoChartingError, read_charting
from framework_coder.exchange.faults import refuse
from framework_coder.exchange.rows import ClaimRow, CoverageRow, EvidenceRow, MarkRow
from framework_coder.model.charting import ChartedClaim, ClaimEdit
from framework_coder.model.claims import Claim, ClaimKind, CodedValue, Stance
from framework_coder.model.passages import Candidate, Passages
from framework_coder.project.claim_rows import row_of_claim, row_of_link
from framework_coder.project.frames import make_frame
from framework_coder.project.session import Session
from framework_coder.store.claim_history import load_history
from framework_coder.store.claims import load_claims, load_evidence, names_of_claims
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.codings import CodingFilter, load_codings, names_of_codings
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.workflows import claim_evidence, claim_paragraphs
from framework_coder.workflows import claims as changing
from framework_coder.workflows.charted import (
    UnknownClaimError,
    claims_in_cell,
    find_claim,
    passages_of_cell,
    show_claims,
)
from framework_coder.workflows.charting import ChartingImport, import_charting
from framework_coder.workflows.names import find_site

if TYPE_CHECKING:
    import builtins

    import pandas as pd


class ProjectClaims:
    """What the evidence says, cell by cell."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[Claim, ...]:
        """Return the claims in order."""
        with self._session.reading() as connection:
            return load_claims(connection)

    def get(self, number: int) -> ChartedClaim:
        """Return a claim with its evidence, its paragraph and its edition; raises UnknownClaimError."""
        with self._session.reading() as connection:
            return show_claims(connection, [find_claim(connection, number)])[0]

    def in_cell(self, site: str, theme: str) -> tuple[ChartedClaim, ...]:
        """Return the claims of a cell in order; a theme includes those below it."""
        with self._session.reading() as connection:
            return claims_in_cell(connection, site, theme)

    def paragraph_of(self, number: int) -> str:
        """Return a claim's summary with its citations, as `chart` and `rewrite` read it."""
        return self.get(number).paragraph

    def history(self, number: int) -> tuple[ClaimEdit, ...]:
        """Return each step that changed a claim, its values or its evidence, oldest first.

        A claim that was deleted has its history too. Raises UnknownClaimError where there never was one.
        """
        with self._session.reading() as connection:
            found = load_history(connection, number)
        if not found:
            raise UnknownClaimError(number)
        return found

    def add(
        self,
        site: str,
        theme: str,
        summary: str,
        *,
        kind: ClaimKind | str = ClaimKind.FACT,
        is_key: bool = False,
        quotation: str = "",
        comment: str = "",
        values: Sequence[CodedValue | str] = (),
        after: int | None = None,
        why: str = "",
    ) -> ChartedClaim:
        """Write a claim without evidence in a cell, last or just after another one.

        Values are `name=value` or `name=value!rank`. Raises UnknownSiteError, UnknownThemeError,
        RetiredThemeError, ClaimError or CodedValueError.
        """
        return self.get(
            changing.add_claim(
                self._session.engine, site, theme, summary, who=self._session.who, kind=kind, is_key=is_key,
                quotation=quotation, comment=comment, values=values, after=after, why=why,
            )
        )  # fmt: skip

    def edit(
        self,
        number: int,
        *,
        edition: str = "",
        theme: str | None = None,
        summary: str | None = None,
        kind: ClaimKind | str | None = None,
        is_key: bool | None = None,
        quotation: str | None = None,
        comment: str | None = None,
        values: Sequence[CodedValue | str] | None = None,
        why: str = "",
    ) -> ChartedClaim:
        """Change fields of a claim; what is None stays.

        With the `edition` of the claim that was opened, a change that somebody else made meanwhile raises
        StaleClaimError with both texts, and nothing is overwritten. So do the other changes below.
        """
        changing.edit_claim(
            self._session.engine, number, who=self._session.who, edition=edition, why=why, theme=theme,
            summary=summary, kind=kind, is_key=is_key, quotation=quotation, comment=comment, values=values,
        )  # fmt: skip
        return self.get(number)

    def move(
        self, number: int, *, before: int | None = None, after: int | None = None, why: str = ""
    ) -> None:
        """Put a claim just before or just after another one of its cell."""
        changing.move_claim(
            self._session.engine, number, who=self._session.who, before=before, after=after, why=why
        )

    def delete(self, number: int, *, edition: str = "", why: str = "") -> None:
        """Take a claim away with its evidence and what was decided on it; the journal keeps them.

        Raises ClaimInUseError where findings or memos name it.
        """
        changing.delete_claim(self._session.engine, number, who=self._session.who, edition=edition, why=why)

    def link(
        self,
        number: int,
        coding: int,
        *,
        stance: Stance | str = Stance.SUPPORTS,
        is_inferred: bool = False,
        prominence: int | None = None,
        origins: Collection[str] = (),
        note: str = "",
        place: int | None = None,
        edition: str = "",
        why: str = "",
    ) -> ChartedClaim:
        """Make a coding evidence of a claim of its own site; it must be accepted.

        `origins` narrows it to some people or root documents of its source; `prominence` is 1 to 3; `place`
        is where in the summary its token stands, None at the end. Raises EvidenceError, NotAnOriginError,
        AlreadyLinkedError or UnknownCodingError.
        """
        claim_evidence.link_coding(
            self._session.engine, number, coding, who=self._session.who, edition=edition, place=place,
            why=why, stance=stance, is_inferred=is_inferred, prominence=prominence, origins=origins,
            note=note,
        )  # fmt: skip
        return self.get(number)

    def relink(
        self,
        number: int,
        coding: int,
        *,
        stance: Stance | str | None = None,
        is_inferred: bool | None = None,
        prominence: int | None = None,
        origins: Collection[str] | None = None,
        note: str | None = None,
        place: int | None = None,
        edition: str = "",
        why: str = "",
    ) -> ChartedClaim:
        """Change what a link says; what is None stays, empty `origins` are all again, prominence 0 none."""
        claim_evidence.change_link(
            self._session.engine, number, coding, who=self._session.who, edition=edition, place=place,
            why=why, stance=stance, is_inferred=is_inferred, prominence=prominence, origins=origins,
            note=note,
        )  # fmt: skip
        return self.get(number)

    def unlink(self, number: int, coding: int, *, edition: str = "", why: str = "") -> ChartedClaim:
        """Take a coding from a claim; raises NotLinkedError."""
        claim_evidence.unlink_coding(
            self._session.engine, number, coding, who=self._session.who, edition=edition, why=why
        )
        return self.get(number)

    def chart(
        self,
        site: str,
        theme: str,
        text: str,
        *,
        kind: ClaimKind | str = ClaimKind.FACT,
        is_key: bool = False,
        quotation: str = "",
        comment: str = "",
        values: Sequence[CodedValue | str] = (),
        after: int | None = None,
        code_uncited: bool = False,
        why: str = "",
    ) -> tuple[ChartedClaim, ...]:
        """Make each paragraph of a text a claim, with the passages that it cites (`[D07 p4 ¶2]`) as evidence.

        Empty lines part paragraphs; all of them are one step. With `code_uncited` a place that nobody has
        coded is coded whole at the cell's theme. Quotation, comment and values are those of a single claim.
        Raises UnresolvedCitationsError, which names every citation that leads nowhere, and then nothing is
        written.
        """
        numbers = claim_paragraphs.chart_paragraphs(
            self._session.engine, site, theme, text, who=self._session.who, kind=kind, is_key=is_key,
            after=after, code_uncited=code_uncited, why=why, quotation=quotation, comment=comment,
            values=values,
        )  # fmt: skip
        return tuple(self.get(number) for number in numbers)

    def rewrite(
        self,
        number: int,
        text: str,
        *,
        edition: str = "",
        kind: ClaimKind | str | None = None,
        is_key: bool | None = None,
        quotation: str | None = None,
        comment: str | None = None,
        values: Sequence[CodedValue | str] | None = None,
        code_uncited: bool = False,
        why: str = "",
    ) -> ChartedClaim:
        """Put a paragraph in place of a claim's: summary and evidence become what the paragraph says.

        The other fields change in the same step; what is None stays. A link whose token is gone goes. One
        that stays keeps its origins, prominence and note, and stance and basis unless the token says another.
        """
        claim_paragraphs.rewrite_claim(
            self._session.engine, number, text, who=self._session.who, edition=edition,
            code_uncited=code_uncited, why=why, kind=kind, is_key=is_key, quotation=quotation,
            comment=comment, values=values,
        )  # fmt: skip
        return self.get(number)

    def split(
        self, number: int, at: int, *, edition: str = "", why: str = ""
    ) -> tuple[ChartedClaim, ChartedClaim]:
        """Split a claim at an offset of its paragraph; evidence goes with its token, the rest stays."""
        first, second = claim_paragraphs.split_claim(
            self._session.engine, number, at, who=self._session.who, edition=edition, why=why
        )
        return self.get(first), self.get(second)

    def merge(
        self, number: int, other: int, *, edition: str = "", other_edition: str = "", why: str = ""
    ) -> ChartedClaim:
        """Merge another claim of the same cell into a claim: texts joined, evidence and values united.

        Of two links to one coding the stronger holds: direct, the higher prominence, the wider origins.
        Raises UnmergeableError where the two cannot stand in one claim.
        """
        claim_paragraphs.merge_claims(
            self._session.engine, number, other, who=self._session.who, edition=edition,
            other_edition=other_edition, why=why,
        )  # fmt: skip
        return self.get(number)

    def passages(self, site: str, theme: str) -> Passages:
        """Return what a cell can cite, as it is now: `complete(typed)` answers while someone types."""
        with self._session.reading() as connection:
            return passages_of_cell(connection, site, theme)

    def complete(self, site: str, theme: str, typed: str = "", *, limit: int = 20) -> tuple[Candidate, ...]:
        """Return the codings that a citation being typed may mean: uncharted ones of the cell first."""
        return self.passages(site, theme).complete(typed, limit)

    def rows(
        self, *, sites: Collection[str] = (), themes: Collection[str] = ()
    ) -> "builtins.list[dict[str, Any]]":
        """Return one mapping a claim, in order; a theme includes those below it.

        Keys: `claim` (number), `site` (code), `theme`, `summary`, `kind`, `is_key`, `quotation`, `comment`,
        `author`, `values` (`name=text!rank`, `;` between), `evidence` (how many codings are linked).
        """
        with self._session.reading() as connection:
            numbers = {site.code: site.id for site in load_sites(connection)}
            claims, links = load_claims(connection), load_evidence(connection)
            book = load_codebook(connection)
        wanted = {find_site(numbers, code) for code in sites}
        within = {below for theme in themes for below in book.descendants(theme)}
        codes = {number: code for code, number in numbers.items()}
        counts = Counter(link.claim for link in links)
        return [
            row_of_claim(claim, codes, counts[claim.id])
            for claim in claims
            if (not wanted or claim.site in wanted) and (not themes or claim.theme in within)
        ]

    def evidence(self, number: int) -> "builtins.list[dict[str, Any]]":
        """Return one mapping a link of a claim, in the order in which they were made.

        Keys: `coding` (number), `cite`, `stance`, `basis` (direct or inferred), `prominence`, `origins` (`;`
        between), `note`, `theme` and `quote` of the coding, `state`, `is_drifted`.
        """
        with self._session.reading() as connection:
            links = find_claim(connection, number).evidence
            chosen = CodingFilter(numbers=[link.coding for link in links] or [0])
            codings = {coding.id: coding for coding in load_codings(connection, chosen)}
            refs = {source.id: source.ref for source in load_sources(connection)}
        return [row_of_link(link, codings[link.coding], refs) for link in links]

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
            self._session.engine, who=self._session.who, claims=claims, evidence=evidence, coverage=coverage,
            marks=marks, codings=codings, why=why,
        )  # fmt: skip

    def frame(self) -> "pd.DataFrame":
        """Return the rows as a DataFrame."""
        return make_frame("claims", self.rows())

    def import_frame(
        self,
        claims: "pd.DataFrame | None" = None,
        evidence: "pd.DataFrame | None" = None,
        coverage: "pd.DataFrame | None" = None,
        *,
        why: str = "",
        is_dry_run: bool = False,
    ) -> ChartingImport:
        """Store claims, their evidence and coverage from DataFrames with the columns of `project.frame`.

        Evidence names claims by their `id` (or `claim`) in the frame of claims, else by number, and codings
        by the id under which they came in, else by number. What is here word for word is passed over. Raises
        FaultyFileError, which names each row at fault, counted from 1; then nothing is changed.
        """
        from framework_coder.project.framing import take_charting

        return take_charting(
            self._session, claims, evidence, coverage, why=why or "from frames", is_dry_run=is_dry_run
        )
