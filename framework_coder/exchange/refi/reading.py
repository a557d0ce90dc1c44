"""Read a REFI-QDA project (.qdpx) into a bundle."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.formats import Options
from framework_coder.exchange.refi import own
from framework_coder.exchange.refi.container import Container
from framework_coder.exchange.refi.reading_cells import read_cells
from framework_coder.exchange.refi.reading_codes import read_codes, read_users
from framework_coder.exchange.refi.reading_codings import Passages
from framework_coder.exchange.refi.reading_notes import load_notes, read_notes, read_project_words, read_sets
from framework_coder.exchange.refi.reading_rest import read_rest
from framework_coder.exchange.refi.reading_sites import read_sites, read_variables, settle_sites
from framework_coder.exchange.refi.reading_sources import bundle_source, read_sources
from framework_coder.exchange.refi.study import Reading
from framework_coder.exchange.refi.wording import ORIGIN, REGISTER
from framework_coder.exchange.refi.xml import PROJECT, Document, read_xml
from framework_coder.model.codebook import CodebookError


class InvalidFileError(BadInputError):
    """A file that breaks the schema, where the user asked to be strict."""

    def __init__(self, name: str, document: Document) -> None:
        first = "; ".join(str(violation) for violation in document.violations[:3])
        count = len(document.violations)
        super().__init__(
            f"{name} breaks the schema of the standard in {count} places ({first}); without --strict it is "
            "imported as far as it goes."
        )


def read_project(path: Path, options: Options) -> Bundle:
    """Return what a project holds; raises BadContainerError, BadXmlError or InvalidFileError."""
    container = Container(path)
    try:
        return _read(container, options, with_note=True)
    except _DAMAGED:
        bundle = _read(container, options, with_note=False)
        bundle.lose("framework note", "is damaged, and was left out")
        return bundle


_DAMAGED = (KeyError, ValueError, TypeError, AttributeError, IndexError, CodebookError)
"""What a framework note that is not as we wrote it leads to."""


def _read(container: Container, options: Options, *, with_note: bool) -> Bundle:
    name = container.path.name
    document = read_xml(container.read_project(), name, PROJECT)
    root = document.root
    bundle = Bundle(name=" ".join((root.get("name") or "").split()), origin=root.get("origin") or "")
    judge(document, name, bundle, options)
    reading = Reading(container, root, options, bundle)
    reading.is_ours = bundle.origin.startswith(ORIGIN)
    if not bundle.name:
        reading.assume("projects without a name")
    if not bundle.origin:
        reading.assume("projects that do not say which tool wrote them")
    _read_all(reading, with_note=with_note)
    reading.tell_assumptions()
    return bundle


def judge(document: Document, name: str, bundle: Bundle, options: Options) -> None:
    """Tell what was odd about the XML; refuse it where it breaks the schema and the user is strict."""
    if document.violations and options.get("strict"):
        raise InvalidFileError(name, document)
    for violation in document.violations:
        bundle.choices.append(f"Against the schema: {violation}.")
    if document.replaced:
        bundle.lose("characters", "that XML forbids became \ufffd", document.replaced)
    if document.namespaces != (PROJECT,) and document.root.tag == "Project":
        bundle.choices.append(f"Namespaces: {', '.join(space or 'none' for space in document.namespaces)}.")


def _read_all(reading: Reading, *, with_note: bool) -> None:
    """Read everything, in an order in which each part finds what it refers to."""
    bundle = reading.bundle
    read_users(reading)
    read_codes(reading, reading.root.find("CodeBook/Codes"))
    load_notes(reading)
    note = own.find_framework(reading)
    if not with_note:
        note = None
    if note is not None:
        own.restore_themes(reading, note)
    read_variables(reading)
    read_sources(reading)
    passages = Passages(reading)
    passages.read()
    read_sites(reading)
    passages.settle_regions()
    settle_sites(reading)
    passages.settle_codings({} if note is None else note["codings"])
    bundle.sources = [bundle_source(reading, source) for source in reading.sources.values()]
    if note is not None:
        own.restore_frame(reading, note)
        bundle.sources = [own.restore_source(reading, source, note) for source in bundle.sources]
        own.restore_codings(reading, note)
        own.restore_analysis(reading, note)
    else:
        _read_register(reading)
        read_cells(reading)
        read_project_words(reading)
    read_notes(reading)
    read_sets(reading)
    read_rest(reading)
    bundle.memos = [own.restore_memo(reading, memo, note) for memo in bundle.memos]


def _read_register(reading: Reading) -> None:
    """Take the register of sources from their variables, in a project that was written here."""
    if not reading.is_ours:
        return
    sources = []
    for source in reading.bundle.sources:
        values = reading.source_values[source.key]
        said: dict[str, Any] = {
            name: values[variable] for variable, name in REGISTER.items() if variable in values
        }
        listed: dict[str, Any] = {
            name: tuple(part.strip() for part in said.pop(name).split(";") if part.strip())
            for name in ("informants", "authors")
            if name in said
        }
        sources.append(replace(source, **said, **listed))
    reading.bundle.sources = sources
