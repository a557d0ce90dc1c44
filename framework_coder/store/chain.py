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


_NONE = "\x1e"


def said_of(lines: Iterable[Line]) -> str:
    """Return what is hashed of changes; the separators cannot occur in JSON, nor in a key or an id."""
    return "".join(
        [
            f"\n{table}\x1f{row}\x1f{_NONE if site is None else site}"
            f"\x1f{_NONE if source is None else source}\x1f{_NONE if theme is None else theme}"
            f"\x1f{_NONE if before is None else before}"
            f"\x1f{_NONE if after is None else after}"
            for table, row, site, source, theme, before, after in lines
        ]
    )


class Chain:
    """The running hash of an entry: its head, then each of its changes in order."""

    def __init__(self, head: str) -> None:
        self._hash = hashlib.sha256(head.encode())

    def add(self, lines: Iterable[Line]) -> None:
        """Take changes more; raises UnicodeEncodeError where one holds half a character."""
        self._hash.update(said_of(lines).encode())

    def hexdigest(self) -> str:
        """Return the hash in hexadecimal."""
        return self._hash.hexdigest()


def entry_head(entry: Mapping[str, Any]) -> str:
    """Return what is hashed of an entry itself; `undoes`, younger than the rest, only where there is one."""
    names = ["id", "who", "made_at", "action", "why", "part_of", "previous_hash"]
    if entry["undoes"] is not None:
        names.append("undoes")
    return to_json([entry[name] for name in names])
