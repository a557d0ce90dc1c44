"""Decide where the passages and claims of a split or retired theme go: to a part, or nowhere."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError
from framework_coder.model.codebook import CodebookError, Theme
from framework_coder.model.deciding import Moves, Undecided, list_undecided, plan_moves
from framework_coder.store.claims import load_claims, load_evidence
from framework_coder.store.codebooks import load_codebook, load_left, save_left
from framework_coder.store.codings import load_codings
from framework_coder.store.journal import Step
from framework_coder.store.tables import ClaimEntity, CodingEntity
from framework_coder.workflows.charted import find_claim
from framework_coder.workflows.coding import UnknownCodingError


class RetiredPartError(CodebookError):
    """A retired theme that passages should go to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(f"Theme “{theme.id}” is retired; choose an active theme.")


class NothingChosenError(BadInputError):
    """A decision on no passage and no claim."""

    def __init__(self) -> None:
        super().__init__("Name at least one coding or claim; `codebook queue` lists what is to be decided.")


def load_undecided(connection: Connection, *, with_text: bool = True) -> list[Undecided]:
    """Return what still stands at themes that others took over and was not left there."""
    return list_undecided(
        load_codebook(connection),
        load_codings(connection, with_text=with_text),
        load_claims(connection),
        load_left(connection),
    )


def recode(
    engine: Engine,
    theme: str,
    *,
    codings: Collection[int] = (),
    claims: Collection[int] = (),
    who: str,
    why: str = "",
) -> Moves:
    """Move codings and claims to another theme, and what belongs with them; return all that moved.

    Evidence follows: a claim takes its passages along, and goes where all its passages went. Raises
    RetiredPartError, UnknownCodingError or UnknownClaimError.
    """
    if not codings and not claims:
        raise NothingChosenError
    with Step(engine, who=who, action="recode", why=why) as step:
        connection = step.connection
        goal = load_codebook(connection)[theme]
        if goal.is_retired:
            raise RetiredPartError(goal)
        _check_there(connection, codings, claims)
        moves = plan_moves(
            _themes(connection, CodingEntity),
            _themes(connection, ClaimEntity),
            load_evidence(connection),
            Moves(frozenset(codings), frozenset(claims)),
        )
        step.update(CodingEntity, {number: {"theme": theme} for number in sorted(moves.codings)})
        step.update(ClaimEntity, {number: {"theme": theme} for number in sorted(moves.claims)})
    return moves


def leave(
    engine: Engine,
    *,
    codings: Collection[int] = (),
    claims: Collection[int] = (),
    who: str,
    why: str = "",
) -> None:
    """Leave codings and claims at their retired theme, as history; they are not asked about again."""
    if not codings and not claims:
        raise NothingChosenError
    with Step(engine, who=who, action="leave at retired theme", why=why) as step:
        _check_there(step.connection, codings, claims)
        more = {("codings", number) for number in codings} | {("claims", number) for number in claims}
        save_left(step, load_left(step.connection) | more)


def _themes(connection: Connection, entity: type[CodingEntity | ClaimEntity]) -> dict[int, str]:
    rows = connection.execute(select(entity.id, entity.theme)).all()
    return {number: theme for number, theme in rows}  # noqa: C416 - rows are not pairs to the type checker


def _check_there(connection: Connection, codings: Iterable[int], claims: Iterable[int]) -> None:
    if missing := set(codings) - _themes(connection, CodingEntity).keys():
        raise UnknownCodingError(missing)
    for number in sorted(set(claims) - _themes(connection, ClaimEntity).keys()):
        find_claim(connection, number)  # says whether it was ever there
