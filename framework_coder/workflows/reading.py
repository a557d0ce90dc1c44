"""What a worker does with a file: read it, cut it into segments, and make it small for the way back."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from framework_coder.model.sources import BlockKind, SourceText
from framework_coder.store.packing import BlockTuple, hash_blocks, pack_blocks, pack_metadata, pack_segments


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
    from framework_coder.language.segmenter import segment

    blocks = pack_blocks(source.blocks)
    columns = {
        "part": source.part,
        "reader": source.reader,
        "reader_version": source.reader_version,
        "text": source.text,
        "text_sha256": hashlib.sha256(source.text.encode()).hexdigest(),
        "blocks_sha256": hash_blocks(blocks),
        "segments": pack_segments(segment(source.text, source.blocks)),
        "about_file": pack_metadata(source.metadata),
        "warnings": [asdict(warning) for warning in source.warnings],
        "comments": [asdict(comment) for comment in source.comments],
        "pages": [asdict(page) for page in source.pages],
    }
    return Prepared(
        text=source.text,
        sha256=source.sha256,
        part=source.part,
        title=source.metadata.title,
        media_type=source.media_type,
        blocks=blocks,
        columns=columns,
        warnings=tuple(warning.message for warning in source.warnings),
    )
