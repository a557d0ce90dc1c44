"""Store claims, evidence, decisions, coverage and marks: all rows, or none with every fault named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.exchange.rows import ClaimRow, CoverageRow, EvidenceRow, MarkRow
from framework_coder.model.claims import Stance
from framework_coder.model.codings import CodingState
from framework_coder.store.claims import names_of_claims
from framework_coder.store.codebooks import current_version, load_codebook, load_versions, note_coders
from framework_coder.store.codings import names_of_codings
from framework_coder.store.journal import Step, Where, now
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.store.tables import (
    AdjudicationEntity,
    ClaimEntity,
    ClaimValueEntity,
    CodingEntity,
    EvidenceEntity,
    NotApplicableEntity,
    RevisionEntity,
)
from framework_coder.workflows.coverage import store_coverage
from framework_coder.workflows.names import FaultyRowsError, find_site, find_source


@dataclass(frozen=True, slots=True)
class ChartingImport:
    """How many rows of each kind were stored; rows whose id was there already are not counted."""

    claims: int = 0
    evidence: int = 0
    decisions: int = 0
    coverage: int = 0
    marks: int = 0


class NoVersionError(NotFoundError):
    """A framework version that was never frozen."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no framework version {number}; `codebook versions` lists them.")


def import_charting(
    engine: Engine,
    *,
    who: str,
    claims: Sequence[ClaimRow] = (),
    evidence: Sequence[EvidenceRow] = (),
    coverage: Sequence[CoverageRow] = (),
    marks: Sequence[MarkRow] = (),
    codings: Mapping[str, int] | None = None,
    claims_here: Mapping[str, int] | None = None,
    why: str = "",
    is_dry_run: bool = False,
) -> ChartingImport:
    """Store a charting as one journal entry; raises FaultyRowsError, and then nothing is stored.

    `codings` gives the number of a coding by the id that evidence rows use; ids under which codings were
    imported before are known without it. `claims_here` gives the numbers of claims that are here already by
    the ids that rows use for them. A dry run stores nothing.
    """
    with suppress(_TriedError), Step(engine, who=who, action="import charting", why=why) as step:
        charting = _Charting(step, who, codings or {}, claims_here or {})
        numbers, stored = charting.add_claims(claims)
        links = charting.add_evidence(evidence, numbers)
        decisions = charting.add_decisions(stored, numbers, _linked_later(evidence, charting.codings))
        examined = charting.add_coverage(coverage)
        marked = charting.add_marks(marks)
        if charting.faults:
            raise FaultyRowsError(charting.faults)
        if is_dry_run:
            raise _TriedError
    return ChartingImport(len(stored), links, decisions, examined, marked)


class _TriedError(Exception):
    """A dry run is over: let go of everything."""


