"""The framework note: what REFI-QDA has no place for, as JSON in a note that travels with the project.

It names things by the GUIDs of the project file, so that it fits the project wherever both go together.
Lists of values are written in the order of the fields of the classes; what has its default is left out.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from framework_coder.exchange.bundle import (
    Bundle,
    BundledClaim,
    BundledCoverage,
    BundledFinding,
    BundledMemo,
    BundledSource,
    BundledTarget,
)
from framework_coder.store.packing import PackedText, pack_codebook, pack_design, pack_theme

SCHEMA = "framework-coder/matrix/1"

GuidOf = Callable[[str, str], str]
"""Gives the GUID of a thing by its kind and its key in the bundle; nothing for an empty key."""


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def pack_structure(source: PackedText, written: str) -> str:
    """Return the structure of a text as JSON; `written` is the text as it stands in the file."""
    return _dump(
        {
            "text": hash_text(written),
            "reader": source.reader,
            "version": source.reader_version,
            "part": source.part,
            "about": source.about_file,
            "blocks": source.blocks,
            "pages": source.pages,
            "warnings": source.warnings,
            "comments": source.comments,
            "segments": b64encode(source.segments).decode(),
        }
    )


def pack_note(bundle: Bundle, guid: GuidOf, cells: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """Return the note; `cells` give site and theme of the notes of cells, `texts` were packed before."""
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "identity": bundle.identity,
        "name": bundle.name,
        "brief": bundle.brief,
        "design": pack_design(bundle.design) if bundle.design else None,
        "codebook": bundle.codebook.name,
        "coders": bundle.coders,
        "themes": {guid("theme", t.id): pack_theme(t, n) for n, t in enumerate(bundle.codebook)},
        "sites": {
            guid("site", s.key): {"code": s.code, "attributes": dict(s.attributes)} for s in bundle.sites
        },
        "sources": {guid("source", s.key): _source(s, guid) for s in bundle.sources},
        "codings": _codings(bundle, guid),
        "cells": cells,
        "claims": {guid("claim", c.key): _claim(c, guid) for c in bundle.claims},
        "findings": {guid("finding", f.key): _finding(f, guid) for f in bundle.findings},
        "memos": {guid("memo", m.key): _memo(m, guid) for m in bundle.memos},
        "coverage": [_coverage(row, guid) for row in bundle.coverage],
        "not_applicable": [
            (guid("site", site), guid("theme", theme), *rest) for site, theme, *rest in bundle.not_applicable
        ],
        "separations": [
            (guid("source", one), guid("source", two), *rest) for one, two, *rest in bundle.separations
        ],
        "plan": [(guid("site", site), *rest) for site, *rest in bundle.plan],
        "versions": [(n, at, by, why, pack_codebook(book)) for n, at, by, why, book in bundle.versions],
    }
    body = ",".join(f"{_dump(key)}:{text}" for key, text in texts.items())
    return f'{_dump(said)[:-1]},"texts":{{{body}}}}}'


def read_note(text: str) -> dict[str, Any] | None:
    """Return a framework note, or None where it is not one that can be read."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and said.get("schema") == SCHEMA else None


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, leave: Iterable[str] = ()) -> Any:
    """Return a value as JSON values, without fields that have their default or are named in `leave`."""
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in leave and not _is_default(getattr(value, field.name), field)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | set):
        return sorted(map(_plain, value))
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def _is_default(value: Any, field: Any) -> bool:
    return field.default is not MISSING and value == field.default and value is not False


_NOT_REGISTER = ("key", "load", "packed", "original", "file_name", "media_type", "sites", "derived_from")


def _source(source: BundledSource, guid: GuidOf) -> dict[str, Any]:
    said = _plain(source, _NOT_REGISTER)
    said["sites"] = [guid("site", site) for site in source.sites]
    said["derived_from"] = [guid("source", root) for root in source.derived_from]
    return dict(said)


def _codings(bundle: Bundle, guid: GuidOf) -> dict[str, list[Any]]:
    """Return site, coder, date, state, origin, score, reason, memo of codings, and where each stands."""
    sites = {site.key: guid("site", site.key) for site in bundle.sites}
    sources = {source.key: guid("source", source.key) for source in bundle.sources}
    themes = {theme.id: guid("theme", theme.id) for theme in bundle.codebook}
    return {
        guid("coding", c.key): [
            sites.get(c.site, ""),
            c.coder,
            c.made_on,
            c.state,
            c.origin,
            c.score,
            c.reason,
            c.memo,
            sources.get(c.source, ""),
            themes.get(c.theme, ""),
            c.start,
            c.end,
        ]
        for c in bundle.codings
    }


def _claim(claim: BundledClaim, guid: GuidOf) -> dict[str, Any]:
    said = _plain(claim, ("key", "site", "theme", "evidence", "decision"))
    said |= {"site": guid("site", claim.site), "theme": guid("theme", claim.theme)}
    said["evidence"] = [
        _plain(link, ("coding",)) | {"coding": guid("coding", link.coding)} for link in claim.evidence
    ]
    if claim.decision:
        said["decision"] = _plain(claim.decision, ("supports", "contradicts")) | {
            "supports": [guid("coding", key) for key in claim.decision.supports],
            "contradicts": [guid("coding", key) for key in claim.decision.contradicts],
        }
    return dict(said)


def _finding(finding: BundledFinding, guid: GuidOf) -> dict[str, Any]:
    said = _plain(finding, ("key", "claims"))
    said["claims"] = [(guid("claim", claim), role.value, note) for claim, role, note in finding.claims]
    return dict(said)


def _memo(memo: BundledMemo, guid: GuidOf) -> dict[str, Any]:
    said = _plain(memo, ("key", "targets", "text"))
    said |= {"text": hash_text(memo.text), "targets": [_target(target, guid) for target in memo.targets]}
    return dict(said)


def _target(target: BundledTarget, guid: GuidOf) -> dict[str, str]:
    return {kind: guid(kind, key) for kind, key in _plain(target).items()}


def _coverage(row: BundledCoverage, guid: GuidOf) -> list[Any]:
    return [
        guid("source", row.source),
        guid("theme", row.theme),
        row.state.value,
        row.version,
        row.coder,
        row.made_on,
    ]
