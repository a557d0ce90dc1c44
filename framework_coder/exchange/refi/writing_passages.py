"""Passages with the codings on them: nine tenths of a project file, and so written as text, not as a tree.

The tree holds a numbered processing instruction in their place until it is written. What comes out is
read and checked against the schema as a whole, like everything else.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lxml import etree

from framework_coder.exchange.bundle import BundledCoding, BundledSource
from framework_coder.exchange.refi.offsets import Newlines, count_units
from framework_coder.exchange.refi.writing_study import Writing, moment

_LONGEST_NAME = 60
_PLACE = "passages"
_PLACED = re.compile(rf"<\?{_PLACE} (\d+)\?>".encode())
_ESCAPES = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
}  # fmt: skip
_SPECIAL = re.compile('[&<>"\t\n\r]')

Place = tuple[int, int, str]
"""Start, end, and the site where the source has several."""


def write_passages(
    writing: Writing, holder: Any, source: BundledSource, text: str, codings: list[BundledCoding]
) -> None:
    """Write a selection for each range (and site, where the source has several), with all codings on it."""
    if not codings:
        return
    has_sites = len(source.sites) > 1
    found: dict[Place, list[BundledCoding]] = {}
    for coding in codings:
        found.setdefault((coding.start, coding.end, coding.site if has_sites else ""), []).append(coding)
    count = _counting(writing, text, codings)
    said: list[str] = []
    for place in sorted(found):
        said += _write_passage(writing, source.key, text, place, count, found[place])
    holder.append(etree.ProcessingInstruction(_PLACE, str(len(writing.passages))))
    writing.passages.append("".join(said))


def put_passages(content: bytes, passages: Sequence[str]) -> bytes:
    """Return the XML of a tree with the passages in their places."""
    return _PLACED.sub(lambda found: passages[int(found[1])].encode(), content)


def _counting(writing: Writing, text: str, codings: Iterable[BundledCoding]) -> Callable[[int], int]:
    """Return what tells the position of a code point as the dialect counts it."""
    dialect = writing.dialect
    if text.isascii() and not dialect.writes_crlf:
        return int
    newlines = dialect.convention.newlines if dialect.writes_crlf else Newlines.ONE
    ends = [position for coding in codings for position in (coding.start, coding.end)]
    return count_units(text, ends, dialect.convention.unit, newlines).__getitem__


def _write_passage(
    writing: Writing,
    source: str,
    text: str,
    place: Place,
    count: Callable[[int], int],
    codings: list[BundledCoding],
) -> list[str]:
    """Return the parts of the XML of a selection."""
    start, end, site = place
    names = writing.names
    guid = names.of_selection(f"{source} {start} {end} {site}", [coding.key for coding in codings])
    name = _shorten(writing.words.name(text[start : min(end, start + 4 * _LONGEST_NAME)]).strip())
    positions = f'startPosition="{count(start)}" endPosition="{count(end)}"'
    said = [
        f'<PlainTextSelection guid="{guid}"{_give("name", name)} {positions}{_made(writing, codings[0])}>'
    ]
    if site:
        writing.regions[site].append(guid)
    for coding in codings:
        writing.selections[coding.key] = guid
        notes = "".join(f'<NoteRef targetGUID="{note}"/>' for note in writing.notes_on.get(coding.key, ()))
        said.append(
            f'<Coding guid="{names.of("coding", coding.key)}"{_made(writing, coding)}>'
            f'<CodeRef targetGUID="{names.of("theme", coding.theme)}"/>{notes}</Coding>'
        )
    said.append("</PlainTextSelection>")
    return said


def _shorten(name: str) -> str:
    """Return a name that is not too long, with a sign where it was cut, so that readers know."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _made(writing: Writing, coding: BundledCoding) -> str:
    """Return who made a coding when, as attributes; most codings have them in common with many."""
    made = (coding.coder, coding.made_on)
    if made not in writing.made:
        who, day = _give("creatingUser", writing.coder(made[0])), _give("creationDateTime", moment(made[1]))
        writing.made[made] = who + day
    return writing.made[made]


def _give(attribute: str, value: str) -> str:
    """Return an attribute as XML, or nothing where it is empty."""
    if _SPECIAL.search(value):
        value = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], value)
    return f' {attribute}="{value}"' if value else ""
