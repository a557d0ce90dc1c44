"""What a worker does with a file: read it, cut it into segments, and make it small for the way back."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framework_coder.model.sources import BlockKind, SourceText
from framework_coder.store.packing import BlockTuple, PackedText, hash_blocks, pack_segments, pack_text


@dataclass(frozen=True, slots=True)
class Reading:
    """A file to read; `number` tells where its result belongs, `sites` what its parts may be called."""

    number: int
    path: Path
    name: str
    passwords: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source as it goes into the store."""

    text: str
    sha256: str
    part: str
    title: str
    media_type: str
    blocks: tuple[BlockTuple, ...]
    columns: dict[str, Any]
    warnings: tuple[str, ...]

    @property
    def answers(self) -> list[tuple[str, int]]:
        """The text of the question and the ordinal of the answer, for each answered question."""
        found = []
        for ordinal, (_, _, kind, _, question, _) in enumerate(self.blocks):
            if kind == BlockKind.ANSWER.value and question is not None:
                start, end = self.blocks[question][:2]
                found.append((self.text[start:end], ordinal))
        return found


def prepare(reading: Reading) -> tuple[Prepared, ...]:
    """Return the sources in a file, ready to be stored; raises UnreadableFileError."""
    from framework_coder.readers import ReadOptions, read_all

    parts = read_all(reading.path, ReadOptions(reading.passwords, reading.sites))
    return tuple(prepare_text(part) for part in parts)


def prepare_text(source: SourceText) -> Prepared:
    """Return a source ready to be stored."""
    return prepare_packed(pack_text(source), source.metadata.title)


def prepare_packed(packed: PackedText, title: str = "") -> Prepared:
    """Return a text that is packed ready to be stored."""
    from framework_coder.language.segmenter import cut

    columns = {
        "part": packed.part,
        "reader": packed.reader,
        "reader_version": packed.reader_version,
        "text": packed.text,
        "text_sha256": hashlib.sha256(packed.text.encode()).hexdigest(),
        "blocks_sha256": hash_blocks(packed.blocks),
        "segments": packed.segments
        or pack_segments(cut(packed.text, (block[:3] for block in packed.blocks))),
        "about_file": packed.about_file,
        "warnings": packed.warnings,
        "comments": packed.comments,
        "pages": packed.pages,
    }
    return Prepared(
        text=packed.text,
        sha256=packed.sha256,
        part=packed.part,
        title=title,
        media_type=packed.media_type,
        blocks=packed.blocks,
        columns=columns,
        warnings=tuple(warning["message"] for warning in packed.warnings),
    )
