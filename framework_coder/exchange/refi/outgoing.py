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
_TEXT, _PACKED = 3, 1
"""How hard to press texts, and originals, which are packed already."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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


class Words:
    """Keeps XML's forbidden characters out of words and texts, and counts them as losses."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def clean(self, text: str) -> str:
        """Return words as XML can hold them; what it forbids is taken out and counted."""
        if _ILLEGAL.search(text):
            text, count = _ILLEGAL.subn("", text)
            self._bundle.lose("characters", "that XML forbids were taken out of names and notes", count)
        return text

    def name(self, text: str) -> str:
        """Return a name on one line."""
        return " ".join(self.clean(text).split())

    def text(self, text: str) -> str:
        """Return the text of a source; what XML forbids becomes a space, so that positions stay."""
        if _ILLEGAL.search(text):
            text, count = _ILLEGAL.subn(" ", text)
            self._bundle.lose("characters", "that XML forbids became spaces in texts; positions fit", count)
        return text
