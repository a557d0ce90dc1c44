"""Notes, links and sets: memos, cells, findings, and the framework note."""

from typing import Any

from framework_coder.exchange.bundle import BundledClaim, BundledMemo, BundledTarget
from framework_coder.exchange.refi.matrix_note import pack_note
from framework_coder.exchange.refi.reading_cells import name_cell, name_evidence, write_claims
from framework_coder.exchange.refi.wording import (
    ABOUT,
    CODING_MEMO,
    DERIVED,
    FINDING,
    MATRIX_SET,
    METHOD_SET,
    NOTE_NAME,
    SITE_SET,
    TO_SITE,
    TO_THEME,
)
from framework_coder.exchange.refi.writing_rest import is_told_elsewhere
from framework_coder.exchange.refi.writing_study import Writing, add, is_set, moment
from framework_coder.model.codings import CodingState

_FOLLOWERS = {"VariableValue", "Code"}
"""What comes after references to notes in the elements that can have them."""


def find_notes(writing: Writing) -> dict[str, list[str]]:
    """Return the notes on each coding, whose references are written with it, before the notes are."""
    sources = {source.key for source in writing.bundle.sources}
    written = [c for c in writing.bundle.codings if c.state is CodingState.ACCEPTED and c.source in sources]
    found = {c.key: [writing.names.of("coding memo", c.key)] for c in written if c.memo}
    there = {coding.key for coding in written}
    for memo in writing.bundle.memos:
        for target in () if is_told_elsewhere(writing, memo) else memo.targets:
            if target.coding in there and not (target.site or target.theme or target.source):
                found.setdefault(target.coding, []).append(_name(writing, memo))
    return found


def write_notes(writing: Writing) -> None:
    """Write memos, cells, findings, and what only this program understands."""
    notes = add(writing.root, "Notes")
    for coding in writing.bundle.codings:
        if coding.memo and coding.key in writing.selections:
            guid = writing.names.of("coding memo", coding.key)
            _write_note(writing, notes, guid, f"{CODING_MEMO}{coding.quote[:40]}", coding.memo, coding.coder)
    _write_cells(writing, notes)
    for finding in writing.bundle.findings:
        guid = writing.names.of("finding", finding.key)
        said = "\n\n".join(filter(None, (finding.statement, finding.comment)))
        _write_note(writing, notes, guid, f"{FINDING}{finding.statement[:60]}", said, finding.author)
        _link_finding(writing, guid, [claim for claim, _, _ in finding.claims])
    for memo in writing.bundle.memos:
        if not is_set(memo) and not is_told_elsewhere(writing, memo):
            _write_memo(writing, notes, memo)
    if writing.has_note:
        cells = {
            guid: (writing.names.of("site", site), writing.names.of("theme", theme))
            for (site, theme), guid in writing.cells.items()
        }
        said = pack_note(writing.bundle, writing.names.of, cells, writing.texts)
        _write_note(writing, notes, writing.names.of("note", "framework"), NOTE_NAME, said, "")


def _write_note(
    writing: Writing, notes: Any, guid: str, name: str, text: str, author: str, made_on: str = ""
) -> None:
    writing.out.put(f"sources/{guid}.txt", writing.words.clean(text).encode())
    add(
        notes,
        "Note",
        guid=guid,
        name=writing.words.name(name),
        plainTextPath=f"internal://{guid}.txt",
        creatingUser=writing.coder(author),
        creationDateTime=moment(made_on),
    )


def _refer(element: Any, note: str) -> None:
    """Attach a note to an element, where the schema wants it."""
    place = next((n for n, child in enumerate(element) if child.tag in _FOLLOWERS), len(element))
    reference = add(element, "NoteRef", targetGUID=note)
    element.insert(place, reference)


def _write_cells(writing: Writing, notes: Any) -> None:
    """Write a note for each cell with claims, linked to its site, its theme and its passages."""
    book = writing.bundle.codebook
    sites = {site.key: site.name for site in writing.bundle.sites}
    cells: dict[tuple[str, str], list[BundledClaim]] = {}
    for claim in writing.bundle.claims:
        cells.setdefault((claim.site, claim.theme), []).append(claim)
    for (site, theme), claims in cells.items():
        guid = writing.names.of("cell", f"{site} {theme}")
        writing.cells[site, theme] = guid
        name = name_cell(sites.get(site, site), book.path(theme))
        _write_note(writing, notes, guid, name, write_claims(claims), claims[0].author)
        writing.link(TO_SITE, guid, writing.names.of("site", site), "")
        writing.link(TO_THEME, guid, writing.names.of("theme", theme), "")
        for number, claim in enumerate(claims, start=1):
            for link in claim.evidence:
                if link.coding in writing.selections:
                    selection = writing.selections[link.coding]
                    writing.link(name_evidence(number, link), guid, selection, link.coding)


