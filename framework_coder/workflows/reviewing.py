"""What people decide on review: contested claims, how methods converge, what informants answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Decision, Stance
from framework_coder.model.codings import CodingState
from framework_coder.model.pairing import Pairing, pair_up
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.store.codebooks import note_coders
from framework_coder.store.journal import Step, Where, now
from framework_coder.store.review_tables import ConvergenceEntity, MemberCheckEntity
from framework_coder.store.rows import Key
from framework_coder.store.study import load_study
from framework_coder.store.tables import (
    AdjudicationEntity,
    ClaimEntity,
    CodingEntity,
    EvidenceEntity,
    RevisionEntity,
)
from framework_coder.workflows.charted import find_claim


class NothingToDecideError(BadInputError):
    """A decision on a claim that is not contested."""

    def __init__(self, claim: int, missing: Stance) -> None:
        super().__init__(
            f"Claim {claim} is not contested: nothing that counts {missing.value} it. "
            "A decision needs evidence on both sides."
        )


class ReviewReasonError(BadInputError):
    """A decision of a reviewer without its reason."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs a reason; say why (--why on the command line).")


class NoDecisionError(NotFoundError):
    """A decision to take back that was never made."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}, so there is nothing to take back.")


Spot = tuple[int, str, str]
"""A claim and two methods."""


class UnknownPairError(NotFoundError):
    """Two methods that are not a pair of the plan."""

    def __init__(self, pair: Spot, known: Iterable[str]) -> None:
        claim, one, other = pair
        super().__init__(
            f"Claim {claim} has no pair of methods “{one}” and “{other}”; "
            f"choose two of {', '.join(sorted(known))}."
        )


def adjudicate(
    engine: Engine, claim: int, decision: Decision, reason: str, *, who: str, why: str = ""
) -> None:
    """Decide on a contested claim, with the evidence that stands on each side now.

    An earlier decision is kept; the newest holds. Raises NothingToDecideError or ReviewReasonError.
    """
    if not reason.strip():
        raise ReviewReasonError("A decision on a contested claim")
    with Step(engine, who=who, action="adjudicate claim", why=why or reason) as step:
        about = _about(step.connection, [claim])[claim]
        sides = sides_of(step.connection, claim)
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS):
            if not sides[stance]:
                raise NothingToDecideError(claim, stance)
        note_coders(step, [who])
        row = {
            "claim": claim,
            "decision": decision.value,
            "reason": reason.strip(),
            "decided_by": who,
            "decided_on": now()[:10],
            "supports": sides[Stance.SUPPORTS],
            "contradicts": sides[Stance.CONTRADICTS],
        }
        step.insert(AdjudicationEntity, [row], about=[about])


def withdraw_decision(engine: Engine, claim: int, *, who: str, why: str = "") -> None:
    """Take back the decisions on a claim; the journal keeps them."""
    with Step(engine, who=who, action="withdraw decision", why=why) as step:
        _about(step.connection, [claim])
        entity = AdjudicationEntity
        keys = step.connection.execute(select(entity.id).where(entity.claim == claim)).scalars().all()
        if not keys:
            raise NoDecisionError(f"Nobody has decided on claim {claim}")
        step.delete(entity, keys)


def sides_of(connection: Connection, claim: int) -> dict[Stance, list[int]]:
    """Return the live codings of a claim by stance, as the triangulation rule sees them."""
    link, coding = EvidenceEntity, CodingEntity
    rows = connection.execute(
        select(link.stance, link.coding)
        .join(coding, coding.id == link.coding)
        .join(RevisionEntity, RevisionEntity.id == coding.revision)
        .where(link.claim == claim, coding.state == CodingState.ACCEPTED.value, RevisionEntity.is_current)
        .order_by(link.coding)
    )
    found: dict[Stance, list[int]] = {stance: [] for stance in Stance}
    for stance, number in rows:
        found[Stance(stance)].append(number)
    return found


def _about(connection: Connection, claims: Iterable[int]) -> dict[int, Where]:
    """Return the cell of each claim, in their order; raises UnknownClaimError."""
    row = ClaimEntity
    places = {
        number: Where(site=site, theme=theme)
        for number, site, theme in connection.execute(select(row.id, row.site, row.theme))
    }
    for number in claims:
        if number not in places:
            find_claim(connection, number)  # says whether it was ever there
    return {number: places[number] for number in claims}


def confirm_convergence(
    engine: Engine,
    pairs: Sequence[Spot],
    confirmed: Convergence | None = None,
    *,
    who: str,
    reason: str = "",
    why: str = "",
) -> list[Pairing]:
    """Confirm how two methods stand on a claim, for one or many (claim, method, method), as one step.

    Without `confirmed` each is confirmed as it is suggested now; where it differs from the suggestion a
    reason is needed. Returns the pairings as they were. Raises UnknownPairError or ReviewReasonError.
    """
    with Step(engine, who=who, action="confirm convergence", why=why or reason) as step:
        chosen = find_pairs(step.connection, pairs)
        for pairing in chosen.values():
            if confirmed not in (None, pairing.suggested) and not reason.strip():
                what = f"Another convergence than “{pairing.suggested}” for claim {pairing.claim}"
                raise ReviewReasonError(what)
        note_coders(step, [who])
        rows = {
            spot: _convergence_columns(pairing, confirmed or pairing.suggested, reason, who)
            for spot, pairing in chosen.items()
        }
        keys = _keys_of_pairs(step.connection)
        step.update(ConvergenceEntity, {keys[spot]: row for spot, row in rows.items() if spot in keys})
        new = [spot for spot in rows if spot not in keys]
        places = _about(step.connection, [claim for claim, _, _ in new])
        about = [places[claim] for claim, _, _ in new]
        step.insert(ConvergenceEntity, [rows[spot] for spot in new], about=about)
    return list(chosen.values())


def _convergence_columns(pairing: Pairing, answer: Convergence, reason: str, who: str) -> dict[str, Any]:
    return {
        "claim": pairing.claim,
        "first_method": pairing.first,
        "second_method": pairing.second,
        "suggested": pairing.suggested.value,
        "confirmed": answer.value,
        "reason": reason.strip(),
        "coder": who,
        "decided_on": now()[:10],
    }


def find_pairs(connection: Connection, pairs: Sequence[Spot]) -> dict[Spot, Pairing]:
    """Return the pairings as they are suggested now, each once."""
    numbers = _about(connection, dict.fromkeys(claim for claim, _, _ in pairs))
    bearings = Bearings(load_study(connection, with_text=False))
    suggested = pair_up(bearings, [bearings.claims[number] for number in numbers])
    known = {(p.claim, p.first, p.second): p for p in suggested}
    chosen: dict[Spot, Pairing] = {}
    for pair in pairs:
        spot = _in_order(pair)
        if spot not in known:
            raise UnknownPairError(pair, bearings.planned)
        chosen[spot] = known[spot]
    return chosen


def _in_order(pair: Spot) -> Spot:
    claim, one, other = pair
    return (claim, one, other) if one <= other else (claim, other, one)


def _keys_of_pairs(connection: Connection) -> dict[Spot, Key]:
    row = ConvergenceEntity
    rows = connection.execute(select(row.claim, row.first_method, row.second_method, row.id))
    return {(claim, first, second): key for claim, first, second, key in rows}


def reopen_convergence(engine: Engine, pairs: Sequence[Spot], *, who: str, why: str = "") -> None:
    """Take back what was confirmed of pairs of methods; raises NoDecisionError."""
    with Step(engine, who=who, action="reopen convergence", why=why) as step:
        keys = _keys_of_pairs(step.connection)
        spots = [_in_order(pair) for pair in pairs]
        for claim, first, second in spots:
            if (claim, first, second) not in keys:
                raise NoDecisionError(f"Nobody has confirmed {first} and {second} for claim {claim}")
        step.delete(ConvergenceEntity, [keys[spot] for spot in spots])


def record_member_check(
    engine: Engine,
    claims: Sequence[int],
    state: MemberCheckState,
    *,
    who: str,
    informant: str | None = None,
    reply: str | None = None,
    why: str = "",
) -> None:
    """Record where the member check of claims stands; informant and reply stay as they are where None."""
    with Step(engine, who=who, action="record member check", why=why) as step:
        entity = MemberCheckEntity
        note_coders(step, [who])
        there: dict[int, Key] = {
            claim: key for key, claim in step.connection.execute(select(entity.id, entity.claim))
        }
        said = {"informant": informant, "reply": reply}
        row = {name: text.strip() for name, text in said.items() if text is not None}
        row |= {"state": state.value, "coder": who, "made_on": now()[:10]}
        places = _about(step.connection, dict.fromkeys(claims))
        step.update(entity, {there[claim]: row for claim in places if claim in there})
        new = [claim for claim in places if claim not in there]
        rows = [{"claim": claim, **row} for claim in new]
        step.insert(entity, rows, about=[places[claim] for claim in new])
