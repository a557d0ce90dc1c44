"""Find the ruled tables of a page: pdfium gives the drawn lines, pdfplumber's geometry makes cells of them.

pdfplumber's own reading of a page takes a hundred times as long and has no limits, so it is not used
(`docs/decisions/022-pdf.md`).
"""

import ctypes
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from framework_coder.readers.pdf_pages import HYPHEN, Box, Frame, Piece, text_of

MOST_EDGES = 3_000
"""A page with more drawn lines than this is a drawing; no tables are looked for."""

_THIN = 2.5
_LEAST_EDGE = 6.0
_SNAP = 3.0
_DEPTH = 3
_Edge = dict[str, Any]
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; rows and columns count from 1, a merged cell has its first ones."""

    box: Box
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: at least two cells."""

    box: Box
    cells: tuple[Cell, ...]


def find_tables(page: Any, frame: Frame, pieces: list[Piece]) -> list[Table]:
    """Return the ruled tables of a page that hold text, top to bottom, in coordinates as shown."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = _find_edges(page, frame)
    orientations = {edge["orientation"] for edge in edges}
    if len(edges) > MOST_EDGES or len(orientations) < 2:  # noqa: PLR2004 - h and v
        return []
    edges = merge_edges(
        edges, snap_x_tolerance=_SNAP, snap_y_tolerance=_SNAP, join_x_tolerance=_SNAP, join_y_tolerance=_SNAP
    )
    crossings = edges_to_intersections(edges, _SNAP, _SNAP)
    tables = [_number(boxes) for boxes in cells_to_tables(intersections_to_cells(crossings))]
    return sorted(
        (table for table in tables if len(table.cells) > 1 and _holds_text(table, pieces)),
        key=lambda table: (table.box[1], table.box[0]),
    )


def _holds_text(table: Table, pieces: list[Piece]) -> bool:
    """Whether text stands in two cells of it or more: a frame around a page is no table."""
    filled = {index for piece in pieces for index, cell in enumerate(table.cells) if is_in(piece, cell.box)}
    return len(filled) > 1


def is_in(piece: Piece, box: Box) -> bool:
    """Whether the middle of a piece lies in a box."""
    return (
        box[0] <= (piece.x0 + piece.x1) / 2 <= box[2] and box[1] <= (piece.top + piece.bottom) / 2 <= box[3]
    )


def _number(boxes: list[Box]) -> Table:
    """Return the table of these cells, with the row and column of each."""
    lefts, tops = _distinct(box[0] for box in boxes), _distinct(box[1] for box in boxes)
    cells = sorted(
        (
            Cell(box, bisect_left(tops, box[1] - _SNAP) + 1, bisect_left(lefts, box[0] - _SNAP) + 1)
            for box in boxes
        ),
        key=lambda cell: (cell.row, cell.column),
    )
    sides = list(zip(*boxes, strict=True))
    return Table((min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])), tuple(cells))


def _distinct(values: Any) -> list[float]:
    """Return the values in order, those that nearly agree once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SNAP:
            kept.append(value)
    return kept


