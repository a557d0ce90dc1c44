"""What a reader and the segmenter return: text, blocks with their place, segments.

Offsets are half open and count Unicode code points of `SourceText.text`.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is in its source."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    QUESTION = "question"
    ANSWER = "answer"
    TURN = "turn"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    TEXT_BOX = "text_box"
    FORM_VALUE = "form_value"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    LINE_NUMBER = "line_number"
    NAVIGATION = "navigation"


MARGINAL = frozenset(
    {BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER, BlockKind.LINE_NUMBER, BlockKind.NAVIGATION}
)
"""Kinds that stand beside the body: kept and codable, but passed over by counting and by rules."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a block stands in its source; numbers count from 1, what does not apply is None or empty.

    `paragraph` counts the blocks that are not marginal, within the page where the source has pages, else
    within the document. `row` and `column` are those of a table or a sheet.
    """

    page: int | None = None
    paragraph: int | None = None
    headings: tuple[str, ...] = ()
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""
    speaker: str = ""

    def __str__(self) -> str:
        """Return the short form of citation tokens: `p4 ¶2`, `¶12`, `r11` or `Answers!B11`."""
        if self.cell:
            return f"{self.sheet}!{self.cell}" if self.sheet else self.cell
        parts = [f"p{self.page}"] if self.page else []
        if self.paragraph:
            parts.append(f"¶{self.paragraph}")
        elif self.row:
            parts.append(f"r{self.row}")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell, question or answer: `text[start:end]`.

    `level` is the depth of a heading or list item (from 1), else 0. `answers` is, for an answer, the
    ordinal of its question's block in the same source.
    """

    start: int
    end: int
    kind: BlockKind
    locator: Locator = Locator()
    level: int = 0
    answers: int | None = None

    @property
    def is_marginal(self) -> bool:
        """Whether it stands beside the body (running head, page number, navigation …)."""
        return self.kind in MARGINAL


class SegmentKind(StrEnum):
    """What a segment is."""

    SENTENCE = "sentence"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or speaker turn inside block number `block`; the segments of a block tile it."""

    start: int
    end: int
    kind: SegmentKind
    block: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paged source: size in points after rotation, and where its body text begins.

    A body character is on the last page whose `start` is not after it; a marginal block is on its
    locator's page (running heads are kept where they do not split a sentence).
    """

    number: int
    width: float
    height: float
    rotation: int
    start: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A reviewer's comment on `text[start:end]` (an empty range where its place is lost), not body text."""

    start: int
    end: int
    author: str
    text: str
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something a reader left out, or could not be sure of; `code` is a slug, `message` a sentence."""

    code: str
    message: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; empty where it says nothing. `created` is an ISO date or empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    created: str = ""
    language: str = ""
    url: str = ""
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as read: NFC text, lines end in a line feed, and blocks in reading order that do not overlap.

    A text that another tool had already is kept as it was given, but for its line ends: it may not be NFC.
    Every character that is not in a block is white space. `sha256` is of the file's bytes. `part` names the
    sheet or row where one file holds several sources (a questionnaire with one row a site), else is empty.
    """

    text: str
    blocks: tuple[Block, ...]
    sha256: str
    media_type: str
    reader: str
    reader_version: str
    metadata: Metadata = Metadata()
    warnings: tuple[ReadWarning, ...] = ()
    comments: tuple[Comment, ...] = ()
    pages: tuple[Page, ...] = ()
    part: str = ""


def block_at(blocks: tuple[Block, ...], offset: int) -> int | None:
    """Return the ordinal of the block that holds `offset`, or of the last one before it; None before all."""
    found = bisect_right(blocks, offset, key=lambda block: block.start) - 1
    return found if found >= 0 else None


def locate(blocks: tuple[Block, ...], pages: tuple[Page, ...], offset: int) -> Locator:
    """Return the place of the character at `offset`: its block's locator, with the page it is really on."""
    ordinal = block_at(blocks, offset)
    if ordinal is None:
        return Locator()
    block = blocks[ordinal]
    if block.is_marginal or not pages:
        return block.locator
    page = bisect_right(pages, offset, key=lambda item: item.start) - 1
    if page < 0 or pages[page].number == block.locator.page:
        return block.locator
    place = block.locator
    return Locator(
        pages[page].number, None, place.headings, place.table, place.row, place.column, speaker=place.speaker
    )
