"""What stands on a page of a PDF: pieces of lines with their place, size and weight.

Calls into pdfium cost more than what they do, so the text of a page is fetched once and boxes once a line;
the places of single characters are asked for only on lines that need it (a wide gap inside).
Coordinates are in points from the top left of the page as it is shown, x to the right and y down.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from framework_coder.readers.pdf_direction import order_letters

HYPHEN = "\ufffe"
"""What pdfium writes for a hyphen at the end of a line, in place of the line break."""

WIDE_GAP = 1.2
"""A gap inside a line of so many times the size of its letters parts it in two pieces."""

_LINE = re.compile("[^\r\n\ufffe]*[^\r\n\ufffe\\s][^\r\n\ufffe]*(\ufffe?)")
_BOLD = re.compile(rb"(?i)bold|black|heavy|demi")
_SLANTED = re.compile(rb"(?i)italic|oblique|slanted")
_IS_BOLD, _IS_SLANTED = 1, 2
_QUARTER = 90

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True)
class Piece:
    """A run of text on one line without a wide gap; `size` is in points, `base` the height of its baseline.

    `angle` is the direction of writing in degrees, 0 for text that stands upright on the page as shown;
    `start` and `end` are the places of its characters in the text of the page, `letters` pdfium's numbers
    of them; `table` is the number of a table it stands for.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    is_bold: bool = False
    angle: int = 0
    is_hyphenated: bool = False
    start: int = 0
    end: int = 0
    table: int = 0
    is_slanted: bool = False
    letters: Sequence[int] = ()


@dataclass(slots=True)
class PageContent:
    """A page as found: pieces in the order of the file, turned text apart."""

    number: int
    width: float
    height: float
    rotation: int
    pieces: list[Piece] = field(default_factory=list)
    turned: list[Piece] = field(default_factory=list)
    outside: int = 0
    has_paths: bool = False
    has_images: bool = False
    unreadable: int = 0
    is_turned: bool = False
    frame: "Frame | None" = None


