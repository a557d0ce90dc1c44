"""Values to the compact form they are stored in, and back; no database is needed for it."""

import hashlib
import json
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from operator import itemgetter
from typing import Any

from framework_coder.model.codebook import Codebook, MatchingRules, Theme, ThemeOrigin
from framework_coder.model.design import Design, FieldKind, Method, SiteField
from framework_coder.model.sources import (
    Block,
    BlockKind,
    Comment,
    Locator,
    Metadata,
    Page,
    ReadWarning,
    Segment,
    SegmentKind,
    SourceText,
    locate,
)

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PLACES = tuple(field.name for field in fields(Locator))
_NOWHERE = Locator()
_KINDS = tuple(SegmentKind)


PLACES = 20_000
"""How many distinct places are remembered: sources have most of theirs (`¶3`) in common."""


@lru_cache(maxsize=PLACES)
def pack_locator(locator: Locator) -> str:
    """Return a locator as JSON without its empty fields."""
    return _encode({name: value for name in _PLACES if (value := getattr(locator, name))})


@lru_cache(maxsize=PLACES)
def unpack_locator(packed: str) -> Locator:
    """Return the locator."""
    parts = json.loads(packed)
    if not parts:
        return _NOWHERE
    if "headings" in parts:
        parts["headings"] = tuple(parts["headings"])
    return Locator(**parts)


class Locators(dict[str, Locator]):
    """Unpacks each distinct locator once: thousands of codings share the places of a few blocks."""

    def __missing__(self, packed: str) -> Locator:
        locator = self[packed] = unpack_locator(packed)
        return locator


BlockTuple = tuple[int, int, str, int, int | None, str]


def pack_blocks(blocks: Iterable[Block]) -> tuple[BlockTuple, ...]:
    """Return start, end, kind, level, answers and locator of each block."""
    return tuple((b.start, b.end, b.kind.value, b.level, b.answers, pack_locator(b.locator)) for b in blocks)


def write_blocks(blocks: Iterable[BlockTuple]) -> bytes:
    """Return blocks as the bytes whose hash the journal knows."""
    return _encode(list(blocks)).encode()


def read_blocks(written: bytes) -> tuple[BlockTuple, ...]:
    """Return the blocks that were written so."""
    return tuple((*block,) for block in json.loads(written))


def hash_blocks(blocks: Iterable[BlockTuple]) -> str:
    """Return the SHA-256 by which the journal knows the blocks of a text."""
    return hashlib.sha256(write_blocks(blocks)).hexdigest()


def unpack_blocks(rows: Iterable[BlockTuple], places: Locators | None = None) -> tuple[Block, ...]:
    """Return the blocks; `places` are the locators of other texts, most of which occur here again."""
    known = Locators() if places is None else places
    return tuple(
        [
            Block(start, end, BlockKind(kind), known[locator], level, answers)
            for start, end, kind, level, answers, locator in rows
        ]
    )


def pack_segments(numbers: Sequence[int]) -> bytes:
    """Return segments as compressed little-endian numbers: start, end, kind and block of each."""
    return zlib.compress(struct.pack(f"<{len(numbers)}I", *numbers), 1)


def is_tiling(packed: bytes, blocks: Sequence[BlockTuple]) -> bool:
    """Say whether bytes from outside are packed segments that tile these blocks, one after the other."""
    most = 16 * sum(max(1, block[1] - block[0]) for block in blocks)
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, most + 1)
        rows = list(struct.iter_unpack("<4I", content))
    except (zlib.error, struct.error):
        return False
    place, end = -1, 0
    for start, stop, kind, block in rows:
        if block != place:
            if not _follows(place, end, block, start, blocks):
                return False
            place = block
        elif start != end:
            return False
        if kind >= len(_KINDS) or stop < start:
            return False
        end = stop
    return unpacking.eof and _ends_last(place, end, blocks)


def _follows(place: int, end: int, block: int, start: int, blocks: Sequence[BlockTuple]) -> bool:
    """Say whether a block begins at `start` right after the one at `place` ended as it should."""
    is_next = block == place + 1 < len(blocks) and start == blocks[block][0]
    return is_next and (place < 0 or end == blocks[place][1])


def _ends_last(place: int, end: int, blocks: Sequence[BlockTuple]) -> bool:
    return place == len(blocks) - 1 and (not blocks or end == blocks[-1][1])


def unpack_segments(packed: bytes) -> tuple[Segment, ...]:
    """Return the segments."""
    rows = struct.iter_unpack("<4I", zlib.decompress(packed))
    return tuple(Segment(start, end, _KINDS[kind], block) for start, end, kind, block in rows)


def pack_metadata(metadata: Metadata) -> dict[str, Any]:
    """Return what a file says of itself as JSON values."""
    row = {field.name: getattr(metadata, field.name) for field in fields(Metadata)}
    return row | {"authors": list(metadata.authors), "other": dict(metadata.other)}