def _link_finding(writing: Writing, guid: str, claims: list[str]) -> None:
    cells = {claim.key: (claim.site, claim.theme) for claim in writing.bundle.claims}
    for cell in dict.fromkeys(cells[claim] for claim in claims if claim in cells):
        writing.link(ABOUT, guid, writing.cells[cell], "")


def _name(writing: Writing, memo: BundledMemo) -> str:
    """Return the GUID of the note of a memo: its own anew, where it was that of what the memo told of."""
    guid = writing.names.of("memo", memo.key)
    return writing.names.of("memo note", memo.key) if guid in writing.told else guid


def _write_memo(writing: Writing, notes: Any, memo: BundledMemo) -> None:
    guid = _name(writing, memo)
    name = f"[{memo.kind.capitalize()}] {memo.title}" if memo.kind else memo.title
    _write_note(writing, notes, guid, name, memo.text, memo.author, memo.made_on)
    for number, target in enumerate(memo.targets):
        _attach(writing, guid, target, number)


def _attach(writing: Writing, note: str, target: BundledTarget, number: int) -> None:
    """Attach a memo by a reference where the schema has one, else by links."""
    for kind in ("theme", "source"):
        key = getattr(target, kind)
        if key and not target.site and (kind, key) in writing.elements:
            _refer(writing.elements[kind, key], note)
            return
    if target.coding in writing.selections and not target.site:
        return  # its reference stands with the coding already
    claims = {claim.key: (claim.site, claim.theme) for claim in writing.bundle.claims if target.claim}
    if target.claim in claims:
        writing.link(ABOUT, note, writing.cells[claims[target.claim]], str(number))
    for kind in ("site", "theme", "finding"):
        if key := getattr(target, kind):
            writing.link(ABOUT, note, writing.names.of(kind, key), str(number))


def write_links(writing: Writing) -> None:
    """Write the links that were remembered, and which sources derive from which."""
    for source in writing.bundle.sources:
        for root in source.derived_from:
            ends = (writing.names.of("source", source.key), writing.names.of("source", root))
            writing.link(DERIVED, *ends, "")
    wrapper = add(writing.root, "Links")
    for link in writing.links:
        add(
            wrapper,
            "Link",
            guid=link["guid"],
            name=link["name"],
            direction="OneWay",
            originGUID=link["origin"],
            targetGUID=link["target"],
        )


def write_sets(writing: Writing) -> None:
    """Write sites and methods as sets of sources, the matrix as a set, and sets of other tools."""
    bundle, names = writing.bundle, writing.names
    wrapper = add(writing.root, "Sets")
    sources = writing.list_sources_by_site()
    for site in bundle.sites:
        _write_set(writing, wrapper, f"site {site.key}", f"{SITE_SET}{site.name}", sources[site.key])
    labels = {method.id: method.label for method in bundle.design.methods} if bundle.design else {}
    for method in dict.fromkeys(source.method for source in bundle.sources if source.method):
        members = [source.key for source in bundle.sources if source.method == method]
        _write_set(writing, wrapper, f"method {method}", f"{METHOD_SET}{labels.get(method, method)}", members)
    if writing.cells:
        matrix = add(
            wrapper,
            "Set",
            guid=names.of("set", "matrix"),
            name=writing.words.name(f"{MATRIX_SET}{bundle.name or 'matrix'}"),
        )
        for theme in dict.fromkeys(theme for _, theme in writing.cells):
            add(matrix, "MemberCode", targetGUID=names.of("theme", theme))
        for guid in writing.cells.values():
            add(matrix, "MemberNote", targetGUID=guid)
    for memo in bundle.memos:
        if is_set(memo):
            _write_foreign_set(writing, wrapper, memo)


def _write_set(writing: Writing, wrapper: Any, key: str, name: str, members: list[str]) -> None:
    if members:
        each = add(wrapper, "Set", guid=writing.names.of("set", key), name=writing.words.name(name))
        for member in members:
            add(each, "MemberSource", targetGUID=writing.names.of("source", member))


def _write_foreign_set(writing: Writing, wrapper: Any, memo: BundledMemo) -> None:
    guid = writing.names.of("memo", memo.key)
    each = add(wrapper, "Set", guid=guid, name=writing.words.name(memo.title) or "Unnamed")
    if memo.text:
        add(each, "Description").text = writing.words.clean(memo.text)
    for tag, kind in (("MemberCode", "theme"), ("MemberSource", "source")):
        for target in memo.targets:
            if key := getattr(target, kind):
                add(each, tag, targetGUID=writing.names.of(kind, key))
