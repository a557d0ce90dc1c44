"""Where the words of a source stand on the pages of its PDF, for drawing."""

import ctypes
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from framework_coder.model.sources import SourceText, block_at
from framework_coder.readers.pdf_direction import order_letters
from framework_coder.readers.pdf_opening import open_document
from framework_coder.readers.pdf_pages import HYPHEN, Frame, page_frame, pair_halves, text_of

_HYPHENS = frozenset(f"-‐‑\xad{HYPHEN}")
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page as shown, and what it holds: points from the top left, x to the right and y down."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def glyph_boxes(content: bytes, page: int, passwords: tuple[str, ...] = ()) -> list[PageBox]:
    """Return the box of every visible character of a page (from 1), in the order of the file.

    Raises `UnreadableFileError` where the file cannot be opened, and IndexError where it has no such page.
    """
    with open_document(Path("the PDF"), content, passwords) as document:
        if not 1 <= page <= len(document):
            raise IndexError(f"the file has {len(document)} pages, and no page {page}")
        found = document[page - 1]
        return glyphs_of(found, page)


def glyphs_of(page: Any, number: int) -> list[PageBox]:
    """Return the box of every visible character of an open page, in the order of the file."""
    import pypdfium2.raw as pdfium_c

    frame: Frame = page_frame(page)
    textpage = page.get_textpage()
    text = text_of(textpage)
    box = pdfium_c.FS_RECTF()
    glyphs = []
    for index in order_letters(textpage, text):
        letter = text[index]
        if letter.isspace() or 0xDC00 <= ord(letter) < 0xE000:  # noqa: PLR2004 - second half of a letter
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        whole = pair_halves(text[index : index + 2]) if 0xD800 <= ord(letter) < 0xDC00 else letter  # noqa: PLR2004
        glyphs.append(PageBox(number, *frame.box(box.left, box.top, box.right, box.bottom), whole))
    textpage.close()
    return glyphs


def span_boxes(
    content: bytes, source: SourceText, start: int, end: int, passwords: tuple[str, ...] = ()
) -> list[PageBox]:
    """Return boxes that cover `source.text[start:end]`, one a line, page by page; none where it is not found.

    The words are looked for on their pages; of several equal places the one with the same words around it.
    """
    with open_document(Path("the PDF"), content, passwords) as document:
        return [
            box
            for number, low, high in _parts(source, start, end)
            for box in _boxes_on(glyphs_of(document[number - 1], number), source.text, low, high)
        ]


def _parts(source: SourceText, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return page number, start and end of the parts of a span that are on one page each."""
    parts: list[tuple[int, int, int]] = []
    starts = [page.start for page in source.pages]
    ordinal = block_at(source.blocks, start) or 0
    for block in source.blocks[ordinal:]:
        low, high = max(start, block.start), min(end, block.end)
        if block.start >= end:
            break
        if low >= high:
            continue
        if block.is_marginal:
            parts.append((block.locator.page or 1, low, high))
            continue
        while low < high:
            place = bisect_right(starts, low)
            border = starts[place] if place < len(starts) else high
            number = source.pages[place - 1].number if place else block.locator.page or 1
            parts.append((number, low, min(high, border)))
            low = min(high, border)
    return parts


def _boxes_on(glyphs: list[PageBox], text: str, start: int, end: int) -> list[PageBox]:
    letters, owners = fold_glyphs(glyphs)
    wanted = fold(text[start:end])
    if not wanted:
        return []
    before, after = fold(text[max(0, start - _CONTEXT) : start]), fold(text[end : end + _CONTEXT])
    place = _find(letters, wanted, before, after)
    if place is not None:
        return _by_line([glyphs[owner] for owner in _unique(owners[place : place + len(wanted)])])
    found: list[PageBox] = []
    cursor = 0
    for word in text[start:end].split():  # other text stands between: a column border, a note
        folded = fold(word)
        at = letters.find(folded, cursor) if folded else -1
        if at >= 0:
            cursor = at + len(folded)
            found += [glyphs[owner] for owner in _unique(owners[at:cursor])]
    return _by_line(found)


def fold(text: str) -> str:
    """Return the bare letters of a text: no spaces, hyphens or accents, compatibility forms as plain ones."""
    return "".join(
        letter
        for letter in normalize("NFKD", text)
        if not letter.isspace() and not combining(letter) and letter not in _HYPHENS
    )


def fold_glyphs(glyphs: list[PageBox]) -> tuple[str, list[int]]:
    """Return the bare letters of the glyphs, and for each letter its glyph."""
    parts = [fold(glyph.text) for glyph in glyphs]
    owners = [ordinal for ordinal, part in enumerate(parts) for _ in part]
    return "".join(parts), owners


def _find(letters: str, wanted: str, before: str, after: str) -> int | None:
    """Return where the wanted letters stand, with most of the letters around them as they should be."""
    best, fit = None, -1
    place = letters.find(wanted)
    while place >= 0:
        left, right = letters[max(0, place - len(before)) : place], letters[place + len(wanted) :]
        score = _agreement(left[::-1], before[::-1]) + _agreement(right, after)
        if score > fit:
            best, fit = place, score
        place = letters.find(wanted, place + 1)
    return best


def _agreement(one: str, other: str) -> int:
    """Count the letters that two texts begin with alike."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _unique(owners: list[int]) -> list[int]:
    return list(dict.fromkeys(owners))


def _by_line(glyphs: list[PageBox]) -> list[PageBox]:
    """Join the boxes of glyphs that stand side by side."""
    joined: list[PageBox] = []
    for glyph in glyphs:
        last = joined[-1] if joined else None
        if last and _is_beside(last, glyph):
            joined[-1] = PageBox(
                last.page,
                min(last.x0, glyph.x0),
                min(last.top, glyph.top),
                max(last.x1, glyph.x1),
                max(last.bottom, glyph.bottom),
                last.text + glyph.text,
            )
        else:
            joined.append(glyph)
    return joined


def _is_beside(last: PageBox, glyph: PageBox) -> bool:
    height = min(last.bottom - last.top, glyph.bottom - glyph.top)
    shared = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    gap = max(glyph.x0 - last.x1, last.x0 - glyph.x1)
    return shared > height / 2 and gap < 2 * max(height, 1.0)