class Frame:
    """Brings the coordinates of a PDF page to those of the page as shown."""

    def __init__(self, box: Box, rotation: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.rotation = rotation % 360
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.rotation % 180 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the point as shown."""
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == _QUARTER:
            return y - self.bottom, x - self.left
        if self.rotation == 2 * _QUARTER:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the box as shown, from a box of the file."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        x0, y0 = self.point(left, top)
        x1, y1 = self.point(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def angle(self, a: float, b: float) -> int:
        """Return the direction of writing as shown, in whole degrees."""
        if not b and a > 0:
            return -self.rotation % 360
        return round(math.degrees(math.atan2(b, a)) - self.rotation) % 360

    def back(self, box: Box) -> Box:
        """Return left, bottom, right, top in the file of a box as shown."""
        x0, y0, x1, y1 = box
        if self.rotation == 0:
            return x0 + self.left, self.top - y1, x1 + self.left, self.top - y0
        if self.rotation == _QUARTER:
            return y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom
        if self.rotation == 2 * _QUARTER:
            return self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom
        return self.right - y1, self.top - x1, self.right - y0, self.top - x0


def page_frame(page: Any) -> Frame:
    """Return the frame of a pypdfium2 page."""
    rectangle = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(page, rectangle)
    rotation = pdfium_c.FPDFPage_GetRotation(page) * _QUARTER
    return Frame((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top), rotation)


def text_of(textpage: Any) -> str:
    """Return the text of a page such that the n-th character is pdfium's n-th.

    Where the two counts differ (letters beyond 16 bits, or without a meaning), letter by letter.
    """
    count = pdfium_c.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium_c.FPDFText_GetText(textpage, 0, count, buffer) - 1
    text = ctypes.string_at(buffer, 2 * max(0, got)).decode("utf-16-le", "replace")
    if len(text) == count and "\ufffd" not in text:
        return text
    codes = (pdfium_c.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(map(_letter, codes))


def _letter(code: int) -> str:
    if code == 2:  # noqa: PLR2004 - as pdfium keeps a hyphen at the end of a line
        return HYPHEN
    return chr(code) if 0 < code < 0x110000 else "\ufffd"  # noqa: PLR2004


def pair_halves(text: str) -> str:
    """Return the text with the halves of letters beyond 16 bits put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class PageReader:
    """Reads the pieces of a page; fonts and buffers are kept from page to page."""

    def __init__(self) -> None:
        self._styles: dict[bytes, int] = {}
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = pdfium_c.FS_MATRIX()
        self._sides = [ctypes.c_double() for _ in range(4)]
        self._side_refs = [ctypes.byref(side) for side in self._sides]
        self._name_ref = ctypes.cast(self._name, ctypes.c_void_p)

    def read(self, page: Any, number: int) -> PageContent:
        """Return what stands on the page."""
        frame = page_frame(page)
        content = PageContent(number, frame.width, frame.height, frame.rotation, frame=frame)
        textpage = page.get_textpage()
        try:
            text = text_of(textpage)
            order: Sequence[int] = range(len(text))
            if not text.isascii():
                order = order_letters(textpage, text)
                text = "".join(text[index] for index in order)
            content.unreadable = _count_unreadable(text)
            pieces = [
                piece
                for found in _LINE.finditer(text)
                for piece in self._pieces(textpage.raw, frame, text, found.start(), found.end())
            ]
        finally:
            textpage.close()
        for piece in pieces:
            piece.letters = order[piece.start : piece.end]
        _look_at_objects(page, content)
        _sort_out(content, pieces)
        return content

    def _pieces(self, textpage: Any, frame: Frame, text: str, start: int, end: int) -> list[Piece]:
        """Return the pieces of `text[start:end]`, one line of pdfium's."""
        is_hyphenated = text[end - 1] == HYPHEN
        end -= is_hyphenated
        while text[start] == " ":
            start += 1
        while text[end - 1] == " ":
            end -= 1
        boxes = self._boxes(textpage, frame, start, end - start)
        if not boxes:
            return []
        angle, size, base = self._hand(textpage, frame, _middle(text, start, end))
        piece = Piece(text[start:end], *_union(boxes), base, size, False, angle, is_hyphenated, start, end)
        if len(boxes) > 1 and not angle and _has_wide_gap(boxes, size * WIDE_GAP):
            return self._split(textpage, frame, text, start, end, piece)
        self._set_style(textpage, piece)
        return [piece]

    def _boxes(self, textpage: Any, frame: Frame, start: int, count: int) -> list[Box]:
        """Return the boxes of a run of characters, one for each text object."""
        left, top, right, bottom = self._sides
        refs = self._side_refs
        get = pdfium_c.FPDFText_GetRect
        boxes = []
        for index in range(pdfium_c.FPDFText_CountRects(textpage, start, count)):
            get(textpage, index, *refs)
            boxes.append(frame.box(left.value, top.value, right.value, bottom.value))
        return boxes

    def _hand(self, textpage: Any, frame: Frame, index: int) -> tuple[int, float, float]:
        """Return the angle, the size and the baseline of a character."""
        matrix = self._matrix
        pdfium_c.FPDFText_GetMatrix(textpage, index, matrix)
        size = pdfium_c.FPDFText_GetFontSize(textpage, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        return frame.angle(matrix.a, matrix.b), abs(size) or 1.0, frame.point(matrix.e, matrix.f)[1]

    def _set_style(self, textpage: Any, piece: Piece) -> None:
        """Note whether the first and last letter of a piece are bold, or slanted."""
        style = self._style(textpage, piece.start)
        if style:
            style &= self._style(textpage, piece.end - 1)
            piece.is_bold, piece.is_slanted = bool(style & _IS_BOLD), bool(style & _IS_SLANTED)

    def _style(self, textpage: Any, index: int) -> int:
        pdfium_c.FPDFText_GetFontInfo(textpage, index, self._name_ref, 128, self._flags)
        name = self._name.value
        found = self._styles.get(name)
        if found is None:
            found = _IS_BOLD * bool(_BOLD.search(name)) + _IS_SLANTED * bool(_SLANTED.search(name))
            self._styles[name] = found
        return found

    def _split(
        self, textpage: Any, frame: Frame, text: str, start: int, end: int, whole: Piece
    ) -> list[Piece]:
        """Part a line at its wide gaps, by the box of each character."""
        left, right, bottom, top = self._sides
        pieces: list[Piece] = []
        begin, reach = start, -math.inf
        for index in range(start, end):
            if text[index].isspace():
                continue
            pdfium_c.FPDFText_GetCharBox(textpage, index, *self._side_refs)
            box = frame.box(left.value, top.value, right.value, bottom.value)
            if box[0] - reach > whole.size * WIDE_GAP and index > begin:
                pieces += self._piece(textpage, frame, text, begin, index)
                begin = index
            reach = box[2]
        pieces += self._piece(textpage, frame, text, begin, end)
        if pieces:
            pieces[-1].is_hyphenated = whole.is_hyphenated
        return pieces

    def _piece(self, textpage: Any, frame: Frame, text: str, start: int, end: int) -> list[Piece]:
        while end > start and text[end - 1].isspace():
            end -= 1
        boxes = self._boxes(textpage, frame, start, end - start)
        if not boxes:
            return []
        angle, size, base = self._hand(textpage, frame, _middle(text, start, end))
        piece = Piece(text[start:end], *_union(boxes), base, size, False, angle, False, start, end)
        self._set_style(textpage, piece)
        return [piece]


def _middle(text: str, start: int, end: int) -> int:
    """Return a letter in the middle: the first may be a bullet, the last a raised figure."""
    index = (start + end) // 2
    while text[index].isspace() and index > start:
        index -= 1
    return index


def _union(boxes: list[Box]) -> Box:
    if len(boxes) == 1:
        return boxes[0]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _has_wide_gap(boxes: list[Box], gap: float) -> bool:
    reach = math.inf
    for left, _, right, _ in sorted(boxes):
        if left - reach > gap:
            return True
        reach = right if reach == math.inf else max(reach, right)
    return False


_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0e-\x1f]|[\U000f0000-\U0010fffd]")
_SYMBOLS = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf0a8\uf06f\uf0fe]")  # bullets of Symbol and Wingdings


