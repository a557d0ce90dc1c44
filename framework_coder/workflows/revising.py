"""Put a corrected or newer file in place of a source's, and carry its codings over."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from framework_coder.errors import ConflictError, FrameworkCoderError
from framework_coder.exchange.rows import SourceRow
from framework_coder.model.anchors import Anchor, find_anchor, make_anchor
from framework_coder.model.sources import locate
from framework_coder.readers.worker import WorkerPool
from framework_coder.store.journal import Step
from framework_coder.store.packing import pack_locator
from framework_coder.store.sources import Stored, load_sources, load_text
from framework_coder.store.tables import CodingEntity, RevisionEntity
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
    """The number of the new revision, the codings that moved with their quotes, and those that drifted."""

    ref: str
    number: int
    carried: tuple[int, ...] = ()
    drifted: tuple[int, ...] = ()


def revise(
    engine: Engine, ref: str, path: Path, *, who: str, why: str = "", passwords: tuple[str, ...] = ()
) -> Revised:
    """Store a new revision of a source and make it current.

    A coding moves where its quote stands letter for letter in just one best place; otherwise it stays on the
    text it was made on, is reported as drifted, and counts no more until someone places it.
    """
    parts = _read(path, passwords)
    with Step(engine, who=who, action="revise source", why=why) as step:
        source = find_source({s.ref: s for s in load_sources(step.connection)}, ref)
        old = load_text(step.connection, source.id)
        assert old is not None
        prepared = _part(parts, old, path, ref)
        if prepared.sha256 == old.text.sha256:
            raise UnchangedFileError(path, ref)
        number = _write(step, source.id, old, Arrival(_row(path), ref, prepared, path.read_bytes()))
        new = load_text(step.connection, source.id)
        assert new is not None
        carried, drifted = _carry_over(step, new)
    return Revised(ref, number, carried, drifted)


def _read(path: Path, passwords: tuple[str, ...]) -> tuple[Prepared, ...]:
    with WorkerPool(1) as pool:
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


def _carry_over(step: Step, new: Stored) -> tuple[tuple[int, ...], tuple[int, ...]]:
    coding = CodingEntity
    columns = (coding.id, coding.quote, coding.prefix, coding.suffix, coding.start)
    moves: dict[int | str, dict[str, Any]] = {}
    drifted = []
    rows = step.connection.execute(
        select(*columns).where(coding.source == new.source).order_by(coding.id)
    ).all()
    for number, quote, prefix, suffix, start in rows:
        found = find_anchor(new.text.text, Anchor(quote, prefix, suffix, start))
        if len(found) == 1 and new.text.text[found[0].start : found[0].end] == quote:
            moves[number] = _columns(new, found[0].start, found[0].end)
        else:
            drifted.append(number)
    step.update(CodingEntity, moves)
    return tuple(int(number) for number in moves), tuple(drifted)


def _columns(new: Stored, start: int, end: int) -> dict[str, Any]:
    anchor = make_anchor(new.text.text, start, end)
    return {
        "revision": new.revision,
        "start": start,
        "end": end,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "locator": pack_locator(locate(new.text.blocks, new.text.pages, start)),
    }
