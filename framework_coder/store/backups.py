"""A consistent copy of a project file, opened and checked before it bears its name."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.store.engine import check_file, make_engine, name_of, read_version
from framework_coder.store.refusals import UnsoundProjectError, UnwritableProjectError


class BackupExistsError(ConflictError):
    """The copy would take the place of a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already; choose another name, or say that it may be replaced.")


class ServerBackupError(BadInputError):
    """The project is a PostgreSQL database."""

    def __init__(self) -> None:
        super().__init__("This project is on a PostgreSQL server; back it up with `pg_dump`.")


def back_up(engine: Engine, path: Path, *, replace: bool = False) -> None:
    """Copy the project to `path` while others may go on working; nothing there is lost on the way.

    Raises where `path` exists and `replace` was not said, where it cannot be written, and where the copy
    does not pass the database's own check.
    """
    if engine.dialect.name != "sqlite":
        raise ServerBackupError
    path = path.absolute()
    if path == Path(name_of(engine)) or (path.exists() and not replace):
        raise BackupExistsError(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _copy(Path(name_of(engine)), temporary)
        _prove(temporary)
        temporary.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise UnwritableProjectError(str(path), str(error)) from error
    finally:
        for left in (temporary, *(Path(f"{temporary}{end}") for end in ("-wal", "-shm"))):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _copy(project: Path, to: Path) -> None:
    with closing(sqlite3.connect(project)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def _prove(copy: Path) -> None:
    """Ask SQLite whether the copy is whole, then open it as a project."""
    with closing(sqlite3.connect(copy)) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise UnsoundProjectError(str(copy), answer)
    check_file(copy)
    engine = make_engine(copy)
    read_version(engine)
    engine.dispose()
