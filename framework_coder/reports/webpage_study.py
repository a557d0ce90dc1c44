"""A matrix as the JSON that the scripts of an audit pack read."""

import json
from typing import Any

from framework_coder.model.claims import Claim
from framework_coder.model.codings import Coding
from framework_coder.model.design import FieldKind
from framework_coder.model.explaining import explain_cell, explain_empty
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Density, Matrix
from framework_coder.model.study import Site, Source
from framework_coder.reports.guide import LAMPS
from framework_coder.reports.standing import list_backing, tell_flags
from framework_coder.reports.webpage_context import Surroundings

_MOST_VALUES = 12
"""Values above which an attribute is not offered as a filter."""


def pack_study(matrix: Matrix, surroundings: Surroundings, reasons: dict[int, str]) -> dict[str, Any]:
    """Return everything that the screen shows; `reasons` says by claim why it has its status."""
    study = matrix.study
    claims = matrix.shown_claims()
    cells = [[_pack_cell(matrix, cell) for cell in cells] for _, cells in matrix.rows()]
    shown = {c: None for row in cells for cell in row for c in cell["unused"]}
    for claim in claims:
        shown |= {link.coding: None for link in matrix.bearings.evidence.get(claim.id, ())}
    codings = {c: _pack_coding(matrix, matrix.bearings.codings[c], surroundings) for c in shown}
    used = dict.fromkeys(coding["source"] for coding in codings.values())
    return {
        "study": study.design.name,
        "around": surroundings.around,
        "layout": {
            "has_texts": matrix.layout.density is Density.TEXT,
            "is_transposed": matrix.layout.is_transposed,
            "heads": [field.id for field in matrix.shown_fields()],
        },
        "states": {
            state.value: {"letter": look.letter, "label": look.label, "means": look.definition}
            for state, look in LEGEND.items()
        },
        "lamps": {lamp.value: words for lamp, words in LAMPS.items()},
        "methods": [{"id": m.id, "label": m.label, "letter": m.letter} for m in study.design.methods],
        "planned": [method.id for method in study.design.planned_methods],
        "fields": _pack_fields(matrix),
        "sites": [_pack_site(site) for site in matrix.sites],
        "themes": [_pack_theme(matrix, theme.id) for theme in matrix.themes],
        "cells": cells,
        "claims": {claim.id: _pack_claim(matrix, claim, reasons[claim.id]) for claim in claims},
        "codings": codings,
        "sources": {s: _pack_source(matrix, matrix.bearings.sources[s], surroundings) for s in used},
    }


def dump(packed: dict[str, Any]) -> str:
    """Return JSON that can stand inside a script element: nothing in it can end the element."""
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _pack_fields(matrix: Matrix) -> list[dict[str, Any]]:
    """Return the attributes that sites can be filtered by, with the values that occur."""
    fields = []
    for field in matrix.study.design.site_fields:
        values = dict.fromkeys(site.attributes.get(field.id, "") for site in matrix.sites)
        values.pop("", None)
        is_short = field.kind in {FieldKind.CATEGORY, FieldKind.BOOLEAN} or len(values) <= _MOST_VALUES
        if len(values) > 1 and is_short and not field.is_identifying:
            fields.append({"id": field.id, "label": field.label, "values": sorted(values)})
    return fields


def _pack_site(site: Site) -> dict[str, Any]:
    return {
        "id": site.id,
        "code": site.code,
        "name": site.name,
        "attributes": dict(site.attributes),
    }


def _pack_theme(matrix: Matrix, theme: str) -> dict[str, str]:
    book = matrix.study.codebook
    found = book[theme]
    top = (theme, *book.ancestors(theme))[-1]
    return {
        "id": theme,
        "label": found.label,
        "group": book[top].label,
        "path": book.path(theme),
        "definition": found.definition,
    }


def _pack_cell(matrix: Matrix, cell: Cell) -> dict[str, Any]:
    charted = matrix.bearings.charted
    return {
        "state": cell.state.value,
        "out": cell.is_left_out,
        "claims": [claim.id for claim in cell.claims],
        "strip": [[status.value, count] for status, count in (cell.strip or {}).items()],
        "lamps": [lamp.value for lamp in (cell.lamps or {}).values()],
        "examined": cell.examined,
        "sources": cell.sources,
        "proposed": cell.proposed,
        "unused": [coding.id for coding in cell.codings if coding.id not in charted],
        "why": explain_cell(matrix, cell),
        "empty": "" if cell.claims else explain_empty(cell),
    }


def _pack_claim(matrix: Matrix, claim: Claim, why: str) -> dict[str, Any]:
    found = matrix.assessments[claim.id]
    decision = matrix.bearings.adjudications.get(claim.id)
    told = {
        "quotation": claim.quotation,
        "comment": claim.comment,
        "values": [f"{v.name} = {v.text}{f' ({v.rank})' if v.rank else ''}" for v in claim.values],
        "flags": tell_flags(found),
        "decision": f"{decision.decision.replace('_', ' ')}, by {decision.decided_by} on "
        f"{decision.decided_on}: {decision.reason}"
        if decision
        else "",
        "author": claim.author,
    }
    return {
        "summary": claim.summary,
        "status": found.status.value,
        "kind": claim.kind.value,
        "key": claim.is_key,
        "theme": claim.theme,
        "why": why,
        **{name: value for name, value in told.items() if value},
        "evidence": _pack_evidence(matrix, claim),
    }


def _pack_evidence(matrix: Matrix, claim: Claim) -> list[dict[str, Any]]:
    rows = []
    for item in list_backing(matrix, claim.id):
        told = {
            "inferred": item.link.is_inferred,
            "prominence": item.link.prominence,
            "only": sorted(item.link.origins or ()),
            "note": item.link.note,
            "counts": item.counts,
        }
        kept = {name: value for name, value in told.items() if value}
        rows.append({"coding": item.coding.id, "stance": item.link.stance.value, **kept})
    return rows


def _pack_coding(matrix: Matrix, coding: Coding, around: Surroundings) -> dict[str, Any]:
    """Return a passage; its words are left to the block that holds them, where one does as they stand."""
    place = around.place(coding)
    packed: dict[str, Any] = {
        "source": coding.source,
        "token": matrix.bearings.cite(coding),
        "coder": coding.coder,
    }
    if coding.quote and not (len(place) == 1 and around.is_verbatim):
        packed["quote"] = coding.quote
    if place:
        if coding.locator.headings:
            packed["headings"] = [around.say(heading) for heading in coding.locator.headings]
        if coding.locator.speaker:
            packed["speaker"] = around.say(coding.locator.speaker)
        packed["at"] = place
    return packed


def _pack_source(matrix: Matrix, source: Source, around: Surroundings) -> dict[str, Any]:
    refs = [matrix.bearings.sources[i].ref for i in source.derived_from]
    return {
        "ref": source.ref,
        "title": source.title,
        "method": source.method,
        "type": source.document_type.replace("_", " "),
        "date": str(source.produced_on),
        "originator": source.originator.replace("_", " "),
        "people": [*source.informants, *source.authors],
        "derived": refs,
        "blocks": around.blocks(source.id),
    }
