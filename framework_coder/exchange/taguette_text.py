"""The text of a Taguette document: its HTML's text nodes, counted as Taguette counts them, set in blocks."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framework_coder.exchange.carrying import Carried, Carrier
from framework_coder.exchange.layout import Stretch, lay_out
from framework_coder.model.sources import BlockKind, ReadWarning, SourceText
from framework_coder.readers.webpage import refuse_bombs

MEDIA_TYPE = "text/html"

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "td": BlockKind.TABLE_CELL,
    "th": BlockKind.TABLE_CELL,
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
}
_OTHER_BLOCKS = (
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form header hr "
    "main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_BLOCKS = {*_OTHER_BLOCKS.split(), *_HEADINGS, *_KINDS}
_NOT_TEXT = frozenset({"script", "style", "template", "noscript", "iframe", "object"})
_FLAT = str.maketrans("\n\r\t\f", "    ")


@dataclass(frozen=True)
class Document:
    """A document as it is stored here; `left_out` counts passages that are no text (scripts, styles)."""

    carried: Carried
    stretches: tuple[Stretch, ...]
    content: bytes
    left_out: int

    @property
    def lead(self) -> str:
        """The white space before the first letter, which not every parser counts."""
        raw = self.carried.raw
        return raw[: len(raw) - len(raw.lstrip(" \t\n\f"))]

    def source_text(self) -> SourceText:
        """Return the document as a source."""
        left_out = ReadWarning("scripts", "Scripts and styles were left out and not run.", self.left_out)
        return lay_out(
            self.carried.text,
            self.stretches,
            self.content,
            media_type=MEDIA_TYPE,
            reader="taguette",
            warnings=(*([left_out] if self.left_out else ()), *self.carried.cleaning.warnings()),
        )


def read_document(path: Path, html: str) -> Document:
    """Return the document of stored HTML; raises UnreadableFileError for HTML made to do harm.

    All text nodes count, one after the other, as in `textContent`. A block element begins a paragraph, which
    is set apart by a line feed that nobody counts; line breaks within a paragraph are spaces, as a browser
    shows them. Scripts and styles count but are no text.
    """
    content = html.encode("utf-8", "replace")
    refuse_bombs(path, content)
    walk = _Walk()
    walk.walk(parse(html))
    return Document(walk.carrier.finish(), tuple(walk.stretches), content, walk.left_out)


def text_of(html: str) -> str:
    """Return the text of a snippet of HTML."""
    return str(parse(html).text(deep=True)) if "<" in html or "&" in html else html


def parse(html: str) -> Any:
    """Return the body of a piece of HTML, white space at its beginning included."""
    from selectolax.lexbor import LexborHTMLParser

    one_form = html.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return LexborHTMLParser(f"<!DOCTYPE html><html><head></head><body><div>{one_form}").body


@dataclass
class _Walk:
    """Takes the text in, in document order, without recursion: pages may nest deeply."""

    carrier: Carrier = field(default_factory=Carrier)
    stretches: list[Stretch] = field(default_factory=list)
    left_out: int = 0
    _begun: int = 0
    _has_words: bool = False

    def walk(self, top: Any) -> None:
        stack: list[tuple[Any, tuple[str, ...], str]] = [(top.child, (), "")]
        while stack:
            node, within, leaving = stack.pop()
            if node is None:
                if leaving in _BLOCKS:
                    self._end_block((*within, leaving))
                continue
            stack.append((node.next, within, leaving))
            name = str(node.tag)
            if name == "-text":
                self._take(node.text_content or "", within if not leaving else (*within, leaving))
            elif name in _NOT_TEXT:
                self._pass_over(node)
            elif not name.startswith(("-", "!", "_")):
                inner = (*within, leaving) if leaving in _BLOCKS else within
                self._enter(name, inner)
                stack.append((node.child, inner, name))
        self._end_block(())

    def _enter(self, name: str, within: tuple[str, ...]) -> None:
        if name in _BLOCKS:
            self._end_block(within)
        elif name == "br" and self._has_words:
            self.carrier.insert("\n")

    def _take(self, text: str, within: tuple[str, ...]) -> None:
        if not text:
            return
        if "pre" in within or (not self._has_words and text.isspace()):
            self.carrier.take(text)
        else:
            self.carrier.take_as(text, text.translate(_FLAT))
        self._has_words = self._has_words or not text.isspace()

    def _pass_over(self, node: Any) -> None:
        text = node.text(deep=True) or ""
        self.carrier.drop(text)
        self.left_out += bool(text.strip())

    def _end_block(self, within: tuple[str, ...]) -> None:
        """Close the paragraph that is open; the innermost element that says so gives its kind."""
        if self._has_words:
            kind, level = _kind(within)
            self.stretches.append(Stretch(self._begun, self.carrier.length, kind, level))
            if not self.carrier.ends_line:
                self.carrier.insert("\n")
        self._begun, self._has_words = self.carrier.length, False


def _kind(within: tuple[str, ...]) -> tuple[BlockKind, int]:
    for name in reversed(within):
        if name in _HEADINGS:
            return BlockKind.HEADING, _HEADINGS[name]
        if name in _KINDS:
            kind = _KINDS[name]
            return kind, sum(each in {"ul", "ol"} for each in within) if name == "li" else 0
    return BlockKind.PARAGRAPH, 0
