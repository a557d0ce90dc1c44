"""Sources and codings of an import: a text that is here already takes the codings; quotes are checked."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select

from framework_coder.exchange.bundle import BundledCoding, BundledSource
from framework_coder.exchange.rows import SourceRow
from framework_coder.model.anchors import CONTEXT
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design
from framework_coder.model.sources import Page
from framework_coder.store.codebooks import load_design, note_coders
from framework_coder.store.journal import now
from framework_coder.store.packing import PackedText, locate_packed, unpack_pages
from framework_coder.store.rows import batches
from framework_coder.store.sources import load_packed, load_sources
from framework_coder.store.tables import (
    CodingEntity,
    DerivationEntity,
    RevisionEntity,
    SourceEntity,
    SourceSiteEntity,
)
from framework_coder.workflows.importing.frame import rows_by_guid
from framework_coder.workflows.importing.tally import Tally
from framework_coder.workflows.intake import Arrival, write_texts
from framework_coder.workflows.reading import prepare_packed

MOST_AT_ONCE = 40
"""Sources that are in memory together."""


def import_texts(tally: Tally) -> None:
    """Bring in sources with their texts, then the codings on them."""
    _Sources(tally).add(tally.bundle.sources)
    _import_derivations(tally)
    _import_codings(tally)


class _Sources:
    """Finds sources that are here, and stores the others."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        connection = tally.step.connection
        revision = RevisionEntity
        rows = connection.execute(
            select(revision.source, revision.text_sha256).where(revision.is_current)
        ).all()
        self._hashes = dict(rows)
        self._by_hash = {sha256: source for source, sha256 in reversed(rows)}
        self._by_guid = rows_by_guid(tally, "source")
        self._refs = {source.ref: source.id for source in load_sources(connection)}
        self._design = load_design(connection)

    def add(self, sources: Iterable[BundledSource]) -> None:
        """Store the sources that are not here, some at a time."""
        waiting: list[tuple[BundledSource, PackedText]] = []
        for source in sources:
            text = source.pack()
            number = self._find(source, text)
            if number is not None:
                self._tally.rows["source"][source.key] = number
                self._tally.known["source"] += 1
                continue
            waiting.append((source, text))
            if len(waiting) == MOST_AT_ONCE:
                self._store(waiting)
                waiting = []
        self._store(waiting)

    def _find(self, source: BundledSource, text: PackedText) -> int | None:
        """Return the source of this GUID and text, else of this reference and text, else of this text."""
        sha256 = hashlib.sha256(text.text.encode()).hexdigest()
        known = self._by_guid.get(self._tally.bundle.guids.get(("source", source.key), ""))
        if known is not None and self._hashes.get(int(known)) == sha256:
            return int(known)
        named = self._refs.get(source.ref)
        return named if named and self._hashes.get(named) == sha256 else self._by_hash.get(sha256)

    def _store(self, waiting: list[tuple[BundledSource, PackedText]]) -> None:
        if not waiting:
            return
        tally = self._tally
        arrivals = [self._arrive(source, text) for source, text in waiting]
        rows = [_columns(source, arrival) for (source, _), arrival in zip(waiting, arrivals, strict=True)]
        keys = [int(key) for key in tally.step.insert(SourceEntity, rows)]
        write_texts(tally.step, arrivals, keys)
        links = []
        for key, arrival, (source, text) in zip(keys, arrivals, waiting, strict=True):
            tally.keep(key, text)
            sites = (tally.find("site", site) for site in dict.fromkeys(source.sites))
            links += [{"source": key, "site": site} for site in sites if site is not None]
            tally.rows["source"][source.key] = key
            self._by_hash.setdefault(arrival.prepared.columns["text_sha256"], key)
        tally.step.insert(SourceSiteEntity, links)
        tally.made["source"] += [source.key for source, _ in waiting]
        tally.new["source"] += len(waiting)

    def _arrive(self, source: BundledSource, text: PackedText) -> Arrival:
        method = source.method if self._design.method(source.method) else _usual_method(self._design)
        ref = self._free_ref(source.ref, method)
        row = SourceRow(
            line=0,
            path=source.path or source.file_name,
            sites=tuple(source.sites),
            method=method,
            title=source.title,
            produced_on=PartialDate(source.produced_on),
        )
        return Arrival(row, ref, prepare_packed(text), source.original())

    def _free_ref(self, wanted: str, method: str) -> str:
        ref = wanted
        found = self._design.method(method)
        number = 0
        while not ref or ref in self._refs:
            number += 1
            ref = f"{found.letter if found else 'X'}{number:02d}"
        self._refs[ref] = 0
        return ref


def _usual_method(design: Design) -> str:
    return "document" if design.method("document") else design.methods[0].id


def _columns(source: BundledSource, arrival: Arrival) -> dict[str, Any]:
    return {
        "ref": arrival.ref,
        "title": source.title or PurePosixPath(source.file_name).stem,
        "method": arrival.row.method,
        "document_type": source.document_type,
        "produced_on": source.produced_on,
        "originator": source.originator,
        "informants": list(source.informants),
        "authors": list(source.authors),
        "url": source.url,
        "path": arrival.row.path,
    }


