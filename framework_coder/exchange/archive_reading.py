"""Read an archive back into an empty store, row by row; nothing in it is believed before it is proved."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any

from sqlalchemy import Connection, Table, exc, select, text

from framework_coder.errors import BadInputError
from framework_coder.exchange.archive_box import FaultyArchiveError, Inbox
from framework_coder.exchange.archive_schema import (
    FORMAT,
    FORMAT_VERSION,
    JOURNAL,
    is_numbered,
    tables,
    type_of,
)
from framework_coder.store.checking import check
from framework_coder.store.columns import to_json
from framework_coder.store.numbers import set_last_number
from framework_coder.store.opening import VERSIONS
from framework_coder.store.refusals import is_storable
from framework_coder.store.rows import add_rows, complete, table_of
from framework_coder.store.search import add_to_index
from framework_coder.store.tables import (
    BlockEntity,
    JournalChangeEntity,
    JournalEntryEntity,
    RevisionEntity,
)

AT_ONCE = 1_000
"""Rows that are stored together."""
LONGEST_LINE = 64_000_000
"""Bytes of one row."""
LARGEST_FILE = 1_000_000_000
"""Bytes of a text or an original."""


class NewerArchiveError(BadInputError):
    """An archive that a later release wrote."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was made by a newer Framework Coder; install that release to import it, or read it "
            "as it is: README.txt in it says how."
        )


def fill_store(connection: Connection, inbox: Inbox) -> None:
    """Store every row of an archive, exactly, and check the whole; raises FaultyArchiveError."""
    try:
        _Reading(connection, inbox).fill()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        found = check(connection)
    except (exc.IntegrityError, exc.DataError, exc.InterfaceError, exc.ProgrammingError) as error:
        why = " ".join(str(error.orig).split())[:200]
        raise FaultyArchiveError(inbox.path, f"its rows do not fit together ({why})") from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, EOFError) as error:
        raise FaultyArchiveError(inbox.path, f"a row cannot be read ({str(error)[:200]})") from error
    if found:
        raise FaultyArchiveError(inbox.path, found[0].sentence.rstrip("."))


class _Reading:
    """Reads table after table."""

    def __init__(self, connection: Connection, inbox: Inbox) -> None:
        self._connection, self._inbox = connection, inbox
        self._counts, self._numbers = _read_schema(inbox)

    def fill(self) -> None:
        """Store all rows, and the words of all texts in the index."""
        for table in tables():
            if table.name not in JOURNAL and table.name in self._counts:
                self._store(table, self._rows(table))
        self._store_journal()
        self._index()
        for table in tables():
            if is_numbered(table) and table.name in self._numbers:
                set_last_number(self._connection, table, self._numbers[table.name])

    def _store(self, table: Table, rows: Iterator[dict[str, Any]]) -> None:
        """Store rows of one table, those with large content one at a time."""
        size = 1 if any(type_of(column) == "file" for column in table.columns) else AT_ONCE
        check_row, count = _checker(table), 0
        while page := list(islice(rows, size)):
            count += len(page)
            if unknown := {name for row in page for name in row} - set(table.c.keys()):
                raise KeyError(f"{table.name} has no column {min(unknown)}")
            full = complete(table, page)
            for row in full:
                check_row(row)
            add_rows(self._connection, table, full)
        if count != self._counts[table.name]:
            told = f"{table.name} has {count:,} rows, not {self._counts[table.name]:,}"
            raise FaultyArchiveError(self._inbox.path, told)

    def _rows(self, table: Table) -> Iterator[dict[str, Any]]:
        files = {column.name: column for column in table.columns if type_of(column) == "file"}
        with self._open(f"tables/{table.name}.json") as file:
            for line in _lines(file):
                stripped = line.strip().removesuffix(b",")
                if stripped in {b"[", b"]"}:
                    continue
                row = _parse(stripped)
                for name, column in files.items():
                    content = self._content(row[name])
                    is_text = issubclass(column.type.python_type, str)
                    row[name] = content.decode() if is_text else content
                yield row

    def _content(self, name: str) -> bytes:
        with self._open(name) as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise FaultyArchiveError(self._inbox.path, f"{name} is too large")
        return content

    def _open(self, name: str) -> IO[bytes]:
        if name not in self._inbox.names():
            raise FaultyArchiveError(self._inbox.path, f"{name} is missing")
        return self._inbox.open(name)

    def _store_journal(self) -> None:
        """Store the entries first, then their changes: a change names its entry."""
        entries, changes = table_of(JournalEntryEntity), table_of(JournalChangeEntity)
        self._store(entries, (row for kind, row in self._journal() if kind == "entry"))
        self._store(changes, (row for kind, row in self._journal() if kind == "change"))

    def _journal(self) -> Iterator[tuple[str, dict[str, Any]]]:
        entry = 0
        with self._open("journal/journal.jsonl") as file:
            for line in _lines(file):
                ((kind, row),) = _parse(line).items()
                if kind == "entry":
                    entry = row["id"]
                    yield kind, row
                else:
                    yield kind, {"entry": entry, **row}

    def _index(self) -> None:
        block, revision = BlockEntity, RevisionEntity
        for number in self._connection.execute(select(revision.id).order_by(revision.id)).scalars().all():
            ask = select(revision.text).where(revision.id == number)
            whole = self._connection.execute(ask).scalar_one()
            of_text = select(block.id, block.start, block.end).where(block.revision == number)
            rows = self._connection.execute(of_text.order_by(block.id)).all()
            add_to_index(self._connection, ((row.id, whole[row.start : row.end]) for row in rows))


