"""The hash chain of the journal: what is hashed of an entry, and in which order."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from framework_coder.store.columns import to_json


class Line(NamedTuple):
    """What is hashed of a change: the row, what it is about, and its columns before and after as JSON."""

    table: str
    row: str
    site: int | None
    source: int | None
    theme: str | None
    before: str | None
    after: str | None


class Chain:
    """The running hash of an entry: its head, then each of its changes in order."""

    def __init__(self, head: str) -> None:
        self._hash = hashlib.sha256(head.encode())

    def add(self, lines: Iterable[Line]) -> None:
        """Take changes more; the separators cannot occur in JSON, nor in a key or an id."""
        for line in lines:
            fields = ["\x1e" if field is None else str(field) for field in line]
            self._hash.update(("\n" + "\x1f".join(fields)).encode())

    def hexdigest(self) -> str:
        """Return the hash in hexadecimal."""
        return self._hash.hexdigest()


def entry_head(entry: Mapping[str, Any]) -> str:
    """Return what is hashed of an entry itself; `undoes`, younger than the rest, only where there is one."""
    names = ["id", "who", "made_at", "action", "why", "part_of", "previous_hash"]
    if entry["undoes"] is not None:
        names.append("undoes")
    return to_json([entry[name] for name in names])