@dataclass(slots=True)
class CellText:
    """What a cell says, lines apart, and pdfium's numbers of its letters, line by line."""

    parts: list[str] = field(default_factory=list)
    letters: list[list[int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words."""
        return "".join(self.parts)


def cell_texts(textpage: Any, frame: Frame, table: Table, pieces: list[Piece]) -> list[CellText]:
    """Return the text of each cell: every letter of the pieces goes to the cell it is in.

    A letter on a border, or beside the table, goes to the nearest cell, so that none is lost.
    """
    text = text_of(textpage)
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    found = [CellText() for _ in table.cells]
    for piece in pieces:
        gap, nearest = "\n", 0
        for index in range(piece.start, piece.end):
            if text[index].isspace():
                gap = gap or " "
                continue
            pdfium_c.FPDFText_GetCharBox(textpage, index, *sides)
            x, y = frame.point((left.value + right.value) / 2, (top.value + bottom.value) / 2)
            before, nearest = nearest, _nearest(table, x, y, nearest)
            gap = "\n" if before != nearest else gap
            found[nearest].parts.append(gap + text[index])
            if gap == "\n":
                found[nearest].letters.append([])
            found[nearest].letters[-1].append(index)
            gap = ""
        if piece.is_hyphenated:
            found[nearest].parts.append(HYPHEN)
    return found


def _nearest(table: Table, x: float, y: float, guess: int) -> int:
    """Return the ordinal of the cell at a point, or nearest to it."""

    def distance(ordinal: int) -> float:
        x0, y0, x1, y1 = table.cells[ordinal].box
        return max(x0 - x, x - x1, 0.0) + max(y0 - y, y - y1, 0.0)

    return guess if not distance(guess) else min(range(len(table.cells)), key=distance)


def text_in(textpage: Any, frame: Frame, box: Box) -> str:
    """Return the text that a box of the page as shown touches."""
    left, bottom, right, top = frame.back(box)
    count = pdfium_c.FPDFText_GetBoundedText(textpage, left, top, right, bottom, None, 0)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium_c.FPDFText_GetBoundedText(textpage, left, top, right, bottom, buffer, count)
    return ctypes.string_at(buffer, 2 * got).decode("utf-16-le", "replace").strip("\0")


def _find_edges(page: Any, frame: Frame) -> list[_Edge]:
    edges: list[_Edge] = []
    count = pdfium_c.FPDFPage_CountObjects(page)
    for index in range(min(count, 4 * MOST_EDGES)):
        _take_edges(pdfium_c.FPDFPage_GetObject(page, index), frame, _IDENTITY, edges, 0)
        if len(edges) > MOST_EDGES:
            break
    return edges


def _take_edges(item: Any, frame: Frame, outer: _Matrix, edges: list[_Edge], depth: int) -> None:
    """Add the lines that an object of the page draws, those of forms inside it too."""
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind not in {pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM}:
        return
    matrix = _multiply(_matrix(item), outer)
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
        for index in range(min(MOST_EDGES, pdfium_c.FPDFFormObj_CountObjects(item)) if depth < _DEPTH else 0):
            _take_edges(pdfium_c.FPDFFormObj_GetObject(item, index), frame, matrix, edges, depth + 1)
        return
    for (x0, y0), (x1, y1) in _strokes(item, matrix):
        _add_edge(edges, *frame.point(x0, y0), *frame.point(x1, y1))


def _matrix(item: Any) -> _Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _multiply(m: _Matrix, n: _Matrix) -> _Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o


_Point = tuple[float, float]


def _strokes(path: Any, matrix: _Matrix) -> list[tuple[_Point, _Point]]:
    """Return the straight strokes of a path; a thin filled box is one stroke, drawn so by some programs."""
    subpaths = _subpaths(path, matrix)
    strokes: list[tuple[_Point, _Point]] = []
    for points in subpaths:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if len(points) > 2 and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:  # noqa: PLR2004
            strokes.append(((min(xs), min(ys)), (max(xs), max(ys))))
        else:
            strokes += pairwise(points)
    return strokes


def _subpaths(path: Any, matrix: _Matrix) -> list[list[_Point]]:
    """Return the points of each part of a path; a curve breaks a part off."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    subpaths: list[list[_Point]] = []
    for index in range(min(2 * MOST_EDGES, pdfium_c.FPDFPath_CountSegments(path))):
        part = pdfium_c.FPDFPath_GetPathSegment(path, index)
        pdfium_c.FPDFPathSegment_GetPoint(part, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium_c.FPDFPathSegment_GetType(part)
        if kind != pdfium_c.FPDF_SEGMENT_LINETO or not subpaths:
            subpaths.append([point])
            continue
        subpaths[-1].append(point)
        if pdfium_c.FPDFPathSegment_GetClose(part):
            subpaths[-1].append(subpaths[-1][0])
    return subpaths


def _add_edge(edges: list[_Edge], x0: float, y0: float, x1: float, y1: float) -> None:
    """Add a stroke that is level or upright; a thin slanting one counts as what it nearly is."""
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if max(wide, high) < _LEAST_EDGE or min(wide, high) > _THIN:
        return
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if wide > high:
        y0 = y1 = (y0 + y1) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    edges.append(
        {
            "x0": x0, "x1": x1, "top": y0, "bottom": y1, "width": x1 - x0, "height": y1 - y0,
            "orientation": "h" if wide > high else "v", "object_type": "line",
        }
    )  # fmt: skip
