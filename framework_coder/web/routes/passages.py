"""What the drawer of a cell looks up: a passage where it stands, a claim's history, coded values in use."""

from collections import Counter
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from framework_coder.model.charting import describe_edit
from framework_coder.model.codings import Coding
from framework_coder.model.sources import Block, SourceText
from framework_coder.model.values import kind_of
from framework_coder.model.wording import cite
from framework_coder.web.payloads.cells import ContextBlock, EditLine, KnownValue, PassageContext

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter(prefix="/api")

AROUND = 3
"""Paragraphs shown before and after a passage."""

MOST_OFFERED = 40
"""Values of one name that are offered, the most used first."""


@router.get("/passages/{coding}")
def show_passage(request: Request, coding: int) -> PassageContext:
    """Return a passage in its paragraphs, with some before and after them."""
    project: Project = request.app.state.project
    found = project.codings.get(coding)
    source = next(each for each in project.sources.list() if each.id == found.source)
    text = project.sources.text(source.ref)
    facts = (source.method.replace("_", " "), source.document_type.replace("_", " "), str(source.produced_on))
    return PassageContext(
        coding=coding,
        source=source.ref,
        title=source.title,
        told=" · ".join(filter(None, facts)),
        cite=cite(source, found),
        blocks=[] if found.is_drifted else _around(text, found),
    )


def _around(text: SourceText, coding: Coding) -> list[ContextBlock]:
    within = [n for n, b in enumerate(text.blocks) if b.start < coding.end and coding.start < b.end]
    if not within:
        return []
    some = text.blocks[max(0, within[0] - AROUND) : within[-1] + AROUND + 1]
    return [_block(text.text, block, coding) for block in some]


def _block(text: str, block: Block, coding: Coding) -> ContextBlock:
    """Return a paragraph parted at the passage; without the passage all of it stands before."""
    start, end = max(block.start, coding.start), min(block.end, coding.end)
    if start >= end:
        start = end = block.end
    return ContextBlock(
        kind=block.kind.value,
        place=str(block.locator),
        before=text[block.start : start],
        passage=text[start:end],
        after=text[end : block.end],
    )


@router.get("/claims/{number}/history")
def tell_history(request: Request, number: int) -> list[EditLine]:
    """Return each step that changed a claim, oldest first, with what it was before and after."""
    project: Project = request.app.state.project
    return [
        EditLine(
            entry=edit.entry,
            made_at=edit.made_at,
            who=edit.who,
            action=edit.action,
            why=edit.why,
            told=describe_edit(edit),
        )
        for edit in project.claims.history(number)
    ]


@router.get("/values")
def list_values(request: Request) -> list[KnownValue]:
    """Return the names of coded values declared or in use, with the kind of each and its values so far."""
    study = request.app.state.snapshots.matrix().grid.study
    used: dict[str, Counter[str]] = {field.id: Counter(field.values) for field in study.design.site_fields}
    ranks: dict[str, set[str]] = {}
    kinds = {field.id: field.kind.value for field in study.design.site_fields}
    for claim in study.claims:
        for value in claim.values:
            used.setdefault(value.name, Counter())[value.text] += 1
            kinds.setdefault(value.name, kind_of(value, study.design).value)
            ranks.setdefault(value.name, set()).update({value.rank} - {""})
    return [
        KnownValue(
            name=name,
            kind=kinds[name],
            values=[text for text, _ in counts.most_common(MOST_OFFERED)],
            ranks=sorted(ranks.get(name, ())),
        )
        for name, counts in sorted(used.items())
    ]
