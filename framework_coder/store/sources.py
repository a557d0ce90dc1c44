"""Queries on sites, sources, their texts and files."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, select

from framework_coder.model.dates import PartialDate
from framework_coder.model.sources import Segment, SourceText
from framework_coder.model.study import PlannedSource, Site, Source
from framework_coder.store.packing import (
    BlockTuple,
    Locators,
    PackedText,
    unpack_blocks,
    unpack_segments,
    unpack_text,
)
from framework_coder.store.tables import (
    BlockEntity,
    DerivationEntity,
    FileEntity,
    PlannedSourceEntity,
    RevisionEntity,
    SiteEntity,
    SourceEntity,
    SourceSiteEntity,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A text that the project has: which source, of which file and part."""

    source: int
    revision: int
    ref: str
    sha256: str
    part: str
    is_current: bool


def load_sites(connection: Connection) -> tuple[Site, ...]:
    """Return the sites in display order."""
    rows = connection.execute(
        select(SiteEntity.id, SiteEntity.code, SiteEntity.name, SiteEntity.attributes).order_by(
            SiteEntity.position, SiteEntity.id
        )
    )
    return tuple(Site(*row) for row in rows)


def load_plan(connection: Connection) -> tuple[PlannedSource, ...]:
    """Return what was planned, site by site."""
    row = PlannedSourceEntity
    rows = connection.execute(select(row.site, row.method, row.count, row.reason).order_by(row.id))
    return tuple(PlannedSource(*row) for row in rows)


def load_sources(connection: Connection, *, numbers: Collection[int] | None = None) -> tuple[Source, ...]:
    """Return the sources in the order of their import; `numbers` asks for a few of them only."""

    def chosen(statement: Any, source: Any) -> Any:
        return statement if numbers is None else statement.where(source.in_(list(numbers)))

    link, root = SourceSiteEntity, DerivationEntity
    sites = _grouped(connection.execute(chosen(_pairs(link.source, link.site, link.id), link.source)))
    confirmed = _pairs(root.source, root.derived_from, root.id).where(root.is_confirmed)
    roots = _grouped(connection.execute(chosen(confirmed, root.source)))
    rows = connection.execute(chosen(select(*_SOURCE).order_by(SourceEntity.id), SourceEntity.id))
    return tuple(_source(row, sites.get(row.id, ()), roots.get(row.id, ())) for row in rows)


def load_refs(connection: Connection) -> tuple[str, ...]:
    """Return the references of all sources, in the order of their import."""
    return tuple(connection.execute(select(SourceEntity.ref).order_by(SourceEntity.id)).scalars())


_SOURCE = tuple(SourceEntity.__table__.columns)


def _source(row: Any, sites: tuple[int, ...], roots: tuple[int, ...]) -> Source:
    return Source(
        id=row.id,
        ref=row.ref,
        title=row.title,
        method=row.method,
        sites=sites,
        document_type=row.document_type,
        produced_on=PartialDate(row.produced_on),
        originator=row.originator,
        informants=tuple(row.informants),
        authors=tuple(row.authors),
        derived_from=roots,
        url=row.url,
        path=row.path,
    )


def _pairs(of: Any, value: Any, order: Any) -> Any:
    return select(of, value).order_by(order)


