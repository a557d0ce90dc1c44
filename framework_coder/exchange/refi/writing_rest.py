"""What came from another tool and has no place here goes back as it came, if what it names is there."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from framework_coder.exchange.bundle import BundledMemo, BundledRest
from framework_coder.exchange.refi.reading_rest import (
    AREAS,
    GRAPHS,
    LINKS,
    PATHS,
    SETS,
    SOURCES,
    is_valid,
)
from framework_coder.exchange.refi.writing_study import Writing, add

_ORDER = (SOURCES, AREAS, GRAPHS, LINKS)
_ENDS = ("originGUID", "targetGUID")
_PEOPLE = ("creatingUser", "modifyingUser")


def is_told_elsewhere(writing: Writing, memo: BundledMemo) -> bool:
    """Say whether a memo only tells of a link or an area, unchanged, that goes back itself."""
    said = writing.told.get(writing.names.of("memo", memo.key))
    return said is not None and said == memo.text


def list_told(parts: list[BundledRest]) -> dict[str, str]:
    """Return the texts of memos by the GUIDs of the links and areas that they tell of."""
    return {part.guid: part.said for part in parts if part.place in {AREAS, LINKS} and part.said}


def write_rest(writing: Writing) -> None:
    """Write the parts whose GUIDs are free and whose ends are there; tell of the others."""
    add(writing.root, GRAPHS)
    parts = writing.bundle.rest
    there = _list_written(writing) if parts else set()
    for place in _ORDER:
        for part in parts:
            if part.place == place and not _write_part(writing, part, there):
                told = "kept from another tool name things that are gone, and stayed behind"
                writing.bundle.lose(place.lower(), told)
    for part in parts:
        if part.place == SETS:
            _add_notes(writing, part, there)


def _list_written(writing: Writing) -> set[str]:
    """Return the GUIDs of everything that is written already."""
    there = {element.get("guid") for element in writing.root.iter() if element.get("guid")}
    there |= {*writing.selections.values()}
    return there | {writing.names.of("coding", key) for key in writing.selections}


def _write_part(writing: Writing, part: BundledRest, there: set[str]) -> bool:
    element = etree.fromstring(part.xml)
    own = {each.get("guid") for each in element.iter() if each.get("guid")}
    holder = _find_holder(writing, part)
    is_loose = part.place == LINKS and not all(element.get(end) in there for end in _ENDS)
    if holder is None or is_loose or own & there:
        return False
    _prune(writing, element, there | own)
    files = {name: content for name, load in part.files.items() if (content := load())}
    _drop_paths(element, files)
    if not is_valid(part.place, etree.tostring(element, encoding="unicode")):
        return False
    for name, content in files.items():
        writing.out.put(f"sources/{name}", content)
    holder.insert(0 if part.place == AREAS else len(holder), element)
    there |= own
    for guid in part.members_of:
        _join(writing, guid, part.guid)
    return True


def _find_holder(writing: Writing, part: BundledRest) -> Any:
    if part.place == AREAS:
        return _find(writing, ("PDFSource",), part.of)
    return writing.root.find(part.place)


def _find(writing: Writing, tags: tuple[str, ...], guid: str) -> Any:
    return next((each for each in writing.root.iter(*tags) if each.get("guid") == guid), None)


def _prune(writing: Writing, element: Any, there: set[str]) -> None:
    """Take out references to what is not there any more, with what means nothing without them."""
    lost = 0
    for part in list(element.iter()):
        for name in _PEOPLE:
            if part.get(name) not in {None, *there}:
                del part.attrib[name]
        if part.get("representedGUID") not in {None, *there}:
            del part.attrib["representedGUID"]
        if part is not element and part.get("targetGUID") not in {None, *there}:
            gone = part.getparent() if part.tag in {"CodeRef", "VariableRef"} else part
            lost += gone.tag == "Coding"
            if gone.getparent() is not None:
                gone.getparent().remove(gone)
    if lost:
        told = "on parts kept from another tool are at themes that are gone, and stayed behind"
        writing.bundle.lose("codings", told, lost)


def _drop_paths(element: Any, files: dict[str, bytes]) -> None:
    """Take out the paths to files that are gone."""
    for part in element.iter():
        for name in PATHS:
            path = part.get(name, "")
            if path.startswith("internal://") and path.removeprefix("internal://") not in files:
                del part.attrib[name]


def _join(writing: Writing, holder: str, source: str) -> None:
    """Let a case or a set that is there hold a source again, in the order of the schema."""
    found = _find(writing, ("Case", "Set"), holder)
    if found is not None:
        tag, later = ("SourceRef", "SelectionRef") if found.tag == "Case" else ("MemberSource", "MemberNote")
        reference = add(found, tag, targetGUID=source)
        _put_before(found, reference, later)


def _put_before(holder: Any, element: Any, later: str) -> None:
    place = next((n for n, child in enumerate(holder) if child.tag == later), None)
    if place is not None:
        holder.insert(place, element)


def _add_notes(writing: Writing, part: BundledRest, there: set[str]) -> None:
    """Let a set that is there hold its memos again."""
    found = _find(writing, ("Set",), part.guid)
    for note in _notes_of(part) if found is not None else ():
        if note in there:
            add(found, "MemberNote", targetGUID=note)


def _notes_of(part: BundledRest) -> Iterator[str]:
    return (member.get("targetGUID") for member in etree.fromstring(part.xml).iterfind("MemberNote"))
