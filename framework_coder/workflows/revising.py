"""Put a corrected or newer file in place of a source's, and carry its codings over."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from framework_coder.errors import ConflictError, FrameworkCoderError
from framework_coder.exchange.rows import SourceRow
from framework_coder.model.anchors import Anchor, find_anchor
from framework_coder.model.wording import count
from framework_coder.readers.worker import WorkerPool
from framework_coder.store.journal import Step
from framework_coder.store.sources import Stored, load_sources, load_text
from framework_coder.store.tables import CodingEntity, RevisionEntity
from framework_coder.workflows.coding import coding_columns
from framework_coder.workflows.drifting import (
    Outcome,
    Reanchored,
    candidate_of,
    find_passages,
    select_anchors,
)
from framework_coder.workflows.intake import Arrival, write_texts
from framework_coder.workflows.names import find_source
from framework_coder.workflows.reading import Prepared, Reading, prepare


class UnchangedFileError(ConflictError):
    """The new file is the old one."""

    def __init__(self, path: Path, ref: str) -> None:
        super().__init__(f"{path.name} is the file that {ref} has already; choose the newer one.")


class PartMissingError(ConflictError):
    """The new file has no single part that takes the place of the old one."""

    def __init__(self, path: Path, ref: str, part: str) -> None:
        wanted = f"no sheet or row “{part}”" if part else "several sources"
        super().__init__(
            f"{path.name} has {wanted}, so it cannot take the place of {ref}; choose another file."
        )


@dataclass(frozen=True, slots=True)
class Revised:
    """The number of the new revision of a source, and what became of each of its codings."""

    ref: str
    number: int
    codings: tuple[Reanchored, ...] = ()

    def __str__(self) -> str:
        """Return `12 codings stand, 1 drifted`."""
        stand = count(len(self.carried), "coding stands", "codings stand")
        return f"{stand}, {len(self.drifted)} drifted"

    @property
    def carried(self) -> tuple[int, ...]:
        """The codings whose quotes stand in the new text, at their old position or elsewhere."""
        return tuple(each.coding for each in self.codings if each.outcome is not Outcome.DRIFTED)

    @property
    def drifted(self) -> tuple[int, ...]:
        """The codings that wait for somebody to decide."""
        return tuple(each.coding for each in self.codings if each.outcome is Outcome.DRIFTED)


def revise(
    engine: Engine,
    ref: str,
    path: Path,
    *,
    who: str,
    why: str = "",
    passwords: tuple[str, ...] = (),
    workers: int = 1,
    name: str = "",
) -> Revised:
    """Store a new revision of a source and make it current.

    A coding goes where its quote stands letter for letter: at its old position, or in just one best place.
    Otherwise it stays on the text it was made on, is reported as drifted with the passages of the new text
    that come nearest, and counts no more until someone decides. With `workers=0` the file is read in this
    process. `name` is what the file is called where its path does not say so.
    """
    parts = _read(path, passwords, workers)
    with Step(engine, who=who, action="revise source", why=why) as step:
        source = find_source({s.ref: s for s in load_sources(step.connection)}, ref)
        old = load_text(step.connection, source.id)
        assert old is not None
        prepared = _part(parts, old, Path(name or path), ref)
        if prepared.sha256 == old.text.sha256:
            raise UnchangedFileError(Path(name or path), ref)
        number = _write(
            step, source.id, old, Arrival(_row(Path(name or path)), ref, prepared, path.read_bytes())
        )
        new = load_text(step.connection, source.id)
        assert new is not None
        codings = _carry_over(step, new)
    return Revised(ref, number, codings)


def _read(path: Path, passwords: tuple[str, ...], workers: int) -> tuple[Prepared, ...]:
    with WorkerPool(workers) as pool:
        ((_, result),) = pool.run(prepare, [Reading(0, path, path.name, passwords)])
    if isinstance(result, FrameworkCoderError):
        raise result
    return result


def _part(parts: tuple[Prepared, ...], old: Stored, path: Path, ref: str) -> Prepared:
    found = [part for part in parts if part.part == old.text.part] or [*parts]
    if len(found) != 1:
        raise PartMissingError(path, ref, old.text.part)
    return found[0]


def _row(path: Path) -> SourceRow:
    return SourceRow(0, path.name, (), "")


def _write(step: Step, source: int, old: Stored, arrival: Arrival) -> int:
    step.update(RevisionEntity, {old.revision: {"is_current": False}})
    last = select(RevisionEntity.number).where(RevisionEntity.id == old.revision)
    number = int(step.connection.execute(last).scalar_one()) + 1
    write_texts(step, [arrival], [source], number=number)
    return number


def _carry_over(step: Step, new: Stored) -> tuple[Reanchored, ...]:
    moves: dict[int | str, dict[str, Any]] = {}
    told = []
    for row in select_anchors(step.connection, CodingEntity.source == new.source):
        anchor = Anchor(row.quote, row.prefix, row.suffix, row.start)
        found = find_anchor(new.text.text, anchor)
        if len(found) == 1 and new.text.text[found[0].start : found[0].end] == row.quote:
            place = found[0]
            moves[row.id] = coding_columns(new, place.start, place.end)
            outcome = Outcome.PLACED if place.how == "position" else Outcome.MOVED
            told.append(Reanchored(row.id, outcome, row.quote, (candidate_of(new, place),)))
        else:
            told.append(Reanchored(row.id, Outcome.DRIFTED, row.quote, find_passages(new, anchor)))
    step.update(CodingEntity, moves)
    return tuple(told)
