"""Write, edit, order and delete claims; each is one step, and none overwrites what somebody else wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine

from framework_coder.errors import ConflictError
from framework_coder.model.charting import ChartedClaim
from framework_coder.model.citations import move_place
from framework_coder.model.claims import Claim, ClaimKind, CodedValue
from framework_coder.model.spelling import closest
from framework_coder.model.values import check_values
from framework_coder.store.claim_rows import (
    findings_on,
    insert_claims,
    last_position,
    memos_on,
    numbers_of_links,
    numbers_of_reviews,
    numbers_of_values,
    remove_links,
    save_claim,
    save_links,
)
from framework_coder.store.claims import load_claims
from framework_coder.store.codebooks import load_codebook, load_design, note_coders
from framework_coder.store.journal import Step
from framework_coder.store.tables import ClaimEntity, ClaimValueEntity
from framework_coder.workflows.charted import (
    ClaimError,
    check_active,
    find_claim,
    find_writable_cell,
    open_claim,
)

EDITABLE = ("theme", "summary", "kind", "is_key", "quotation", "comment", "values")
"""What an edit may change of a claim itself."""


class ClaimInUseError(ConflictError):
    """A claim that findings or memos rest on."""

    def __init__(self, number: int, findings: Sequence[int], memos: Sequence[int]) -> None:
        named = [f"{word} {n}" for word, some in (("finding", findings), ("memo", memos)) for n in some]
        what = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
        them = "it" if len(named) == 1 else "them"
        super().__init__(f"Claim {number} is named by {what}; take it from {them} first, then delete it.")


def add_claim(
    engine: Engine,
    site: str,
    theme: str,
    summary: str,
    *,
    who: str,
    kind: ClaimKind | str = ClaimKind.FACT,
    is_key: bool = False,
    quotation: str = "",
    comment: str = "",
    values: Sequence[CodedValue | str] = (),
    after: int | None = None,
    why: str = "",
) -> int:
    """Write a claim in a cell, last or just after another one; return its number."""
    with Step(engine, who=who, action="add claim", why=why) as step:
        said = {"kind": kind, "is_key": is_key, "quotation": quotation, "comment": comment, "values": values}
        number = find_writable_cell(step.connection, site, theme)
        empty = Claim(0, number, theme, "", author=who)
        (made,) = store_claims(step, [revised(step.connection, empty, {"summary": summary, **said})], after)
        return made


def store_claims(step: Step, claims: Sequence[Claim], after: int | None) -> list[int]:
    """Store new claims of one cell in order, last or just after another claim; return their numbers."""
    note_coders(step, [claim.author for claim in claims])
    start = last_position(step.connection) + 1
    numbers = insert_claims(step, [replace(c, position=start + place) for place, c in enumerate(claims)])
    if after is not None:
        cell = _cell_of(step.connection, claims[0])
        rest = [claim.id for claim in cell if claim.id not in numbers]
        place = rest.index(_neighbour(step.connection, claims[0], after)) + 1
        _order(step, cell, [*rest[:place], *numbers, *rest[place:]])
    return numbers


def revised(connection: Connection, claim: Claim, fields: Mapping[str, Any]) -> Claim:
    """Return a claim with some of its fields replaced and checked; raises ClaimError or CodedValueError."""
    fields = {name: value for name, value in fields.items() if value is not None}
    for name in ("summary", "quotation", "comment"):
        if name in fields:
            fields[name] = fields[name].strip()
    if not fields.get("summary", claim.summary):
        raise ClaimError("A claim needs a summary; say in your words what the evidence says.")
    if "kind" in fields:
        fields["kind"] = find_kind(fields["kind"])
    if "values" in fields:
        fields["values"] = check_values(fields["values"], load_design(connection))
    return replace(claim, **fields)


def find_kind(name: ClaimKind | str) -> ClaimKind:
    """Return the kind of that name; raises ClaimError."""
    if name in set(ClaimKind):
        return ClaimKind(name)
    close = closest(name, ClaimKind)
    hint = f"did you mean “{close}”?" if close else f"choose one of {', '.join(ClaimKind)}."
    raise ClaimError(f"There is no kind of claim “{name}”; {hint}")


def edit_claim(
    engine: Engine, number: int, *, who: str, edition: str = "", why: str = "", **fields: Any
) -> None:
    """Change fields of a claim (`EDITABLE`); those that are None stay.

    Tokens stay with the words around them. At another theme it comes last in its new cell. Raises
    UnknownClaimError, StaleClaimError, ClaimError or CodedValueError.
    """
    unknown = fields.keys() - set(EDITABLE)
    assert not unknown, f"no fields of a claim: {unknown}"
    with Step(engine, who=who, action="edit claim", why=why) as step:
        deed = f"change its {', '.join(name for name, value in fields.items() if value is not None)}"
        wanted = fields.get("summary") or ""
        found = open_claim(step.connection, number, edition, deed, wanted, with_evidence=False)
        change_claim(step, found, fields)


def change_claim(step: Step, found: ChartedClaim, fields: Mapping[str, Any]) -> None:
    """Change fields of a claim that was opened; its tokens stay with the words around them."""
    claim = revised(step.connection, found.claim, fields)
    if claim.theme != found.claim.theme:
        check_active(load_codebook(step.connection), claim.theme)
        claim = replace(claim, position=last_position(step.connection) + 1)
    save_claim(step, claim)
    keep_places(step, found, claim.summary)


def keep_places(step: Step, found: ChartedClaim, summary: str) -> None:
    """Let the tokens of a claim stay with the words around them in its new summary."""
    numbers = numbers_of_links(step.connection, found.claim.id)
    moved = (
        (numbers[link.coding], replace(link, place=move_place(found.claim.summary, summary, link.place)))
        for link in found.evidence
    )
    save_links(step, moved)


def move_claim(
    engine: Engine,
    number: int,
    *,
    who: str,
    before: int | None = None,
    after: int | None = None,
    why: str = "",
) -> None:
    """Put a claim just before or just after another one of its cell."""
    if (before is None) == (after is None):
        raise ClaimError("Say before or after which claim of the cell it is to stand.")
    with Step(engine, who=who, action="move claim", why=why) as step:
        claim = find_claim(step.connection, number).claim
        other = _neighbour(step.connection, claim, before if after is None else after)
        if other == number:
            raise ClaimError(f"Claim {number} cannot stand before or after itself; name another claim.")
        cell = _cell_of(step.connection, claim)
        rest = [each.id for each in cell if each.id != number]
        place = rest.index(other) + (after is not None)
        _order(step, cell, [*rest[:place], number, *rest[place:]])


def _cell_of(connection: Connection, claim: Claim) -> tuple[Claim, ...]:
    return load_claims(connection, cell=(claim.site, [claim.theme]))


def _neighbour(connection: Connection, claim: Claim, number: int | None) -> int:
    assert number is not None
    other = find_claim(connection, number).claim
    if (other.site, other.theme) != (claim.site, claim.theme):
        raise ClaimError(f"Claim {number} stands in another cell; name a claim of the same cell.")
    return number


def _order(step: Step, cell: Sequence[Claim], numbers: Sequence[int]) -> None:
    """Give the places of a cell's claims to them in another order."""
    places = sorted({claim.position for claim in cell})
    if len(places) < len(cell):
        start = last_position(step.connection) + 1
        places = list(range(start, start + len(cell)))
    step.update(ClaimEntity, {n: {"position": place} for n, place in zip(numbers, places, strict=True)})


def delete_claim(engine: Engine, number: int, *, who: str, edition: str = "", why: str = "") -> None:
    """Take a claim away with its values, its evidence and what was decided on it; the journal keeps them.

    Raises ClaimInUseError where findings or memos name it.
    """
    with Step(engine, who=who, action="delete claim", why=why) as step:
        open_claim(step.connection, number, edition, "delete it")
        remove_unused_claim(step, number)


def remove_unused_claim(step: Step, number: int) -> None:
    """Take a claim away that nothing names; raises ClaimInUseError."""
    findings, memos = findings_on(step.connection, number), memos_on(step.connection, number)
    if findings or memos:
        raise ClaimInUseError(number, sorted(findings), sorted(memos))
    remove_claim(step, number)


def remove_claim(step: Step, number: int) -> None:
    """Take a claim away with all that belongs to it alone."""
    remove_links(step, numbers_of_links(step.connection, number).values())
    step.delete(ClaimValueEntity, numbers_of_values(step.connection, number))
    for entity, numbers in numbers_of_reviews(step.connection, number).items():
        step.delete(entity, numbers)
    step.delete(ClaimEntity, [number])