class _Charting:
    """Turns names into numbers and keeps count of what is wrong."""

    def __init__(
        self, step: Step, who: str, codings: Mapping[str, int], claims_here: Mapping[str, int]
    ) -> None:
        connection = step.connection
        self.faults: list[str] = []
        self._step, self._who = step, who
        self._sites = {site.code: site.id for site in load_sites(connection)}
        self._sources = {source.ref: source.id for source in load_sources(connection)}
        self._book = load_codebook(connection)
        self.codings = {**names_of_codings(connection), **codings}
        self._claims_before = {**names_of_claims(connection), **claims_here}
        self._versions = {v.number: v.codebook for v in load_versions(connection)}
        self._version = current_version(connection)

    def _try(self, file: str, line: int, find: Callable[..., Any], *given: Any) -> Any:
        """Return what is found, or None with a fault noted."""
        try:
            return find(*given)
        except (BadInputError, NotFoundError) as error:
            self._fault(file, line, str(error))
            return None

    def _fault(self, file: str, line: int, sentence: str) -> None:
        self.faults.append(f"{file}, line {line}: {sentence}" if line else f"{file}: {sentence}")

    def add_claims(self, given: Sequence[ClaimRow]) -> tuple[dict[str, int], list[ClaimRow]]:
        """Store the claims that are new; return the number of each by its id, and the new ones."""
        new = [row for row in given if not row.id or row.id not in self._claims_before]
        last = self._step.connection.execute(select(func.max(ClaimEntity.position))).scalar() or 0
        columns, rows = [], []
        for position, row in enumerate(new, last + 1):
            site = self._try("claims", row.line, find_site, self._sites, row.site)
            theme = self._try("claims", row.line, self._book.__getitem__, row.theme)
            if site is not None and theme is not None:
                columns.append(_claim_columns(row, site, position, row.author or self._who))
                rows.append(row)
        people = [row["author"] for row in columns]
        note_coders(self._step, [*people, *(row.decided_by or self._who for row in rows if row.decision)])
        keys = [int(key) for key in self._step.insert(ClaimEntity, columns)]
        self._add_values(rows, keys, columns)
        return self._claims_before | {row.id: key for row, key in zip(rows, keys, strict=True)}, rows

    def _add_values(
        self, rows: Sequence[ClaimRow], keys: Sequence[int], columns: Sequence[Mapping[str, Any]]
    ) -> None:
        values, about = [], []
        for row, key, claim in zip(rows, keys, columns, strict=True):
            for position, value in enumerate(row.values):
                named = {"name": value.name, "text": value.text, "rank": value.rank}
                values.append({"claim": key, "position": position, **named})
                about.append(Where(site=claim["site"], theme=claim["theme"]))
        self._step.insert(ClaimValueEntity, values, about=about)

    def add_evidence(self, given: Sequence[EvidenceRow], claims: Mapping[str, int]) -> int:
        """Link codings to claims; a link that is there already is passed over."""
        entity, connection = EvidenceEntity, self._step.connection
        there = {(claim, coding) for claim, coding in connection.execute(select(entity.claim, entity.coding))}
        places, rows, about = _places(connection), [], []
        for row in given:
            claim, coding = claims.get(row.claim), self.codings.get(row.coding)
            if claim is None:
                self._fault("evidence", row.line, f"There is no claim “{row.claim}”.")
            elif coding is None:
                self._fault("evidence", row.line, f"There is no coding “{row.coding}”; was its quote found?")
            elif coding not in places.codings:
                self._fault("evidence", row.line, f"There is no coding number {coding}.")
            elif places.codings[coding][0] != places.claims[claim].site:
                self._fault("evidence", row.line, f"Coding “{row.coding}” is of another site than the claim.")
            elif (claim, coding) not in there:
                there.add((claim, coding))
                rows.append(_evidence_columns(row, claim, coding))
                about.append(places.claims[claim]._replace(source=places.codings[coding][1]))
        return len(self._step.insert(entity, rows, about=about))

    def add_decisions(
        self, given: Sequence[ClaimRow], claims: Mapping[str, int], later: Mapping[str, Mapping[int, str]]
    ) -> int:
        """Store the decisions of new claims, with the evidence that stands on each side now.

        What was linked after a decision (`later`: the dates by claim and coding) was not before it, so that
        the decision is stale.
        """
        decided = [row for row in given if row.decision is not None]
        if not decided:
            return 0
        sides = _sides(self._step.connection)
        rows = []
        for row in decided:
            assert row.decision is not None
            if not row.decision_reason.strip():
                self._fault("claims", row.line, "A decision needs a reason.")
            dates = later.get(row.id, {})
            supports, contradicts = (
                [c for c in sides.get((claims[row.id], s), []) if not dates.get(c, "") > row.decided_on]
                for s in _SIDES
            )
            rows.append(
                {
                    "claim": claims[row.id],
                    "decision": row.decision.value,
                    "reason": row.decision_reason,
                    "decided_by": row.decided_by or self._who,
                    "decided_on": row.decided_on or now()[:10],
                    "supports": supports,
                    "contradicts": contradicts,
                }
            )
        about = [Where(site=self._sites[row.site], theme=row.theme) for row in decided]
        return len(self._step.insert(AdjudicationEntity, rows, about=about))

    def add_coverage(self, given: Sequence[CoverageRow]) -> int:
        """Store what was examined, theme by theme; a later row overrides, from its version on."""
        wanted: dict[tuple[int, str, int, str], dict[str, Any]] = {}
        for row in given:
            version = self._version if row.version is None else row.version
            source = self._try("coverage", row.line, find_source, self._sources, row.source)
            themes = self._try("coverage", row.line, self._below, row.theme, version)
            if source is not None and themes is not None:
                state = {"state": row.state.value, "made_on": row.made_on or now()[:10]}
                coder = row.coder or self._who
                for theme in themes:
                    for overridden in range(version, self._version + 1):
                        wanted.pop((source, theme, overridden, coder), None)
                    wanted[source, theme, version, coder] = state
        note_coders(self._step, [coder for *_, coder in wanted])
        store_coverage(self._step, wanted)
        return len(wanted)

    def _below(self, theme: str, version: int) -> Iterable[str]:
        if version not in (0, self._version, *self._versions):
            raise NoVersionError(version)
        book = self._versions[version] if version < self._version else self._book
        if theme == "*":
            return [active.id for active in book.active]
        return book.descendants(theme)

    def add_marks(self, given: Sequence[MarkRow]) -> int:
        """Mark cells as not applicable."""
        wanted: dict[tuple[int, str], dict[str, Any]] = {}
        for row in given:
            site = self._try("cells", row.line, find_site, self._sites, row.site)
            theme = self._try("cells", row.line, self._book.__getitem__, row.theme)
            if not row.reason.strip():
                self._fault("cells", row.line, "A cell is only not applicable for a reason; give it.")
            if site is not None and theme is not None:
                wanted[site, theme.id] = {"reason": row.reason, "coder": row.coder or self._who}
        note_coders(self._step, [row["coder"] for row in wanted.values()])
        entity = NotApplicableEntity
        keys = self._step.connection.execute(select(entity.id, entity.site, entity.theme))
        there = {(site, theme): key for key, site, theme in keys}
        self._step.update(entity, {there[cell]: row for cell, row in wanted.items() if cell in there})
        new = ((cell, row) for cell, row in wanted.items() if cell not in there)
        self._step.insert(entity, [{"site": site, "theme": theme, **row} for (site, theme), row in new])
        return len(wanted)


