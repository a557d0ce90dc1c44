"""The reader: a source's text on its page, with its codings beside it."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from framework_coder.model.sources import BlockKind, SourceText
from framework_coder.web.codings_shown import show_codings
from framework_coder.web.laying_out import lay_out
from framework_coder.web.markup import write_parts
from framework_coder.web.pages import render
from framework_coder.web.payloads.reader import ReaderCodings, ReaderPage
from framework_coder.web.payloads.reading import Alike

if TYPE_CHECKING:
    from framework_coder.model.study import Source
    from framework_coder.project import Project

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline; `start` is the offset of the heading."""

    words: str
    level: int
    page: int | None
    start: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A source of the site in the list on the left."""

    ref: str
    title: str
    told: str


@router.get("/sources/{ref}", include_in_schema=False)
def show_reader(request: Request, ref: str) -> HTMLResponse:
    """Show a source; its words are in the page, so that it reads and prints without scripts."""
    project: Project = request.app.state.project
    sources = project.sources.list()
    source = project.sources.get(ref)
    text, segments = project.sources.read(ref)
    sites = {site.id: site for site in project.sites.list()}
    versions = project.codebook.versions()
    page = ReaderPage(
        ref=ref,
        who=project.who,
        sites=[sites[site].code for site in source.sites],
        version=versions[-1].number if versions else 0,
        blocks=[(block.start, block.end) for block in text.blocks],
        segments=[segment.start for segment in segments],
        now=show_codings(project, source),
    )
    beside = _list_beside(project, source, sources)
    order = [each.ref for _, each in _in_order(source, sources)]
    place = order.index(ref)
    return render(
        request, "reader", f"{ref} {source.title}", source=source, page=page,
        text=write_parts(lay_out(text)), facts=_facts(project, source, text), outline=_outline(text),
        beside=[(f"{sites[site].code} {sites[site].name}", each) for site, each in beside.items()],
        before=order[place - 1] if place else "", after=order[place + 1] if place + 1 < len(order) else "",
        back=_back(request.query_params.get("from", "")), leaves=len(project.codebook.show().leaves),
    )  # fmt: skip


@router.get("/api/sources/{ref}/codings", response_model=ReaderCodings)
def tell_codings(request: Request, ref: str) -> Response:
    """Return the codings of a source as they are now; thousands are written once, not checked again."""
    project: Project = request.app.state.project
    found = show_codings(project, project.sources.get(ref))
    return Response(found.model_dump_json(), media_type="application/json")


@router.get("/api/sources/{ref}/alike")
def tell_alike(request: Request, ref: str) -> list[Alike]:
    """Return which sources of the same sites share passages, where nobody has decided on them yet."""
    project: Project = request.app.state.project
    codes = {site.id: site.code for site in project.sites.list()}
    own = [codes[site] for site in project.sources.get(ref).sites]
    return [
        Alike(ref=pair.copy.ref, told=f"copies {pair.root.ref} ({pair.share_of_copy:.0%})? not decided")
        for pair in project.reviews.like_sources(sites=own)
    ]


def _in_order(source: "Source", sources: "tuple[Source, ...]") -> "list[tuple[int, Source]]":
    """Return the sources of the same sites with the site under which each is listed."""
    found = [(next((s for s in each.sites if s in source.sites), 0), each) for each in sources]
    return sorted((pair for pair in found if pair[0]), key=lambda pair: source.sites.index(pair[0]))


def _list_beside(
    project: "Project", source: "Source", sources: "tuple[Source, ...]"
) -> dict[int, list[Beside]]:
    examined, leaves = project.coverage.examined(), len(project.codebook.show().leaves)
    labels = {method.id: method.label for method in project.design.methods}
    refs = {each.id: each.ref for each in sources}
    found: dict[int, list[Beside]] = {}
    for site, each in _in_order(source, sources):
        roots = ", ".join(refs[root] for root in each.derived_from)
        told = (
            ", ".join(each.informants) or labels.get(each.method, each.method),
            each.document_type.replace("_", " "),
            each.produced_on.text,
            f"derived from {roots}" if roots else "",
            f"examined {len(examined[each.ref])}/{leaves}" if examined[each.ref] else "not examined",
        )
        found.setdefault(site, []).append(Beside(each.ref, each.title, " · ".join(filter(None, told))))
    return found


def _facts(project: "Project", source: "Source", text: SourceText) -> list[str]:
    labels = {method.id: method.label for method in project.design.methods}
    pages = len(text.pages)
    facts = (
        labels.get(source.method, source.method),
        source.document_type.replace("_", " "),
        str(source.produced_on),
        source.originator.replace("_", " "),
        ", ".join(source.informants),
        f"{pages} page{'s' if pages > 1 else ''}" if pages else "",
    )
    return [fact for fact in facts if fact]


def _outline(text: SourceText) -> list[Heading]:
    """Return the headings; a questionnaire without any has its questions instead."""
    counts = Counter(block.kind for block in text.blocks)
    kind = BlockKind.HEADING if counts[BlockKind.HEADING] > 1 else BlockKind.QUESTION
    return [
        Heading(text.text[b.start : b.end], max(b.level, 1), b.locator.page, b.start)
        for b in text.blocks
        if b.kind is kind
    ]


def _back(address: str) -> tuple[str, str]:
    """Return where one came from, with what it is called; only a page of ours, never another site's."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    names = {"matrix": "Back to the matrix", "triangulation": "Back to the queues", "explore": "Back"}
    screen = path.removeprefix("/")
    if not path.startswith("/") or screen not in names:
        return "", ""
    is_cell = screen == "matrix" and "#" in address
    return address, "Back to the cell" if is_cell else names[screen]
