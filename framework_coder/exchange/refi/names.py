"""GUIDs of what is written: as they came where they came from another tool, else always the same anew."""

from hashlib import sha1
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.refi.wording import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


class Names:
    """Gives each thing one GUID, and no two things the same."""

    def __init__(self, bundle: Bundle) -> None:
        self._foreign: Mapping[tuple[str, str], str] = bundle.guids
        self._space = uuid5(NAMESPACE_URL, f"framework-coder:{bundle.identity or bundle.name}").bytes
        self._given: dict[tuple[str, str], str] = {}
        self._used: set[str] = set()
        for (kind, key), guid in sorted(bundle.guids.items()):
            if kind != "selection":  # several codings share one; they are given as selections are written
                self._keep(kind, key, fold(guid))

    def of(self, kind: str, key: str) -> str:
        """Return the GUID of a thing; nothing for an empty key."""
        if not key:
            return ""
        found = self._given.get((kind, key))
        return found or self._make(kind, key)

    def of_selection(self, place: str, codings: list[str]) -> str:
        """Return the GUID of a passage: that of the selection from which one of its codings came."""
        for coding in codings:
            guid = fold(self._foreign.get(("selection", coding), ""))
            if guid and guid not in self._used:
                self._used.add(guid)
                return guid
        return self.of("selection", place)

    def _keep(self, kind: str, key: str, guid: str) -> None:
        if guid and guid not in self._used:
            self._used.add(guid)
            self._given[kind, key] = guid

    def _make(self, kind: str, key: str) -> str:
        guid = _name(self._space, f"{kind}:{key}")
        self._used.add(guid)
        self._given[kind, key] = guid
        return guid


def _name(space: bytes, name: str) -> str:
    """Return `uuid5` of a name in upper case; that of the library takes five times as long."""
    said = sha1(space + name.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper()
    return f"{said[:8]}-{said[8:12]}-5{said[13:16]}-{_VARIANT[said[16]]}{said[17:20]}-{said[20:32]}"


_VARIANT = {f"{digit:X}": f"{digit & 3 | 8:X}" for digit in range(16)}
"""The hexadecimal digit that says which kind of UUID it is, by the digit that stood there."""