def _linked_later(rows: Iterable[EvidenceRow], codings: Mapping[str, int]) -> dict[str, dict[int, str]]:
    """Return the dates of the links that have one, by claim and coding."""
    dates: dict[str, dict[int, str]] = {}
    for row in rows:
        if row.linked_on and row.coding in codings:
            dates.setdefault(row.claim, {})[codings[row.coding]] = row.linked_on
    return dates


@dataclass(frozen=True, slots=True)
class _Places:
    """The site and the source of each coding, and what each claim is about."""

    codings: Mapping[int, tuple[int, int]]
    claims: Mapping[int, Where]


def _places(connection: Connection) -> _Places:
    codings = connection.execute(select(CodingEntity.id, CodingEntity.site, CodingEntity.source))
    claims = connection.execute(select(ClaimEntity.id, ClaimEntity.site, ClaimEntity.theme))
    return _Places(
        {key: (site, source) for key, site, source in codings},
        {key: Where(site=site, theme=theme) for key, site, theme in claims},
    )


_SIDES = (Stance.SUPPORTS, Stance.CONTRADICTS)


def _sides(connection: Connection) -> dict[tuple[int, Stance], list[int]]:
    """Return the live codings on each side of each claim, as the triangulation rule sees them."""
    entity, coding, found = EvidenceEntity, CodingEntity, dict[tuple[int, Stance], list[int]]()
    live = (
        select(entity.claim, entity.stance, entity.coding)
        .join(coding, coding.id == entity.coding)
        .join(RevisionEntity, RevisionEntity.id == coding.revision)
        .where(coding.state == CodingState.ACCEPTED.value, RevisionEntity.is_current)
        .order_by(entity.coding)
    )
    for claim, stance, number in connection.execute(live):
        found.setdefault((claim, Stance(stance)), []).append(number)
    return found


def _claim_columns(row: ClaimRow, site: int, position: int, author: str) -> dict[str, Any]:
    return {
        "site": site,
        "theme": row.theme,
        "summary": row.summary,
        "kind": row.kind.value,
        "is_key": row.is_key,
        "quotation": row.quotation,
        "comment": row.comment,
        "author": author,
        "position": position,
        "name": row.id,
    }


def _evidence_columns(row: EvidenceRow, claim: int, coding: int) -> dict[str, Any]:
    return {
        "claim": claim,
        "coding": coding,
        "stance": row.stance.value,
        "is_inferred": row.is_inferred,
        "prominence": row.prominence,
        "origins": None if row.origins is None else sorted(row.origins),
        "note": row.note,
    }
