"""Make a project, and open one that is there."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from framework_coder.store.engine import (
    APPLICATION_ID,
    check_file,
    is_url,
    make_engine,
    name_of,
    read_version,
    writing,
)
from framework_coder.store.refusals import (
    NewerProjectError,
    ProjectExistsError,
    UnreachableProjectError,
    UnwritableProjectError,
)

VERSIONS = ("0001", "0002")
"""The versions of the schema, oldest first; the last one is what this release writes."""

PAGE = 8192
"""Bytes of a page in a new project file: texts and originals are long, and half as many pages are written."""

_STAMP = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"

Fill = Callable[[Connection], None]
"""What stores the first rows of a new project, in the transaction that makes it."""


def create_store(place: str | Path, fill: Fill | None = None) -> Engine:
    """Make a project and return its engine; raises where something is there already.

    It is empty but for what `fill` stores; where that raises, nothing is left behind.
    """
    fill = fill or _leave_empty
    return _create_in_server(place, fill) if is_url(place) else _create_file(Path(place).absolute(), fill)


def _leave_empty(_connection: Connection) -> None:
    pass


def _create_file(path: Path, fill: Fill) -> Engine:
    """Make the file under another name first: a half-made project is never seen."""
    if path.exists():
        raise ProjectExistsError(str(path))
    if not path.parent.is_dir():
        raise UnreachableProjectError(str(path), f"there is no folder {path.parent}; make it first")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    engine = make_engine(temporary)
    try:
        _mark_file(temporary)
        with writing(engine) as connection:
            _lay_out(connection)
            fill(connection)
        engine.dispose()
        temporary.rename(path)
    except sqlite3.Error as error:
        raise UnreachableProjectError(str(path), str(error)) from error
    except OSError as error:
        raise UnwritableProjectError(str(path), error.strerror or str(error)) from error
    finally:
        engine.dispose()
        for left in (temporary, *(Path(f"{temporary}{end}") for end in ("-wal", "-shm"))):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return make_engine(path)


def _mark_file(path: Path) -> None:
    """Write what only stands outside a transaction: the journal mode and whose file it is."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size={PAGE}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _create_in_server(place: str | Path, fill: Fill) -> Engine:
    engine = make_engine(place)
    with writing(engine) as connection:
        if inspect(connection).get_table_names():
            raise ProjectExistsError(name_of(engine))
        _lay_out(connection)
        fill(connection)
    return engine


def _lay_out(connection: Connection) -> None:
    from framework_coder.store.ddl import create_all

    create_all(connection)
    connection.exec_driver_sql(_STAMP)
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": VERSIONS[-1]})


def open_store(place: str | Path) -> Engine:
    """Return the engine of a project that is there, brought up to this release's schema.

    Raises where it is missing, is something else, or was written by a newer release.
    """
    if not is_url(place):
        check_file(Path(place).absolute())
    engine = make_engine(place)
    try:
        version = read_version(engine)
        if version not in VERSIONS:
            raise NewerProjectError(name_of(engine), version)  # noqa: TRY301 - the engine is closed below
        if version != VERSIONS[-1]:
            from framework_coder.store.migrating import migrate

            migrate(engine, version)
    except BaseException:
        engine.dispose()
        raise
    return engine