def _import_derivations(tally: Tally) -> None:
    entity = DerivationEntity
    rows = tally.step.connection.execute(select(entity.source, entity.derived_from, entity.id))
    there = {(source, root): key for source, root, key in rows}
    given = []
    for source in tally.bundle.sources:
        number = tally.find("source", source.key)
        for name in source.derived_from:
            root = tally.find("source", name)
            if number is not None and root is not None and root != number:
                columns = {"source": number, "derived_from": root}
                given.append((f"{source.key} {name}", (number, root), columns))
    tally.settle("derivation", entity, given, there)


def _import_codings(tally: Tally) -> None:
    note_coders(tally.step, [coding.coder for coding in tally.bundle.codings if coding.coder])
    by_source: dict[int, list[BundledCoding]] = {}
    sources, themes = tally.rows["source"], tally.rows["theme"]
    for coding in tally.bundle.codings:
        source, theme = sources.get(coding.source), themes.get(coding.theme)
        if source is None or theme is None:
            what = "source" if source is None else "theme"
            tally.lose("codings", f"name a {what} that is not in the file")
        else:
            by_source.setdefault(source, []).append(coding)
    _join_sites(tally, by_source)
    for some in batches(list(by_source)):
        _import_some(tally, {int(source): by_source[int(source)] for source in some})


def _join_sites(tally: Tally, by_source: dict[int, list[BundledCoding]]) -> None:
    """Let a source that was here belong to the sites of its codings too: a coding is of one of its sites."""
    new: dict[tuple[int, int], dict[str, int]] = {}
    for source in load_sources(tally.step.connection):
        for coding in by_source.get(source.id, ()):
            site = tally.find("site", coding.site)
            if site is not None and site not in source.sites:
                new[source.id, site] = {"source": source.id, "site": site}
    tally.step.insert(SourceSiteEntity, list(new.values()))


def _import_some(tally: Tally, by_source: dict[int, list[BundledCoding]]) -> None:
    entity = CodingEntity
    columns = (entity.source, entity.theme, entity.start, entity.end, entity.coder, entity.site, entity.id)
    current = select(RevisionEntity.id).where(RevisionEntity.is_current)
    rows = tally.step.connection.execute(
        select(*columns)
        .where(entity.source.in_(list(by_source)), entity.revision.in_(current))
        .order_by(entity.id)
    )
    there: dict[Any, list[int]] = {}
    for *mark_of, number in rows:
        there.setdefault(tuple(mark_of), []).append(number)
    new = []
    for key, mark, row in _place(tally, by_source):
        if there.get(mark):  # a passage coded twice at one theme stays twice, and comes in again not at all
            tally.rows["coding"][key] = there[mark].pop(0)
            tally.known["coding"] += 1
        else:
            new.append((key, row))
    numbers = tally.step.insert(entity, [row for _, row in new])
    tally.rows["coding"].update({key: n for (key, _), n in zip(new, numbers, strict=True)})
    tally.made["coding"] += [key for key, _ in new]
    tally.new["coding"] += len(new)


Placed = tuple[str, tuple[Any, ...], dict[str, Any]]
"""The key of a coding, what tells it from others, and its columns."""


def _place(tally: Tally, by_source: dict[int, list[BundledCoding]]) -> Iterator[Placed]:
    """Yield each coding whose quote stands at its span."""
    connection, revision = tally.step.connection, RevisionEntity
    ask = select(revision.source, revision.id).where(revision.is_current, revision.source.in_(by_source))
    revisions = dict(connection.execute(ask).all())
    sites = {s.id: s.sites for s in load_sources(connection) if s.id in by_source}
    for source, codings in by_source.items():
        text = tally.stored.pop(source, None) or load_packed(connection, [source])[source]
        held = _Held(source, revisions[source], text, unpack_pages(text.pages))
        only = sites[source][0] if len(sites[source]) == 1 else None
        for coding in codings:
            site = tally.find("site", coding.site) or only
            if site is None:
                tally.lose("codings", "have no site, and their source has none or several")
            elif text.text[coding.start : coding.end] != coding.quote or not coding.quote.strip():
                tally.lose("codings", "have a quote that does not stand at its place in the text")
            else:
                yield _coding(tally, coding, held, site)


@dataclass(frozen=True, slots=True)
class _Held:
    """A text whose codings are stored."""

    source: int
    revision: int
    packed: PackedText
    pages: tuple[Page, ...]


def _coding(tally: Tally, coding: BundledCoding, held: _Held, site: int) -> Placed:
    theme, coder = tally.find("theme", coding.theme), coding.coder or tally.who
    text, start, end = held.packed.text, coding.start, coding.end
    columns = {
        "source": held.source,
        "revision": held.revision,
        "site": site,
        "theme": theme,
        "start": start,
        "end": end,
        "quote": coding.quote,
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
        "locator": locate_packed(held.packed.blocks, held.pages, start),
        "coder": coder,
        "origin": coding.origin.value,
        "state": coding.state.value,
        "score": coding.score,
        "reason": coding.reason,
        "made_on": coding.made_on or now()[:10],
        "memo": coding.memo,
    }
    return coding.key, (held.source, theme, start, end, coder, site), columns
