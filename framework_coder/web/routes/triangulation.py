"""The queues of what needs attention: one kind at a time, for a site or a theme, with its evidence."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.errors import NotFoundError
from framework_coder.model.attention import NEEDS, Attention, AttentionItem, Need
from framework_coder.model.claims import Decision
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import Status
from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.cells import ClaimCard
from framework_coder.web.payloads.triangulation import Adjudication
from framework_coder.web.routes.cells import tell_cell

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
SHOWN = 300
"""Items of one queue that a page shows; the count says how many there are."""

GROUPS = (
    ("To decide", (Need.CONTESTED, Need.STALE_ADJUDICATION, Need.DISPUTED, Need.CONVERGENCE, Need.UNDECIDED)),
    (
        "Claims to strengthen",
        (Need.UNSUPPORTED, Need.CONTRADICTED, Need.QUALIFIED_ONLY, Need.SINGLE, Need.REPEATED, Need.DRIFTED),
    ),
    ("Cells to fill", (Need.UNCHARTED, Need.UNEXAMINED, Need.NOT_COLLECTED, Need.SILENT, Need.PROPOSED)),
    ("Sources and themes", (Need.REEXAMINE, Need.RETIRED)),
)
"""The kinds of needs under the heads of the list of queues."""


class NoSuchClaimError(NotFoundError):
    """A claim that the study does not have."""

    def __init__(self, claim: int) -> None:
        super().__init__(f"There is no claim {claim} any more; load the page anew.")


@router.get("/triangulation", include_in_schema=False)
def show_triangulation(request: Request, need: str = "", site: str = "", theme: str = "") -> HTMLResponse:
    """Show one queue (the most pressing unless named), of all sites and themes or of one."""
    built = request.app.state.snapshots.matrix(sites=[site] if site else (), themes=[theme] if theme else ())
    whole = request.app.state.snapshots.matrix().grid
    attention = built.attention()
    chosen = _choose(need, attention)
    return render(
        request,
        "triangulation/queues",
        "Triangulation",
        section="queues",
        groups=[(head, [_queue(kind, attention) for kind in kinds]) for head, kinds in GROUPS],
        chosen=_queue(chosen, attention),
        advice=NEEDS[chosen].advice,
        items=_items(built.grid, attention.of(chosen)[:SHOWN]),
        more=max(0, len(attention.of(chosen)) - SHOWN),
        sites=whole.sites,
        themes=whole.themes,
        site=site,
        theme=theme,
        decisions=[each.value for each in Decision],
    )


@router.get("/api/claims/{number}")
def tell_claim(request: Request, number: int) -> ClaimCard:
    """Return a claim with its evidence and why it stands as it does."""
    grid = request.app.state.snapshots.matrix().grid
    claim = grid.bearings.claims.get(number)
    if claim is None:
        raise NoSuchClaimError(number)
    cell = tell_cell(request, grid.bearings.sites[claim.site].code, claim.theme)
    return next(card for card in cell.claims if card.id == number)


@router.post("/api/claims/{number}/adjudication")
def adjudicate(request: Request, number: int, made: Adjudication) -> Done:
    """Decide on a contested claim, with a reason."""
    project: Project = request.app.state.project
    project.reviews.adjudicate(number, made.decision, made.reason)
    return Done(entry=project.history.newest(), told=f"Claim {number} is decided.")


@router.delete("/api/claims/{number}/adjudication")
def withdraw_decision(request: Request, number: int) -> Done:
    """Take the decisions on a claim back."""
    project: Project = request.app.state.project
    project.reviews.withdraw(number)
    return Done(entry=project.history.newest(), told=f"Claim {number} is contested again.")


def _choose(need: str, attention: Attention) -> Need:
    """Return the need named, else the first in the order of the list that has items."""
    named = next((kind for kind in Need if kind.value == need), None)
    listed = [kind for _, kinds in GROUPS for kind in kinds]
    return named or next((kind for kind in listed if attention.of(kind)), listed[0])


def _queue(need: Need, attention: Attention) -> dict[str, Any]:
    return {
        "need": need.value,
        "title": NEEDS[need].title,
        "size": len(attention.of(need)),
        "count": attention.count(need),
    }


def _items(grid: Matrix, found: tuple[AttentionItem, ...]) -> list[dict[str, Any]]:
    book = grid.study.codebook
    rows = []
    for item in found:
        site = grid.bearings.sites.get(item.site)
        assessed = grid.assessments.get(item.claim) if item.claim is not None else None
        status = assessed.status if assessed else None
        rows.append(
            {
                "site": site.code if site else "",
                "name": site.name if site else "",
                "theme": item.theme,
                "label": book[item.theme].label if item.theme in book else item.theme,
                "claim": item.claim,
                "sentence": item.sentence,
                "status": status,
                "look": LEGEND[status] if status else None,
                "is_contested": status is Status.CONTESTED,
            }
        )
    return rows
