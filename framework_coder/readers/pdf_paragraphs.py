"""Join the lines of a column to paragraphs, and say what each of them is."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from framework_coder.model.sources import BlockKind
from framework_coder.readers.pdf_layout import LARGER, Column, Line
from framework_coder.readers.pdf_pages import PageContent

SMALLER = 0.9
"""Letters so many times the size of the body's are a footnote's."""

NEIGHBOURS = 8
"""The right side of a column is that of so many lines above and below: text may be set beside a picture."""

LONGEST_HEADING, MOST_HEADING_LINES = 200, 4
LONGEST_SLANTED = 60
"""A slanted line of its own is a heading up to so many characters; a longer one is an emphasis."""

_MARK = "•●▪◦‣·∙○■□➢➤►✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06f\uf0fe"
_BULLET = re.compile(rf"[{_MARK}]\s*\S")
_DASH = re.compile(r"[-–—*o]\s+\S")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+\S")
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Chart|Box|Map) ?\d")
_NOTE = re.compile(r"\[?(?:\d{1,3}|[*†‡§])\]?[.)]?\s*\S")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `x1` is the right side of their column. Cells know their row and column."""

    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH
    x1: float = 0.0
    level: int = 0
    table: int | None = None
    row: int | None = None
    column: int | None = None

    @property
    def page(self) -> int:
        """The number of the page it begins on."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """Its lines in a row, as found."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """The size of most letters of a file, and whether they are bold."""

    size: float
    is_bold: bool


@dataclass(slots=True)
class PageParagraphs:
    """The paragraphs of a page in reading order; `asides` are its footnotes and turned text."""

    body: list[Paragraph] = field(default_factory=list)
    asides: list[Paragraph] = field(default_factory=list)


def find_body_style(pages: list[PageContent]) -> BodyStyle:
    """Return the style that most characters of a file have."""
    counts: Counter[tuple[float, bool]] = Counter()
    for page in pages:
        for piece in page.pieces:
            if piece.table:
                continue
            counts[round(piece.size * 2) / 2, piece.is_bold] += len(piece.text)
    (size, is_bold), _ = counts.most_common(1)[0] if counts else ((10.0, False), 0)
    return BodyStyle(size, is_bold)


def join_lines(columns: list[Column], style: BodyStyle, height: float) -> PageParagraphs:
    """Return the paragraphs of a page from its columns."""
    page = PageParagraphs()
    for column in columns:
        found = _split(column, style)
        for paragraph in found:
            paragraph.kind = _kind(paragraph, style)
        notes = _footnotes(found, style, height)
        for note in notes:
            note.kind = BlockKind.FOOTNOTE
        page.asides += notes
        found = found[: len(found) - len(notes)]
        if found and page.body and goes_on(page.body[-1], found[0]):
            page.body[-1].lines += found.pop(0).lines
        page.body += found
    return page


def _split(column: Column, style: BodyStyle) -> list[Paragraph]:
    """Part the lines of a column where a paragraph begins."""
    leading = _leading(column.lines)
    sides = [line.x1 for line in column.lines]
    paragraphs: list[Paragraph] = []
    for ordinal, line in enumerate(column.lines):
        right = max(sides[max(0, ordinal - NEIGHBOURS) : ordinal + NEIGHBOURS])
        if not paragraphs or _begins(line, paragraphs[-1], right, leading, style):
            paragraphs.append(Paragraph([line], x1=right))
        else:
            paragraphs[-1].lines.append(line)
            paragraphs[-1].x1 = right
    return paragraphs


def _leading(lines: list[Line]) -> float:
    """Return the usual distance from line to line, 0 where there is none."""
    gaps = [
        after.base - before.base
        for before, after in pairwise(lines)
        if abs(after.size - before.size) < 0.5 and 0 < after.base - before.base < 3 * after.size  # noqa: PLR2004
    ]
    if not gaps:
        return 0.0
    # The smallest distance that is common: space between paragraphs may be more frequent than within them.
    gaps.sort()
    return min(median(gaps), gaps[len(gaps) // 4] * 1.05)


def _begins(line: Line, paragraph: Paragraph, right: float, leading: float, style: BodyStyle) -> bool:
    """Whether a line begins a paragraph, after the last line of the one before."""
    before = paragraph.lines[-1]
    if line.table or before.table:
        return True
    gap = line.base - before.base
    usual = leading if abs(line.size - style.size) < 1 else max(leading, line.size * 1.25)
    if gap <= 0 or gap > (usual or line.size * 1.3) * 1.25 + 0.5:
        return True
    if _differ(line, before):
        return True
    is_wordy = _is_wordy(line.text)
    if not is_wordy and _BULLET.match(line.text):
        return True
    if line.size > style.size * LARGER or (line.is_bold and not style.is_bold):
        return False  # a heading of several lines
    ended = _has_ended(before.text) and not before.is_hyphenated
    forced = not before.is_hyphenated and _would_fit(line, before, right)
    if (
        not is_wordy
        and (_DASH.match(line.text) or _NUMBERED.match(line.text))
        and (ended or forced or _is_item(paragraph))
    ):
        return True
    return _is_new_by_place(line, paragraph, ended=ended) or (
        forced and (ended or not _begins_low(line.text)) and not before.text.endswith(",")
    )


def _differ(one: Line, other: Line) -> bool:
    """Whether two lines differ in style; a slanted line may be part of an upright paragraph."""
    return abs(one.size - other.size) > 0.08 * other.size or one.is_bold != other.is_bold


def _is_new_by_place(line: Line, paragraph: Paragraph, *, ended: bool) -> bool:
    """Whether an indent, or the end of one, shows a new paragraph."""
    before, first = paragraph.lines[-1], paragraph.lines[0]
    shift = line.x0 - before.x0
    if _is_item(paragraph):
        return shift < -0.8 * line.size and (ended or line.x0 < first.x0 - 0.5 * line.size)
    if shift > 0.8 * line.size:
        return ended and shift < 6 * line.size
    return False


def _would_fit(line: Line, before: Line, right: float) -> bool:
    """Whether the first word of a line had room at the end of the one before: then its author broke there."""
    first, _, _ = line.text.partition(" ")
    letter = (line.x1 - line.x0) / max(1, len(line.text))
    return right - before.x1 > (len(first) + 2) * letter * 1.1


def _has_ended(text: str) -> bool:
    return not text[-1:].isalnum() and bool(_ENDED.search(text[-4:]))


def _begins_low(text: str) -> bool:
    return text[:1].islower()


def _is_item(paragraph: Paragraph) -> bool:
    text = paragraph.lines[0].text
    return not _is_wordy(text) and bool(_BULLET.match(text) or _DASH.match(text) or _NUMBERED.match(text))


def _is_wordy(text: str) -> bool:
    """Whether a text begins with letters that cannot be the mark of a list: told at once, for most lines."""
    return text[:4].isalpha() and text[4:5] not in {".", ")"}


def _kind(paragraph: Paragraph, style: BodyStyle) -> BlockKind:
    first = paragraph.lines[0]
    text = paragraph.text
    if _is_heading(paragraph, text, style):
        return BlockKind.HEADING
    if _BULLET.match(text) or (_DASH.match(text) and first.text[0] != "o") or _NUMBERED.match(text):
        return BlockKind.LIST_ITEM
    if _CAPTION.match(text) and len(paragraph.lines) <= 3:  # noqa: PLR2004
        return BlockKind.CAPTION
    return BlockKind.PARAGRAPH


def _is_heading(paragraph: Paragraph, text: str, style: BodyStyle) -> bool:
    first = paragraph.lines[0]
    if len(text) > LONGEST_HEADING or len(paragraph.lines) > MOST_HEADING_LINES or _BULLET.match(text):
        return False
    if first.table or not any(letter.isalpha() for letter in text):
        return False
    if first.size >= style.size * LARGER:
        return True
    if first.size < style.size * 0.95 or text[-1] in ".,;":
        return False
    if first.is_slanted and len(paragraph.lines) == 1 and len(text) <= LONGEST_SLANTED:
        return text[0].isupper() and text[-1] not in ":?!)"
    return first.is_bold and not style.is_bold


def _footnotes(found: list[Paragraph], style: BodyStyle, height: float) -> list[Paragraph]:
    """Return the last paragraphs of a column that are small print, from the mark of a note on."""
    first = len(found)
    for ordinal in reversed(range(len(found))):
        line = found[ordinal].lines[0]
        if line.table or line.size > style.size * SMALLER or line.top <= height / 2:
            break
        if _NOTE.match(found[ordinal].text):
            first = ordinal
    return found[first:]


def set_levels(paragraphs: list[Paragraph], style: BodyStyle) -> None:
    """Set the levels of headings by size, largest first, and of list items by indent."""
    headings = [paragraph for paragraph in paragraphs if paragraph.kind is BlockKind.HEADING]
    sizes = sorted({_rank(paragraph, style) for paragraph in headings}, reverse=True)
    for paragraph in headings:
        paragraph.level = sizes.index(_rank(paragraph, style)) + 1
    indents: list[float] = []
    for paragraph in paragraphs:
        if paragraph.kind is not BlockKind.LIST_ITEM:
            indents = []
            continue
        first = paragraph.lines[0]
        indents = [indent for indent in indents if indent < first.x0 - 0.5 * first.size]
        indents.append(first.x0)
        paragraph.level = len(indents)


def _rank(paragraph: Paragraph, style: BodyStyle) -> int:
    """Return a number that is higher for larger headings, and for upright ones of the same size."""
    first = paragraph.lines[0]
    size = round(first.size) if first.size >= style.size * LARGER else 0
    return 2 * size + (not first.is_slanted)


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph at the head of a page or column goes on from the one at the foot of the last."""
    if before.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} or after.kind is not BlockKind.PARAGRAPH:
        return False
    last, first = before.lines[-1], after.lines[0]
    if first.table or last.table:
        return False
    if _differ(last, first):
        return False
    if last.is_hyphenated or last.text.endswith(("-", ",")):
        return True
    if _has_ended(last.text):
        return False
    return _begins_low(first.text) or (len(before.lines) > 1 and last.x1 > before.x1 - 6 * last.size)
