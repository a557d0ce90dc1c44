"""A whole project as a bundle, to be written into another format."""

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, select

from framework_coder.exchange.bundle import (
    Bundle,
    BundledClaim,
    BundledCoding,
    BundledConvergence,
    BundledCoverage,
    BundledDecision,
    BundledEvidence,
    BundledFinding,
    BundledMemberCheck,
    BundledMemo,
    BundledRest,
    BundledSite,
    BundledSource,
    BundledTarget,
)
from framework_coder.model.memos import MemoTarget
from framework_coder.model.sources import SourceText
from framework_coder.model.study import Source, Study
from framework_coder.store.codebooks import load_versions
from framework_coder.store.engine import reading
from framework_coder.store.packing import PackedText, unpack_text
from framework_coder.store.rest import load_file, load_rest
from framework_coder.store.review_tables import GuidEntity
from framework_coder.store.sources import load_original, load_packed
from framework_coder.store.study import load_study
from framework_coder.store.tables import CoderEntity, CodingEntity, FileEntity, RevisionEntity

if TYPE_CHECKING:
    from collections.abc import Callable

    from framework_coder.model.findings import FindingRole


def bundle_project(engine: Engine) -> Bundle:
    """Return the project as a bundle; texts and originals are read when they are asked for.

    Keys are numbers as text, sources' are references, sites' codes, themes' ids. Codings that drifted stay
    behind, and are counted as a loss.
    """
    with reading(engine) as connection:
        study = load_study(connection)
        bundle = Bundle(
            name=study.design.name,
            identity=study.identity,
            design=study.design,
            coders=list(connection.execute(select(CoderEntity.name).order_by(CoderEntity.name)).scalars()),
            codebook=study.codebook,
        )
        _Bundling(engine, connection, study, bundle).fill()
    return bundle


