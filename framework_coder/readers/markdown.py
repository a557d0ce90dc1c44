"""Read Markdown (.md): headings, lists, tables, quotations, code; HTML inside as a page."""

import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from framework_coder.model.sources import BlockKind, Locator, Metadata, SourceText
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.encodings import decode
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.refusals import OversizedFileError, SuspiciousFileError
from framework_coder.readers.webpage import refuse_bombs, write_page

READER = "markdown 1"
MEDIA_TYPE = "text/markdown"

MOST_BYTES = 10_000_000
MOST_SIGNS = 20_000
"""The time to pair brackets and stars grows with the square of their number in one paragraph."""

_SIGN = re.compile(rb"[\[*_<`]")
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_TARGET = re.compile(r"\[(?!\^)[^\]]+\]:\s*(<|\S*[/.#:@])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_KNOWN = frozenset({"title", "author", "authors", "date", "lang", "language", "url"})
_DEEPEST = 10_000
"""Beyond its limit the parser drops text in silence; so high a limit makes it stop with an error instead."""


def read(path: Path, content: bytes, options: ReadOptions) -> SourceText:  # noqa: ARG001 - one signature for all
    """Return a Markdown file as a source; raises `UnreadableFileError`."""
    if len(content) > MOST_BYTES:
        raise OversizedFileError(path, f"it has {len(content):,} bytes and the limit is {MOST_BYTES:,}")
    if any(len(_SIGN.findall(passage)) > MOST_SIGNS for passage in _BLANK_LINE.split(content)):
        raise SuspiciousFileError(
            path, f"a paragraph has more than {MOST_SIGNS:,} signs of emphasis or links"
        )
    decoded = decode(content)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    metadata = _metadata(front[1]) if front else Metadata()
    assembly = TextAssembly()
    _Writing(assembly, path).write(_parser().parse(text[front.end() :] if front else text))
    assembly.warnings.extend(decoded.warnings)
    return assembly.finish(content, MEDIA_TYPE, READER, metadata)


def _parser() -> MarkdownIt:
    """Return a CommonMark parser that knows tables, and takes only addresses for the targets of links."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.block.ruler.at("reference", _read_target)
    return parser


def _read_target(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `[label]: address`; a footnote or a note of one word would be dropped as if it were one, too."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return _TARGET.match(line) is not None and reference(state, start, end, silent)


def _metadata(front: str) -> Metadata:
    """Return the metadata of a front matter: its simple `name: value` lines."""
    found = {
        match[1].lower(): match[2].strip().strip("\"'")
        for line in front.split("\n")
        if (match := _FIELD.match(line))
    }
    authors = re.split(r"[;,]", (found.get("author") or found.get("authors") or "").strip("[]"))
    return Metadata(
        title=found.get("title", ""),
        authors=tuple(name.strip().strip("\"'") for name in authors if name.strip()),
        created=found.get("date", "")[:10],
        language=found.get("lang") or found.get("language") or "",
        url=found.get("url", ""),
        other={name: text for name, text in found.items() if text and name not in _KNOWN},
    )


class _Writing:
    """Writes the tokens of one file as blocks."""

    def __init__(self, assembly: TextAssembly, path: Path) -> None:
        self._assembly = assembly
        self._path = path
        self._lists = self._tables = self._row = self._column = 0
        self._heading = 0
        self._starts_item = False
        self._pictures = 0

    def write(self, tokens: Sequence[Token]) -> None:
        """Write every token that holds text, in order."""
        for token in tokens:
            self._follow(token)
            if token.type == "inline":
                self._write_inline(token)
            elif token.type in {"fence", "code_block"}:
                self._assembly.add(token.content)
            elif token.type == "html_block":
                page = token.content.encode("utf-8", "replace")
                refuse_bombs(self._path, page)
                write_page(self._assembly, LexborHTMLParser(token.content))
        self._assembly.warn("pictures", "Pictures were left out; their words are kept.", self._pictures)

    def _follow(self, token: Token) -> None:
        """Keep count of where in headings, lists and tables the next text stands."""
        name = token.type
        if name == "heading_open":
            self._heading = int(token.tag[1:])
        elif name == "heading_close":
            self._heading = 0
        elif name in {"bullet_list_open", "ordered_list_open"}:
            self._lists += 1
        elif name in {"bullet_list_close", "ordered_list_close"}:
            self._lists -= 1
        elif name == "list_item_open":
            self._starts_item = True
        elif name == "table_open":
            self._tables += 1
            self._row = 0
        elif name == "tr_open":
            self._row += 1
            self._column = 0
        elif name in {"th_open", "td_open"}:
            self._column += 1
        elif name == "table_close":
            self._row = self._column = 0

    def _write_inline(self, token: Token) -> None:
        """Write the text of a heading, a paragraph, a list item or a cell."""
        text = self._plain(token.children or ())
        if self._heading:
            self._assembly.add(text, BlockKind.HEADING, level=self._heading)
        elif self._column:
            place = Locator(table=self._tables, row=self._row, column=self._column)
            self._assembly.add(text, BlockKind.TABLE_CELL, place)
        elif self._lists and self._starts_item:
            self._assembly.add(text, BlockKind.LIST_ITEM, level=self._lists)
        else:
            self._assembly.add(text)
        self._starts_item = False

    def _plain(self, children: Sequence[Token]) -> str:
        """Return inline tokens as text: links and emphasis in place, line ends that only wrap as spaces."""
        pieces = []
        for child in children:
            if child.type in {"text", "code_inline", "text_special"}:
                pieces.append(child.content)
            elif child.type == "softbreak":
                pieces.append(" ")
            elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.match(child.content)):
                pieces.append("\n")
            elif child.type == "image":
                self._pictures += 1
                pieces.append(self._plain(child.children or ()))
        return "".join(pieces)
