"""The journal: who did what; undo and redo; what others changed meanwhile."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse, Response

from framework_coder.errors import NotFoundError
from framework_coder.model.codebook import Theme
from framework_coder.model.legend import LEGEND, Appearance, CellState
from framework_coder.model.matrix import Matrix
from framework_coder.model.study import Site
from framework_coder.model.triangulation import Status
from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.journal import JournalLine, News

if TYPE_CHECKING:
    from framework_coder.project import Project
    from framework_coder.store.log import LogEntry

router = APIRouter()
State = CellState | Status
SHOWN = 200
MOST_NEWS = 50


class NoSuchEntryError(NotFoundError):
    """An entry that the journal does not have, or that changed nothing."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The journal has no changes under entry {number}.")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries an address asks for; empty words choose all."""

    who: str = ""
    since: str = ""
    until: str = ""
    action: str = ""
    site: str = ""
    source: str = ""
    theme: str = ""


@router.get("/journal", include_in_schema=False)
def show_journal(request: Request, chosen: Annotated[Choice, Depends()]) -> HTMLResponse:
    """Show the newest entries that fit."""
    project: Project = request.app.state.project
    grid = request.app.state.snapshots.matrix().grid
    entries = project.log(**asdict(chosen), limit=SHOWN)
    return render(
        request,
        "journal",
        "Journal",
        entries=entries,
        chosen=chosen,
        shown=SHOWN,
        sites=grid.study.sites,
        sources=grid.study.sources,
        themes=list(grid.study.codebook),
    )


@router.get("/api/news")
def tell_news(request: Request, since: int) -> News:
    """Return what happened after an entry; asked every few seconds."""
    project: Project = request.app.state.project
    newest = project.history.newest()
    if newest == since:
        return News(entry=newest, lines=[])
    entries = project.log(limit=min(MOST_NEWS, max(newest - since, 1)))
    return News(entry=newest, lines=[_line(entry) for entry in entries if entry.id > since])


@router.post("/api/undo")
def undo(request: Request, entry: int | None = None) -> Done:
    """Take back one's newest step that stands, or the step of an entry."""
    project: Project = request.app.state.project
    undone = project.history.undo(entry)
    return Done(entry=undone.entry, told=f"Undone: {undone.action}.")


@router.post("/api/redo")
def redo(request: Request, entry: int | None = None) -> Done:
    """Bring back what was undone last."""
    project: Project = request.app.state.project
    undone = project.history.redo(entry)
    return Done(entry=undone.entry, told=f"Done again: {undone.action}.")


@router.get("/journal/entries/{number}", include_in_schema=False)
def show_entry(request: Request, number: int) -> HTMLResponse:
    """Show what an entry changed, row by row."""
    project: Project = request.app.state.project
    changes = project.changes(number)
    if not changes:
        raise NoSuchEntryError(number)
    rows = [
        (change.table, change.row, list(_list_fields(change.before, change.after)))
        for change in changes[:SHOWN]
    ]
    return render(request, "journal/entry", f"Entry {number}", number=number, rows=rows, total=len(changes))


@router.get("/journal/as-at", include_in_schema=False)
def show_as_at(request: Request, date: str = "") -> HTMLResponse:
    """Show what has changed since a date: in numbers, and cell by cell."""
    now = request.app.state.snapshots.matrix().grid
    is_past = date and date < request.app.state.project.history.today()
    then = request.app.state.snapshots.as_at(date).grid if is_past else None
    return render(
        request,
        "journal/as_at",
        "As at a date",
        date=date,
        numbers=[(name, was, _count(now)[name]) for name, was in _count(then).items()] if then else [],
        statuses=_compare_statuses(then, now) if then else [],
        cells=list(_list_changed(then, now)) if then else [],
        most=SHOWN,
    )


@router.get("/api/as-at/{date}.fwc")
def save_as_at(request: Request, date: str) -> Response:
    """Return the project as it was at the end of a date, as a project file."""
    project: Project = request.app.state.project
    folder = TemporaryDirectory(prefix="framework-coder-", ignore_cleanup_errors=True)
    try:
        path = project.save_as_at(date, Path(folder.name) / f"{date}.fwc")
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(path, filename=path.name, background=BackgroundTask(folder.cleanup))


def _list_fields(before: str | None, after: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield each field that a change touched: name, before, after."""
    old, new = (json.loads(image) if image else {} for image in (before, after))
    for name in dict.fromkeys((*old, *new)):
        was, is_now = (_write(image.get(name)) for image in (old, new))
        if was != is_now:
            yield name, was, is_now


def _write(value: object) -> str:
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _count(grid: Matrix) -> dict[str, int]:
    study = grid.study
    return {
        "sites": len(study.sites),
        "sources": len(study.sources),
        "themes": len(study.codebook.active),
        "codings": sum(coding.is_live for coding in study.codings),
        "claims": len(study.claims),
        "links of evidence": len(study.evidence),
    }


def _compare_statuses(then: Matrix, now: Matrix) -> list[tuple[Status, Appearance, int, int]]:
    old, new = (Counter(found.status for found in grid.assessments.values()) for grid in (then, now))
    both = sorted(set(old) | set(new), key=lambda status: -status.rank)
    return [(status, LEGEND[status], old[status], new[status]) for status in both]


def _list_changed(then: Matrix, now: Matrix) -> Iterator[tuple[Site, Theme, State | None, State]]:
    """Yield the cells whose state is another now: site, theme, state then (None: no such cell), state now."""
    codes = {site.id: site.code for site in then.sites}
    old = {(codes[site], theme): cell.state for (site, theme), cell in then.cells.items()}
    for site, cells in now.rows():
        for theme, cell in zip(now.themes, cells, strict=True):
            was = old.get((site.code, theme.id))
            if was is not cell.state:
                yield site, theme, was, cell.state


def _line(entry: "LogEntry") -> JournalLine:
    return JournalLine(
        id=entry.id,
        made_at=entry.made_at,
        who=entry.who,
        action=entry.action,
        why=entry.why,
        words=entry.words or entry.changes,
        is_undone=entry.is_undone,
        undoes=entry.undoes,
    )
