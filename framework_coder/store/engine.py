"""Connect to a project, a SQLite file `*.fwc` or a PostgreSQL database by URL, to read or to write."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from framework_coder.store.refusals import (
    NoPostgresqlError,
    NotAProjectError,
    ProjectMissingError,
    UnreachableProjectError,
    explained,
)

APPLICATION_ID = 0x46574331
"""“FWC1”: what SQLite writes into the head of a project file."""

BUSY_SECONDS = 10
"""How long a writer waits for another one."""

_MAGIC = b"SQLite format 3\0"


def is_url(place: str | Path) -> bool:
    """Say whether a project is named by a database URL."""
    return "://" in str(place)


def name_of(engine: Engine) -> str:
    """Return what a person calls the project: the path, or the URL without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


def place_of(engine: Engine) -> str:
    """Return the path, or the URL with its password, that opens the same project again."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=False)


def make_engine(place: str | Path) -> Engine:
    """Return an engine for a path or a `postgresql://` URL; nothing is opened or checked yet."""
    if not is_url(place):
        path = Path(place).absolute()
        options: dict[str, Any] = {"timeout": BUSY_SECONDS}
        if path.exists() and not _may_write(path):
            target = f"{path.as_uri()}?immutable=1"  # beside a file in use SQLite would write two more
            engine = create_engine(
                f"sqlite:///{path}", creator=lambda: sqlite3.connect(target, uri=True, **options)
            )
        else:
            engine = create_engine(f"sqlite:///{path}", connect_args=options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        url = make_url(str(place))
    except ArgumentError as error:
        raise UnreachableProjectError(str(place), "it is not a database URL") from error
    if url.get_backend_name() != "postgresql":
        shown = url.render_as_string(hide_password=True)
        raise UnreachableProjectError(shown, "only postgresql:// URLs and .fwc files hold projects")
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise NoPostgresqlError from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, see `_begin_sqlite`
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "cache_size=-32000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something will be written, so that waiting can succeed."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the project, whatever others write meanwhile."""
    with explained(name_of(engine)), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose work is kept as a whole or not at all; one writer at a time."""
    with explained(name_of(engine)), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
            yield connection


def check_file(path: Path) -> None:
    """Look at the head of the file before SQLite does: it would make a file that is missing."""
    if not path.exists():
        raise ProjectMissingError(str(path))
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise UnreachableProjectError(str(path), error.strerror or str(error)) from error
    if head[:16] != _MAGIC or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAProjectError(str(path))
    journal = Path(f"{path}-wal")
    if not _may_write(path) and journal.exists() and journal.stat().st_size:
        raise UnreachableProjectError(
            str(path),
            "someone works with it or was interrupted, and you may not write beside it; "
            f"copy it together with {journal.name} to a folder of your own",
        )


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def read_version(engine: Engine) -> str:
    """Return the schema's version that a store bears; raises NotAProjectError where it bears none."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise NotAProjectError(name_of(engine))
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(version or "")
