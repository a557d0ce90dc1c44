"""Walk a Word story (body, cell, note, header, text box) and return its paragraphs and tables in order."""

from collections.abc import Iterator

from framework_coder.readers.word_inline import Inline, tick
from framework_coder.readers.word_names import (
    ALTERNATE,
    CHECKBOX,
    CHOICE,
    FALLBACK,
    PARAGRAPH_PROPERTIES,
    RELATION_ID,
    RUN_PROPERTIES,
    first_child,
    is_on,
    value,
    w,
    whole_number,
)
from framework_coder.readers.word_styles import Styles
from framework_coder.readers.word_tree import Cell, Chunk, Element, LeftOut, Paragraph, Story, Table

_P, _TBL, _TR, _TC, _SDT, _CHUNK = map(w, ("p", "tbl", "tr", "tc", "sdt", "altChunk"))
_RANGES = frozenset({w("commentRangeStart"), w("commentRangeEnd")})
_PASSED = frozenset({w("del"), w("moveFrom")})
_WRAPPERS = frozenset(map(w, ("ins", "moveTo", "customXml", "smartTag", "sdtContent")))


class Body:
    """Reads stories; what is left out is counted in `left_out`."""

    def __init__(self, styles: Styles, left_out: LeftOut) -> None:
        self.left_out = left_out
        self._inline = Inline(styles, left_out, self.read)

    def read(self, story: Element) -> Story:
        """Return the items of a story; a paragraph that has no end of its own runs on into the next."""
        items: Story = []
        open_paragraph: Paragraph | None = None
        marks: list[str] = []
        for element in _blocks(story, self.left_out):
            if element.tag in _RANGES:
                marks += _unplaced_marks(element, items)
                continue
            if element.tag == _P:
                paragraph = self._inline.read(element)
                paragraph.marks.extend((comment, 0) for comment in marks)
                marks = []
                if open_paragraph is not None:
                    open_paragraph.absorb(paragraph)
                    open_paragraph.role = paragraph.role
                    paragraph = open_paragraph
                else:
                    items.append(paragraph)
                open_paragraph = paragraph if _runs_on(element) else None
                continue
            open_paragraph = None
            if element.tag == _TBL:
                items.append(Table(list(self._rows(element))))
            elif element.tag == _SDT:
                items.append(Paragraph([tick(element.find(f"{w('sdtPr')}/{CHECKBOX}"))]))
            else:
                items.append(Chunk(str(element.get(RELATION_ID))))
        return items

    def _rows(self, table: Element) -> Iterator[list[Cell]]:
        """Yield the rows of a table, deleted ones passed over."""
        for row in _within(table, _TR):
            properties = first_child(row, w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                self.left_out.counts["tracked_changes"] += 1
                continue
            yield list(self._cells(row))

    def _cells(self, row: Element) -> Iterator[Cell]:
        """Yield the cells of a row with their grid column; what continues a merged cell only with text."""
        column = 1 + whole_number(value(row, "trPr", "gridBefore"))
        for cell in _within(row, _TC):
            properties = first_child(cell, w("tcPr"))
            if properties is not None and properties.find(w("cellDel")) is not None:
                self.left_out.counts["tracked_changes"] += 1
            else:
                story = [] if self._is_unanswered(cell) else self.read(cell)
                found = Cell(column, story)
                if not _is_merged_away(properties) or found.text:
                    yield found
            column += max(1, whole_number(value(cell, "tcPr", "gridSpan"), 1))

    def _is_unanswered(self, cell: Element) -> bool:
        """Whether a cell is a content control that still shows its prompt."""
        wrapper = cell.getparent()
        properties = wrapper.getparent().find(w("sdtPr")) if wrapper.tag == w("sdtContent") else None
        if properties is None or not is_on(properties, "showingPlcHdr"):
            return False
        self.left_out.counts["placeholders"] += 1
        return True


def _blocks(parent: Element, left_out: LeftOut) -> Iterator[Element]:
    """Yield paragraphs, tables, chunks, tick boxes and comments' ends, looking through what wraps them."""
    for child in parent:
        tag = child.tag
        if tag in {_P, _TBL, _CHUNK} or tag in _RANGES:
            yield child
        elif tag == _SDT:
            yield from _control_blocks(child, left_out)
        elif tag in _WRAPPERS:
            yield from _blocks(child, left_out)
        elif tag == ALTERNATE:
            chosen = child.find(CHOICE)
            chosen = chosen if chosen is not None else child.find(FALLBACK)
            yield from _blocks(chosen, left_out) if chosen is not None else ()


def _control_blocks(control: Element, left_out: LeftOut) -> Iterator[Element]:
    """Yield the blocks of a content control; a prompt that nobody answered is left out."""
    properties = control.find(w("sdtPr"))
    if properties is not None and properties.find(CHECKBOX) is not None:
        yield control
        return
    if properties is not None and is_on(properties, "showingPlcHdr"):
        left_out.counts["placeholders"] += 1
        return
    content = control.find(w("sdtContent"))
    if content is not None:
        yield from _blocks(content, left_out)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, looking through content controls and markup."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS or child.tag == _SDT:
            yield from _within(child, tag)


def _unplaced_marks(element: Element, items: Story) -> list[str]:
    """Place the end of a comment's range between paragraphs; return what the next paragraph has."""
    comment = str(element.get(w("id")))
    last = items[-1] if items else None
    if element.tag == w("commentRangeStart") or not isinstance(last, Paragraph):
        return [comment]
    last.marks.append((comment, last.length))
    return []


def _runs_on(paragraph: Element) -> bool:
    """Whether a paragraph joins the next: its end was deleted, or it is that one's large first letter."""
    properties = first_child(paragraph, PARAGRAPH_PROPERTIES)
    if properties is None:
        return False
    frame = first_child(properties, w("framePr"))
    if frame is not None and frame.get(w("dropCap"), "none") != "none":
        return True
    mark = first_child(properties, RUN_PROPERTIES)
    return mark is not None and any(item.tag in _PASSED for item in mark)


def _is_merged_away(properties: Element | None) -> bool:
    """Whether a cell only continues the one above or before it."""
    if properties is None:
        return False
    for name in ("vMerge", "hMerge"):
        merge = first_child(properties, w(name))
        if merge is not None and merge.get(w("val"), "continue") == "continue":
            return True
    return False
