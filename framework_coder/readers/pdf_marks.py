"""Highlights on the pages of a PDF: the letters that lie under them, found again in the source's text."""

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framework_coder.model.sources import SourceText
from framework_coder.readers.pdf_boxes import PageBox, fold, fold_glyphs, glyphs_of
from framework_coder.readers.pdf_forms import MOST_ANNOTATIONS, annotation_string, iso_date
from framework_coder.readers.pdf_opening import open_document
from framework_coder.readers.pdf_pages import Box, Frame, page_frame

CONTEXT = 60
"""Letters before and after a highlight that tell equal passages apart."""
MOST_QUADS = 2_000

_BESIDE = ("FPDF_ANNOT_TEXT", "FPDF_ANNOT_FREETEXT")
_KINDS = ("FPDF_ANNOT_HIGHLIGHT", "FPDF_ANNOT_UNDERLINE", "FPDF_ANNOT_SQUIGGLY", "FPDF_ANNOT_STRIKEOUT")


@dataclass(frozen=True, slots=True)
class PdfMark:
    """A highlight (or underline): its page, note, maker, and the bare letters under, before and after it.

    Letters stand as the file draws them; `by_line`, line after line of the highlight, which is not the same
    where columns are drawn across. One that `is_beside` is a note on the page, which marks no letters.
    """

    page: int
    note: str
    author: str
    made_on: str
    letters: str
    before: str = ""
    after: str = ""
    by_line: str = ""
    is_beside: bool = False


def read_marks(path: Path, content: bytes, passwords: tuple[str, ...] = ()) -> list[PdfMark]:
    """Return highlights, and notes beside the text, page by page; raises `UnreadableFileError`."""
    found: list[PdfMark] = []
    with open_document(path, content, passwords) as document:
        for index in range(len(document)):
            page = document[index]
            found += _marks_on(page, index + 1)
            page.close()
    return found


def _marks_on(page: Any, number: int) -> Iterator[PdfMark]:
    import pypdfium2.raw as pdfium_c

    kinds, beside = ({getattr(pdfium_c, name) for name in names} for names in (_KINDS, _BESIDE))
    frame, glyphs = page_frame(page), list[PageBox]()
    for index in range(min(MOST_ANNOTATIONS, pdfium_c.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        if kind in beside and (note := annotation_string(annotation, b"Contents").strip()):
            yield PdfMark(number, note, "", "", "", is_beside=True)
        if kind in kinds:
            glyphs = glyphs or glyphs_of(page, number)
            yield _mark(annotation, frame, glyphs, number)
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _mark(annotation: Any, frame: Frame, glyphs: list[PageBox], number: int) -> PdfMark:
    boxes = list(_boxes(annotation, frame))
    lines = [[place for place, glyph in enumerate(glyphs) if _is_under(glyph, box)] for box in boxes]
    by_line = list(dict.fromkeys(place for line in lines for place in line))
    under = sorted(by_line)
    first, last = (under[0], under[-1] + 1) if under else (0, 0)
    return PdfMark(
        number,
        annotation_string(annotation, b"Contents").strip(),
        annotation_string(annotation, b"T").strip(),
        iso_date(annotation_string(annotation, b"M") or annotation_string(annotation, b"CreationDate")),
        fold_glyphs([glyphs[place] for place in under])[0],
        fold_glyphs(glyphs[max(0, first - CONTEXT) : first])[0],
        fold_glyphs(glyphs[last : last + CONTEXT])[0],
        fold_glyphs([glyphs[place] for place in by_line])[0],
    )


def _boxes(annotation: Any, frame: Frame) -> Iterator[Box]:
    """Yield the box of each line that is highlighted, as shown; of the whole where there are no lines."""
    import pypdfium2.raw as pdfium_c

    count = min(MOST_QUADS, pdfium_c.FPDFAnnot_CountAttachmentPoints(annotation))
    quad = pdfium_c.FS_QUADPOINTSF()
    for index in range(count):
        if pdfium_c.FPDFAnnot_GetAttachmentPoints(annotation, index, ctypes.byref(quad)):
            across, down = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield frame.box(min(across), max(down), max(across), min(down))
    if not count:
        found = pdfium_c.FS_RECTF()
        pdfium_c.FPDFAnnot_GetRect(annotation, found)
        yield frame.box(found.left, found.top, found.right, found.bottom)


def _is_under(glyph: PageBox, box: Box) -> bool:
    """Whether the middle of a letter lies in a box."""
    x0, top, x1, bottom = box
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= (glyph.top + glyph.bottom) / 2 <= bottom


class MarkFinder:
    """Finds highlights in the text of a source read from the same PDF."""

    def __init__(self, source: SourceText) -> None:
        self._pages = {page.number: page.start for page in source.pages}
        parts = [fold(char) for char in source.text]
        self._owners = [place for place, part in enumerate(parts) for _ in part]
        self._letters = "".join(parts)
        self._marginal = [
            (block.locator.page, block.start, block.end) for block in source.blocks if block.is_marginal
        ]

    def find(self, mark: PdfMark) -> tuple[int, int] | None:
        """Return the span of the highlighted letters; of equal passages of the page the one with its words.

        None where there are no letters, or where they do not stand in the text in this order.
        """
        for letters in filter(None, dict.fromkeys((mark.letters, mark.by_line))):
            places = [
                (self._agreement(place, len(letters), mark), -place)
                for low, high in self._ranges(mark.page)
                for place in self._occurrences(letters, low, high)
            ]
            if places:
                place = -max(places)[1]
                return self._owners[place], self._owners[place + len(letters) - 1] + 1
        return None

    def _ranges(self, page: int) -> list[tuple[int, int]]:
        """Return where the letters of a page are, the paragraph that goes on included; then everywhere."""
        starts = sorted(self._pages.values())
        low = self._pages.get(page, 0)
        following = next((start for start in starts if start > low), None)
        high = len(self._letters) if following is None else bisect_left(self._owners, following)
        body = (bisect_left(self._owners, low), high)
        beside = [
            (bisect_left(self._owners, start), bisect_left(self._owners, end))
            for number, start, end in self._marginal
            if number == page
        ]
        return [body, *beside]

    def _occurrences(self, wanted: str, low: int, high: int) -> Iterator[int]:
        place = self._letters.find(wanted, low, high)
        while place >= 0:
            yield place
            place = self._letters.find(wanted, place + 1, high)

    def _agreement(self, place: int, length: int, mark: PdfMark) -> int:
        before = self._letters[max(0, place - CONTEXT) : place]
        after = self._letters[place + length : place + length + CONTEXT]
        return _common(before[::-1], mark.before[::-1]) + _common(after, mark.after)


def _common(one: str, other: str) -> int:
    """Count the letters that two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (first, second) in pairs if first != second), min(len(one), len(other)))
