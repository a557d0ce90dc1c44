"""Open the zip container of an office file safely: limits first, names never used as paths, no entities."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from posixpath import join, normpath
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from framework_coder.readers.refusals import (
    DamagedFileError,
    EncryptedFileError,
    OversizedFileError,
    SuspiciousFileError,
)

MOST_ENTRIES = 10_000
MOST_UNPACKED = 400_000_000
MOST_XML = 64_000_000
MOST_TAGS = 3_000_000
"""Marks `<` in one XML part: with the limits above, a tree stays under 1 GB."""
HIGHEST_RATIO = 200
"""Unpacked to packed size of a part over `SMALL_PART` bytes; office files stay under 40."""
SMALL_PART = 5_000_000

_ENTRY_SIGNATURE = b"PK\x01\x02"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
    b"drawingml/diagram": b"http://schemas.openxmlformats.org/drawingml/2006/diagram",
    b"drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A part's link to another part, or to something outside the file that is never fetched."""

    kind: str
    target: str
    is_external: bool


class Package:
    """The parts of an office file; raises `UnreadableFileError` where they are damaged or over a limit."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        if content.count(_ENTRY_SIGNATURE) > MOST_ENTRIES:
            raise SuspiciousFileError(path, f"it holds more than {MOST_ENTRIES:,} parts")
        try:
            self._zip = ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except (BadZipFile, ValueError, EOFError, NotImplementedError, OSError) as error:
            raise DamagedFileError(path, "its container can not be opened") from error
        self._entries = {entry.filename.lower().lstrip("/"): entry for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise EncryptedFileError(path, "the program that made it")
        self._refuse_bombs()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._entries)

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None where there is no such part."""
        entry = self._entries.get(name.lower().lstrip("/"))
        if entry is None:
            return None
        try:
            return self._zip.read(entry)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise DamagedFileError(self.path, f"its part {name} can not be unpacked") from error

    def xml(self, name: str, prune: Callable[[bytes], bytes] | None = None) -> Any | None:
        """Return the root element of an XML part, or None where there is no such part.

        Strict OOXML namespaces are turned into the usual ones, so that readers know one set of names.
        `prune` may take out elements that nobody asks about, where parsing them would cost most of the time.
        """
        content = self.part(name)
        if content is None or not content.strip():
            return None
        content = prune(content) if prune else content
        if len(content) > MOST_XML or content.count(b"<") > MOST_TAGS:
            raise OversizedFileError(self.path, f"its part {name} has {len(content):,} bytes of XML")
        if b"purl.oclc.org/ooxml/" in content:
            content = _STRICT.sub(_transitional, content)
        return parse_xml(self.path, name, content)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the links of a part by their id; `name` is empty for those of the package itself."""
        folder, _, leaf = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
        if root is None:
            return {}
        return {
            str(item.get("Id")): Relation(
                kind=str(item.get("Type", "")).rpartition("/")[2],
                target=_resolve(folder, str(item.get("Target", ""))),
                is_external=item.get("TargetMode") == "External",
            )
            for item in root.iter(_RELATION)
        }

    def _refuse_bombs(self) -> None:
        """Refuse by the sizes that the container declares; unpacking never yields more than is declared."""
        total = 0
        for entry in self._entries.values():
            total += entry.file_size
            if entry.file_size > SMALL_PART and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
                raise SuspiciousFileError(
                    self.path, f"{entry.filename} unpacks to {entry.file_size:,} bytes, like a zip bomb"
                )
        if total > MOST_UNPACKED:
            raise OversizedFileError(self.path, f"it unpacks to {total:,} bytes")


def parse_xml(path: Path, name: str, content: bytes) -> Any:
    """Return the root of an XML document without entities or network; raises `UnreadableFileError`."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise SuspiciousFileError(path, f"its part {name} declares XML entities")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFileError(path, f"its part {name} is not well-formed") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SuspiciousFileError(path, f"its part {name} declares XML entities")
    return root


def _resolve(folder: str, target: str) -> str:
    """Return a link's target as the name of a part; such a name is looked up, never opened as a path."""
    return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _transitional(found: re.Match[bytes]) -> bytes:
    """Return the usual namespace for a strict one; one that no reader asks about stays."""
    return _TRANSITIONAL.get(found[1] + b"/" + found[2], found[0])
