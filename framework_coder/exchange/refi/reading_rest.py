"""What a REFI-QDA project holds that has no place here, kept for the way back: media, links, graphs."""

import copy
from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from framework_coder.exchange.bundle import BundledRest
from framework_coder.exchange.refi.container import LARGEST_TEXT
from framework_coder.exchange.refi.study import Reading
from framework_coder.exchange.refi.wording import ABOUT, OWN_LINKS, fold
from framework_coder.exchange.refi.xml import PROJECT, find_violations

PATHS = ("path", "plainTextPath", "richTextPath")
_GUIDS = ("guid", "targetGUID", "originGUID", "representedGUID", "sourceVertex", "targetVertex")
_WHO = ("creatingUser", "modifyingUser")
AREAS, GRAPHS, LINKS, SETS, SOURCES = "Areas", "Graphs", "Links", "Sets", "Sources"


def read_rest(reading: Reading) -> None:
    """Keep what was passed over or became a memo only, as far as it follows the schema."""
    holders = _find_holders(reading)
    for place, element, of in _list_rest(reading):
        guid = fold(element.get("guid", ""))
        kept, files = _take(reading, element)
        xml = etree.tostring(kept, encoding="unicode", with_tail=False)
        if not guid or not is_valid(place, xml):
            told = "have no GUID or break the schema of the standard, and are not kept for an export"
            reading.bundle.lose(place.lower(), told)
        else:
            said = reading.told.get(guid, "")
            reading.bundle.rest.append(
                BundledRest(guid, place, xml, of, tuple(holders.get(guid, ())), said, files)
            )


def is_valid(place: str, xml: str) -> bool:
    """Say whether a part follows the schema where it will stand."""
    if place == AREAS:
        holder = '<PDFSource guid="00000000-0000-4000-8000-000000000000">'
        place, xml = SOURCES, f"{holder}{xml}</PDFSource>"
    whole = f'<Project xmlns="{PROJECT}" name="part"><{place}>{xml}</{place}></Project>'
    return not any(find_violations(etree.fromstring(whole), PROJECT))


def _list_rest(reading: Reading) -> Iterator[tuple[str, Any, str]]:
    """Yield the wrapper, the element, and the GUID of the source that it is a part of."""
    root = reading.root
    yield from ((SOURCES, element, "") for element in reading.left)
    yield from ((AREAS, element, key) for key, element in reading.areas)
    yield from ((GRAPHS, element, "") for element in root.iterfind("Graphs/Graph"))
    for link in root.iterfind("Links/Link"):
        if not (link.get("name") or "").startswith((*OWN_LINKS, ABOUT)):
            yield LINKS, link, ""
    for each in root.iterfind("Sets/Set"):
        if fold(each.get("guid", "")) in reading.told:
            yield SETS, each, ""


def _find_holders(reading: Reading) -> dict[str, list[str]]:
    """Return the cases and sets that hold each source which did not come in."""
    left = {fold(element.get("guid", "")) for element in reading.left}
    found: dict[str, list[str]] = {}
    for holder, member in (("Cases/Case", "SourceRef"), ("Sets/Set", "MemberSource")):
        for each in reading.root.iterfind(holder) if left else ():
            for reference in each.iterfind(member):
                if (guid := fold(reference.get("targetGUID", ""))) in left:
                    found.setdefault(guid, []).append(fold(each.get("guid", "")))
    return found


def _take(reading: Reading, element: Any) -> tuple[Any, dict[str, Any]]:
    """Return a copy with GUIDs in one form and no paths of a machine, and the files that it names."""
    kept = copy.deepcopy(element)
    files: dict[str, Any] = {}
    for part in kept.iter():
        for name in {*_GUIDS, *_WHO} & set(part.keys()):
            part.set(name, fold(part.get(name)))
        part.attrib.pop("currentPath", None)
        for name in PATHS:
            if part.get(name):
                _take_file(reading, part, name, files)
    return kept, files


def _take_file(reading: Reading, part: Any, attribute: str, files: dict[str, Any]) -> None:
    """Name the file of a path by the GUID of its element, as the standard asks; drop one without a file."""
    container, path = reading.container, part.get(attribute)
    found = container.find(path) if container is not None else None
    if container is None or found is None:
        if not path.startswith("relative:"):
            del part.attrib[attribute]
        reading.bundle.lose("files", "of parts kept for an export are not in the file")
        return
    if container.size(found) > LARGEST_TEXT:
        del part.attrib[attribute]
        reading.bundle.lose("files", f"are too large to be kept for an export: {path}")
        return
    name = f"{part.get('guid')}.{found.rpartition('.')[2]}"
    part.set(attribute, f"internal://{name}")
    files[name] = partial(container.read, found)
