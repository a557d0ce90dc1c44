"""Find what a page carries beside its text: running heads and feet, page numbers, line numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from framework_coder.model.sources import BlockKind
from framework_coder.readers.pdf_pages import PageContent, Piece

EDGE = 0.13
"""Running heads and feet stand within this part of the page's height, at its top and at its bottom."""

MAY_MOVE = 10.0
"""Points by which the height of a running head may differ from page to page."""

LEAST_PAGES = 3
"""On so many pages a line must be repeated to be a running head; on two, where the file has up to four."""

OUTER_EDGE = 0.08
"""A small line alone in this part of a page is its head or foot, even where it does not come again."""

LEAST_NUMBERS = 5
"""So many line numbers must stand on a page."""

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?P<word>pages?|p\.?|pg\.?)?\s*(?P<number>\d{1,4}|[ivxlc]{1,7})(?P<of>\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[?(?:\d{1,3}|[*†‡§])\]?[.)]?\s*[^\W\d]")
_LINE_NUMBER = re.compile(r"\d{1,4}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands beside the text of a page; `is_above` tells a head from a foot.

    `letters` are pdfium's numbers of its characters, piece by piece.
    """

    kind: BlockKind
    text: str
    is_above: bool
    letters: Sequence[Sequence[int]]


def take_furniture(pages: list[PageContent]) -> dict[int, list[Furniture]]:
    """Take the furniture out of the pieces of the pages, and return it by page number, top to bottom."""
    taken: dict[int, list[tuple[Piece, BlockKind]]] = defaultdict(list)
    edges = {page.number: _edge_pieces(page) for page in pages}
    for page in pages:
        taken[page.number] += [(piece, BlockKind.LINE_NUMBER) for piece in _line_numbers(page)]
    _find_page_numbers(pages, edges, taken)
    _find_running(pages, edges, taken)
    for page in pages:
        taken[page.number] += _find_lone(
            page, edges[page.number], {id(piece) for piece, _ in taken[page.number]}
        )
    found = {}
    for page in pages:
        mine = taken[page.number]
        if mine:
            gone = {id(piece) for piece, _ in mine}
            page.pieces = [piece for piece in page.pieces if id(piece) not in gone]
            found[page.number] = _gather(mine, page)
    return found


def _gather(mine: list[tuple[Piece, BlockKind]], page: PageContent) -> list[Furniture]:
    """Return the furniture of a page; its line numbers are one item."""
    numbers = [piece for piece, kind in mine if kind is BlockKind.LINE_NUMBER]
    items = [
        Furniture(kind, piece.text, piece.base < page.height / 2, (piece.letters,))
        for piece, kind in sorted(mine, key=lambda pair: (pair[0].base, pair[0].x0))
        if kind is not BlockKind.LINE_NUMBER
    ]
    if numbers:
        text, letters = " ".join(piece.text for piece in numbers), [piece.letters for piece in numbers]
        items.append(Furniture(BlockKind.LINE_NUMBER, text, is_above=False, letters=letters))
    return items


def _edge_pieces(page: PageContent) -> list[Piece]:
    low, high = page.height * EDGE, page.height * (1 - EDGE)
    return [piece for piece in page.pieces if (piece.base < low or piece.top > high) and not piece.table]


def _find_running(
    pages: list[PageContent],
    edges: dict[int, list[Piece]],
    taken: dict[int, list[tuple[Piece, BlockKind]]],
) -> None:
    """Take lines that come again at the same height of several pages, but for their figures."""
    seen: dict[tuple[bool, str], list[tuple[PageContent, Piece]]] = defaultdict(list)
    for page in pages:
        gone = {id(piece) for piece, _ in taken[page.number]}
        for piece in edges[page.number]:
            if id(piece) not in gone:
                key = _DIGITS.sub("#", piece.text).casefold()
                seen[piece.base < page.height / 2, key].append((page, piece))
    least = LEAST_PAGES if len(pages) > LEAST_PAGES + 1 else 2
    for (is_above, _), places in seen.items():
        height = median(piece.base for _, piece in places)
        same = [(page, piece) for page, piece in places if abs(piece.base - height) <= MAY_MOVE]
        if len({page.number for page, _ in same}) >= least:
            for page, piece in same:
                taken[page.number].append((piece, BlockKind.HEADER if is_above else BlockKind.FOOTER))


def _find_lone(page: PageContent, edge: list[Piece], gone: set[int]) -> list[tuple[Piece, BlockKind]]:
    """Return small lines at the outer edge of a page with white space between them and the text."""
    low, high = page.height * OUTER_EDGE, page.height * (1 - OUTER_EDGE)
    body = [piece for piece in page.pieces if piece.base >= low and piece.top <= high and not piece.table]
    if len(body) < LEAST_NUMBERS:
        return []
    size = median(piece.size for piece in body)
    first, last = min(piece.top for piece in body), max(piece.bottom for piece in body)
    lone = []
    for piece in edge:
        if id(piece) in gone or piece.size > 0.92 * size or _NOTE.match(piece.text):
            continue
        if piece.base < low and first - piece.bottom > 1.5 * size:
            lone.append((piece, BlockKind.HEADER))
        elif piece.top > high and piece.top - last > 1.5 * size:
            lone.append((piece, BlockKind.FOOTER))
    return lone


def _find_page_numbers(
    pages: list[PageContent],
    edges: dict[int, list[Piece]],
    taken: dict[int, list[tuple[Piece, BlockKind]]],
) -> None:
    """Take numbers at an edge that say so (“page 3 of 9”), or that run along with the pages."""
    running: dict[int, list[tuple[int, Piece]]] = defaultdict(list)
    for page in pages:
        for piece in edges[page.number]:
            found = _PAGE_NUMBER.fullmatch(piece.text)
            if not found:
                continue
            if found["of"] or (found["word"] and found["number"].isdigit()):
                taken[page.number].append((piece, BlockKind.PAGE_NUMBER))
            else:
                running[_value(found["number"]) - page.number].append((page.number, piece))
    for shift, places in running.items():
        if len({number for number, _ in places}) > 1 or (shift == 0 and len(pages) == 1):
            for number, piece in _outermost(pages, places):
                taken[number].append((piece, BlockKind.PAGE_NUMBER))


def _outermost(pages: list[PageContent], places: list[tuple[int, Piece]]) -> list[tuple[int, Piece]]:
    """Return the candidate nearest to the edge of each page: a table's last row may hold the same figure."""
    heights = {page.number: page.height for page in pages}
    nearest: dict[int, Piece] = {}
    for number, piece in places:
        known = nearest.get(number)
        if known is None or _from_edge(piece, heights[number]) < _from_edge(known, heights[number]):
            nearest[number] = piece
    return list(nearest.items())


def _from_edge(piece: Piece, height: float) -> float:
    """Return how far a piece is from the top or the bottom of its page."""
    return min(piece.top, height - piece.bottom)


def _value(number: str) -> int:
    """Return the value of an Arabic or Roman number."""
    if number.isdigit():
        return int(number)
    values = [_ROMAN[letter] for letter in number.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _line_numbers(page: PageContent) -> list[Piece]:
    """Return the numbers that count the lines of a page, in a margin of their own."""
    numbers = [piece for piece in page.pieces if _LINE_NUMBER.fullmatch(piece.text)]
    if len(numbers) < LEAST_NUMBERS:
        return []
    others = [piece for piece in page.pieces if not _LINE_NUMBER.fullmatch(piece.text)]
    if len(others) < LEAST_NUMBERS:
        return []
    left, right = min(piece.x0 for piece in others), max(piece.x1 for piece in others)
    in_left = [piece for piece in numbers if piece.x1 <= left]
    in_right = [piece for piece in numbers if piece.x0 >= right]
    for found in (in_left, in_right):
        column = sorted(found, key=lambda piece: piece.base)
        if len(column) >= LEAST_NUMBERS and _count_lines(column, others):
            return column
    return []


def _count_lines(column: list[Piece], others: list[Piece]) -> bool:
    """Whether the numbers rise by one step, with as many lines from one to the next."""
    values = [int(piece.text) for piece in column]
    steps = [after - before for before, after in pairwise(values)]
    step = median(steps)
    if step < 1 or sum(one == step for one in steps) < 0.8 * len(steps):
        return False
    bases = {round(piece.base) for piece in others if column[0].base - 2 <= piece.base <= column[-1].base + 2}
    return len(bases) >= 0.7 * (values[-1] - values[0] + 1)