def unpack_metadata(about: Mapping[str, Any]) -> Metadata:
    """Return what a file says of itself."""
    return Metadata(**{**about, "authors": tuple(about["authors"])})


def unpack_pages(rows: Iterable[Mapping[str, Any]]) -> tuple[Page, ...]:
    """Return the pages."""
    return tuple(Page(**row) for row in rows)


def unpack_comments(rows: Iterable[Mapping[str, Any]]) -> tuple[Comment, ...]:
    """Return the comments."""
    return tuple(Comment(**row) for row in rows)


def unpack_warnings(rows: Iterable[Mapping[str, Any]]) -> tuple[ReadWarning, ...]:
    """Return the warnings."""
    return tuple(ReadWarning(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class PackedText:
    """A text as the store keeps it, for what only carries it: its blocks are tuples, the rest JSON values.

    `segments` are packed; there are none where they have yet to be found.
    """

    text: str
    sha256: str
    media_type: str
    reader: str
    reader_version: str
    part: str
    blocks: tuple[BlockTuple, ...]
    about_file: Mapping[str, Any]
    warnings: Sequence[Mapping[str, Any]] = ()
    comments: Sequence[Mapping[str, Any]] = ()
    pages: Sequence[Mapping[str, Any]] = ()
    segments: bytes = b""


def locate_packed(blocks: Sequence[BlockTuple], pages: Sequence[Page], offset: int) -> str:
    """Return the packed locator of the character at `offset`: what `locate` says of the blocks unpacked."""
    place = bisect_right(blocks, offset, key=itemgetter(0)) - 1
    if place < 0:
        return pack_locator(_NOWHERE)
    if not pages:
        return blocks[place][5]
    return pack_locator(locate(unpack_blocks(blocks[place : place + 1]), tuple(pages), offset))


def pack_text(source: SourceText) -> PackedText:
    """Return a text ready to be stored."""
    return PackedText(
        text=source.text,
        sha256=source.sha256,
        media_type=source.media_type,
        reader=source.reader,
        reader_version=source.reader_version,
        part=source.part,
        blocks=pack_blocks(source.blocks),
        about_file=pack_metadata(source.metadata),
        warnings=[asdict(warning) for warning in source.warnings],
        comments=[asdict(comment) for comment in source.comments],
        pages=[asdict(page) for page in source.pages],
    )


def unpack_text(packed: PackedText) -> SourceText:
    """Return the text."""
    return SourceText(
        text=packed.text,
        blocks=unpack_blocks(packed.blocks),
        sha256=packed.sha256,
        media_type=packed.media_type,
        reader=packed.reader,
        reader_version=packed.reader_version,
        metadata=unpack_metadata(packed.about_file),
        warnings=unpack_warnings(packed.warnings),
        comments=unpack_comments(packed.comments),
        pages=unpack_pages(packed.pages),
        part=packed.part,
    )


def pack_theme(theme: Theme, position: int) -> dict[str, Any]:
    """Return the columns of a theme."""
    row = {field.name: getattr(theme, field.name) for field in fields(Theme)}
    rules = {"phrases": list(theme.rules.phrases), "patterns": [list(p) for p in theme.rules.patterns]}
    return row | {
        "aliases": list(theme.aliases),
        "rules": rules,
        "origin": theme.origin.value,
        "position": position,
    }


def unpack_theme(row: Mapping[str, Any]) -> Theme:
    """Return the theme of its columns."""
    rules = row["rules"]
    known = {field.name: row[field.name] for field in fields(Theme)}
    return Theme(
        **known
        | {
            "aliases": tuple(row["aliases"]),
            "rules": MatchingRules(tuple(rules["phrases"]), tuple(tuple(p) for p in rules["patterns"])),
            "origin": ThemeOrigin(row["origin"]),
        }
    )


def pack_codebook(codebook: Codebook) -> dict[str, Any]:
    """Return a whole codebook as JSON values: the snapshot of a framework version."""
    return {
        "name": codebook.name,
        "themes": [pack_theme(theme, place) for place, theme in enumerate(codebook)],
    }


def unpack_codebook(snapshot: Mapping[str, Any]) -> Codebook:
    """Return the codebook of a snapshot."""
    return Codebook(tuple(unpack_theme(row) for row in snapshot["themes"]), snapshot["name"])


def pack_design(design: Design) -> dict[str, Any]:
    """Return a design as JSON values."""
    packed: dict[str, Any] = json.loads(json.dumps(asdict(design)))
    return packed


def unpack_design(packed: Mapping[str, Any]) -> Design:
    """Return the design."""
    return Design(
        name=packed["name"],
        methods=tuple(Method(**method) for method in packed["methods"]),
        document_types=tuple(packed["document_types"]),
        site_fields=tuple(
            SiteField(
                f["id"], f["label"], FieldKind(f["kind"]), tuple(f["values"]), f.get("is_identifying", False)
            )
            for f in packed["site_fields"]
        ),
        authors_are_origins=packed["authors_are_origins"],
        selection=packed.get("selection", {}),
    )
