"""The single way to write: one `Step` is one transaction and one entry in the hash-chained journal.

An entry says who, when, what and why; its changes give the columns of each row before and after, so that
they can be undone. Large content that never changes (an original, a text, its blocks) is named by its hash.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from sqlalchemy import Column, Connection, Engine, Table, bindparam, func, insert, select, text

from framework_coder.store.columns import Base, to_json
from framework_coder.store.engine import writing
from framework_coder.store.tables import JournalChangeEntity, JournalEntryEntity

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

BATCH = 500
"""How many rows one statement asks for by their keys."""

CHANGES = 5_000
"""How many changes are held in memory before they are written."""

Row = Mapping[str, Any]
Key = int | str


class Where(NamedTuple):
    """What a change is about, where its row does not say it itself."""

    site: int | None = None
    source: int | None = None
    theme: str | None = None


def now() -> str:
    """Return this moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Step:
    """One unit of work: everything in its `with` block is kept with its journal entry, or nothing is.

    `number` is the entry's, once something was written; a block that writes nothing leaves no entry.
    `part_of` is the number of the first step of the same long work.
    """

    def __init__(
        self, engine: Engine, *, who: str, action: str, why: str = "", part_of: int | None = None
    ) -> None:
        self._entry = {"who": who, "made_at": now(), "action": action, "why": why, "part_of": part_of}
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
        full = self._insert(table, rows)
        keys = [row[key_of(table).name] for row in full]
        self._record(table, ((key, None, row) for key, row in zip(keys, full, strict=True)), about)
        return keys

    def attach(self, entity: type[Base], rows: Iterable[Row]) -> list[Key]:
        """Add rows that the journal knows by a hash in the row that owns them: the blocks of a revision."""
        table = table_of(entity)
        return [row[key_of(table).name] for row in self._insert(table, rows)]

    def update(self, entity: type[Base], values: Mapping[Key, Row]) -> None:
        """Change columns of rows by key; what has the value already is left alone and not recorded."""
        table = table_of(entity)
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        recorded = []
        for key, before in self._read(table, values).items():
            after = {name: value for name, value in values[key].items() if before[name] != value}
            if after:
                binds = {"_key": key} | {f"new_{name}": value for name, value in after.items()}
                changed.setdefault(tuple(sorted(after)), []).append(binds)
                recorded.append((key, {name: before[name] for name in after}, after, before))
        for names, rows in changed.items():
            change = table.update().where(key_of(table) == bindparam("_key"))
            self.connection.execute(change.values({name: bindparam(f"new_{name}") for name in names}), rows)
        self._record(
            table,
            ((key, old, new) for key, old, new, _ in recorded),
            [_where(table, key, whole) for key, _, _, whole in recorded],
        )

    def delete(self, entity: type[Base], keys: Collection[Key]) -> None:
        """Take rows away; the journal keeps them."""
        table = table_of(entity)
        gone = self._read(table, keys)
        remove = table.delete().where(key_of(table) == bindparam("_key"))
        if gone:
            self.connection.execute(remove, [{"_key": key} for key in gone])
        self._record(table, ((key, row, None) for key, row in gone.items()), None)

    def _insert(self, table: Table, rows: Iterable[Row]) -> list[dict[str, Any]]:
        empty = {column.name: _default(column) for column in table.columns}
        full = [{**empty, **row} for row in rows]
        if not full:
            return full
        if issubclass(key_of(table).type.python_type, int):
            _number(self.connection, table, full)
        self.connection.execute(insert(table), full)
        return full

    def _read(self, table: Table, keys: Collection[Key]) -> dict[Key, dict[str, Any]]:
        """Return whole rows by key, with one select for each `BATCH` of them."""
        key, found = key_of(table), {}
        for some in _batches(list(keys)):
            for row in self.connection.execute(select(table).where(key.in_(some))).mappings():
                found[row[key.name]] = dict(row)
        return {k: found[k] for k in keys if k in found}

    def _record(
        self,
        table: Table,
        changes: Iterable[tuple[Key, Row | None, Row | None]],
        about: Sequence[Where] | None,
    ) -> None:
        heavy = {column.name for column in table.columns if column.info.get("by_hash")}
        batch: list[dict[str, Any]] = []
        for place, (key, before, after) in enumerate(changes):
            where = about[place] if about else _where(table, key, after or before or {})
            line = {
                "entry": self._begin(),
                "table": table.name,
                "row": str(key),
                **where._asdict(),
                "before": _image(before, heavy),
                "after": _image(after, heavy),
            }
            self._chain.add(line)
            batch.append(line)
            if len(batch) == CHANGES:
                self._write_changes(batch)
                batch = []
        self._write_changes(batch)

    def _write_changes(self, batch: list[dict[str, Any]]) -> None:
        if batch:
            table = table_of(JournalChangeEntity)
            _number(self.connection, table, batch)
            self.connection.execute(insert(table), batch)

    def _begin(self) -> int:
        """Take the entry's number, and tie it to the entry before, when the first change comes."""
        if self.number is None:
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


_HASHED = ("table", "row", "site", "source", "theme", "before", "after")


class Chain:
    """The running hash of an entry: its head, then each of its changes in order."""

    def __init__(self, head: str) -> None:
        self._hash = hashlib.sha256(head.encode())

    def add(self, change: Row) -> None:
        """Take one change more; the separators cannot occur in JSON, nor in a key."""
        line = "\x1f".join("\x1e" if change[name] is None else str(change[name]) for name in _HASHED)
        self._hash.update(f"\n{line}".encode())

    def hexdigest(self) -> str:
        """Return the hash in hexadecimal."""
        return self._hash.hexdigest()


def entry_head(entry: Row) -> str:
    """Return what is hashed of an entry itself."""
    names = ("id", "who", "made_at", "action", "why", "part_of", "previous_hash")
    return to_json([entry[name] for name in names])


def table_of(entity: type[Base]) -> Table:
    """Return the table of an entity."""
    return cast("Table", entity.__table__)


def key_of(table: Table) -> Column[Any]:
    """Return the one column of a table's primary key."""
    return next(iter(table.primary_key.columns))


def _default(column: Column[Any]) -> Any:
    return getattr(column.default, "arg", None)


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
    names: dict[str, Any] = {name: row.get(name) for name in Where._fields}
    if table.name in _SELF:
        names[_SELF[table.name]] = key
    return Where(**names)


def _number(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Give the rows numbers that no row of the table ever had."""
    if connection.dialect.name == "sqlite":
        ask = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        last = connection.execute(ask, {"table": table.name}).scalar() or 0
        numbers: Iterable[int] = range(last + 1, last + 1 + len(rows))
    else:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        series = func.generate_series(1, len(rows)).table_valued("n")
        numbers = connection.execute(select(func.nextval(sequence)).select_from(series)).scalars()
    for row, number in zip(rows, numbers, strict=True):
        row["id"] = number


def _batches(keys: list[Key]) -> Iterator[list[Key]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
