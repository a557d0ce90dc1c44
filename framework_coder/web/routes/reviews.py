"""Reviews beside the queues: sources that copy each other, decisions made, member checks."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.model.reviews import MemberCheckState
from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.triangulation import (
    CheckRecord,
    Derivation,
    KeptApart,
    Likeness,
    LikePair,
    SharedWords,
)

if TYPE_CHECKING:
    from framework_coder.project import Project
    from framework_coder.project.reviews import LikeSources

router = APIRouter()


@router.get("/triangulation/copies", include_in_schema=False)
def show_copies(request: Request) -> HTMLResponse:
    """Show what was decided on sources that are alike; the script asks for those still to decide."""
    study = request.app.state.snapshots.matrix().grid.study
    sources = {source.id: source for source in study.sources}
    derived = [source for source in study.sources if source.derived_from]
    return render(
        request,
        "triangulation/copies",
        "Sources that copy each other",
        section="copies",
        derived=[(source, [sources[root] for root in source.derived_from]) for source in derived],
        apart=[(sources[each.source], sources[each.other], each) for each in study.separations],
    )


@router.get("/api/likeness")
def find_likeness(request: Request) -> Likeness:
    """Return the pairs of sources that share passages and are not decided on; takes seconds on many texts."""
    project: Project = request.app.state.project
    return Likeness(pairs=[_pair(found) for found in project.reviews.like_sources()])


@router.post("/api/derivations")
def derive(request: Request, made: Derivation) -> Done:
    """Record that a source derives from another: the two count as one origin from now on."""
    project: Project = request.app.state.project
    project.reviews.derive(made.copy_ref, made.root_ref)
    told = f"{made.copy_ref} derives from {made.root_ref}; the two count as one origin."
    return Done(entry=project.history.newest(), told=told)


@router.delete("/api/derivations/{copy}/{root}")
def underive(request: Request, copy: str, root: str) -> Done:
    """Take that back."""
    project: Project = request.app.state.project
    project.reviews.underive(copy, root)
    return Done(entry=project.history.newest(), told=f"{copy} counts as an origin of its own again.")


@router.post("/api/separations")
def keep_apart(request: Request, made: KeptApart) -> Done:
    """Record that two sources which are alike do not derive from each other."""
    project: Project = request.app.state.project
    project.reviews.keep_apart(made.one, made.other, made.reason)
    return Done(entry=project.history.newest(), told=f"{made.one} and {made.other} are kept apart.")


@router.get("/triangulation/decisions", include_in_schema=False)
def show_decisions(request: Request) -> HTMLResponse:
    """Show every decision that people made, with its reason, by whom and when."""
    table = request.app.state.snapshots.matrix().table("decisions")
    return render(
        request,
        "triangulation/decisions",
        "Decisions",
        section="decisions",
        columns=table.columns,
        rows=table.records(),
    )


@router.get("/triangulation/checks", include_in_schema=False)
def show_checks(request: Request, state: str = "") -> HTMLResponse:
    """Show the member checks: what informants answered, claim by claim."""
    project: Project = request.app.state.project
    grid = request.app.state.snapshots.matrix().grid
    claims = grid.bearings.claims
    checks = [
        (check, claims[check.claim], grid.bearings.sites[claims[check.claim].site])
        for check in grid.study.member_checks
        if check.claim in claims and state in {"", check.state.value}
    ]
    counts = [(each.value, number) for each, number in project.reviews.check_counts().items()]
    return render(
        request,
        "triangulation/checks",
        "Member checks",
        section="checks",
        checks=checks,
        counts=counts,
        state=state,
        states=[each.value for each in MemberCheckState],
    )


@router.post("/api/claims/{number}/check")
def record_check(request: Request, number: int, made: CheckRecord) -> Done:
    """Record where the member check of a claim stands."""
    project: Project = request.app.state.project
    project.reviews.record_check(number, made.state, informant=made.informant, reply=made.reply)
    told = f"Member check of claim {number}: {made.state.replace('_', ' ')}."
    return Done(entry=project.history.newest(), told=told)


def _pair(found: "LikeSources") -> LikePair:
    return LikePair(
        copy_ref=found.copy.ref,
        copy_title=found.copy.title,
        root_ref=found.root.ref,
        root_title=found.root.title,
        why=found.why,
        share_of_copy=round(100 * found.share_of_copy),
        share_of_root=round(100 * found.share_of_root),
        passages=[
            SharedWords(
                copy_start=each.copy_start,
                copy_quote=each.copy_quote,
                root_start=each.root_start,
                root_quote=each.root_quote,
            )
            for each in found.passages
        ],
    )
