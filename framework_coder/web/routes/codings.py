"""Codings made, changed, decided on and removed in the reader; themes that come out of the reading."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from framework_coder.model.wording import count
from framework_coder.web.codings_shown import show_themes, tell_coded
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.reader import (
    Acceptance,
    Coded,
    CodingEdit,
    Decision,
    NewCoding,
    NewTheme,
    RulesAtWork,
    ThemeMade,
)

if TYPE_CHECKING:
    from framework_coder.project import Project
    from framework_coder.web.proposing import ProposingNow

router = APIRouter(prefix="/api")


@router.post("/sources/{ref}/codings", status_code=201)
def add_coding(request: Request, ref: str, new: NewCoding) -> Coded:
    """Code a passage; sent again because the answer was lost, it is not coded twice."""
    project: Project = request.app.state.project
    made = project.codings.add(
        ref, new.theme, start=new.start, end=new.end, quote=new.quote, site=new.site, once=True
    )
    return tell_coded(project, made)


@router.post("/sources/{ref}/proposals")
def propose_codings(request: Request, ref: str) -> Done:
    """Apply the rules of the themes to a source; answers when they are through, or were stopped."""
    project: Project = request.app.state.project
    proposing: ProposingNow = request.app.state.proposing
    run = proposing.start(project.sources.get(ref).ref)
    try:
        found = project.codings.suggest(sources=[ref], workers=1, progress=run)
    finally:
        proposing.end(ref, run)
    told = f"{count(found.proposed, 'passage')} proposed by the rules of the themes."
    if found.is_cancelled:
        told = "Stopped: nothing was proposed."
    elif not found.proposed:
        told = "The rules of the themes propose nothing that is not coded or decided already."
    return Done(entry=project.history.newest(), told=" ".join((told, *found.problems)))


@router.get("/sources/{ref}/proposals")
def tell_proposing(request: Request, ref: str) -> RulesAtWork:
    """Return how far the rules are on a source; nothing of nothing where they are not at work."""
    proposing: ProposingNow = request.app.state.proposing
    run = proposing.of(ref)
    return RulesAtWork(done=run.done, total=run.total) if run else RulesAtWork(done=0, total=0)


@router.delete("/sources/{ref}/proposals")
def stop_proposing(request: Request, ref: str) -> RulesAtWork:
    """Stop the rules that are at work on a source; nothing is proposed then."""
    proposing: ProposingNow = request.app.state.proposing
    if run := proposing.of(ref):
        run.stop()
    return tell_proposing(request, ref)


@router.patch("/codings/{number}")
def edit_coding(request: Request, number: int, edit: CodingEdit) -> Coded:
    """Change a coding."""
    project: Project = request.app.state.project
    return tell_coded(project, project.codings.edit(number, **edit.model_dump()))


@router.delete("/codings/{number}")
def remove_coding(request: Request, number: int) -> Done:
    """Take a coding away."""
    project: Project = request.app.state.project
    project.codings.remove([number])
    return Done(entry=project.history.newest(), told="Coding removed.")


@router.post("/codings/{number}/accept")
def accept_coding(request: Request, number: int, at: Acceptance | None = None) -> Coded:
    """Let a proposal count, at another theme where one is named."""
    project: Project = request.app.state.project
    project.codings.accept([number], theme=at.theme if at else None)
    return tell_coded(project, project.codings.get(number))


@router.post("/codings/{number}/reject")
def reject_coding(request: Request, number: int) -> Coded:
    """Set a proposal aside."""
    project: Project = request.app.state.project
    project.codings.reject([number])
    return tell_coded(project, project.codings.get(number))


@router.post("/decisions")
def decide_together(request: Request, decision: Decision) -> Done:
    """Accept or reject several proposals in one step."""
    project: Project = request.app.state.project
    decide = project.codings.accept if decision.is_accepted else project.codings.reject
    decide(decision.codings)
    done = "accepted" if decision.is_accepted else "rejected"
    return Done(entry=project.history.newest(), told=f"{count(len(decision.codings), 'proposal')} {done}.")


@router.post("/emergent-themes", status_code=201)
def make_theme(request: Request, new: NewTheme) -> ThemeMade:
    """Make a theme that came out of the reading."""
    project: Project = request.app.state.project
    label, parent = new.label.strip(), new.parent or None
    made = project.codebook.free_id(label, parent)
    book = project.codebook.add_emergent(made, label, parent=parent, why=new.why)
    return ThemeMade(entry=project.history.newest(), made=made, themes=show_themes(book))