def _read_schema(inbox: Inbox) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many rows each table has that the archive knows, and the last number it gave."""
    if "schema.json" not in inbox.names():
        raise FaultyArchiveError(inbox.path, "schema.json is missing")
    with inbox.open("schema.json") as file:
        schema = _parse(file.read(LONGEST_LINE))
    if schema.get("format") != FORMAT:
        raise FaultyArchiveError(inbox.path, "it is not a project archive")
    if schema["format_version"] > FORMAT_VERSION or schema["schema"] not in VERSIONS:
        raise NewerArchiveError(inbox.path.name)
    described = {each["name"]: each for each in schema["tables"]}
    names = {table.name for table in tables()}
    if described.keys() - names:
        raise NewerArchiveError(inbox.path.name)
    missing = names - described.keys()  # tables that are younger than the archive
    if missing and schema["schema"] == VERSIONS[-1]:
        raise FaultyArchiveError(inbox.path, f"schema.json does not name the table {min(missing)}")
    rows = {name: int(each["rows"]) for name, each in described.items()}
    numbers = {name: int(each["last_number"] or 0) for name, each in described.items()}
    return rows, numbers


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise ValueError("a line is too long")
        if line.strip():
            yield line


def _parse(written: bytes) -> dict[str, Any]:
    parsed = json.loads(written, parse_constant=_refuse_constant)
    if not isinstance(parsed, dict):
        raise TypeError("a row is no object")
    if b"\\u" in written and not is_storable(to_json(parsed)):
        raise ValueError("a field holds a NUL or half a character")
    return parsed


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "file": (str, bytes),
}


def _checker(table: Table) -> Callable[[dict[str, Any]], None]:
    """Return what raises TypeError where a value is not of its column's type."""
    wanted = [
        (column.name, _TYPES[kind], bool(column.nullable))
        for column in table.columns
        if (kind := type_of(column)) != "json"
    ]

    def check_row(row: dict[str, Any]) -> None:
        for name, types, may_be_null in wanted:
            value = row[name]
            if value is None and may_be_null:
                continue
            if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
                raise TypeError(f"{table.name}.{name} is not of its type")

    return check_row
