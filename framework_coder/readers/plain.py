"""Read plain text (.txt): paragraphs, list items, and the turns of speakers in a transcript."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from framework_coder.model.sources import BlockKind, Locator, SourceText
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.encodings import decode
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.speakers import Speakers

READER = "plain 1"
MEDIA_TYPE = "text/plain"

_PARAGRAPH_ENDS = re.compile("\f|\u2029|\n[ \t\xa0]*(?=\n)")
_LINE_ENDS = re.compile("\r\n|[\r\v\x85\u2028]")
_LIST_ITEM = re.compile(r"\s*([-*•·▪◦–]|\(?(\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s+\S")
_NARROWEST_WRAP = 50
_LONG_LINE = 120
"""A line longer than this was never wrapped: it is a paragraph by itself."""


def read(path: Path, content: bytes, options: ReadOptions) -> SourceText:  # noqa: ARG001 - one signature for all
    """Return a plain text as a source; raises `UnreadableFileError`."""
    decoded = decode(content)
    assembly = TextAssembly()
    write_plain(assembly, decoded.text)
    assembly.warnings.extend(decoded.warnings)
    return assembly.finish(content, MEDIA_TYPE, READER)


def write_plain(assembly: TextAssembly, text: str) -> None:
    """Write the paragraphs of a text; where it is a transcript, as the turns of its speakers."""
    text = _LINE_ENDS.sub("\n", text)
    passages = _PARAGRAPH_ENDS.split(text)
    speakers = Speakers.found_in(passages)
    for speaker, part in speakers.turns(passages):
        kind = BlockKind.TURN if speaker else BlockKind.PARAGRAPH
        for paragraph in _paragraphs(part):
            is_item = not speaker and _LIST_ITEM.match(paragraph) is not None
            assembly.add(
                paragraph,
                BlockKind.LIST_ITEM if is_item else kind,
                Locator(speaker=speaker),
                level=int(is_item),
            )


def _paragraphs(passage: str) -> Iterator[str]:
    """Yield the paragraphs of what stands between two blank lines.

    Lines that only wrap are joined by a space in place of the line end; a list item or an over-long line
    begins a paragraph of its own; other short lines (an address, a verse) stay lines of one paragraph.
    """
    lines = [line for line in passage.split("\n") if line.strip()]
    held: list[str] = []
    for line in lines:
        if held and (_LIST_ITEM.match(line) or len(line) > _LONG_LINE or len(held[-1]) > _LONG_LINE):
            yield _joined(held)
            held = []
        held.append(line)
    if held:
        yield _joined(held)


def _joined(lines: list[str]) -> str:
    """Return lines as one paragraph, joined by spaces where every line end was forced by the width."""
    return (" " if _is_wrapped(lines) else "\n").join(line.strip() for line in lines)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether no line could have taken the first word of the next one within the widest line's width."""
    width = max(len(line.rstrip()) for line in lines)
    if width < _NARROWEST_WRAP:
        return False
    return all(
        len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) > width
        for line, following in pairwise(lines)
    )
