"""The reading order of a page: columns one after the other, rows of a table across."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean, median
from unicodedata import bidirectional

from framework_coder.readers.pdf_pages import Box, Piece

SAME_ROW = 0.4
"""Two pieces whose baselines differ by less than so many times their size stand on one row."""

LEAST_GUTTER = 0.6
"""The white space between two columns is at least so many times as wide as letters are high."""

LEAST_BESIDE = 2
"""So many lines must stand on each side of a gutter."""

LEAST_PROSE = 20
"""Columns of prose have more characters a line, but for last lines; a table has shorter pieces."""


LARGER = 1.12
"""Letters so many times the size of those around them are a heading's."""

WIDEST_LEADING = 1.6
"""From line to line of a paragraph or heading it is less than so many times the size of the letters."""


@dataclass(slots=True)
class Line:
    """A line of a column, its pieces joined; `table` is the number of a table that it stands for, or 0.

    `letters` are pdfium's numbers of its characters on the page, piece by piece.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    is_bold: bool
    is_hyphenated: bool
    page: int
    table: int = 0
    is_slanted: bool = False
    letters: Sequence[Sequence[int]] = ()


@dataclass(slots=True)
class Column:
    """Lines one below the other, and the sides between which they stand."""

    lines: list[Line]
    x0: float
    x1: float


def stand_in(box: Box, number: int) -> Piece:
    """Return a piece that holds the place of table number `number` (from 1) among the text."""
    x0, top, x1, bottom = box
    return Piece("=" * 2 * LEAST_PROSE, x0, top, x1, bottom, top + 1, 1.0, table=number)


def arrange(pieces: list[Piece], page: int) -> list[Column]:
    """Return the columns of a page in reading order; a page that needs no thought is taken as it comes."""
    if not pieces:
        return []
    if _is_plain(pieces):
        return [_column([[piece] for piece in pieces], page)]
    return [_column(_rows(part), page) for part in _cut(pieces, 0)]


def _is_plain(pieces: list[Piece]) -> bool:
    """Whether every piece stands below the one before it."""
    before = pieces[0].base
    for piece in pieces[1:]:
        if piece.base - before < piece.size * SAME_ROW:
            return False
        before = piece.base
    return True


def _cut(pieces: list[Piece], depth: int) -> list[list[Piece]]:
    """Part pieces at their gutter into bands and columns, again and again."""
    gutter = _find_gutter(pieces) if len(pieces) >= 2 * LEAST_BESIDE and depth < 6 else None  # noqa: PLR2004
    if gutter is None:
        return [pieces]
    parts: list[list[Piece]] = []
    for stretch, is_other in _stretches(pieces, gutter):
        parts += _cut(stretch, depth + 1) if is_other else _cut_stretch(stretch, gutter, depth)
    return parts


def _stretches(pieces: list[Piece], gutter: float) -> Iterator[tuple[list[Piece], bool]]:
    """Yield the page from top to bottom, stretch by stretch, and whether it has columns of its own.

    There (in a table, maybe), lines that cross the gutter stand beside others: it parts the rest only.
    """
    beside = {index for a, b, _, _ in _gaps(pieces) for index in (a, b)}
    other: list[tuple[float, float]] = []
    for piece in sorted((pieces[index] for index in beside), key=lambda piece: piece.top):
        if piece.x0 < gutter < piece.x1:
            # A line more: the first of evened out columns may be longer by one than those beside it.
            low = piece.bottom + piece.size
            if other and piece.top - other[-1][1] < 2 * piece.size:
                other[-1] = (other[-1][0], max(low, other[-1][1]))
            else:
                other.append((piece.top, low))
    ordered = sorted(pieces, key=lambda piece: (piece.base, piece.x0))
    stands_in = [
        next(
            (
                number
                for number, (top, low) in enumerate(other)
                if top <= (piece.top + piece.bottom) / 2 <= low
            ),
            -1,
        )
        for piece in ordered
    ]
    if len(set(stands_in)) == 1:
        yield ordered, False
        return
    for number, held in groupby(zip(stands_in, ordered, strict=True), key=lambda pair: pair[0]):
        yield [piece for _, piece in held], number >= 0


def _cut_stretch(pieces: list[Piece], gutter: float, depth: int) -> list[list[Piece]]:
    """Part pieces, from top to bottom, at what crosses the gutter, and between that into columns."""
    parts: list[list[Piece]] = []
    band: list[Piece] = []
    across: list[Piece] = []
    for piece in pieces:
        if piece.x0 < gutter < piece.x1 or (across and _ends(across[-1], piece, pieces)):
            parts += _cut_band(band, gutter, depth)
            band = []
            across.append(piece)
        else:
            if across:
                parts.append(across)
                across = []
            band.append(piece)
    return parts + ([across] if across else []) + _cut_band(band, gutter, depth)


def _ends(across: Piece, piece: Piece, pieces: list[Piece]) -> bool:
    """Whether a piece is the short last line of what stands across the columns: nothing is beside it."""
    if abs(piece.size - across.size) > 0.08 * across.size or piece.is_bold != across.is_bold:
        return False
    if not 0 < piece.base - across.base < WIDEST_LEADING * across.size:
        return False
    return not any(one is not piece and one.top < piece.base < one.bottom for one in pieces)


def _cut_band(band: list[Piece], gutter: float, depth: int) -> list[list[Piece]]:
    """Return what stands left of the gutter, then what stands right of it, then a heading below both."""
    heading = _heading_below(band)
    columns = band[: len(band) - len(heading)]
    left = [piece for piece in columns if piece.x1 <= gutter]
    right = [piece for piece in columns if piece.x0 >= gutter]
    parts = [part for side in (left, right) if side for part in _cut(side, depth + 1)]
    return parts + ([heading] if heading else [])


def _heading_below(band: list[Piece]) -> list[Piece]:
    """Return the last lines of a band where they head what comes next, below both columns, else nothing."""
    if len(band) <= 2 * LEAST_BESIDE:
        return []
    size = median(piece.size for piece in band)
    count = 0
    while count < len(band) and band[-1 - count].size > LARGER * size:
        count += 1
    heading, above = band[len(band) - count :], band[: len(band) - count]
    if not heading or not above or max(piece.bottom for piece in above) > min(one.top for one in heading):
        return []
    return heading


def _find_gutter(pieces: list[Piece]) -> float | None:
    """Return an x that parts columns of prose: the one with most lines beside each other on its two sides."""
    gaps = _gaps(pieces)
    best, support = None, 0
    for x in sorted({round(right - 0.5, 0) for _, _, _, right in gaps}):
        lefts = {a for a, _, low, high in gaps if low <= x <= high}
        rights = {b for _, b, low, high in gaps if low <= x <= high}
        count = min(len(lefts), len(rights))
        if count > support and count >= LEAST_BESIDE and _are_prose(pieces, x):
            # The middle of the white space: letters such as j reach a little over the side of their column.
            lows = [low for _, _, low, high in gaps if low <= x <= high]
            best, support = (max(lows) + x) / 2, count
    return best


def _gaps(pieces: list[Piece]) -> list[tuple[int, int, float, float]]:
    """Return each piece with its nearest neighbour to the right, and the white space between the two."""
    order = sorted(range(len(pieces)), key=lambda index: pieces[index].top)
    nearest: dict[int, int] = {}
    for place, first in enumerate(order):
        one = pieces[first]
        for second in order[place + 1 :]:
            other = pieces[second]
            shared = min(one.bottom, other.bottom) - other.top
            if shared <= 0:
                break
            if shared < 0.4 * min(one.bottom - one.top, other.bottom - other.top):
                continue
            a, b = (first, second) if one.x0 <= other.x0 else (second, first)
            if a not in nearest or pieces[b].x0 < pieces[nearest[a]].x0:
                nearest[a] = b
    return [
        (a, b, pieces[a].x1, pieces[b].x0)
        for a, b in nearest.items()
        if pieces[b].x0 - pieces[a].x1 >= LEAST_GUTTER * pieces[a].size
    ]


def _are_prose(pieces: list[Piece], x: float) -> bool:
    """Whether the longer half of the pieces on each side is as long as lines of prose."""
    left = sorted(len(piece.text) for piece in pieces if piece.x1 <= x)
    right = sorted(len(piece.text) for piece in pieces if piece.x0 >= x)
    return all(fmean(side[len(side) // 2 :]) >= LEAST_PROSE for side in (left, right))


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Gather the pieces that stand on one row, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.base):
        last = rows[-1][0] if rows else None
        if (
            last
            and not (piece.table or last.table)
            and piece.base - last.base < SAME_ROW * min(max(last.size, piece.size), 2 * last.size)
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.x0, reverse=_is_right_to_left(row[0].text))
    return rows


def _is_right_to_left(text: str) -> bool:
    return not text.isascii() and any(bidirectional(letter) in {"R", "AL"} for letter in text[:20])


def _column(rows: list[list[Piece]], page: int) -> Column:
    lines = [_line(row, page) for row in rows]
    return Column(lines, min(line.x0 for line in lines), max(line.x1 for line in lines))


def _line(row: list[Piece], page: int) -> Line:
    first = row[0]
    if len(row) == 1:
        return Line(
            first.text, first.x0, first.top, first.x1, first.bottom, first.base, first.size,
            first.is_bold, first.is_hyphenated, page, first.table, first.is_slanted, (first.letters,),
        )  # fmt: skip
    largest = max(row, key=lambda piece: len(piece.text))
    return Line(
        " ".join(piece.text for piece in row),
        min(piece.x0 for piece in row),
        min(piece.top for piece in row),
        max(piece.x1 for piece in row),
        max(piece.bottom for piece in row),
        largest.base,
        largest.size,
        all(piece.is_bold for piece in row),
        row[-1].is_hyphenated,
        page,
        is_slanted=all(piece.is_slanted for piece in row),
        letters=[piece.letters for piece in row],
    )
