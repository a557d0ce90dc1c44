"""The journal: who did what; undo and redo; what others changed meanwhile."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.journal import JournalLine, News

if TYPE_CHECKING:
    from framework_coder.project import Project
    from framework_coder.store.log import LogEntry

router = APIRouter()
SHOWN = 200
MOST_NEWS = 50


@router.get("/journal", include_in_schema=False)
def show_journal(
    request: Request, who: str = "", since: str = "", until: str = "", action: str = ""
) -> HTMLResponse:
    """Show the newest entries that fit."""
    project: Project = request.app.state.project
    entries = project.log(who=who, since=since, until=until, action=action, limit=SHOWN)
    chosen = {"who": who, "since": since, "until": until, "action": action}
    return render(request, "journal", "Journal", entries=entries, chosen=chosen, shown=SHOWN)


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
