"""The container that is written: the same project gives the same bytes."""

import re
from pathlib import Path
from typing import Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from framework_coder.errors import BadInputError
from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.refi.container import LARGEST_ENTRY

_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_UNIX = 3
_TEXT, _PACKED = 1, 0
"""How hard to press texts, and originals that are packed already: a tenth more would take twice the time."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHORT = 500
_CONTROLS = bytes(range(9)) + b"\x0b\x0c" + bytes(range(0x0E, 0x20))
_NO_SIGNS = "\ufffe".encode(), "\uffff".encode()
_ASTRAL = bytes(range(0xF0, 0xF5))
"""The bytes that begin a character outside the basic plane."""


class OversizeFileError(BadInputError):
    """A file that is larger than the standard allows."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is larger than the 2 GB that REFI-QDA allows; leave its source out.")


class Outgoing:
    """Writes the entries of a container."""

    def __init__(self, path: Path) -> None:
        self._archive = ZipFile(path, "w", ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def put(self, name: str, content: bytes, *, is_packed: bool = False) -> None:
        """Write an entry."""
        if len(content) > LARGEST_ENTRY:
            raise OversizeFileError(name)
        info = ZipInfo(name, _TIME)
        info.create_system, info.external_attr = _UNIX, _MODE
        level = _PACKED if is_packed else _TEXT
        self._archive.writestr(info, content, compress_type=ZIP_DEFLATED, compresslevel=level)


def is_legal(text: str) -> bool:
    """Say whether XML can hold a text; the bytes of a long one are looked through ten times as fast."""
    if len(text) <= _SHORT:
        return _ILLEGAL.search(text) is None
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return False
    has_controls = len(content.translate(None, _CONTROLS)) != len(content)
    return not has_controls and not any(sign in content for sign in _NO_SIGNS)


def is_astral(content: bytes) -> bool:
    """Say whether a text in UTF-8 has characters outside the basic plane."""
    return not content.isascii() and len(content.translate(None, _ASTRAL)) != len(content)


class Words:
    """Keeps XML's forbidden characters out of words and texts, and counts them as losses."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def clean(self, text: str) -> str:
        """Return words as XML can hold them; what it forbids is taken out and counted."""
        if not is_legal(text):
            text, count = _ILLEGAL.subn("", text)
            self._bundle.lose("characters", "that XML forbids were taken out of names and notes", count)
        return text

    def name(self, text: str) -> str:
        """Return a name on one line."""
        return " ".join(self.clean(text).split())

    def text(self, text: str) -> str:
        """Return the text of a source; what XML forbids becomes a space, so that positions stay."""
        if not is_legal(text):
            text, count = _ILLEGAL.subn(" ", text)
            self._bundle.lose("characters", "that XML forbids became spaces in texts; positions fit", count)
        return text
