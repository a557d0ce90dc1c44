"""REFI-QDA as XML: read without entities, network or DTD, checked against the schemas of the standard."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

from framework_coder.errors import UnreadableFileError

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_SCHEMAS = {PROJECT: "Project.xsd", CODEBOOK: "Codebook.xsd"}

_PROLOGUE = re.compile(rb"(\s+|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE", re.DOTALL)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NEVER = bytes(range(9)) + b"\x0b\x0c" + bytes(range(0x0E, 0x20))
_NO_SIGNS = b"\xef\xbf\xbe", b"\xef\xbf\xbf"
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_INSTEAD = "\ufffd".encode()
_OTHERS = {"iso-8859-1": "cp1252", "windows-1252": "cp1252", "latin1": "cp1252", "utf-16": "utf-16"}
_LAST = 0x10FFFF


class BadXmlError(UnreadableFileError):
    """A project file or codebook that is not the XML it should be."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be imported: {reason}.")


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of the schema that a file breaks."""

    element: str
    line: int
    said: str

    def __str__(self) -> str:
        """Return it as it is told."""
        return f"line {self.line}, {self.element}: {self.said}"


@dataclass(slots=True)
class Document:
    """A document whose elements bear local names, and what was odd about it."""

    root: Any
    namespaces: tuple[str, ...] = ()
    replaced: int = 0
    violations: list[Violation] = field(default_factory=list)


def read_xml(content: bytes, name: str, schema: str) -> Document:
    """Return a document; characters that XML forbids are replaced by U+FFFD and counted.

    `schema` is PROJECT or CODEBOOK. Raises BadXmlError, also where there is a DOCTYPE.
    """
    content = _as_utf8(content, name)
    if b"<!DOCTYPE" in content and _PROLOGUE.match(content):
        raise BadXmlError(name, "it declares a document type (DOCTYPE), which the standard does not know")
    content, replaced = _without_controls(content)
    root, namespaces, violations = _read_bare(content, name, schema) or _read_named(content, name, schema)
    return Document(root, namespaces, replaced, violations)


_Read = tuple[Any, tuple[str, ...], list[Violation]]


def _read_bare(content: bytes, name: str, schema: str) -> _Read | None:
    """Return the tree parsed without its namespace, if it is the one of the standard and the only one.

    To go through a hundred thousand elements and rename each would take five times as long.
    """
    said = f' xmlns="{schema}"'.encode()
    if content.count(said) != 1:
        return None
    root = _parse(content.replace(said, b"", 1), name)
    if root.xpath("count(//*[namespace-uri() != ''])"):
        return None
    _check_root(root, name, schema)
    return root, (schema,), list(_list_violations(root, _schema(schema, is_bare=True)))


def _read_named(content: bytes, name: str, schema: str) -> _Read:
    """Return the tree with every element renamed, whatever namespaces there are."""
    root = _parse(content, name)
    _check_root(root, name, schema)
    namespaces = _take_names(root, schema)
    violations = list(find_violations(root, schema))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root, namespaces, violations


def _check_root(root: Any, name: str, schema: str) -> None:
    expected, found = "Project" if schema == PROJECT else "CodeBook", etree.QName(root).localname
    if found != expected:
        raise BadXmlError(name, f"its root is {found}, where {expected} is expected")


def _parse(content: bytes, name: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        _decode(content, "utf-8", name)  # the parser says less of where bytes are wrong
        raise BadXmlError(name, f"it is not well-formed XML ({error})") from error


def find_violations(root: Any, schema: str) -> Iterator[Violation]:
    """Yield what breaks the schema, with element and line."""
    yield from _list_violations(root, _schema(schema))


def _list_violations(root: Any, rules: Any) -> Iterator[Violation]:
    if not rules.validate(root):
        for entry in rules.error_log:
            element = re.match(r"Element '(?:\{[^}]*\})?([^']+)'", entry.message)
            said = re.sub(r"\{urn:[^}]*\}", "", entry.message).removesuffix(".")
            yield Violation(element[1] if element else "", entry.line, said)


@cache
def _schema(name: str, *, is_bare: bool = False) -> Any:
    """Return the schema of the standard, with the same rules for trees without its namespace: `is_bare`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    schema = files("framework_coder.exchange.refi").joinpath(_SCHEMAS[name]).read_bytes()
    if is_bare:
        for attribute in ("targetNamespace", "xmlns"):
            schema = schema.replace(f' {attribute}="{name}"'.encode(), b"", 1)
    return etree.XMLSchema(etree.fromstring(schema, parser))


def _as_utf8(content: bytes, name: str) -> bytes:
    """Return the XML in UTF-8 without byte order mark."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(content)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    if encoding not in {"utf-8", "utf8", "us-ascii", "ascii", *_OTHERS}:
        raise BadXmlError(name, f"it is encoded as {encoding}, where the standard says UTF-8")
    if encoding in _OTHERS:
        content = _decode(content, _OTHERS[encoding], name).encode()
    declaration = _DECLARATION.match(content)
    return content[declaration.end() :] if declaration else content


def _decode(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadXmlError(name, f"its bytes at position {error.start} are not {encoding.upper()}") from error


def _without_controls(content: bytes) -> tuple[bytes, int]:
    """Return the XML with forbidden characters replaced one for one, and their number."""
    raw = 0
    if len(content.translate(None, _NEVER)) != len(content) or any(sign in content for sign in _NO_SIGNS):
        content, raw = _CONTROLS.subn(_INSTEAD, content)
    count = 0

    def replace(found: re.Match[bytes]) -> bytes:
        nonlocal count
        number = int(found[1], 16) if found[1] else int(found[2])
        if is_allowed(number):
            return found[0]
        count += 1
        return _INSTEAD

    return (_REFERENCE.sub(replace, content) if b"&#" in content else content), raw + count


def is_allowed(number: int) -> bool:
    """Say whether a code point may stand in XML."""
    if number in {0x9, 0xA, 0xD}:
        return True
    return 0x20 <= number <= _LAST and not 0xD800 <= number <= 0xDFFF and number not in {0xFFFE, 0xFFFF}  # noqa: PLR2004


def _take_names(root: Any, schema: str) -> tuple[str, ...]:
    """Put every element into the namespace of the standard, and return the namespaces that were there."""
    seen: dict[str, None] = {}
    for element in root.iter():
        space, _, local = element.tag.rpartition("}")
        seen.setdefault(space.removeprefix("{"))
        if space[1:] != schema:
            element.tag = f"{{{schema}}}{local}"
    return tuple(seen)
