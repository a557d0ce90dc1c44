"""The single way to write: one `Step` is one transaction and one entry in the hash-chained journal.

An entry says who, when, what and why; its changes give the columns of each row before and after, so that
they can be undone. Large content that never changes (an original, a text, its blocks) is named by its hash.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import islice, repeat
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select

from framework_coder.store.attic import heavy_columns, put_away, put_blocks_away
from framework_coder.store.chain import Chain, Line, entry_head
from framework_coder.store.columns import Base, RowWriter, to_json
from framework_coder.store.engine import writing
from framework_coder.store.refusals import UnstorableTextError, is_storable
from framework_coder.store.rows import (
    Key,
    Row,
    add_rows,
    add_tuples,
    complete,
    free_numbers,
    key_of,
    read_rows,
    table_of,
)
from framework_coder.store.tables import (
    BlockEntity,
    JournalChangeEntity,
    JournalEntryEntity,
    RevisionEntity,
    SettingEntity,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

IDENTITY = "identity"
"""The setting that tells a project from all others."""

CHANGES = 5_000
"""How many changes are held in memory before they are written."""


class Where(NamedTuple):
    """What a change is about, where its row does not say it itself."""

    site: int | None = None
    source: int | None = None
    theme: str | None = None


def now() -> str:
    """Return this moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def identify(connection: Connection) -> str:
    """Return what tells a project from all others, copies of it apart: 32 hexadecimal digits.

    They are a setting of the project; one made before there was such a setting has its first entry's hash.
    """
    setting, entry = SettingEntity, JournalEntryEntity
    found = connection.execute(select(setting.value).where(setting.name == IDENTITY)).scalar()
    if found is None:
        found = connection.execute(select(entry.hash).order_by(entry.id).limit(1)).scalar()
    return str(found or "")[:32]


class Step:
    """One unit of work: everything in its `with` block is kept with its journal entry, or nothing is.

    `number` is the entry's, once something was written; a block that writes nothing leaves no entry.
    `part_of` is the number of the first step of the same long work, `undoes` that of the step taken back.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        who: str,
        action: str,
        why: str = "",
        part_of: int | None = None,
        undoes: int | None = None,
    ) -> None:
        said = {"who": who, "made_at": now(), "action": action, "why": why}
        self._entry = {**said, "part_of": part_of, "undoes": undoes}
        self._transaction: AbstractContextManager[Connection] = writing(engine)
        self._chain = Chain("")
        self.connection: Connection
        self.number: int | None = None

    def __enter__(self) -> Self:
        self.connection = self._transaction.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None and self.number is not None:
                self._sign()
        except BaseException as failure:
            self._transaction.__exit__(type(failure), failure, failure.__traceback__)
            raise
        self._transaction.__exit__(kind, error, trace)

    def insert(
        self, entity: type[Base], rows: Iterable[Row], *, about: Sequence[Where] | None = None
    ) -> list[Key]:
        """Add rows and return their keys, in order; numbers are given here.

        `about` says row by row what site, source or theme a row is about where its columns do not.
        """
        table = table_of(entity)
        full = self._complete(table, rows)
        key = key_of(table).name
        keys: list[Key] = [row[key] for row in full]
        self.record(lines_of(table, keys, full, about))
        add_rows(self.connection, table, full)
        return keys

    def attach(
        self, entity: type[Base], names: tuple[str, ...], rows: Collection[tuple[Any, ...]]
    ) -> Sequence[int]:
        """Add rows that the journal knows by a hash in the row that owns them: the blocks of a revision.

        The rows have the columns of these names; JSON is given as text. Returns the numbers they are given,
        which follow each other.
        """
        table = table_of(entity)
        numbers = free_numbers(self.connection, table, len(rows))
        full = [(number, *row) for number, row in zip(numbers, rows, strict=True)]
        if full:
            add_tuples(self.connection, table, ("id", *names), full)
        return numbers

    def update(self, entity: type[Base], values: Mapping[Key, Row]) -> None:
        """Change columns of rows by key; what has the value already is left alone and not recorded."""
        table = table_of(entity)
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        recorded = []
        for key, before in read_rows(self.connection, table, values).items():
            after = {name: value for name, value in values[key].items() if before[name] != value}
            if after:
                binds = {"_key": key} | {f"new_{name}": value for name, value in after.items()}
                changed.setdefault(tuple(sorted(after)), []).append(binds)
                recorded.append((key, {name: before[name] for name in after}, after, before))
        self._record(
            table,
            ((key, old, new) for key, old, new, _ in recorded),
            [_where(table, key, whole) for key, _, _, whole in recorded],
        )
        for names, rows in changed.items():
            change = table.update().where(key_of(table) == bindparam("_key"))
            self.connection.execute(change.values({name: bindparam(f"new_{name}") for name in names}), rows)

    def delete(self, entity: type[Base], keys: Collection[Key]) -> None:
        """Take rows away; the journal keeps them, and the attic what the journal names by a hash."""
        table = table_of(entity)
        gone = read_rows(self.connection, table, keys)
        self.remove(table, gone, [line_of(table, key, row, None) for key, row in gone.items()])

    def remove(self, table: Table, gone: Mapping[Key, Row], lines: Sequence[Line]) -> None:
        """Take whole rows away whose journal lines are made already."""
        if heavy_columns(table):
            for key, row in gone.items():
                if table is table_of(RevisionEntity):
                    self._remove_blocks(int(key), row["source"])
                put_away(self.connection, table, row)
        if gone:
            remove = table.delete().where(key_of(table) == bindparam("_key"))
            self.connection.execute(remove, [{"_key": key} for key in gone])
        self.record(lines)

    def _remove_blocks(self, revision: int, source: int) -> None:
        """Take the blocks of a text away; the line says which numbers they had."""
        kept = put_blocks_away(self.connection, revision)
        if kept:
            self.record([Line(BLOCKS, str(revision), None, source, None, to_json(kept), None)])

    def _complete(self, table: Table, rows: Iterable[Row]) -> list[dict[str, Any]]:
        full = complete(table, rows)
        if issubclass(key_of(table).type.python_type, int):
            for row, number in zip(full, free_numbers(self.connection, table, len(full)), strict=True):
                row["id"] = number
        return full

    def _record(
        self,
        table: Table,
        changes: Iterable[tuple[Key, Row | None, Row | None]],
        about: Sequence[Where] | None,
    ) -> None:
        self.record(
            line_of(table, key, before, after, about[place] if about else None)
            for place, (key, before, after) in enumerate(changes)
        )

    def record(self, lines: Iterable[Line]) -> None:
        """Write changes; what is hashed is what is stored."""
        changes = iter(lines)
        while batch := list(islice(changes, CHANGES)):
            entry, table = self.begin(), table_of(JournalChangeEntity)
            _check(batch)
            self._chain.add(batch)
            numbers = free_numbers(self.connection, table, len(batch))
            rows = [(number, entry, *line) for number, line in zip(numbers, batch, strict=True)]
            add_tuples(self.connection, table, ("id", "entry", *Line._fields), rows)

    def begin(self) -> int:
        """Take the entry's number, if it has none yet, and tie the entry to the one before."""
        if self.number is None:
            if not is_storable(to_json(self._entry)):
                raise UnstorableTextError(self._entry)
            last = self.connection.execute(
                select(JournalEntryEntity.id, JournalEntryEntity.hash)
                .order_by(JournalEntryEntity.id.desc())
                .limit(1)
            ).first()
            self.number = last.id + 1 if last else 1
            self._entry["previous_hash"] = last.hash if last else ""
            self._chain = Chain(entry_head({"id": self.number, **self._entry}))
        return self.number

    def _sign(self) -> None:
        row = {"id": self.number, **self._entry, "hash": self._chain.hexdigest()}
        self.connection.execute(insert(table_of(JournalEntryEntity)), [row])


