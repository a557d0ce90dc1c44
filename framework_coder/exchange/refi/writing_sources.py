"""Sources with their texts, passages and codings."""

import re
from hashlib import sha256
from itertools import groupby
from typing import Any

from framework_coder.exchange.bundle import BundledCoding, BundledSource
from framework_coder.exchange.refi.matrix_note import pack_text
from framework_coder.exchange.refi.offsets import Newlines, count_units
from framework_coder.exchange.refi.writing_study import Writing, add, moment
from framework_coder.exchange.refi.writing_values import write_source_values
from framework_coder.model.codings import CodingState

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application/pdf"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LONGEST_NAME = 60


def write_sources(writing: Writing, sources: Any) -> None:
    """Write every source, one at a time."""
    by_source: dict[str, list[BundledCoding]] = {}
    for coding in writing.bundle.codings:
        if coding.state is CodingState.ACCEPTED:
            by_source.setdefault(coding.source, []).append(coding)
    other = 0
    for source in writing.bundle.sources:
        other += not _write_source(writing, sources, source, by_source.get(source.key, []))
    if other:
        told = "are neither Word nor PDF files; their texts went out, the files stayed behind"
        writing.bundle.lose("originals", told, other)


def _write_source(
    writing: Writing, sources: Any, source: BundledSource, codings: list[BundledCoding]
) -> bool:
    """Write a source; say whether nothing of its original stayed behind."""
    out, guid = writing.out, writing.names.of("source", source.key)
    loaded = source.load()
    text = writing.words.text(loaded.text)
    writing.astral += _ASTRAL.search(text) is not None if not text.isascii() else 0
    content = (text.replace("\n", "\r\n") if writing.dialect.writes_crlf else text).encode()
    if writing.has_note:
        writing.texts[guid] = pack_text(loaded, text)
    is_pdf, is_word = loaded.media_type == _PDF, loaded.media_type == _DOCX
    name = writing.words.name(source.title) or source.ref or "Untitled"
    original = source.original() if is_pdf or is_word else b""
    if is_pdf:
        out.put(f"sources/{guid}.pdf", original, is_packed=True)
        element = add(sources, "PDFSource", guid=guid, name=name, path=f"internal://{guid}.pdf")
        text_guid = writing.names.of("representation", source.key)
        place = f"internal://{text_guid}.txt"
        holder = add(element, "Representation", guid=text_guid, name=name, plainTextPath=place)
        out.put(f"sources/{text_guid}.txt", content)
    else:
        rich = f"internal://{guid}.docx" if is_word else ""
        place = f"internal://{guid}.txt"
        element = add(sources, "TextSource", guid=guid, name=name, richTextPath=rich, plainTextPath=place)
        holder = element
        if is_word:
            out.put(f"sources/{guid}.docx", original, is_packed=True)
        out.put(f"sources/{guid}.txt", content)
    _write_selections(writing, holder, source, text, codings)
    writing.elements["source", source.key] = element
    write_source_values(writing, element, source)
    return is_pdf or is_word or loaded.sha256 == sha256(content).hexdigest()


def _write_selections(
    writing: Writing, holder: Any, source: BundledSource, text: str, codings: list[BundledCoding]
) -> None:
    """Write a selection for each range (and site, where the source has several), with all codings on it."""
    counting = writing.dialect.convention
    is_plain = text.isascii() and not writing.dialect.writes_crlf
    ends = [position for coding in codings for position in (coding.start, coding.end)]
    if is_plain:
        places = {position: position for position in ends}
    elif writing.dialect.writes_crlf:
        places = count_units(text, ends, counting.unit, counting.newlines)
    else:
        places = count_units(text, ends, counting.unit, Newlines.ONE)
    has_sites = len(source.sites) > 1

    def place_of(coding: BundledCoding) -> tuple[int, int, str]:
        return coding.start, coding.end, coding.site if has_sites else ""

    for place, found in groupby(sorted(codings, key=place_of), key=place_of):
        _write_selection(writing, holder, source, text, (place, places), list(found))


def _write_selection(
    writing: Writing,
    holder: Any,
    source: BundledSource,
    text: str,
    placed: tuple[tuple[int, int, str], dict[int, int]],
    codings: list[BundledCoding],
) -> None:
    (start, end, site), places = placed
    guid = writing.names.of_selection(f"{source.key} {start} {end} {site}", [c.key for c in codings])
    name = writing.words.name(text[start : min(end, start + 4 * _LONGEST_NAME)])[:_LONGEST_NAME].strip()
    selection = add(
        holder,
        "PlainTextSelection",
        guid=guid,
        name=name,
        startPosition=str(places[start]),
        endPosition=str(places[end]),
        creatingUser=writing.coder(codings[0].coder),
        creationDateTime=moment(codings[0].made_on),
    )
    if site:
        writing.regions[site].append(guid)
    for coding in codings:
        element = add(
            selection,
            "Coding",
            guid=writing.names.of("coding", coding.key),
            creatingUser=writing.coder(coding.coder),
            creationDateTime=moment(coding.made_on),
        )
        add(element, "CodeRef", targetGUID=writing.names.of("theme", coding.theme))
        writing.elements["coding", coding.key] = element
        writing.selections[coding.key] = guid