def _count_unreadable(text: str) -> int:
    """Count the letters that a font does not say the meaning of."""
    return 0 if text.isascii() and text.isprintable() else len(_UNREADABLE.findall(_SYMBOLS.sub("", text)))


MOST_OBJECTS = 20_000
"""Of so many objects of a page the kind is looked at."""


def _look_at_objects(page: Any, content: PageContent) -> None:
    """Note whether the page has drawn lines and images."""
    get, kind_of = pdfium_c.FPDFPage_GetObject, pdfium_c.FPDFPageObj_GetType
    kinds = {
        kind_of(get(page, index)) for index in range(min(MOST_OBJECTS, pdfium_c.FPDFPage_CountObjects(page)))
    }
    content.has_paths = bool(kinds & {pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM})
    content.has_images = bool(kinds & {pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM})


def _sort_out(content: PageContent, pieces: list[Piece]) -> None:
    """Keep what is on the page; turn a page that is written sideways; set other turned text apart."""
    kept = [piece for piece in pieces if _is_inside(piece, content)]
    content.outside = len(pieces) - len(kept)
    turned = [piece for piece in kept if piece.angle]
    if not turned:
        content.pieces = kept
        return
    weights: Counter[int] = Counter()
    for piece in kept:
        weights[piece.angle] += len(piece.text)
    main = max(weights, key=lambda angle: weights[angle])
    if main in _TURNS:
        content.is_turned = True
        for piece in kept:
            _turn(piece, main, content)
    content.pieces = [piece for piece in kept if not piece.angle]
    content.turned = [piece for piece in kept if piece.angle]


def _is_inside(piece: Piece, content: PageContent) -> bool:
    return piece.x1 > 0 and piece.bottom > 0 and piece.x0 < content.width and piece.top < content.height


_TURNS: dict[int, Callable[[float, float, PageContent], tuple[float, float]]] = {
    90: lambda x, y, page: (page.height - y, x),
    180: lambda x, y, page: (page.width - x, page.height - y),
    270: lambda x, y, page: (y, page.width - x),
}


def _turn(piece: Piece, main: int, content: PageContent) -> None:
    """Turn a piece so that text written at the angle `main` is upright."""
    turn = _TURNS[main]
    x0, y0 = turn(piece.x0, piece.top, content)
    x1, y1 = turn(piece.x1, piece.bottom, content)
    piece.x0, piece.x1, piece.top, piece.bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    piece.base = piece.bottom
    piece.angle = (piece.angle - main) % 360
