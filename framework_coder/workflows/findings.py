"""Write findings: statements across sites that rest on claims."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from framework_coder.errors import BadInputError, ConflictError, NotFoundError
from framework_coder.model.findings import Finding, FindingRole
from framework_coder.store.codebooks import note_coders
from framework_coder.store.journal import Step
from framework_coder.store.review_tables import FindingClaimEntity, FindingEntity, MemoTargetEntity
from framework_coder.store.tables import ClaimEntity


class UnknownFindingError(NotFoundError):
    """A finding that the project does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no finding {number}; `finding list` shows them.")


class UnknownClaimsError(NotFoundError):
    """Claims that the project does not have."""

    def __init__(self, numbers: Collection[int]) -> None:
        super().__init__(
            f"There is no claim {', '.join(map(str, sorted(numbers)))}; `claim list` shows them."
        )


class EmptyFindingError(BadInputError):
    """A finding without words."""

    def __init__(self) -> None:
        super().__init__("A finding needs a statement; write what holds across sites.")


class StaleFindingError(ConflictError):
    """A finding that someone changed meanwhile."""

    def __init__(self, number: int, there: str, given: str) -> None:
        super().__init__(
            f"Finding {number} was changed meanwhile. It now says: “{there}”. You wrote: “{given}”. "
            "Look at both and save again."
        )


def add_finding(
    engine: Engine,
    statement: str,
    *,
    who: str,
    comment: str = "",
    claims: Mapping[int, FindingRole] | None = None,
    why: str = "",
) -> int:
    """Write a finding, with the claims it rests on; return its number."""
    with Step(engine, who=who, action="write finding", why=why) as step:
        last = step.connection.execute(select(func.max(FindingEntity.position))).scalar() or 0
        note_coders(step, [who])
        row = {"statement": _worded(statement), "comment": comment, "author": who, "position": last + 1}
        number = int(step.insert(FindingEntity, [row])[0])
        _link(step, number, claims or {}, "")
    return number


def edit_finding(
    engine: Engine,
    number: int,
    *,
    who: str,
    statement: str | None = None,
    comment: str | None = None,
    was: str | None = None,
    why: str = "",
) -> None:
    """Reword a finding; `was` is the statement that the editor started from, where it must not be another."""
    with Step(engine, who=who, action="edit finding", why=why) as step:
        finding = _find(step.connection, number)
        if was is not None and was != finding.statement:
            raise StaleFindingError(number, finding.statement, statement or "")
        values: dict[str, Any] = {}
        if statement is not None:
            values["statement"] = _worded(statement)
        if comment is not None:
            values["comment"] = comment
        step.update(FindingEntity, {number: values})


def delete_finding(engine: Engine, number: int, *, who: str, why: str = "") -> None:
    """Take a finding away with its links; memos on it stay, about the project from then on."""
    with Step(engine, who=who, action="delete finding", why=why) as step:
        _find(step.connection, number)
        for entity in (FindingClaimEntity, MemoTargetEntity):
            step.delete(entity, _keys(step.connection, entity, number))
        step.delete(FindingEntity, [number])


def link_claims(
    engine: Engine,
    number: int,
    claims: Mapping[int, FindingRole],
    *,
    who: str,
    note: str = "",
    why: str = "",
) -> None:
    """Rest a finding on claims, each in its role; a claim linked already takes the new role and note."""
    with Step(engine, who=who, action="link finding", why=why) as step:
        _find(step.connection, number)
        _link(step, number, claims, note)


def unlink_claims(engine: Engine, number: int, claims: Collection[int], *, who: str, why: str = "") -> None:
    """Take claims from a finding."""
    with Step(engine, who=who, action="unlink finding", why=why) as step:
        _find(step.connection, number)
        there = _links(step.connection, number)
        if missing := set(claims) - there.keys():
            raise NotFoundError(
                f"Finding {number} does not rest on claim {', '.join(map(str, sorted(missing)))}."
            )
        step.delete(FindingClaimEntity, [there[claim] for claim in claims])


def move_finding(engine: Engine, number: int, place: int, *, who: str, why: str = "") -> None:
    """Put a finding at a place in their order, from 1."""
    with Step(engine, who=who, action="move finding", why=why) as step:
        _find(step.connection, number)
        entity = FindingEntity
        order = list(
            step.connection.execute(select(entity.id).order_by(entity.position, entity.id)).scalars()
        )
        order.remove(number)
        order.insert(max(place, 1) - 1, number)
        step.update(entity, {key: {"position": position} for position, key in enumerate(order, 1)})


def _worded(statement: str) -> str:
    if not statement.strip():
        raise EmptyFindingError
    return statement.strip()


def _find(connection: Connection, number: int) -> Finding:
    entity = FindingEntity
    row = connection.execute(
        select(entity.id, entity.statement, entity.comment, entity.author, entity.position).where(
            entity.id == number
        )
    ).first()
    if row is None:
        raise UnknownFindingError(number)
    return Finding(*row)


def _keys(
    connection: Connection, entity: type[FindingClaimEntity | MemoTargetEntity], number: int
) -> list[int]:
    return list(connection.execute(select(entity.id).where(entity.finding == number)).scalars())


def _links(connection: Connection, number: int) -> dict[int, int]:
    """Return the key of each link of a finding by its claim."""
    entity = FindingClaimEntity
    rows = connection.execute(select(entity.claim, entity.id).where(entity.finding == number))
    return dict(rows.all())


def _link(step: Step, number: int, claims: Mapping[int, FindingRole], note: str) -> None:
    entity = ClaimEntity
    known = set(step.connection.execute(select(entity.id)).scalars()) if claims else set()
    if missing := claims.keys() - known:
        raise UnknownClaimsError(missing)
    there = _links(step.connection, number)
    rows = {claim: {"role": role.value, "note": note} for claim, role in claims.items()}
    step.update(FindingClaimEntity, {there[claim]: row for claim, row in rows.items() if claim in there})
    new = [{"finding": number, "claim": c, **row} for c, row in rows.items() if c not in there]
    step.insert(FindingClaimEntity, new)
