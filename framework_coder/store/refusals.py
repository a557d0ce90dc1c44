"""Why a project cannot be opened, made or written; each names the project and says what to do."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from json import JSONDecodeError
from typing import Any

from sqlalchemy import exc

from framework_coder.errors import (
    BadInputError,
    ConflictError,
    DamagedProjectError,
    FrameworkCoderError,
    MissingPackageError,
    NotFoundError,
)
from framework_coder.store.columns import to_json


class ProjectMissingError(NotFoundError):
    """There is no project of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no project {name}; check the path, or make it with `framework-coder init`."
        )


class ProjectExistsError(ConflictError):
    """A new project would take the place of something."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is there already; open it, or choose another name for the new project.")


class NotAProjectError(BadInputError):
    """The file or database is something else."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a Framework Coder project; choose a .fwc file made by `init`.")


class NewerProjectError(BadInputError):
    """The project was written by a later release."""

    def __init__(self, name: str, version: str) -> None:
        super().__init__(
            f"{name} was made by a newer Framework Coder (schema {version}); install that release to open it."
        )


class UnreachableProjectError(BadInputError):
    """The folder or the server cannot be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} cannot be opened: {why}.")


class NoPostgresqlError(MissingPackageError):
    """PostgreSQL's driver is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Projects on a PostgreSQL server need the package psycopg; "
            'install it with `pip install "framework-coder[postgresql]"`.'
        )


class ProjectBusyError(ConflictError):
    """Another process is writing and did not finish in time."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is being written by another program; nothing was changed. Try again when it is done."
        )


class UnwritableProjectError(BadInputError):
    """The disk is full, or the file or its folder may not be written."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name} cannot be written ({why}); nothing was changed. Free space, or get the right."
        )


class UnsoundProjectError(DamagedProjectError):
    """The database engine finds the file broken."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} is damaged ({why}); restore it from a backup.")


class SchemaMismatchError(DamagedProjectError):
    """The database refuses what this release asks of it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} does not hold what it should ({why}); run `framework-coder check`.")


class UnstorableTextError(BadInputError):
    """A field holds a character that a database cannot keep."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        fields = [name for name, value in row.items() if not is_storable(to_json(value))]
        super().__init__(
            f"The field {', '.join(fields)} holds a NUL or half a character, which cannot be stored, so "
            "nothing was; type the text again, or copy it from another program."
        )


class TooLargeNumberError(BadInputError):
    """A number beyond what a database can hold."""

    def __init__(self) -> None:
        super().__init__(
            "A number is too large: numbers of claims, codings and entries have at most 18 digits."
        )


class UnaskableTextError(BadInputError):
    """What is looked for holds a character that no project can hold."""

    def __init__(self) -> None:
        super().__init__(
            "What is looked for holds a NUL or half a character; nothing in a project does. Type it again."
        )


_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def is_storable(image: str) -> bool:
    """Say whether the text in a JSON value can be kept: NUL and lone surrogates cannot."""
    try:
        image.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in image or _NUL.search(image) is None


_TOO_LARGE = "out of range"
_UNASKABLE = "nul (0x00)"
_BUSY = ("database is locked", "database table is locked", "lock timeout", "could not obtain lock")
_UNWRITABLE = ("readonly database", "disk is full", "disk i/o error", "no space left")
_UNSOUND = ("malformed", "not a database", "corrupt")
_UNREACHABLE = ("unable to open database", "connection", "could not translate host", "authentication failed")


def explain(error: exc.DBAPIError, name: str) -> FrameworkCoderError:
    """Return the sentence for what a database driver reports of the project `name`."""
    why = " ".join(str(error.orig).split())
    low = why.lower()
    if _TOO_LARGE in low:
        return TooLargeNumberError()
    if _UNASKABLE in low:
        return UnaskableTextError()
    if any(words in low for words in _BUSY):
        return ProjectBusyError(name)
    if any(words in low for words in _UNWRITABLE):
        return UnwritableProjectError(name, why)
    if any(words in low for words in _UNSOUND):
        return UnsoundProjectError(name, why)
    if any(words in low for words in _UNREACHABLE):
        return UnreachableProjectError(name, why)
    return SchemaMismatchError(name, why)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what the database driver raises into a sentence."""
    try:
        yield
    except exc.DBAPIError as error:
        raise explain(error, name) from error
    except UnicodeEncodeError as error:
        raise UnaskableTextError from error
    except (UnicodeDecodeError, JSONDecodeError) as error:
        raise UnsoundProjectError(name, f"a value in it cannot be read: {error}") from error
    except OverflowError as error:
        raise TooLargeNumberError from error
