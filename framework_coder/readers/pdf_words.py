"""Where the words of a source stand on the pages of its PDF, each with the span of the text that it is.

The file is read again by the same reader, which keeps the letters that each block was made of. The n-th
letter of a block is then the n-th letter of its lines, and this is checked: a block whose letters are not
those of its lines has no boxes (`docs/decisions/038-pages-of-pdfs.md`).
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from framework_coder.model.pages import PageWords, SourcePages, WordBox
from framework_coder.readers.cleaning import Cleaning
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.pdf import read_with_origins
from framework_coder.readers.pdf_assembly import Origins
from framework_coder.readers.pdf_opening import open_document
from framework_coder.readers.pdf_pages import HYPHEN, Box, Frame, page_frame, pair_halves, text_of

_HYPHENS = frozenset("-‐‑")
_PAGES_KEPT = 4
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
"""Where the first and the second halves of letters beyond 16 bits begin, and end."""


@dataclass(slots=True)
class Letters:
    """The bare letters of a block's lines; for each its run (a piece of a line), its page and its box."""

    signs: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Box | None] = field(default_factory=list)

    def add(self, signs: str, place: tuple[int, int], box: Box | None) -> None:
        """Add the letters of one glyph."""
        for sign in signs:
            self.signs.append(sign)
            self.places.append(place)
            self.boxes.append(box)


def map_pages(path: Path, content: bytes, text: str, options: ReadOptions) -> SourcePages:
    """Return the pages of a PDF with the words of `text` on them.

    Where the file reads otherwise than `text` (another tool or an older reader made it) no word has a box.
    Raises `UnreadableFileError`.
    """
    source, origins = read_with_origins(path, content, options)
    lines: dict[int, list[tuple[WordBox, ...]]] = {}
    missing = len(text.split())
    with open_document(path, content, options.passwords) as document:
        if source.text == text:
            spans = [(block.start, block.end) for block in source.blocks]
            missing = _place_blocks(document, text, spans, origins, lines)
    pages = tuple(
        PageWords(page.number, page.width, page.height, tuple(sorted(lines.get(page.number, ()))))
        for page in source.pages
    )
    return SourcePages(pages, missing, is_same_text=source.text == text)


def _place_blocks(
    document: Any,
    text: str,
    spans: list[tuple[int, int]],
    origins: Origins,
    lines: dict[int, list[tuple[WordBox, ...]]],
) -> int:
    """Add the lines of words of all blocks to their pages; return how many words have no box."""
    glyphs, missing = Glyphs(document), 0
    for ordinal, (start, end) in enumerate(spans):
        letters = _gather(glyphs, origins.get(ordinal, ()))
        owners = align(text[start:end], letters.signs)
        placed: dict[tuple[int, int], list[WordBox]] = {}
        for low, high in _words(text, start, end):
            boxes = list(_boxes(low, owners[low - start : high - start], letters))
            missing += not boxes
            for place, box in boxes:
                placed.setdefault(place, []).append(box)
        for (page, _), line in placed.items():
            lines.setdefault(page, []).append(tuple(line))
    return missing


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of what stands between white space."""
    place = start
    for word in text[start:end].split():
        low = text.index(word, place)
        place = low + len(word)
        yield low, place


class Glyphs:
    """The letters of pages as pdfium numbers them; the last few pages are kept."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._kept: dict[int, tuple[str, list[Box | None]]] = {}

    def on(self, number: int) -> tuple[str, list[Box | None]]:
        """Return the letters of a page, and the box of each as shown; None where it has none."""
        found = self._kept.pop(number, None) or self._load(number)
        self._kept[number] = found
        if len(self._kept) > _PAGES_KEPT:
            self._kept.pop(next(iter(self._kept)))
        return found

    def _load(self, number: int) -> tuple[str, list[Box | None]]:
        page = self._document[number - 1]
        frame, textpage = page_frame(page), page.get_textpage()
        text = text_of(textpage)
        boxes = _load_boxes(textpage.raw, frame, text)
        textpage.close()
        page.close()
        return text, boxes