BLOCKS = BlockEntity.__tablename__
"""The table of a line that tells of all blocks of a text, whose row is the number of the revision.

Only deletions and what takes them back write one: the first time, the revision's own line names the hash.
"""


def lines_of(
    table: Table, keys: Sequence[Key], rows: Sequence[Row], about: Sequence[Where] | None = None
) -> Iterator[Line]:
    """Yield the changes of complete rows that are new."""
    if about is not None or heavy_columns(table) or table.name in _SELF:
        for place, (key, row) in enumerate(zip(keys, rows, strict=True)):
            yield line_of(table, key, None, row, about[place] if about else None)
        return
    places = [
        [row[name] for row in rows] if name in table.columns else repeat(None, len(rows))
        for name in Where._fields
    ]
    written, name = _writer(table).write(rows), str(table.name)
    for key, site, source, theme, image in zip(keys, *places, written, strict=True):
        yield Line(name, str(key), site, source, theme, None, image)


@cache
def _writer(table: Table) -> RowWriter:
    return RowWriter(column.name for column in table.columns)


def _check(lines: Sequence[Line]) -> None:
    """Raise UnstorableTextError where a line holds what a database cannot keep."""
    if is_storable("".join([line.after for line in lines if line.after])):
        return
    for line in lines:
        if line.after and not is_storable(line.after):
            raise UnstorableTextError(json.loads(line.after))


def line_of(
    table: Table, key: Key, before: Row | None, after: Row | None, about: Where | None = None
) -> Line:
    """Return the change of a row as the journal writes it; its JSON is made once."""
    heavy = heavy_columns(table)
    site, source, theme = about or _where(table, key, after or before or {})
    name = str(table.name)  # plain: SQLite's driver asks a kind of string what it is for every row
    return Line(name, str(key), site, source, theme, _image(before, heavy), _image(after, heavy))


def image_of(table: Table, row: Row) -> str:
    """Return a whole row as the journal writes it."""
    image = _image(row, heavy_columns(table))
    assert image is not None
    return image


def _image(row: Row | None, heavy: Collection[str]) -> str | None:
    if row is None:
        return None
    if heavy:
        row = {name: _by_hash(value) if name in heavy else value for name, value in row.items()}
    return to_json(row)


def _by_hash(value: str | bytes) -> dict[str, str]:
    content = value.encode() if isinstance(value, str) else value
    return {"sha256": hashlib.sha256(content).hexdigest()}


_SELF = {"sites": "site", "sources": "source", "themes": "theme"}


def _where(table: Table, key: Key, row: Row) -> Where:
    """Return the site, source and theme that a row names, or is."""
    if table.name in _SELF:
        row = {_SELF[table.name]: key}
    return Where(row.get("site"), row.get("source"), row.get("theme"))
