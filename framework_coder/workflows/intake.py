"""Put what was read into the project: sources, texts, originals, links and coded answers, batch by batch."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from framework_coder.exchange.rows import SourceRow
from framework_coder.model.codebook import Codebook
from framework_coder.model.design import Design
from framework_coder.store.codebooks import load_codebook, load_design, note_coders
from framework_coder.store.engine import reading
from framework_coder.store.journal import Step, now
from framework_coder.store.search import add_to_index
from framework_coder.store.sources import Holding, load_holdings, load_sites, load_sources
from framework_coder.store.tables import (
    BlockEntity,
    CodingEntity,
    FileEntity,
    RevisionEntity,
    SourceEntity,
    SourceSiteEntity,
)
from framework_coder.workflows.answers import AnswerCoder
from framework_coder.workflows.reading import Prepared

MOST_SOURCES, MOST_BYTES = 40, 16_000_000
"""A batch, which is one transaction, is written when it reaches either."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A source that waits for its batch to be written."""

    row: SourceRow
    ref: str
    prepared: Prepared
    content: bytes

    @property
    def size(self) -> int:
        """Roughly the bytes that it holds in memory."""
        return len(self.content) + 2 * len(self.prepared.text)


@dataclass(slots=True)
class Known:
    """What the project has, kept up to date while an import goes on."""

    design: Design
    codebook: Codebook
    sites: dict[str, int]
    names: dict[str, str]
    refs: set[str]
    held: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    sites_of: dict[int, set[int]] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)
    last_numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, engine: Engine) -> "Known":
        """Return what the project has now."""
        with reading(engine) as connection:
            sites = load_sites(connection)
            known = cls(
                design=load_design(connection),
                codebook=load_codebook(connection),
                sites={site.code: site.id for site in sites},
                names={name.casefold(): site.code for site in sites for name in (site.name, site.code)},
                refs=set(),
            )
            for source in load_sources(connection):
                known.refs.add(source.ref)
                known.sites_of[source.id] = set(source.sites)
            for holding in load_holdings(connection):
                known.hold(holding)
        return known

    def hold(self, holding: Holding) -> None:
        """Take note of a text."""
        self.held.setdefault(holding.sha256, {})[holding.part] = (holding.source, holding.ref)

    @property
    def site_names(self) -> tuple[str, ...]:
        """What a sheet or row may call a site: its code or its name."""
        return tuple(self.names)

    def sites_named(self, name: str) -> tuple[str, ...]:
        """Return the code of the site with that code or name, or nothing."""
        code = self.names.get(name.strip().casefold())
        return (code,) if code else ()

    def take_ref(self, row: SourceRow) -> str:
        """Return the ref of a row, or the next one of its method, and keep it from being given twice."""
        ref = row.ref or self._next_ref(row.method)
        self.refs.add(ref)
        return ref

    def _next_ref(self, method_id: str) -> str:
        method = self.design.method(method_id)
        letter = method.letter if method else "X"
        if letter not in self.last_numbers:
            tails = (ref[len(letter) :] for ref in self.refs | self.reserved if ref.startswith(letter))
            self.last_numbers[letter] = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
        while True:
            self.last_numbers[letter] += 1
            ref = f"{letter}{self.last_numbers[letter]:02d}"
            if ref not in self.refs and ref not in self.reserved:
                return ref