def _load_boxes(textpage: Any, frame: Frame, text: str) -> list[Box | None]:
    import pypdfium2.raw as pdfium_c

    get, found = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FS_RECTF()
    place = ctypes.byref(found)
    boxes: list[Box | None] = []
    for index, sign in enumerate(text):
        has_box = not sign.isspace() and get(textpage, index, place)
        boxes.append(frame.box(found.left, found.top, found.right, found.bottom) if has_box else None)
    return boxes


def _gather(glyphs: Glyphs, runs: Iterable[tuple[int, Sequence[int]]]) -> Letters:
    """Return the bare letters of runs, cleaned as the reader cleans; one glyph may hold several."""
    letters = Letters()
    for run, (page, numbers) in enumerate(runs):
        text, boxes = glyphs.on(page)
        for number in numbers:
            sign = text[number]
            if sign > " " and sign < "\x7f":
                letters.add(sign, (page, run), boxes[number])
            elif not _LOW <= ord(sign) < _END:
                letters.add(_clean_bare(text, number), (page, run), boxes[number])
    return letters


def _clean_bare(text: str, number: int) -> str:
    """Return the bare letters that a glyph stands for once cleaned, its second half included."""
    sign = text[number]
    if _HIGH <= ord(sign) < _LOW:
        sign = pair_halves(text[number : number + 2])
    return bare_letters(Cleaning().clean(sign.replace(HYPHEN, "-")))


def bare_letters(text: str) -> str:
    """Return the letters of a text without white space and accents, compatibility forms as plain ones."""
    if text.isascii():
        return "".join(text.split())
    plain = normalize("NFKD", text)
    return "".join("-" if sign in _HYPHENS else sign for sign in plain if _is_bare(sign))


def _is_bare(sign: str) -> bool:
    return not sign.isspace() and not combining(sign)


def align(text: str, signs: Sequence[str]) -> list[tuple[int, int]]:
    """Return for each sign of a block's text the letters `[low, high)` of its lines that it stands for.

    Hyphens may be there in one of the two only, since the reader joins divided words. All other letters must
    be the same in the same order; where they are not, no sign stands for any letter.
    """
    owners: list[tuple[int, int]] = []
    place, count = 0, len(signs)
    for sign in text:
        if place < count and signs[place] == sign:
            first, place = place, place + 1
        else:
            bare = bare_letters(sign)
            first = _after_hyphens(signs, place) if bare and bare != "-" else place
            end = _match(bare, signs, first)
            if end is None:
                return [(0, 0)] * len(text)
            place = end
        owners.append((first, place))
    return owners if _after_hyphens(signs, place) == count else [(0, 0)] * len(text)


def _match(bare: str, signs: Sequence[str], place: int) -> int | None:
    """Return where the letters of one sign end, None where others stand there."""
    for one in bare:
        if place < len(signs) and signs[place] == one:
            place += 1
        elif one != "-":
            return None
    return place


def _after_hyphens(signs: Sequence[str], place: int) -> int:
    while place < len(signs) and signs[place] == "-":
        place += 1
    return place


def _boxes(
    start: int, owners: list[tuple[int, int]], letters: Letters
) -> Iterator[tuple[tuple[int, int], WordBox]]:
    """Yield the box of each part of a word that stands on a line of its own, with its page and run."""
    part: list[Box] = []
    begin, at = start, (0, 0)
    for place, (low, high) in enumerate(owners, start=start):
        for index in range(low, high):
            box, here = letters.boxes[index], letters.places[index]
            if box is None:
                continue
            if part and here != at:
                yield at, _word_box(begin, place, part)
                part, begin = [], place
            at = here
            part.append(box)
    if part:
        yield at, _word_box(begin, start + len(owners), part)


def _word_box(start: int, end: int, boxes: list[Box]) -> WordBox:
    left, top, right, bottom = zip(*boxes, strict=True)
    return WordBox(
        start, end, round(min(left), 2), round(min(top), 2), round(max(right), 2), round(max(bottom), 2)
    )