class _Bundling:
    """Fills a bundle from a study, kind by kind."""

    def __init__(self, engine: Engine, connection: Connection, study: Study, bundle: Bundle) -> None:
        self._connection, self._study, self._bundle = connection, study, bundle
        self._codes = {site.id: site.code for site in study.sites}
        self._refs = {source.id: source.ref for source in study.sources}
        self._live = {coding.id for coding in study.codings if not coding.is_drifted}
        self._shelf = _Shelf(engine, [source.id for source in study.sources])

    def fill(self) -> None:
        """Fill every kind."""
        bundle, study = self._bundle, self._study
        bundle.sites = [BundledSite(s.code, s.name, s.code, dict(s.attributes)) for s in study.sites]
        bundle.sources = self._sources()
        bundle.codings = self._codings()
        bundle.claims = self._claims()
        bundle.findings = self._findings()
        bundle.memos = self._memos()
        bundle.coverage = [
            BundledCoverage(self._refs[c.source], c.theme, c.state, c.version, c.coder, c.made_on)
            for c in study.coverage
        ]
        bundle.not_applicable = [
            (self._codes[n.site], n.theme, n.reason, n.coder) for n in study.not_applicable
        ]
        bundle.separations = [
            (self._refs[s.source], self._refs[s.other], s.reason, s.coder, s.made_on)
            for s in study.separations
        ]
        bundle.plan = [(self._codes[p.site], p.method, p.count, p.reason) for p in study.plan]
        bundle.versions = [
            (v.number, v.frozen_at, v.frozen_by, v.reason, v.codebook)
            for v in load_versions(self._connection)
        ]
        bundle.guids = self._guids()
        bundle.rest = [self._rest(part) for part in load_rest(self._connection)]

    def _sources(self) -> list[BundledSource]:
        revision, file = RevisionEntity, FileEntity
        files = {
            row.source: row
            for row in self._connection.execute(
                select(revision.source, file.name, file.media_type)
                .join(file, file.sha256 == revision.file)
                .where(revision.is_current)
            )
        }
        return [
            self._source(source, files[source.id]) for source in self._study.sources if source.id in files
        ]

    def _source(self, source: Source, file: object) -> BundledSource:
        return BundledSource(
            key=source.ref,
            title=source.title,
            load=partial(self._shelf.load, source.id),
            packed=partial(self._shelf.take, source.id),
            original=partial(self._shelf.original, source.id),
            file_name=getattr(file, "name", ""),
            media_type=getattr(file, "media_type", ""),
            ref=source.ref,
            sites=tuple(self._codes[site] for site in source.sites),
            method=source.method,
            document_type=source.document_type,
            produced_on=str(source.produced_on),
            originator=source.originator,
            informants=source.informants,
            authors=source.authors,
            derived_from=tuple(self._refs[root] for root in source.derived_from),
            url=source.url,
            path=source.path,
        )

    def _codings(self) -> list[BundledCoding]:
        drifted = len(self._study.codings) - len(self._live)
        if drifted:
            self._bundle.lose("codings", "stand on an older text of their source and stayed behind", drifted)
        rows = self._connection.execute(
            select(CodingEntity.id, CodingEntity.memo).where(CodingEntity.memo != "")
        )
        memos = dict(rows.all())
        return [
            BundledCoding(
                key=str(c.id),
                source=self._refs[c.source],
                theme=c.theme,
                start=c.start,
                end=c.end,
                quote=c.quote,
                site=self._codes[c.site],
                coder=c.coder,
                made_on=c.made_on,
                memo=memos.get(c.id, ""),
                state=c.state,
                origin=c.origin,
                score=c.score,
                reason=c.reason,
            )
            for c in self._study.codings
            if c.id in self._live
        ]

    def _claims(self) -> list[BundledClaim]:
        evidence, met = self._evidence(), self._convergences()
        decisions = {
            a.claim: BundledDecision(
                a.decision,
                a.reason,
                a.decided_by,
                a.decided_on,
                tuple(map(str, sorted(a.supports))),
                tuple(map(str, sorted(a.contradicts))),
            )
            for a in self._study.adjudications
        }
        checks = {
            c.claim: BundledMemberCheck(c.state, c.informant, c.reply, c.coder, c.made_on)
            for c in self._study.member_checks
        }
        return [
            BundledClaim(
                key=str(c.id),
                site=self._codes[c.site],
                theme=c.theme,
                summary=c.summary,
                kind=c.kind,
                is_key=c.is_key,
                quotation=c.quotation,
                comment=c.comment,
                values=c.values,
                author=c.author,
                evidence=tuple(evidence.get(c.id, ())),
                decision=decisions.get(c.id),
                member_check=checks.get(c.id),
                convergences=tuple(met.get(c.id, ())),
            )
            for c in self._study.claims
        ]

    def _evidence(self) -> dict[int, list[BundledEvidence]]:
        """Return the links of each claim whose passages go along."""
        found: dict[int, list[BundledEvidence]] = {}
        for link in self._study.evidence:
            if link.coding in self._live:
                said = (link.stance, link.is_inferred, link.prominence, link.origins, link.note, link.place)
                found.setdefault(link.claim, []).append(BundledEvidence(str(link.coding), *said))
        return found

    def _convergences(self) -> dict[int, list[BundledConvergence]]:
        found: dict[int, list[BundledConvergence]] = {}
        for c in self._study.convergences:
            said = (c.suggested, c.confirmed, c.reason, c.coder, c.decided_on)
            found.setdefault(c.claim, []).append(BundledConvergence(c.first_method, c.second_method, *said))
        return found

    def _findings(self) -> list[BundledFinding]:
        claims: dict[int, list[tuple[str, FindingRole, str]]] = {}
        for link in self._study.finding_links:
            claims.setdefault(link.finding, []).append((str(link.claim), link.role, link.note))
        return [
            BundledFinding(str(f.id), f.statement, f.comment, f.author, tuple(claims.get(f.id, ())))
            for f in self._study.findings
        ]

    def _memos(self) -> list[BundledMemo]:
        return [
            BundledMemo(
                str(m.id), m.title, m.text, m.kind, m.author, m.made_on, tuple(map(self._target, m.targets))
            )
            for m in self._study.memos
        ]

    def _target(self, target: MemoTarget) -> BundledTarget:
        def text(number: int | None) -> str:
            return "" if number is None else str(number)

        return BundledTarget(
            self._codes.get(target.site or 0, ""),
            self._refs.get(target.source or 0, ""),
            target.theme or "",
            text(target.coding),
            text(target.claim),
            text(target.finding),
        )

    def _rest(self, part: dict[str, Any]) -> BundledRest:
        files = {name: partial(self._shelf.file, sha256) for name, sha256 in part["files"].items()}
        return BundledRest(**part | {"files": files})

    def _guids(self) -> dict[tuple[str, str], str]:
        """Return foreign GUIDs by kind and key; rows are keyed by number in the store."""
        keys: dict[str, Callable[[str], str]] = {
            "site": lambda row: self._codes.get(int(row), ""),
            "source": lambda row: self._refs.get(int(row), ""),
        }
        rows = self._connection.execute(select(GuidEntity.kind, GuidEntity.row, GuidEntity.guid))
        found: dict[tuple[str, str], str] = {}
        for kind, row, given in rows:
            guid, _, selection = given.partition(" ")
            if key := keys.get(kind, str)(row):
                found[kind, key] = guid
                if selection:
                    found["selection", key] = selection
        return found


AT_ONCE = 20
"""Texts that are fetched together: whoever asks for one asks for the next ones soon."""


class _Shelf:
    """Texts and originals of a project, fetched when they are asked for, texts a few at a time."""

    def __init__(self, engine: Engine, sources: list[int]) -> None:
        self._engine, self._sources = engine, sources
        self._places = {source: place for place, source in enumerate(sources)}
        self._texts: dict[int, PackedText] = {}

    def take(self, source: int) -> PackedText:
        """Return a text; it does not stay here."""
        if source not in self._texts:
            place = self._places[source]
            with reading(self._engine) as connection:
                self._texts = load_packed(connection, self._sources[place : place + AT_ONCE])
        return self._texts.pop(source)

    def load(self, source: int) -> SourceText:
        """Return a text with its blocks."""
        return unpack_text(self.take(source))

    def file(self, sha256: str) -> bytes:
        """Return the bytes of a file that is no source's."""
        with reading(self._engine) as connection:
            return load_file(connection, sha256)

    def original(self, source: int) -> bytes:
        """Return the bytes of a file."""
        with reading(self._engine) as connection:
            original = load_original(connection, source)
        return original.content if original else b""
