"""Blocks of a text that comes from another tool: its lines, or the elements that its tool knew."""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from framework_coder.model.sources import Block, BlockKind, Locator, ReadWarning, SourceText

_LINE = re.compile(r"[^\n]*\S[^\n]*")


class Stretch(NamedTuple):
    """A part of a text that is a block; white space at its ends is left out."""

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


def lines_of(text: str) -> list[Stretch]:
    """Return the lines that are not blank."""
    return [Stretch(*found.span()) for found in _LINE.finditer(text)]


def lay_out(
    text: str,
    stretches: Iterable[Stretch],
    content: bytes,
    *,
    media_type: str,
    reader: str,
    warnings: Iterable[ReadWarning] = (),
) -> SourceText:
    """Return the text as a source: paragraphs numbered, each with the headings above it."""
    blocks: list[Block] = []
    headings: list[tuple[int, str]] = []
    for stretch in stretches:
        found = text[stretch.start : stretch.end]
        start = stretch.start + len(found) - len(found.lstrip())
        end = stretch.start + len(found.rstrip())
        if start >= end:
            continue
        if stretch.kind is BlockKind.HEADING:
            headings = [above for above in headings if above[0] < stretch.level]
        path = tuple(words for _, words in headings)
        place = Locator(paragraph=len(blocks) + 1, headings=path)
        blocks.append(Block(start, end, stretch.kind, place, stretch.level))
        if stretch.kind is BlockKind.HEADING:
            headings.append((stretch.level, text[start:end]))
    sha256 = hashlib.sha256(content).hexdigest()
    return SourceText(text, tuple(blocks), sha256, media_type, reader, "1", warnings=tuple(warnings))
