"""Convergence of methods: what each pair comes to on each claim, suggested and confirmed."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.model.matrix import Matrix
from framework_coder.model.pairing import Pair, Pairing, PairingState, count_pairings
from framework_coder.model.reviews import Convergence
from framework_coder.model.wording import count
from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.triangulation import Confirmation, PairSpot, Reopening

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()
SHOWN = 200
WAITING = "waiting"
"""The filter for pairs that an analyst has something to confirm of."""


@router.get("/triangulation/convergence", include_in_schema=False)
def show_convergence(
    request: Request, pair: str = "", state: str = WAITING, outcome: str = "", site: str = "", theme: str = ""
) -> HTMLResponse:
    """Show how many claims each pair of methods stands on in which way, and the claims of a choice."""
    project: Project = request.app.state.project
    grid = request.app.state.snapshots.matrix().grid
    pairings = project.reviews.convergences(sites=[site] if site else (), themes=[theme] if theme else ())
    chosen = [each for each in pairings if _fits(each, pair, state, outcome)]
    return render(
        request,
        "triangulation/convergence",
        "Convergence of methods",
        section="convergence",
        counts=[
            (f"{first}+{second}", _name_pair(grid, (first, second)), list(by_outcome.items()))
            for (first, second), by_outcome in count_pairings(pairings).items()
        ],
        outcomes=[each.value for each in Convergence],
        states=[WAITING, *(each.value for each in PairingState), "all"],
        chosen={"pair": pair, "state": state, "outcome": outcome, "site": site, "theme": theme},
        rows=[_row(grid, each) for each in chosen[:SHOWN]],
        total=len(chosen),
        sites=grid.sites,
        themes=grid.themes,
    )


@router.post("/api/convergence")
def confirm(request: Request, made: Confirmation) -> Done:
    """Confirm what pairs of methods come to, as one step; a reason where it is not what was suggested."""
    project: Project = request.app.state.project
    done = project.reviews.confirm(_spots(made.pairs), made.confirmed or None, reason=made.reason)
    told = f"{count(len(done), 'pair')} of methods confirmed."
    return Done(entry=project.history.newest(), told=told)


@router.post("/api/convergence/reopen")
def reopen(request: Request, made: Reopening) -> Done:
    """Take confirmations back."""
    project: Project = request.app.state.project
    project.reviews.reopen(_spots(made.pairs))
    return Done(entry=project.history.newest(), told="Open again.")


def _spots(pairs: list[PairSpot]) -> list[tuple[int, str, str]]:
    return [(each.claim, each.first, each.second) for each in pairs]


def _fits(pairing: Pairing, pair: str, state: str, outcome: str) -> bool:
    """Whether a pairing is one of a choice; empty words choose all."""
    is_in_state = pairing.awaits if state == WAITING else state in {"", "all", pairing.state.value}
    is_of_pair = pair in {"", f"{pairing.first}+{pairing.second}"}
    return is_in_state and is_of_pair and outcome in {"", pairing.stands.value}


def _name_pair(grid: Matrix, pair: Pair) -> str:
    methods = {method.id: method.label for method in grid.study.design.methods}
    return f"{methods[pair[0]]} and {methods[pair[1]].lower()}"


def _row(grid: Matrix, pairing: Pairing) -> dict[str, Any]:
    claim = grid.bearings.claims[pairing.claim]
    book = grid.study.codebook
    return {
        "claim": claim.id,
        "site": grid.bearings.sites[claim.site],
        "theme": claim.theme,
        "label": book[claim.theme].label,
        "summary": claim.summary,
        "first": pairing.first,
        "second": pairing.second,
        "methods": _name_pair(grid, (pairing.first, pairing.second)),
        "suggested": pairing.suggested.value,
        "state": pairing.state.value,
        "decision": pairing.decision,
    }
