"""Write a bundle as a REFI-QDA project (.qdpx)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from framework_coder import __version__
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.formats import Options
from framework_coder.exchange.refi.dialects import choose_dialect
from framework_coder.exchange.refi.names import Names
from framework_coder.exchange.refi.outgoing import Outgoing, Words
from framework_coder.exchange.refi.wording import ORIGIN
from framework_coder.exchange.refi.writing_codes import CodeWriting
from framework_coder.exchange.refi.writing_notes import find_notes, write_links, write_notes, write_sets
from framework_coder.exchange.refi.writing_passages import put_passages
from framework_coder.exchange.refi.writing_rest import list_told, write_rest
from framework_coder.exchange.refi.writing_sources import write_sources
from framework_coder.exchange.refi.writing_study import Writing, add
from framework_coder.exchange.refi.writing_values import write_cases, write_variables
from framework_coder.exchange.refi.xml import PROJECT, find_violations
from framework_coder.model.codings import CodingState

LEFT = "The journal, saved reports and settings stay behind, as in every REFI-QDA file."


class InvalidExportError(AssertionError):
    """What would be written breaks the schema: a fault of this program."""


def write_project(bundle: Bundle, path: Path, options: Options) -> list[Loss]:
    """Write the project; it is checked against the schema of the standard before the file is whole."""
    dialect = choose_dialect(str(options.get("dialect") or ""))
    with Outgoing(path) as out:
        root = etree.Element("Project")
        writing = Writing(
            bundle,
            root,
            out,
            Words(bundle),
            Names(bundle),
            dialect,
            has_note=options.get("framework_note") is not False,
        )
        _write_all(writing)
        out.put("project.qde", seal(root, PROJECT, writing.passages))
    bundle.choices += [str(dialect), LEFT]
    _tell(writing)
    return []


def seal(root: Any, schema: str, passages: Sequence[str] = ()) -> bytes:
    """Return the XML of a tree and its passages, checked as it will be read; raises InvalidExportError."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root.tag} xmlns="{schema}"'.encode()
    bare: bytes = etree.tostring(root, encoding="UTF-8")
    content = head + put_passages(bare.removeprefix(f"<{root.tag}".encode()), passages)
    found = list(
        find_violations(etree.fromstring(content, etree.XMLParser(huge_tree=True, collect_ids=False)), schema)
    )
    if found:
        raise InvalidExportError(str(found[0]))
    return content


def _write_all(writing: Writing) -> None:
    root, bundle, words = writing.root, writing.bundle, writing.words
    root.set("name", words.name(bundle.name) or "Untitled study")
    root.set("origin", f"{ORIGIN} {__version__}")
    _write_users(writing)
    if len(bundle.codebook):
        codes = CodeWriting(bundle, writing.words, writing.names.of)
        codes.write(add(add(root, "CodeBook"), "Codes"))
        if not writing.has_note:
            codes.lose_matching()
        writing.elements |= {("theme", theme): element for theme, element in codes.elements.items()}
    write_variables(writing)
    cases = add(root, "Cases")  # filled last: which passages are whose is known when sources are written
    sources = add(root, "Sources")
    writing.told = list_told(bundle.rest)
    writing.notes_on = find_notes(writing)
    write_sources(writing, sources)
    write_cases(writing, cases)
    write_notes(writing)
    write_links(writing)
    write_sets(writing)
    write_rest(writing)
    if bundle.brief:
        add(root, "Description").text = words.clean(bundle.brief)
    for wrapper in list(root):
        if not len(wrapper) and wrapper.tag != "Description":
            root.remove(wrapper)


def _write_users(writing: Writing) -> None:
    users = add(writing.root, "Users")
    for name in writing.list_coders():
        initials = "".join(word[0] for word in name.split()[:3]).upper()
        shown = writing.words.name(name)
        add(users, "User", guid=writing.names.of("coder", name), name=shown, id=writing.words.name(initials))


def _tell(writing: Writing) -> None:
    """Tell what the format could not hold."""
    bundle = writing.bundle
    waiting = sum(coding.state is not CodingState.ACCEPTED for coding in bundle.codings)
    if waiting:
        place = "stand in the framework note only" if writing.has_note else "stayed behind"
        bundle.lose("codings", f"are proposed or rejected, not accepted, and {place}", waiting)
    if writing.astral:
        bundle.choices.append(
            f"Warning: {writing.astral} texts have characters (emoji, rare scripts) that NVivo counts twice "
            "and others once. MAXQDA, QualCoder and ATLAS.ti: as the standard says; NVivo: --dialect nvivo."
        )
    if writing.has_note:
        return
    for kind, things in (
        ("coverage", bundle.coverage),
        ("marks", bundle.not_applicable),
        ("plan", bundle.plan),
        ("separations", bundle.separations),
        ("framework versions", bundle.versions),
        ("decisions", [claim for claim in bundle.claims if claim.decision]),
        ("member checks", [claim for claim in bundle.claims if claim.member_check]),
        ("convergence", [claim for claim in bundle.claims if claim.convergences]),
        ("values", [claim for claim in bundle.claims if claim.values]),
    ):
        if things:
            bundle.lose(kind, "stayed behind without the framework note", len(things))
