"""The queues of what needs attention, pairs of methods to confirm, contested claims to decide."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.model.attention import NEEDS, Attention, Need
from framework_coder.model.claims import Decision
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.model.pairing import Pairing, PairingState
from framework_coder.model.reviews import Convergence
from framework_coder.model.triangulation import Status
from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.triangulation import Adjudication, Confirmation

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
SHOWN = 300
"""Items of one queue that a page shows; the count says how many there are."""


@router.get("/triangulation", include_in_schema=False)
def show_triangulation(request: Request, need: str = "", state: str = "open") -> HTMLResponse:
    """Show one queue (the most pressing unless named), and the pairs of methods in a state."""
    project: Project = request.app.state.project
    built = request.app.state.snapshots.matrix()
    attention = built.attention()
    kinds = [kind for kind in Need if attention.of(kind)]
    chosen = next((kind for kind in kinds if kind.value == need), kinds[0] if kinds else None)
    pairs = [pair for pair in project.reviews.convergences() if pair.state.value == state]
    return render(
        request,
        "triangulation",
        "Triangulation",
        kinds=[(kind, NEEDS[kind].title, attention.count(kind)) for kind in kinds],
        chosen=chosen,
        advice=NEEDS[chosen].advice if chosen else "",
        items=_items(built.grid, attention, chosen) if chosen else [],
        pairs=[_pair(built.grid, pair) for pair in pairs[:SHOWN]],
        total=len(pairs),
        states=[each.value for each in PairingState],
        state=state,
        outcomes=[each.value for each in Convergence],
        decisions=[each.value for each in Decision],
    )


@router.post("/api/claims/{number}/adjudication")
def adjudicate(request: Request, number: int, made: Adjudication) -> Done:
    """Decide on a contested claim, with a reason."""
    project: Project = request.app.state.project
    project.reviews.adjudicate(number, made.decision, made.reason)
    return Done(entry=project.history.newest(), told=f"Claim {number} is decided.")


@router.post("/api/convergence")
def confirm(request: Request, made: Confirmation) -> Done:
    """Confirm what two methods come to on a claim; a reason where it is not what was suggested."""
    project: Project = request.app.state.project
    spot = (made.claim, made.first, made.second)
    project.reviews.confirm([spot], made.confirmed or None, reason=made.reason)
    return Done(entry=project.history.newest(), told=f"Confirmed for claim {made.claim}.")


def _items(grid: Matrix, attention: Attention, need: Need) -> list[dict[str, Any]]:
    book = grid.study.codebook
    rows = []
    for item in attention.of(need)[:SHOWN]:
        site = grid.bearings.sites.get(item.site)
        found = grid.assessments.get(item.claim) if item.claim is not None else None
        status = found.status if found else None
        rows.append(
            {
                "site": site.code if site else "",
                "name": site.name if site else "",
                "theme": item.theme,
                "label": book[item.theme].label if item.theme in book else item.theme,
                "claim": item.claim,
                "sentence": item.sentence,
                "status": status,
                "letter": LEGEND[status].letter if status else "",
                "is_contested": status is Status.CONTESTED,
            }
        )
    return rows


def _pair(grid: Matrix, pair: Pairing) -> dict[str, Any]:
    claim = grid.bearings.claims[pair.claim]
    methods = {method.id: method.label for method in grid.study.design.methods}
    return {
        "claim": claim.id,
        "site": grid.bearings.sites[claim.site].code,
        "theme": claim.theme,
        "summary": claim.summary,
        "first": pair.first,
        "second": pair.second,
        "methods": f"{methods[pair.first]} and {methods[pair.second].lower()}",
        "suggested": pair.suggested.value,
        "decision": pair.decision,
    }
