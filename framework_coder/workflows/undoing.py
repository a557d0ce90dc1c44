"""Undo and redo: take back a step of the journal, and take back that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from framework_coder.errors import ConflictError, NotFoundError
from framework_coder.store.engine import reading
from framework_coder.store.journal import Step
from framework_coder.store.obstacles import (
    SHOWN,
    Culprit,
    Obstacle,
    ObstaclesError,
    describe,
    find_culprits,
)
from framework_coder.store.steps import StepState, list_fixed, load_steps
from framework_coder.store.undoing import take_back


class UndoConflictError(ConflictError):
    """What came after a step stands in the way; `entries` are the later entries that are named."""

    def __init__(
        self, step: StepState, verb: str, obstacles: list[Obstacle], found: Mapping[Obstacle, Culprit]
    ) -> None:
        self.entries = tuple(sorted({culprit.entry for culprit in found.values()}))
        told = [describe(obstacle, found.get(obstacle)) for obstacle in obstacles[:SHOWN]]
        more = f" and {len(obstacles) - SHOWN:,} more" if len(obstacles) > SHOWN else ""
        advice = "that" if len(self.entries) == 1 else "those"
        super().__init__(
            f"Entry {step.entry} ({step.who}, {step.action}) cannot be {verb}: {'; '.join(told)}{more}. "
            f"Nothing was changed; undo {advice} first."
        )


class NothingToUndoError(NotFoundError):
    """A coder without a step that could be taken back, or brought back."""

    def __init__(self, who: str, verb: str) -> None:
        super().__init__(f"{who} has nothing to {verb}; `log` shows the entries and what became of them.")


class NotUndoableError(ConflictError):
    """A step that never goes away, or that is in the state asked for already."""


class UnknownEntryError(NotFoundError):
    """An entry that the journal does not have."""

    def __init__(self, entry: int) -> None:
        super().__init__(f"There is no entry {entry} in the journal; `log` shows them.")


@dataclass(frozen=True, slots=True)
class Undone:
    """That a step was undone or redone: the new entry, and the step's first entry, coder and action."""

    entry: int
    step: int
    who: str
    action: str
    is_redo: bool = False


def undo(engine: Engine, *, who: str, entry: int | None = None, why: str = "") -> Undone:
    """Take back the newest step of `who` that stands, or the step that an entry belongs to.

    An undo is an entry too; named by its number, it is taken back like any other. Raises UndoConflictError
    where something later rests on the step, NothingToUndoError, NotUndoableError or UnknownEntryError; then
    nothing is changed.
    """
    find = (lambda c: _newest_standing(c, who)) if entry is None else (lambda c: _named(c, entry))
    return _turn(engine, find, who=who, why=why)


def redo(engine: Engine, *, who: str, entry: int | None = None, why: str = "") -> Undone:
    """Bring back the newest step that `who` undid, or the undone step that an entry belongs to.

    A new change by the same coder ends what can be redone without a number. Raises as `undo` does.
    """
    find = (lambda c: _newest_undone(c, who)) if entry is None else (lambda c: _undone(c, entry))
    return _turn(engine, find, who=who, why=why)


def _turn(engine: Engine, find: Callable[[Connection], StepState], *, who: str, why: str) -> Undone:
    """Undo a step that stands, redo one that was undone; within one transaction from the choice on."""
    with reading(engine) as connection:
        chosen = find(connection)
    verb = "undo" if chosen.is_standing else "redo"
    action, taken = f"{verb}: {chosen.action}", chosen.to_take_back
    try:
        with Step(engine, who=who, action=action, why=why, undoes=taken[0]) as step:
            if find(step.connection) != chosen:
                raise _ChangedMeanwhileError
            take_back(step, taken)
    except ObstaclesError as error:
        with reading(engine) as connection:
            ignored = _cancelled_out(load_steps(connection))
            found = find_culprits(connection, error.obstacles, taken[-1], ignored)
        done = "undone" if verb == "undo" else "redone"
        raise UndoConflictError(chosen, done, error.obstacles, found) from error
    assert step.number is not None
    return Undone(step.number, chosen.entry, chosen.who, chosen.action, verb == "redo")


class _ChangedMeanwhileError(ConflictError):
    """Somebody else undid or redid it in the same moment."""

    def __init__(self) -> None:
        super().__init__("The journal changed in the same moment; nothing was changed. Try again.")


def _cancelled_out(steps: Mapping[int, StepState]) -> set[int]:
    """Return entries without effect now: undone steps with their undos, and what was redone since."""
    ignored: set[int] = set()
    for step in steps.values():
        everything = [*step.entries, *step.trail]
        if step.trail:
            ignored.update(everything if not step.is_standing else everything[:-1])
    return ignored


def _newest_standing(connection: Connection, who: str) -> StepState:
    steps = load_steps(connection)
    fixed = list_fixed(connection, [*steps.values()])
    own = [s for s in steps.values() if s.is_standing and s.whose == who and s.entry not in fixed]
    if not own:
        raise NothingToUndoError(who, "undo")
    return max(own, key=lambda step: step.newest)


def _newest_undone(connection: Connection, who: str) -> StepState:
    steps = load_steps(connection)
    last = max((step.entries[-1] for step in steps.values() if step.who == who), default=0)
    own = [s for s in steps.values() if not s.is_standing and s.whose == who and s.newest > last]
    if not own:
        raise NothingToUndoError(who, "redo")
    return max(own, key=lambda step: step.newest)


def _find(connection: Connection, entry: int) -> StepState:
    steps = load_steps(connection)
    for step in steps.values():
        if entry in step.entries or entry in step.trail:
            reason = list_fixed(connection, [*steps.values()]).get(step.entry)
            if reason:
                raise NotUndoableError(f"Entry {entry} ({step.action}) cannot be undone: {reason}.")
            return step
    raise UnknownEntryError(entry)


def _named(connection: Connection, entry: int) -> StepState:
    step = _find(connection, entry)
    if entry in step.trail and entry != step.newest:
        raise NotUndoableError(f"Entry {entry} was taken back already, by entry {step.newest}.")
    if entry in step.entries and not step.is_standing:
        raise NotUndoableError(
            f"Entry {entry} ({step.action}) is undone already, by entry {step.newest}; "
            f"`redo {entry}` brings it back."
        )
    return step


def _undone(connection: Connection, entry: int) -> StepState:
    step = _find(connection, entry)
    if step.is_standing:
        raise NotUndoableError(f"Entry {entry} ({step.action}) stands; there is nothing to bring back.")
    return step