def _grouped(pairs: Iterable[Any]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def load_holdings(connection: Connection) -> list[Holding]:
    """Return every revision without its text: what recognises a file that is there already."""
    row = RevisionEntity
    rows = connection.execute(
        select(row.source, row.id, SourceEntity.ref, row.file, row.part, row.is_current)
        .join(SourceEntity, SourceEntity.id == row.source)
        .order_by(row.id)
    )
    return [Holding(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Stored:
    """A source's text as it stands, its revision's number in the store, and its segments."""

    source: int
    revision: int
    text: SourceText
    segments: tuple[Segment, ...]


MOST_KEPT = 4
"""Texts that are kept for whoever asks again: coding passage by passage asks for one text all day."""

_kept: WeakKeyDictionary[Engine, dict[tuple[Any, ...], Stored]] = WeakKeyDictionary()


def load_text(connection: Connection, source: int) -> Stored | None:
    """Return the current text of a source, or None where there is no such source.

    A revision never changes, so the last few are kept, by their hashes.
    """
    row = connection.execute(_CURRENT_HASHES, {"of": source}).first()
    if row is None:
        return None
    kept, key = _kept.setdefault(connection.engine, {}), tuple(row)
    found = kept.pop(key, None) or next(load_texts(connection, [source]), None)
    if found is not None:
        kept[key] = found
        if len(kept) > MOST_KEPT:
            kept.pop(next(iter(kept)), None)
    return found


def load_texts(connection: Connection, sources: Iterable[int]) -> Iterator[Stored]:
    """Yield the current text of each source, one at a time: a thousand do not stand in memory together."""
    for source in sources:
        row = connection.execute(_CURRENT_TEXT, {"of": [source]}).first()
        if row is not None:
            text = unpack_text(_packed(row, _blocks(connection, [row.id])[row.id]))
            yield Stored(row.source, row.id, text, unpack_segments(row.segments))


def load_packed(connection: Connection, sources: Collection[int]) -> dict[int, PackedText]:
    """Return the current texts of sources as they are kept, by source, in two selects."""
    rows = connection.execute(_CURRENT_TEXT, {"of": list(sources)}).all()
    blocks = _blocks(connection, [row.id for row in rows])
    return {row.source: _packed(row, blocks[row.id]) for row in rows}


_CURRENT_HASHES = select(
    RevisionEntity.source, RevisionEntity.id, RevisionEntity.text_sha256, RevisionEntity.blocks_sha256
).where(RevisionEntity.source == bindparam("of"), RevisionEntity.is_current)
_CURRENT_TEXT = (
    select(RevisionEntity, FileEntity.media_type)
    .join(FileEntity, FileEntity.sha256 == RevisionEntity.file)
    .where(RevisionEntity.source.in_(bindparam("of", expanding=True)), RevisionEntity.is_current)
    .with_only_columns(*RevisionEntity.__table__.columns, FileEntity.media_type)
)
_BLOCKS = (
    select(
        BlockEntity.revision,
        BlockEntity.start,
        BlockEntity.end,
        BlockEntity.kind,
        BlockEntity.level,
        BlockEntity.answers,
        BlockEntity.locator,
    )
    .where(BlockEntity.revision.in_(bindparam("of", expanding=True)))
    .order_by(BlockEntity.revision, BlockEntity.ordinal)
)
"""Built once: putting a statement together takes longer than running it."""


def _blocks(connection: Connection, revisions: list[int]) -> dict[int, list[BlockTuple]]:
    rows = connection.execute(_BLOCKS, {"of": revisions}).all()
    blocks: dict[int, list[BlockTuple]] = defaultdict(list)
    for revision, start, end, kind, level, answers, locator in rows:
        blocks[revision].append((start, end, kind, level, answers, locator))
    return blocks


def _packed(row: Any, blocks: Iterable[BlockTuple]) -> PackedText:
    return PackedText(
        text=row.text,
        sha256=row.file,
        media_type=row.media_type,
        reader=row.reader,
        reader_version=row.reader_version,
        part=row.part,
        blocks=tuple(blocks),
        about_file=row.about_file,
        warnings=row.warnings,
        comments=row.comments,
        pages=row.pages,
        segments=row.segments,
    )


def load_bodies(connection: Connection, sources: Iterable[int]) -> dict[int, SourceText]:
    """Return the current texts with their blocks, and nothing else of them, by source: in two selects."""
    wanted = list(sources)
    revision, block = RevisionEntity, BlockEntity
    rows = connection.execute(
        select(revision.id, revision.source, revision.text, revision.file, revision.part)
        .where(revision.source.in_(wanted), revision.is_current)
        .order_by(revision.source)
    ).all()
    columns = (block.start, block.end, block.kind, block.level, block.answers, block.locator)
    blocks: dict[int, list[Any]] = defaultdict(list)
    for number, *row in connection.execute(
        select(block.revision, *columns)
        .join(revision, revision.id == block.revision)
        .where(revision.source.in_(wanted), revision.is_current)
        .order_by(block.revision, block.ordinal)
    ).all():
        blocks[number].append(row)
    places = Locators()
    return {
        row.source: SourceText(
            row.text, unpack_blocks(blocks[row.id], places), row.file, "", "", "", part=row.part
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Size:
    """How long the current text of a source is; `pages` is 0 where it has none."""

    revision: int
    pages: int
    words: int


def load_sizes(connection: Connection, known: Mapping[int, Size]) -> dict[int, Size]:
    """Return how long each current text is, by source; of texts that are `known` none is loaded.

    A text never changes, so what was counted once stays.
    """
    row = RevisionEntity
    current = connection.execute(select(row.source, row.id).where(row.is_current)).all()
    sizes = {source: known[source] for source, key in current if _is_counted(known.get(source), key)}
    missing = [key for source, key in current if source not in sizes]
    for first in range(0, len(missing), _AT_ONCE):
        texts = select(row.source, row.id, row.text, row.pages).where(
            row.id.in_(missing[first : first + _AT_ONCE])
        )
        for source, key, text, pages in connection.execute(texts.execution_options(yield_per=20)):
            sizes[source] = Size(key, len(pages), len(text.split()))
    return sizes


_AT_ONCE = 500
"""Texts that one question names."""


def _is_counted(size: Size | None, revision: int) -> bool:
    return size is not None and size.revision == revision


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was imported."""

    name: str
    media_type: str
    content: bytes


def load_original(connection: Connection, source: int) -> Original | None:
    """Return the bytes of a source's current file."""
    row = connection.execute(_ORIGINAL, {"of": source}).first()
    return Original(*row) if row else None


_ORIGINAL = (
    select(FileEntity.name, FileEntity.media_type, FileEntity.content)
    .join(RevisionEntity, RevisionEntity.file == FileEntity.sha256)
    .where(RevisionEntity.source == bindparam("of"), RevisionEntity.is_current)
)
