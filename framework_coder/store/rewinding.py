"""A project as it was after an entry of its journal: every row rebuilt, as a project of its own."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.dates import PartialDate, Precision
from framework_coder.store.attic import LostContentError, heavy_columns
from framework_coder.store.columns import Base
from framework_coder.store.engine import reading
from framework_coder.store.journal import BLOCKS
from framework_coder.store.opening import create_store
from framework_coder.store.packing import read_blocks
from framework_coder.store.replaying import APART, replay
from framework_coder.store.rows import Row, add_rows, complete, key_of, table_of
from framework_coder.store.search import add_to_index
from framework_coder.store.tables import (
    BlockEntity,
    ContentEntity,
    JournalChangeEntity,
    JournalEntryEntity,
    RevisionEntity,
)

PARTS = ("start", "end", "kind", "level", "answers", "locator")


class NotADateError(BadInputError):
    """Something else where a date is needed."""

    def __init__(self, said: str) -> None:
        super().__init__(f"“{said}” is no date; write it as 2016-02-01, 2016-02 or 2016.")


class NothingYetError(NotFoundError):
    """A date before the project was made."""

    def __init__(self, until: str, first: str) -> None:
        super().__init__(f"At the end of {until} there was no project yet; it was made on {first[:10]}.")


def entry_at(connection: Connection, until: str) -> int:
    """Return the last entry made by the end of an ISO date (or month, or year).

    Raises NotADateError or NothingYetError.
    """
    try:
        is_date = PartialDate(until).precision is not Precision.UNKNOWN
    except ValueError as error:
        raise NotADateError(until) from error
    if not is_date:
        raise NotADateError(until)
    entry = JournalEntryEntity
    by_then = func.substr(entry.made_at, 1, len(until)) <= until
    found = connection.execute(select(func.max(entry.id)).where(by_then)).scalar()
    if found is None:
        first = connection.execute(select(func.min(entry.made_at))).scalar_one()
        raise NothingYetError(until, first)
    return int(found)


def rewind(engine: Engine, entry: int, path: Path) -> Engine:
    """Make a project at a path where nothing is, as that of `engine` was after an entry; return its engine.

    Its journal ends with that entry. Raises LostContentError where a text or an original is gone.
    """
    with reading(engine) as then:
        return create_store(path, lambda new: _Rewinding(then, new, entry).fill())


class _Rewinding:
    """Copies what was there from one connection to the other."""

    def __init__(self, then: Connection, new: Connection, entry: int) -> None:
        self._then, self._new, self._entry = then, new, entry

    def fill(self) -> None:
        images: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for (name, _), written in replay(self._then, until=self._entry).items():
            images[name].append(json.loads(written))
        if self._new.dialect.name == "sqlite":
            self._new.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in Base.metadata.sorted_tables:
            if table.name not in APART:
                self._store(table, images[table.name])
        for revision in images[RevisionEntity.__tablename__]:
            self._store_blocks(revision["id"])
        self._copy_journal()
        self._copy_attic()

    def _store(self, table: Table, images: Sequence[Row]) -> None:
        heavy = heavy_columns(table)
        if not heavy:
            add_rows(self._new, table, complete(table, images))
        for image in images if heavy else ():  # one original at a time in memory
            add_rows(self._new, table, complete(table, [self._with_content(table, image)]))

    def _with_content(self, table: Table, image: Row) -> dict[str, Any]:
        """Return a row with its large content: as it stands in its row still, or as it was put away."""
        key, names = key_of(table), sorted(heavy_columns(table))
        ask = select(*(table.c[name] for name in names)).where(key == image[key.name])
        there = self._then.execute(ask).mappings().first()
        if there is not None:
            return {**image, **there}
        kept = {name: self._put_away(image[name]["sha256"]) for name in names}
        is_text = {name: issubclass(table.c[name].type.python_type, str) for name in names}
        return {**image, **{name: kept[name].decode() if is_text[name] else kept[name] for name in names}}

    def _put_away(self, sha256: str) -> bytes:
        ask = select(ContentEntity.content).where(ContentEntity.sha256 == sha256)
        content = self._then.execute(ask).scalar()
        if content is None:
            raise LostContentError(sha256)
        return bytes(content)

    def _store_blocks(self, revision: int) -> None:
        """Store the blocks of a text under the numbers that they had, and index their words."""
        block = table_of(BlockEntity)
        ask = select(block).where(block.c.revision == revision).order_by(block.c.ordinal)
        rows = [dict(row) for row in self._then.execute(ask).mappings()] or list(self._old_blocks(revision))
        rows = complete(block, rows)
        add_rows(self._new, block, rows)
        text = self._new.execute(
            select(RevisionEntity.text).where(RevisionEntity.id == revision)
        ).scalar_one()
        add_to_index(self._new, ((row["id"], text[row["start"] : row["end"]]) for row in rows))

    def _old_blocks(self, revision: int) -> Iterator[dict[str, Any]]:
        """Yield the blocks of a text that was taken away later."""
        change = JournalChangeEntity
        lines = select(change.before).where(
            change.table == BLOCKS, change.row == str(revision), change.before.is_not(None)
        )
        written = self._then.execute(lines.order_by(change.id)).scalars().first()
        if written is None:
            return
        kept = json.loads(written)
        blocks = read_blocks(self._put_away(kept["sha256"]))
        for place, each in enumerate(blocks):
            numbers = {"id": kept["first"] + place, "revision": revision, "ordinal": place}
            yield {**numbers, **dict(zip(PARTS, each, strict=True))}

    def _copy_journal(self) -> None:
        for entity, number in ((JournalEntryEntity, "id"), (JournalChangeEntity, "entry")):
            table = table_of(entity)
            ask = select(table).where(table.c[number] <= self._entry).order_by(table.c.id)
            for page in self._then.execute(ask.execution_options(yield_per=2000)).mappings().partitions(2000):
                add_rows(self._new, table, [dict(row) for row in page])

    def _copy_attic(self) -> None:
        """Copy what had been put away by then, for an undo in the new project."""
        change = JournalChangeEntity
        gone = select(change.before).where(
            change.entry <= self._entry, change.before.like('%"sha256"%'), change.after.is_(None)
        )
        wanted = {
            sha for written in self._then.execute(gone).scalars() if written for sha in _hashes(written)
        }
        content = table_of(ContentEntity)
        for sha256 in sorted(wanted):
            row = self._then.execute(select(content).where(content.c.sha256 == sha256)).mappings().first()
            if row is not None:
                add_rows(self._new, content, [dict(row)])


def _hashes(written: str) -> Iterator[str]:
    image = json.loads(written)
    yield from (each["sha256"] for each in image.values() if isinstance(each, dict) and "sha256" in each)
    if isinstance(image.get("sha256"), str):
        yield image["sha256"]
