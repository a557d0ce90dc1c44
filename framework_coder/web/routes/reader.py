"""The reader: a source's text with its codings; code, change, remove, accept and reject."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.sources import SourceText
from framework_coder.model.spans import Span, lanes
from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.reader import (
    Coded,
    CodingEdit,
    NewCoding,
    ReaderBlock,
    ReaderCoding,
    ReaderCodings,
    ReaderPage,
    ReaderTheme,
)
from framework_coder.web.styles import name_theme

if TYPE_CHECKING:
    from framework_coder.model.codebook import Codebook
    from framework_coder.project import Project

router = APIRouter()


@router.get("/sources/{ref}", include_in_schema=False)
def show_reader(request: Request, ref: str) -> HTMLResponse:
    """Show a source; its words are in the page, so that it reads and prints without scripts."""
    project: Project = request.app.state.project
    source, text = project.sources.get(ref), project.sources.text(ref)
    codes = _codes(project)
    page = ReaderPage(
        entry=project.history.newest(),
        ref=ref,
        sites=[codes[site] for site in source.sites],
        blocks=[ReaderBlock(start=block.start, end=block.end) for block in text.blocks],
        segments=[(segment.start, segment.end) for segment in project.sources.segments(ref)],
        themes=_themes(project.codebook.show()),
        codings=_list_codings(project, ref),
    )
    shown = [s for s in project.sources.list() if set(s.sites) & set(source.sites)]
    return render(
        request, "reader", f"{ref} {source.title}", source=source, blocks=_blocks(text), beside=shown,
        page=page.model_dump(),
    )  # fmt: skip


@router.get("/api/sources/{ref}/codings")
def tell_codings(request: Request, ref: str) -> ReaderCodings:
    """Return the codings of a source as they are now."""
    project: Project = request.app.state.project
    project.sources.get(ref)
    return ReaderCodings(entry=project.history.newest(), codings=_list_codings(project, ref))


@router.post("/api/sources/{ref}/codings", status_code=201)
def add_coding(request: Request, ref: str, new: NewCoding) -> Coded:
    """Code a passage."""
    project: Project = request.app.state.project
    made = project.codings.add(ref, new.theme, start=new.start, end=new.end, quote=new.quote, site=new.site)
    return _coded(project, made)


@router.patch("/api/codings/{number}")
def edit_coding(request: Request, number: int, edit: CodingEdit) -> Coded:
    """Change a coding."""
    project: Project = request.app.state.project
    return _coded(project, project.codings.edit(number, **edit.model_dump()))


@router.delete("/api/codings/{number}")
def remove_coding(request: Request, number: int) -> Done:
    """Take a coding away."""
    project: Project = request.app.state.project
    project.codings.remove([number])
    return Done(entry=project.history.newest(), told="Coding removed.")


@router.post("/api/codings/{number}/accept")
def accept_coding(request: Request, number: int) -> Coded:
    """Let a proposal count."""
    project: Project = request.app.state.project
    project.codings.accept([number])
    return _coded(project, project.codings.get(number))


@router.post("/api/codings/{number}/reject")
def reject_coding(request: Request, number: int) -> Coded:
    """Set a proposal aside."""
    project: Project = request.app.state.project
    project.codings.reject([number])
    return _coded(project, project.codings.get(number))


def _codes(project: "Project") -> dict[int, str]:
    return {site.id: site.code for site in project.sites.list()}


def _coded(project: "Project", coding: Coding) -> Coded:
    codes = _codes(project)
    return Coded(entry=project.history.newest(), coding=_coding(coding, codes, 0))


def _list_codings(project: "Project", ref: str) -> list[ReaderCoding]:
    """Return what is shown in the text: accepted codings and proposals whose quote stands there."""
    codes = _codes(project)
    found = [
        coding
        for coding in project.codings.list(sources=[ref])
        if coding.state is not CodingState.REJECTED and not coding.is_drifted
    ]
    places = lanes([Span(coding.start, coding.end) for coding in found])
    return [_coding(coding, codes, lane) for coding, lane in zip(found, places, strict=True)]


def _coding(coding: Coding, codes: dict[int, str], lane: int) -> ReaderCoding:
    return ReaderCoding(
        id=coding.id,
        theme=coding.theme,
        site=codes[coding.site],
        start=coding.start,
        end=coding.end,
        coder=coding.coder,
        origin=coding.origin.value,
        state=coding.state.value,
        reason=coding.reason,
        lane=lane,
    )


def _themes(book: "Codebook") -> list[ReaderTheme]:
    return [
        ReaderTheme(
            id=theme.id,
            label=theme.label,
            path=book.path(theme.id),
            look=name_theme(theme.id),
            depth=len(book.ancestors(theme.id)),
        )
        for theme in book.active
    ]


def _blocks(text: SourceText) -> list[tuple[str, str, int, str, int | None]]:
    """Return each block as kind, words, heading level, place, and the page where a new one begins."""
    rows = []
    page = None
    for block in text.blocks:
        new = block.locator.page if block.locator.page != page else None
        page = block.locator.page
        words = text.text[block.start : block.end]
        rows.append((block.kind.value, words, block.level, str(block.locator), new))
    return rows
