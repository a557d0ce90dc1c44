"""JSON-LD of Web Annotations as plain values: every way in which the data model lets things be written."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framework_coder.errors import UnreadableFileError

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
EXTENSION = "framework"
"""The prefix of what only this program writes: `framework:site`, `framework:state` …"""

LARGEST = 200_000_000
"""Bytes above which a file is refused."""
_HEAD = 65_536
_DEEPEST = 20
_LISTS = ("items", "annotations", "rows", "resources", "@graph")


class FaultyAnnotationsError(UnreadableFileError):
    """A file of annotations that cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} cannot be imported as annotations: {reason}. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a passage is tagged or classified with: an address, a label, and the id of a theme."""

    iri: str = ""
    label: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A target: the addresses and names of its source, and where in its text."""

    names: tuple[str, ...] = ()
    sha256: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation; `own` has what only this program writes, without the prefix."""

    id: str
    tags: tuple[Tag, ...] = ()
    comments: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    creator: str = ""
    created: str = ""
    own: dict[str, Any] = field(default_factory=dict)


def looks_like_annotations(path: Path) -> bool:
    """Say whether a file is JSON that speaks of annotations."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8-sig", errors="ignore").lstrip()
    except OSError:
        return False
    words = (CONTEXT, '"AnnotationCollection"', '"AnnotationPage"', '"oa:Annotation"', '"Annotation"')
    return head[:1] in {"{", "["} and any(word in head for word in words)


def load_tree(path: Path) -> Any:
    """Return the JSON of a file; raises FaultyAnnotationsError."""
    try:
        if path.stat().st_size > LARGEST:
            raise FaultyAnnotationsError(path, f"it is over {LARGEST // 1_000_000} MB; split it")
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise FaultyAnnotationsError(path, error.strerror or str(error)) from error
    except RecursionError as error:
        raise FaultyAnnotationsError(path, "its JSON is nested too deep") from error
    except ValueError as error:  # neither UTF-8 nor JSON, or a number of a million digits
        raise FaultyAnnotationsError(path, f"it is not JSON ({str(error)[:80]})") from error


def list_annotations(tree: Any) -> Iterator[Annotation | None]:
    """Yield every annotation; None for each page that lies elsewhere, and is not fetched."""
    waiting, seen = [tree], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if _is_annotation(node):
                yield _read(node)
                continue
            inner = [node[name] for name in _LISTS if isinstance(node.get(name), list)]
            after = [node[name] for name in ("first", "next") if node.get(name)]
            waiting += reversed([*inner, *(each for each in after if isinstance(each, dict))])
            is_whole = bool(inner) and "first" not in node
            if not is_whole:
                yield from (None for each in after if isinstance(each, str))
            elif isinstance(node.get("next"), str):
                yield None


def _is_annotation(node: dict[str, Any]) -> bool:
    types = {_text(each) for each in _listed(node.get("type", node.get("@type")))}
    return "Annotation" in types or "oa:Annotation" in types or (not types and "target" in node)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """Return what a value says as text, however it is wrapped."""
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = next((value[name] for name in ("value", "@value", "chars", "name") if name in value), "")
        else:
            break
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else ""


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("id", value.get("@id", ""))
    return value if isinstance(value, str) else ""


def _read(node: dict[str, Any]) -> Annotation:
    reasons = {_last(_text(each)) for each in _listed(node.get("motivation"))}
    tags: list[Tag] = []
    comments: list[str] = []
    bodies = [*_listed(node.get("body")), *_listed(node.get("bodyValue"))]
    for body in bodies[:1000]:
        _read_body(body, reasons, tags, comments)
    return Annotation(
        id=_address(node),
        tags=_join(tags),
        comments=tuple(comments),
        spots=tuple(_read_target(target) for target in _listed(node.get("target"))),
        creator=_text(node.get("creator")) or _address(node.get("creator")),
        created=_text(node.get("created")),
        own={
            name.partition(":")[2]: value for name, value in node.items() if name.startswith(f"{EXTENSION}:")
        },
    )


def _last(word: str) -> str:
    return word.rpartition(":")[2].rpartition("#")[2]


def _read_body(body: Any, reasons: set[str], tags: list[Tag], comments: list[str], deep: int = 0) -> None:
    """Take a body apart: a tag, a comment, or several bodies in one."""
    if isinstance(body, str):
        is_address = body.startswith(("http://", "https://", "urn:"))
        if is_address or reasons & {"tagging", "classifying"}:
            tags.append(Tag(iri=body) if is_address else Tag(label=body))
        elif body.strip():
            comments.append(body)
        return
    if not isinstance(body, dict) or deep > _DEEPEST:
        return
    inner = [each for name in ("items", "members") for each in _listed(body.get(name))]
    for each in inner[:1000]:
        _read_body(each, reasons, tags, comments, deep + 1)
    purposes = {_last(_text(each)) for each in _listed(body.get("purpose"))} or reasons
    source = body.get("source")
    label = _text(body.get("value", body.get("chars"))).strip()
    if source is not None or purposes & {"tagging", "classifying", "identifying"}:
        named = source if isinstance(source, dict) else body
        theme = _text(named.get(f"{EXTENSION}:theme"))
        tag = Tag(_address(source) or _address(body), label or _text(named.get("label")).strip(), theme)
        if any((tag.iri, tag.label, tag.theme)):
            tags.append(tag)
    elif label:
        comments.append(label)


def _join(tags: list[Tag]) -> tuple[Tag, ...]:
    """Return each tag once: one that only says the label of another is the same."""
    known = {tag.label.casefold() for tag in tags if tag.theme or tag.iri}
    kept = [tag for tag in tags if tag.theme or tag.iri or tag.label.casefold() not in known]
    return tuple(dict.fromkeys(kept))


def _read_target(target: Any) -> Spot:
    if not isinstance(target, dict):
        return Spot(names=(_address(target),))
    source = target.get("source", target)
    words = source if isinstance(source, dict) else {}
    own = (words.get(f"{EXTENSION}:{name}") for name in ("ref", "fileName"))
    names = (_address(source), *map(_text, own), _text(words.get("label")), _text(words.get("title")))
    found: dict[str, Any] = {}
    for selector in _listed(target.get("selector"))[:100]:
        _read_selector(selector, found)
    return Spot(
        names=tuple(name for name in names if name),
        sha256=_text(words.get(f"{EXTENSION}:sha256")),
        **found,
    )


def _read_selector(selector: Any, found: dict[str, Any]) -> None:
    """Note quote and position; a selector that refines another one has no position in the whole text."""
    is_inner = False
    for _ in range(_DEEPEST):
        if not isinstance(selector, dict):
            return
        kind = _last(_text(selector.get("type", selector.get("@type"))))
        if kind == "TextQuoteSelector" and _text(selector.get("exact")):
            for name in ("exact", "prefix", "suffix"):
                found[name] = _text(selector.get(name)).replace("\r\n", "\n")
        elif kind == "TextPositionSelector" and not is_inner:
            start, end = selector.get("start"), selector.get("end")
            if type(start) is int and type(end) is int:
                found |= {"start": start, "end": end}
        elif kind == "Choice":
            for each in _listed(selector.get("items"))[:100]:
                if isinstance(each, dict) and "items" not in each:
                    _read_selector(each, found)
        selector, is_inner = selector.get("refinedBy"), True
