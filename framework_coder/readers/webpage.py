"""Read web pages (.html): main text, and beside it what frames it, both in document order."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from framework_coder.model.sources import ReadWarning, SourceText
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.encodings import decode
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.refusals import OversizedFileError, SuspiciousFileError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

READER = "webpage 1"
MEDIA_TYPE = "text/html"
MOST_BYTES = 20_000_000
MOST_DEPTH = 1000
"""Browsers stop at 512 elements inside each other; a parser's time and memory grow with the square of it."""
MOST_WORK = 30_000_000
"""Elements times depth: what a page of unclosed elements can swell to."""
FEW_TAGS = 1000
MOST_ATTRIBUTES = 1000

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{2000,}")
_TAG = re.compile(rb"<(/?)([a-zA-Z]+)")
_UNNESTED = b"area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option"
_NOT_NESTING = frozenset(_UNNESTED.split())
_SENTENCES = {
    "embedded": "Embedded frames, films, sounds or programs were left out.",
    "hidden_text": "Passages that do not show when the page opens were kept as navigation.",
    "options": "Choices of drop-down lists that were not chosen were left out.",
    "pictures": "Pictures were left out; the words given for them are kept as captions.",
    "scriptless": "Passages for browsers without scripts or frames were left out.",
}


def read(path: Path, content: bytes, options: ReadOptions) -> SourceText:  # noqa: ARG001 - one signature for all
    """Return a web page as a source; raises `UnreadableFileError`."""
    return read_page(path, content, content)


def read_page(
    path: Path, content: bytes, page: bytes, *, declared: str = "", media_type: str = MEDIA_TYPE
) -> SourceText:
    """Return the web page `page` that was found in the file `content`; `declared` is its encoding."""
    refuse_bombs(path, page)
    found = _CHARSET.search(page[:4096])
    decoded = decode(page, declared or (found[1].decode("ascii", "replace") if found else ""))
    assembly = TextAssembly()
    from selectolax.lexbor import LexborHTMLParser

    from framework_coder.readers.webpage_head import read_head

    tree = LexborHTMLParser(decoded.text)
    write_page(assembly, tree)
    assembly.warnings.extend(decoded.warnings)
    return assembly.finish(content, media_type, READER, read_head(tree, decoded.text))


def write_page(assembly: TextAssembly, tree: "LexborHTMLParser") -> None:
    """Write the blocks of a parsed page into an assembly, and its warnings."""
    from framework_coder.readers.webpage_walk import Walk

    top = tree.body or tree.root
    if top is None:
        return
    walk = Walk(assembly, page_length=len(top.text(deep=True)))
    walk.walk(top)
    assembly.warnings.extend(
        ReadWarning(code, _SENTENCES[code], count) for code, count in sorted(walk.left_out.items()) if count
    )


def refuse_bombs(path: Path, page: bytes) -> None:
    """Refuse a page whose elements nest so deeply, or swell so much, that parsing would not end."""
    if len(page) > MOST_BYTES:
        raise OversizedFileError(path, f"its page has {len(page):,} bytes and the limit is {MOST_BYTES:,}")
    if any(len(tag.split()) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(page)):
        raise SuspiciousFileError(path, f"an element has more than {MOST_ATTRIBUTES:,} attributes")
    if page.count(b"<") < FEW_TAGS:
        return
    depth = deepest = opened = 0
    for end, name in _TAG.findall(page):
        if name.lower() in _NOT_NESTING:
            opened += 1
        elif end:
            depth = max(0, depth - 1)
        else:
            opened += 1
            depth += 1
            deepest = max(deepest, depth)
    if deepest > MOST_DEPTH or deepest * opened > MOST_WORK:
        raise SuspiciousFileError(path, f"its elements stand {deepest:,} deep inside each other")
