"""Sources with their texts and originals."""

from hashlib import sha256
from typing import Any

from framework_coder.exchange.bundle import BundledCoding, BundledSource
from framework_coder.exchange.refi.matrix_note import pack_structure
from framework_coder.exchange.refi.outgoing import is_astral
from framework_coder.exchange.refi.writing_passages import write_passages
from framework_coder.exchange.refi.writing_study import Writing, add
from framework_coder.exchange.refi.writing_values import write_source_values
from framework_coder.model.codings import CodingState

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application/pdf"


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
    packed = source.pack()
    text = writing.words.text(packed.text)
    content = (text.replace("\n", "\r\n") if writing.dialect.writes_crlf else text).encode()
    writing.astral += is_astral(content)
    if writing.has_note:
        writing.texts[guid] = pack_structure(packed, text)
    is_pdf, is_word = packed.media_type == _PDF, packed.media_type == _DOCX
    name = writing.words.name(source.title) or source.ref or "Untitled"
    if is_pdf:
        out.put(f"sources/{guid}.pdf", source.original())
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
            out.put(f"sources/{guid}.docx", source.original(), is_packed=True)
        out.put(f"sources/{guid}.txt", content)
    write_passages(writing, holder, source, text, codings)
    writing.elements["source", source.key] = element
    write_source_values(writing, element, source)
    return is_pdf or is_word or packed.sha256 == sha256(content).hexdigest()
