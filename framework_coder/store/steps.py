"""The steps of a project: which stand, which were undone, and what an undo or a redo would take back.

A step is one entry of the journal, or all entries of one long work. An undo is an entry that names the step
it takes back; a redo is an entry that names the undo. So a step has a trail: itself, its undo, its redo …
It stands where nothing, or its redo, ends the trail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from framework_coder.store.tables import FrameworkVersionEntity, JournalChangeEntity, JournalEntryEntity


@dataclass(slots=True)
class StepState:
    """A step by its first entry: who did what when, its entries, and the undos and redos since.

    `whose` is the coder of the last of these: whose undo or redo it would be.
    """

    entry: int
    who: str
    action: str
    made_at: str
    entries: list[int]
    trail: list[int] = field(default_factory=list)
    whose: str = ""

    @property
    def is_standing(self) -> bool:
        """Whether what the step did holds."""
        return len(self.trail) % 2 == 0

    @property
    def newest(self) -> int:
        """The entry that last did, undid or redid it."""
        return self.trail[-1] if self.trail else self.entry

    @property
    def to_take_back(self) -> list[int]:
        """The entries whose inverse an undo, or a redo, applies."""
        return [self.trail[-1]] if self.trail else self.entries


def load_steps(connection: Connection, *, until: str = "") -> dict[int, StepState]:
    """Return every step by its first entry, oldest first, with one select.

    `until` is an ISO date or its beginning, included: the steps as they were then.
    """
    row = JournalEntryEntity
    query = select(row.id, row.who, row.action, row.made_at, row.part_of, row.undoes).order_by(row.id)
    if until:
        query = query.where(func.substr(row.made_at, 1, len(until)) <= until)
    steps: dict[int, StepState] = {}
    of: dict[int, StepState] = {}
    for number, who, action, made_at, part_of, undoes in connection.execute(query):
        if undoes is not None:
            step = of[undoes]
            step.trail.append(number)
            step.whose = who
        elif part_of is not None:
            step = of[part_of]
            step.entries.append(number)
        else:
            step = steps[number] = StepState(number, who, action, made_at, [number], whose=who)
        of[number] = step
    return steps


def list_undone(steps: Mapping[int, StepState]) -> set[int]:
    """Return the entries without effect now: those of undone steps, and each undo or redo taken back."""
    undone: set[int] = set()
    for step in steps.values():
        undone.update(step.trail[:-1], () if step.is_standing else step.entries)
    return undone


def list_fixed(connection: Connection, steps: Sequence[StepState]) -> dict[int, str]:
    """Return the steps that cannot be undone, by their first entry, with the reason."""
    change, versions = JournalChangeEntity, FrameworkVersionEntity.__tablename__
    frozen = set(connection.execute(select(change.entry).where(change.table == versions)).scalars())
    reasons = {
        step.entry: "a frozen framework version never changes; change the codebook and freeze another"
        for step in steps
        if frozen.intersection(step.entries)
    }
    if steps:
        reasons[min(step.entry for step in steps)] = "it made the project"
    return reasons