class Intake:
    """Collects arrivals and writes them: a batch is one transaction and one journal entry.

    `first_entry` is that of the first batch; the later ones are parts of it.
    """

    def __init__(self, engine: Engine, known: Known, *, who: str, why: str) -> None:
        self._engine, self._who, self._why = engine, who, why
        self._known = known
        self._answers = AnswerCoder(known.codebook, who)
        self._arrivals: list[Arrival] = []
        self._links: list[tuple[int, int]] = []
        self.first_entry: int | None = None
        self.codings = self.proposals = 0

    def add(self, row: SourceRow, prepared: Prepared, content: bytes) -> str:
        """Take a new source in and return its ref; it is stored with its batch."""
        ref = self._known.take_ref(row)
        self._arrivals.append(Arrival(row, ref, prepared, content))
        size = sum(arrival.size for arrival in self._arrivals)
        if len(self._arrivals) >= MOST_SOURCES or size >= MOST_BYTES:
            self.flush()
        return ref

    def is_waiting(self, sha256: str) -> bool:
        """Say whether a source of this file waits for its batch."""
        return any(arrival.prepared.sha256 == sha256 for arrival in self._arrivals)

    def link(self, source: int, site: int) -> None:
        """Let a source belong to one site more."""
        self._known.sites_of[source].add(site)
        self._links.append((source, site))

    def flush(self) -> None:
        """Write what waits."""
        if not self._arrivals and not self._links:
            return
        arrivals, links = self._arrivals, self._links
        self._arrivals, self._links = [], []
        with Step(
            self._engine, who=self._who, action="import files", why=self._why, part_of=self.first_entry
        ) as step:
            note_coders(step, [self._who])
            sources = self._write_sources(step, arrivals)
            revisions = write_texts(step, arrivals, sources)
            self._write_answers(step, arrivals, sources, revisions)
            step.insert(SourceSiteEntity, [{"source": source, "site": site} for source, site in links])
        self.first_entry = self.first_entry or step.number
        self._note(arrivals, sources, revisions)

    def _write_sources(self, step: Step, arrivals: Sequence[Arrival]) -> list[int]:
        sources = [int(key) for key in step.insert(SourceEntity, map(_source_columns, arrivals))]
        step.insert(
            SourceSiteEntity,
            [
                {"source": source, "site": self._known.sites[code]}
                for source, arrival in zip(sources, arrivals, strict=True)
                for code in dict.fromkeys(arrival.row.sites)
            ],
        )
        return sources

    def _write_answers(
        self, step: Step, arrivals: Sequence[Arrival], sources: Sequence[int], revisions: Sequence[int]
    ) -> None:
        rows: list[dict[str, Any]] = []
        for arrival, source, revision in zip(arrivals, sources, revisions, strict=True):
            sites = [self._known.sites[code] for code in dict.fromkeys(arrival.row.sites)]
            place = {"source": source, "revision": revision}
            rows += [{**row, **place} for row in self._answers.code(arrival.prepared, sites)]
        step.insert(CodingEntity, rows)
        self.codings += sum(row["state"] == "accepted" for row in rows)
        self.proposals += sum(row["state"] == "proposed" for row in rows)

    def _note(self, arrivals: Sequence[Arrival], sources: Sequence[int], revisions: Sequence[int]) -> None:
        for arrival, source, revision in zip(arrivals, sources, revisions, strict=True):
            prepared = arrival.prepared
            self._known.hold(
                Holding(source, revision, arrival.ref, prepared.sha256, prepared.part, is_current=True)
            )
            self._known.sites_of[source] = {self._known.sites[code] for code in arrival.row.sites}


def _source_columns(arrival: Arrival) -> dict[str, Any]:
    row, prepared = arrival.row, arrival.prepared
    stem = Path(row.path).stem
    return {
        "ref": arrival.ref,
        "title": row.title or prepared.title or (f"{stem}: {prepared.part}" if prepared.part else stem),
        "method": row.method,
        "document_type": row.document_type,
        "produced_on": str(row.produced_on),
        "originator": row.originator,
        "informants": list(row.informants),
        "authors": list(row.authors),
        "url": row.url,
        "path": row.path,
    }


def write_texts(
    step: Step, arrivals: Sequence[Arrival], sources: Sequence[int], *, number: int = 1
) -> list[int]:
    """Write originals, texts, blocks and the search index; return the keys of the revisions.

    `number` counts the revisions of a source from 1.
    """
    _write_files(step, arrivals)
    revisions = [
        {**arrival.prepared.columns, "source": source, "number": number, "is_current": True,
         "file": arrival.prepared.sha256, "made_on": now()}
        for arrival, source in zip(arrivals, sources, strict=True)
    ]  # fmt: skip
    keys = [int(key) for key in step.insert(RevisionEntity, revisions)]
    _write_blocks(step, arrivals, keys)
    return keys


_BLOCK = ("revision", "ordinal", "start", "end", "kind", "level", "answers", "locator")


def _write_blocks(step: Step, arrivals: Sequence[Arrival], revisions: Sequence[int]) -> None:
    """Write the blocks of texts and index their words."""
    rows = [
        (revision, ordinal, *block)
        for arrival, revision in zip(arrivals, revisions, strict=True)
        for ordinal, block in enumerate(arrival.prepared.blocks)
    ]
    numbers = step.attach(BlockEntity, _BLOCK, rows)
    words = (
        arrival.prepared.text[start:end] for arrival in arrivals for start, end, *_ in arrival.prepared.blocks
    )
    add_to_index(step.connection, zip(numbers, words, strict=True))


def _write_files(step: Step, arrivals: Sequence[Arrival]) -> None:
    """Write the originals that are not there yet."""
    originals = {arrival.prepared.sha256: arrival for arrival in arrivals}
    kept = set(
        step.connection.execute(
            select(FileEntity.sha256).where(FileEntity.sha256.in_(list(originals)))
        ).scalars()
    )
    rows = []
    for sha256, arrival in originals.items():
        if sha256 not in kept:
            assert hashlib.sha256(arrival.content).hexdigest() == sha256
            name, media_type = Path(arrival.row.path).name, arrival.prepared.media_type
            row = {"sha256": sha256, "content": arrival.content, "name": name, "media_type": media_type}
            rows.append({**row, "size": len(arrival.content)})
    step.insert(FileEntity, rows)
