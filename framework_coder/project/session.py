"""What the parts of a project share: its store, and who works with it."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framework_coder.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class Session:
    """An open store and the coder in whose name changes are made."""

    engine: "Engine"
    who: str

    @contextmanager
    def reading(self) -> Iterator["Connection"]:
        """Give a connection that sees one state of the project."""
        with reading(self.engine) as connection:
            yield connection


def login_name() -> str:
    """Return the name of whoever is logged in; `analyst` where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "analyst"
