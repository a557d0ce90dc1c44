"""SQLite files of other tools, read as what strangers send: nothing runs, nothing is written, limits hold."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from framework_coder.errors import UnreadableFileError

MOST_BYTES = 2_000_000_000
"""A file larger than this is refused."""
MOST_VALUE = 100_000_000
"""Bytes of one value (the text of a document)."""
MOST_SECONDS = 120.0
"""After this long a single question is given up: a file can be made to answer without end."""

_MAGIC = b"SQLite format 3\0"
_OPERATIONS = 100_000
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
_FUNCTIONS = {"length", "count"}
_SETTINGS = ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0")
_PRAGMAS = {"query_only", "trusted_schema", "cell_size_check", "mmap_size", "table_info"}


class NotSqliteError(UnreadableFileError):
    """A file that is not what its name says."""

    def __init__(self, path: Path, tool: str) -> None:
        super().__init__(
            f"{path.name} is not a {tool} project (it is no SQLite file); export it again there."
        )


class OtherSchemaError(UnreadableFileError):
    """A database without the tables of the tool."""

    def __init__(self, path: Path, tool: str, missing: Iterable[str]) -> None:
        names = ", ".join(missing)
        super().__init__(f"{path.name} is not a {tool} project that can be read: it has no {names}.")


class BrokenDatabaseError(UnreadableFileError):
    """A database that cannot be read through."""

    def __init__(self, path: Path, tool: str, why: str) -> None:
        super().__init__(
            f"{path.name} is damaged or not a {tool} project ({why}); open it in {tool} and export it again."
        )


class LargeDatabaseError(UnreadableFileError):
    """A database over the limit."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(
            f"{path.name} has {size:,} bytes and the limit is {MOST_BYTES:,}; export a part of it."
        )


class BusyDatabaseError(UnreadableFileError):
    """A database with changes that are not in the file yet."""

    def __init__(self, path: Path, tool: str) -> None:
        super().__init__(f"{path.name} is open or was not closed; close it in {tool} and try again.")


def has_tables(path: Path, wanted: Iterable[str]) -> bool:
    """Say whether a file is SQLite with these tables; never raises."""
    try:
        with open_foreign(path, "", dict.fromkeys(wanted, ())):
            return True
    except (UnreadableFileError, OSError, ValueError):
        return False


class ForeignTables:
    """The tables of a foreign database; a column that is missing reads as None."""

    def __init__(self, path: Path, tool: str, connection: sqlite3.Connection) -> None:
        self._path, self._tool, self._connection = path, tool, connection
        self.columns = {name: self._columns(name) for name in self._names()}

    def rows(self, table: str, wanted: Iterable[str], *, order: str = "") -> Iterator[dict[str, Any]]:
        """Yield the rows of a table with the columns wanted; nothing where there is no such table."""
        known = self.columns.get(table, [])
        asked = [name for name in wanted if name in known]
        missing = dict.fromkeys(name for name in wanted if name not in known)
        if asked:
            ordered = f" ORDER BY {quote(order)}" if order in known else ""
            names = ", ".join(map(quote, asked))
            for row in self.ask(f"SELECT {names} FROM {quote(table)}{ordered}"):  # noqa: S608 - quoted names
                yield {**missing, **dict(zip(asked, row, strict=True))}

    def count(self, table: str) -> int:
        """Return how many rows a table has; 0 where there is no such table."""
        if table not in self.columns:
            return 0
        return int(next(self.ask(f"SELECT count(*) FROM {quote(table)}"))[0])  # noqa: S608 - a quoted name

    def value(self, table: str, column: str, key_column: str, key: Any) -> Any:
        """Return one value, or None where no row has the key."""
        statement = f"SELECT {quote(column)} FROM {quote(table)} WHERE {quote(key_column)} = ?"  # noqa: S608
        return next((row[0] for row in self.ask(statement, (key,))), None)

    def ask(self, statement: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query; raises BrokenDatabaseError."""
        deadline = time.monotonic() + MOST_SECONDS
        self._connection.set_progress_handler(lambda: int(time.monotonic() > deadline), _OPERATIONS)
        try:
            yield from self._connection.execute(statement, values)
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise BrokenDatabaseError(self._path, self._tool, str(error)) from error

    def require(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Raise OtherSchemaError where a table or a column is missing."""
        missing = [f"table {name}" for name in wanted if name not in self.columns]
        missing += [
            f"column {table}.{name}"
            for table, names in wanted.items()
            for name in names
            if table in self.columns and name not in self.columns[table]
        ]
        if missing:
            raise OtherSchemaError(self._path, self._tool, missing)

    def _names(self) -> list[str]:
        """Return the plain tables: views and virtual tables could run what is written in the file."""
        found = self.ask("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return [name for name, sql in found if str(sql).upper().lstrip().startswith("CREATE TABLE")]

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self.ask(f"PRAGMA table_info({quote(table)})")]


@contextmanager
def open_foreign(path: Path, tool: str, wanted: Mapping[str, Iterable[str]]) -> Iterator[ForeignTables]:
    """Open a file of another tool for reading; raises UnreadableFileError where it is not what it should be.

    `wanted` are the columns that must be there, by table. What the file holds is never run: no trigger, no
    view, no function of its own; the connection cannot write.
    """
    _check(path, tool)
    try:
        opened = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise BrokenDatabaseError(path, tool, str(error)) from error
    with closing(opened) as connection:
        connection.text_factory = _decode
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE)
        try:
            for setting in (
                "query_only = ON",
                "trusted_schema = OFF",
                "cell_size_check = ON",
                "mmap_size = 0",
            ):
                connection.execute(f"PRAGMA {setting}")
            connection.set_authorizer(_authorise)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except (sqlite3.Error, UnicodeError) as error:  # what SQLite says of a broken table may be no text
            raise BrokenDatabaseError(path, tool, str(error)) from error
        tables = ForeignTables(path, tool, connection)
        tables.require(wanted)
        yield tables


def quote(name: str) -> str:
    """Return a name as SQL takes it."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _check(path: Path, tool: str) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            is_sqlite = file.read(len(_MAGIC)) == _MAGIC
        beside = [path.with_name(f"{path.name}{tail}") for tail in ("-wal", "-journal")]
        is_open = any(other.is_file() and other.stat().st_size for other in beside)
    except OSError as error:
        raise BrokenDatabaseError(path, tool, error.strerror or str(error)) from error
    if not is_sqlite:
        raise NotSqliteError(path, tool)
    if size > MOST_BYTES:
        raise LargeDatabaseError(path, size)
    if is_open:
        raise BusyDatabaseError(path, tool)


def _decode(value: bytes) -> str:
    """Return text; a zero character, which no database takes, is a space, so that places stay as they are."""
    return value.decode("utf-8", "replace").replace("\0", " ")


def _authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in _PRAGMAS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_OK if second in _FUNCTIONS else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
