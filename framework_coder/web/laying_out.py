"""How a source's text stands on the page: parts about as high as a window, of blocks, tables and page marks.

A part is drawn by the browser only when it comes near the window, so that a book opens as fast as a leaflet.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from framework_coder.model.sources import Block, SourceText

PART_HEIGHT = 1200
"""About how many pixels of text make a part."""

LINE, LINE_SIGNS, GAP = 27, 74, 14
"""Height of a line, signs on it, and the space after a block: what a part's height is guessed from."""

STEP = 5
"""Widths of columns are multiples of this many hundredths: each is a class of the style sheet."""

WIDEST_WORD = 20
"""Hundredths that a column gets for the sake of a long word in it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block on the page; `speaker` is empty where the words begin with it."""

    number: int
    kind: str
    level: int
    place: str
    speaker: str
    words: str

    @property
    def height(self) -> int:
        """About how many pixels it takes."""
        return LINE * (len(self.words) // LINE_SIGNS + 1) + GAP


@dataclass(slots=True)
class Row:
    """A row of a table: the blocks of each cell, by column."""

    number: int
    cells: dict[int, list[Shown]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Table:
    """Rows of a table, all with the same columns; `widths` are hundredths."""

    columns: Sequence[int] = ()
    widths: Sequence[int] = ()
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """What stands one below the other: page numbers (where a page begins), blocks and tables."""

    items: list[int | Shown | Table] = field(default_factory=list)
    height: int = 0


def lay_out(text: SourceText) -> list[Part]:
    """Return the parts of a text; all its blocks are in them, in order."""
    parts = [Part()]
    for item, height in _items(text):
        if parts[-1].height > PART_HEIGHT:
            parts.append(Part())
        parts[-1].items.append(item)
        parts[-1].height += height
    return parts


def _items(text: SourceText) -> Iterator[tuple[int | Shown | Table, int]]:
    page = None
    for run in _runs(text.blocks):
        place = text.blocks[run[0]].locator
        if place.page is not None and place.page != page:
            page = place.page
            yield page, LINE
        shown = [_show(text, number) for number in run]
        if _table_of(text.blocks[run[0]]) is None:
            yield shown[0], shown[0].height
        else:
            yield from _tables([text.blocks[number] for number in run], shown)


def _runs(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the numbers of blocks: each alone, those of one table that follow each other together."""
    run: list[int] = []
    for number, block in enumerate(blocks):
        if run and not _goes_on(blocks[run[-1]], block):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _goes_on(before: Block, block: Block) -> bool:
    table = _table_of(block)
    return table is not None and table == _table_of(before) and _spot(before) <= _spot(block)


def _table_of(block: Block) -> tuple[object, ...] | None:
    place = block.locator
    if place.row is None:
        return None
    return (place.page, place.table, place.sheet, bool(place.cell))


def _spot(block: Block) -> tuple[int, int]:
    return block.locator.row or 0, block.locator.column or 1


def _show(text: SourceText, number: int) -> Shown:
    block = text.blocks[number]
    words, speaker = text.text[block.start : block.end], block.locator.speaker
    said = "" if words.startswith(speaker) else speaker
    return Shown(number, block.kind.value, block.level, str(block.locator), said, words)


def _tables(blocks: Sequence[Block], shown: Sequence[Shown]) -> Iterator[tuple[Table, int]]:
    """Yield a table in pieces that are no higher than a part; the columns are as wide in each."""
    rows: dict[int, Row] = {}
    for block, each in zip(blocks, shown, strict=True):
        line, column = _spot(block)
        rows.setdefault(line, Row(line)).cells[column].append(each)
    columns = sorted({column for row in rows.values() for column in row.cells})
    widths = _widths(columns, rows.values())
    piece, height = Table(columns, widths), 0
    for row in rows.values():
        if height > PART_HEIGHT:
            yield piece, height
            piece, height = Table(columns, widths), 0
        piece.rows.append(row)
        height += _row_height(row, columns, widths)
    yield piece, height


def _widths(columns: Sequence[int], rows: Iterable[Row]) -> list[int]:
    """Return how wide columns are, in hundredths: by what stands in them, but no word is squeezed apart."""
    most, longest = dict.fromkeys(columns, 1.0), dict.fromkeys(columns, 0)
    for row in rows:
        for column, cell in row.cells.items():
            most[column] = max(most[column], sum(len(each.words) for each in cell) ** 0.5)
            words = (word for each in cell for word in each.words.split())
            longest[column] = max(longest[column], max(map(len, words), default=0))
    whole = sum(most.values())
    wide = [
        max(100 * most[c] / whole, min(STEP * ceil(100 * (longest[c] + 2) / LINE_SIGNS / STEP), WIDEST_WORD))
        for c in columns
    ]
    return [min(100, max(STEP, STEP * round(width / STEP))) for width in wide]


def _row_height(row: Row, columns: Sequence[int], widths: Sequence[int]) -> int:
    share = dict(zip(columns, widths, strict=True))
    return max(
        sum(LINE * (len(each.words) * 100 // (LINE_SIGNS * share[column]) + 1) + GAP for each in cell)
        for column, cell in row.cells.items()
    )
