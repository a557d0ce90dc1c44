"""Codings as Web Annotations: one collection with one page, one annotation a line."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from framework_coder.exchange.annotation_tree import CONTEXT, EXTENSION
from framework_coder.exchange.bundle import Bundle, BundledCoding, BundledSource, Loss
from framework_coder.model.anchors import make_anchor
from framework_coder.model.codings import CodingState
from framework_coder.store.columns import to_json

_DAY = 10
"""Characters of a whole date."""


class Addresses:
    """Gives each thing of a project the same address each time: the GUID of another tool, or our own."""

    def __init__(self, bundle: Bundle) -> None:
        self._foreign = bundle.guids
        self._space = uuid5(NAMESPACE_URL, f"framework-coder:{bundle.identity or bundle.name}")

    def of(self, kind: str, key: str) -> str:
        """Return an address such as `urn:uuid:…`."""
        try:
            guid = UUID(self._foreign.get((kind, key), ""))
        except ValueError:
            guid = uuid5(self._space, f"{kind}:{key}")
        return guid.urn


def write_annotations(bundle: Bundle, path: Path, *, only_accepted: bool = True) -> list[Loss]:
    """Write the codings, source by source; return what annotations cannot hold."""
    addresses = Addresses(bundle)
    codings = [c for c in bundle.codings if c.state is CodingState.ACCEPTED or not only_accepted]
    head = {
        "@context": [CONTEXT, {EXTENSION: "urn:framework-coder:"}],
        "id": addresses.of("annotations", ""),
        "type": "AnnotationCollection",
        "label": bundle.name,
        "generator": {"type": "Software", "name": "Framework Coder"},
        "total": len(codings),
    }
    page = {"id": addresses.of("annotations", "1"), "type": "AnnotationPage", "startIndex": 0}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{to_json(head)[:-1]},"first":{to_json(page)[:-1]},"items":[')
        before = "\n"
        for annotation in _annotate(bundle, codings, addresses):
            file.write(before + to_json(annotation))
            before = ",\n"
        file.write("\n]}}\n")
    return _losses(bundle, len(bundle.codings) - len(codings))


def _losses(bundle: Bundle, left: int) -> list[Loss]:
    stayed = "stayed behind: annotations hold passages and their themes only"
    kinds = {
        "claims": len(bundle.claims),
        "findings": len(bundle.findings),
        "memos": len(bundle.memos),
        "coverage": len(bundle.coverage),
    }
    losses = [Loss(kind, count, stayed) for kind, count in kinds.items() if count]
    told = "proposed or rejected stayed behind (--set states=all takes them along)"
    return [*losses, Loss("codings", left, told)] if left else losses


def _annotate(bundle: Bundle, codings: list[BundledCoding], addresses: Addresses) -> Iterator[dict[str, Any]]:
    by_source: dict[str, list[BundledCoding]] = {}
    for coding in codings:
        by_source.setdefault(coding.source, []).append(coding)
    for source in bundle.sources:
        if source.key in by_source:
            text = source.load().text
            on = _describe(source, text, addresses)
            for coding in by_source[source.key]:
                yield _annotation(bundle, coding, on, text, addresses)


def _describe(source: BundledSource, text: str, addresses: Addresses) -> dict[str, Any]:
    return {
        "id": addresses.of("source", source.key),
        "type": "Text",
        "format": "text/plain",
        "label": source.title,
        f"{EXTENSION}:ref": source.ref,
        f"{EXTENSION}:fileName": source.file_name,
        f"{EXTENSION}:sha256": sha256(text.encode()).hexdigest(),
    }


def _annotation(
    bundle: Bundle, coding: BundledCoding, on: dict[str, Any], text: str, addresses: Addresses
) -> dict[str, Any]:
    anchor = make_anchor(text, coding.start, coding.end)
    label = bundle.codebook[coding.theme].label
    theme = {"id": addresses.of("theme", coding.theme), "label": label, f"{EXTENSION}:theme": coding.theme}
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": label, "format": "text/plain"},
        {"type": "SpecificResource", "purpose": "classifying", "source": theme},
    ]
    if coding.memo:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": coding.memo})
    quote = {"type": "TextQuoteSelector", "exact": coding.quote}
    around = {name: found for name in ("prefix", "suffix") if (found := getattr(anchor, name))}
    own = {
        "madeOn": coding.made_on,
        "site": coding.site,
        "state": coding.state.value,
        "origin": coding.origin.value,
        "score": coding.score,
        "reason": coding.reason,
    }
    created = {"created": f"{coding.made_on}T00:00:00Z"} if len(coding.made_on) == _DAY else {}
    return {
        "id": addresses.of("coding", coding.key),
        "type": "Annotation",
        "motivation": ["tagging", "classifying", *(["commenting"] if coding.memo else [])],
        "creator": {"type": "Person", "name": coding.coder},
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": on,
            "selector": [
                {"type": "TextPositionSelector", "start": coding.start, "end": coding.end},
                quote | around,
            ],
        },
        **created,
        **{f"{EXTENSION}:{name}": value for name, value in own.items() if value not in {None, ""}},
    }
