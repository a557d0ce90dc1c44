"""Walk the elements of a web page in document order and write its blocks."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from framework_coder.model.sources import BlockKind, Locator
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.webpage_names import (
    APART,
    BLOCKS,
    HEADINGS,
    LISTS,
    NEVER_TEXT,
    NOT_TEXT,
    Attributes,
    is_hidden,
    opens_content,
    region,
)
from framework_coder.readers.webpage_tables import Grid, is_layout

_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_AROUND_BREAK = re.compile(r" *\n *")
_SPACES = re.compile(r" {2,}")
_FEWEST_LINKS = 3
_LINK_SHARE = 0.85
_MOST_LINK_LENGTH = 40
_MOST_OF_PAGE = 0.5


@dataclass(slots=True)
class Context:
    """What the element being walked stands in; a copy is made where an element changes it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marginal: BlockKind | None = None
    in_content: bool = False
    lists: int = 0
    grid: Grid | None = None
    in_cell: bool = False
    is_pre: bool = False


@dataclass(slots=True)
class Walk:
    """Writes a page's blocks into `assembly` and counts in `left_out` what it leaves out."""

    assembly: TextAssembly
    page_length: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    _pieces: list[str] = field(default_factory=list)
    _after: list[tuple[str, BlockKind]] = field(default_factory=list)
    _ends_apart: bool = False
    _tables: int = 0

    def walk(self, top: LexborNode) -> None:
        """Write everything below `top`, without recursion: pages may nest deeply."""
        stack: list[tuple[LexborNode | None, Context, str]] = [(top.child, Context(), "")]
        context = Context()
        while stack:
            node, context, tag = stack.pop()
            if node is None:
                self._leave(tag, context)
                continue
            stack.append((node.next, context, tag))
            name = str(node.tag)
            if name == "-text":
                self._write(node.text_content or "", context)
            elif not name.startswith(("-", "!")):
                inner = self._enter(node, name, context)
                if inner is not None:
                    stack.append((node.child, inner, name))
        self._flush(context)

    def _write(self, text: str, context: Context) -> None:
        """Take in text; white space counts only in preformatted text."""
        if not text:
            return
        self._pieces.append(text if context.is_pre else _SPACE.sub(" ", text))
        self._ends_apart = False

    def _enter(self, node: LexborNode, name: str, context: Context) -> Context | None:
        """Return the context inside an element, or None where its inside is not walked."""
        if name in NEVER_TEXT:
            return None
        if name in NOT_TEXT:
            self.left_out[NOT_TEXT[name]] += 1
            self._pieces.append(" ")
            return None
        if name == "br":
            self._pieces.append("\n")
            return None
        attributes = node.attributes
        if name == "img":
            self._pieces.append(" ")  # a picture keeps the words beside it apart
            self._enter_picture(attributes)
            return None
        if name in {"input", "select", "textarea"}:
            self._enter_field(node, name, attributes, context)
            return None
        if name in BLOCKS:
            self._flush(context)
        elif name in APART and self._ends_apart:
            self._pieces.append(" ")
        return self._inside(node, name, attributes, context)

    def _inside(self, node: LexborNode, name: str, attributes: Attributes, context: Context) -> Context:
        """Return the context inside an element that is walked."""
        changed = self._inside_region(node, name, attributes, context)
        if name in HEADINGS:
            return replace(changed, kind=BlockKind.HEADING, level=HEADINGS[name])
        if name in LISTS or name == "li":
            lists = changed.lists + (name in LISTS)
            kind = BlockKind.LIST_ITEM if name == "li" else changed.kind
            return replace(changed, kind=kind, level=max(1, lists), lists=lists)
        if name in {"caption", "figcaption"}:
            return replace(changed, kind=BlockKind.CAPTION)
        if name == "pre":
            return replace(changed, is_pre=True)
        if name == "table":
            return self._inside_table(node, attributes, changed)
        return self._inside_cell(name, attributes, changed)

    def _inside_cell(self, name: str, attributes: Attributes, changed: Context) -> Context:
        """Return the context inside a part of a table, or inside anything else that may be walked."""
        if name == "tr" and changed.grid is not None:
            changed.grid.start_row()
        if name in {"td", "th"} and changed.grid is not None:
            changed.grid.start_cell(attributes)
            return replace(changed, kind=BlockKind.TABLE_CELL, in_cell=True)
        if name == "button":
            return replace(changed, marginal=changed.marginal or BlockKind.NAVIGATION)
        return changed

    def _inside_table(self, node: LexborNode, attributes: Attributes, context: Context) -> Context:
        """Return the context inside a table; one that only lays out the page is not a table of the source."""
        if is_layout(node, attributes):
            return replace(context, grid=None, in_cell=False, kind=BlockKind.PARAGRAPH)
        self._tables += 1
        return replace(context, grid=Grid(self._tables), in_cell=False)

    def _inside_region(
        self, node: LexborNode, name: str, attributes: Attributes, context: Context
    ) -> Context:
        """Return the context with the part of the page that the element opens, a footer say."""
        if opens_content(name, attributes):
            return replace(context, in_content=True)
        if context.marginal is not None:
            return context
        if is_hidden(attributes):
            self.left_out["hidden_text"] += bool(node.text(deep=True, separator=" ").strip())
            return replace(context, marginal=BlockKind.NAVIGATION)
        kind, is_sure = region(name, attributes, in_content=context.in_content)
        if kind is None and name in LISTS and not context.in_content and context.grid is None:
            kind = BlockKind.NAVIGATION if _is_link_list(node) else None
        if kind is None or (not is_sure and self._is_most_of_page(node)):
            return context
        return replace(context, marginal=kind)

    def _is_most_of_page(self, node: LexborNode) -> bool:
        """Whether an element holds so much text that its name can not mean what it says."""
        return len(node.text(deep=True)) > self.page_length * _MOST_OF_PAGE

    def _enter_picture(self, attributes: Attributes) -> None:
        """Count a picture; what its author wrote in its place is kept as a caption."""
        self.left_out["pictures"] += 1
        words = (attributes.get("alt") or "").strip()
        if words:
            self._after.append((words, BlockKind.CAPTION))

    def _enter_field(self, node: LexborNode, name: str, attributes: Attributes, context: Context) -> None:
        """Write the value that a form field shows."""
        kind = (attributes.get("type") or "text").lower()
        if name == "input" and kind in {"checkbox", "radio"}:
            self._pieces.append("☒ " if "checked" in attributes else "☐ ")
            return
        if name == "input":
            shown = kind not in {"hidden", "submit", "button", "reset", "image", "password", "file"}
            value = attributes.get("value") or "" if shown else ""
        elif name == "textarea":
            value = node.text(deep=True)
        else:
            options = node.css("option")
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            value = ", ".join(option.text(deep=True).strip() for option in chosen)
            self.left_out["options"] += len(options) - len(chosen)
        if value.strip() and context.in_cell:
            self._pieces.append(f" {value} ")
        elif value.strip():
            self._flush(context)
            self.assembly.add(value, context.marginal or BlockKind.FORM_VALUE)

    def _leave(self, name: str, context: Context) -> None:
        """Close an element whose inside has been walked."""
        if name in {"td", "th"} and context.grid is not None and context.in_cell:
            self._flush(replace(context, in_cell=False), context.grid.place())
        elif name in BLOCKS:
            self._flush(context)
        self._ends_apart = name in APART

    def _flush(self, context: Context, place: Locator | None = None) -> None:
        """Write what has been taken in as a block; inside a cell a block only ends a line."""
        if context.in_cell and place is None:
            if self._pieces and self._pieces[-1] != "\n":
                self._pieces.append("\n")
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        if text and not text.isspace():
            if not context.is_pre:
                text = _one_spaced(text)
            kind = context.kind
            if context.marginal is not None and kind is not BlockKind.HEADING:
                kind = context.marginal
            level = context.level if kind in {BlockKind.HEADING, BlockKind.LIST_ITEM} else 0
            self.assembly.add(text, kind, place or Locator(), level=level)
        for words, kind in self._after:
            self.assembly.add(words, context.marginal or kind)
        self._after.clear()


def _one_spaced(text: str) -> str:
    """Return text with single spaces, and none beside its line breaks."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return _AROUND_BREAK.sub("\n", text) if "\n" in text else text


def _is_link_list(node: LexborNode) -> bool:
    """Whether a list is nearly all short links: a menu, though nothing says so."""
    links = [link.text(deep=True).strip() for link in node.css("a")]
    if len(links) < _FEWEST_LINKS or max(map(len, links)) > _MOST_LINK_LENGTH:
        return False
    whole = len("".join(node.text(deep=True).split()))
    return sum(len("".join(link.split())) for link in links) >= _LINK_SHARE * whole
