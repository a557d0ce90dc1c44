"""Files on their way from a browser: within limits, in a temporary folder, under names of our own."""

import hashlib
import os
import re
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from framework_coder.errors import BadInputError, NotFoundError

MOST_FILES = 2_000
"""Files of one import."""

LARGEST_FILE = 200_000_000
LARGEST_IMPORT = 2_000_000_000
"""Bytes."""

LONGEST_NAME = 400
LONGEST_STEM = 80
_HARMFUL = re.compile(r"[^\w ()-]")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,9}\Z")


class OversizedUploadError(BadInputError):
    """More, or larger, files than are taken."""


class NoSuchUploadError(NotFoundError):
    """A file, or an import, that is not there."""

    def __init__(self) -> None:
        super().__init__("This import was given up or is over; drop the files again.")


def check_size(name: str, size: int) -> None:
    """Refuse a file that is too large."""
    if size > LARGEST_FILE:
        raise OversizedUploadError(
            f"{name} has more than {LARGEST_FILE // 1_000_000} MB; a browser sends no larger file. "
            "Import it with `framework-coder ingest`."
        )


def check_sizes(sizes: list[int]) -> None:
    """Refuse too many files, or too much at once."""
    if len(sizes) > MOST_FILES:
        raise OversizedUploadError(
            f"These are {len(sizes):,} files; at most {MOST_FILES:,} come in at once. Drop them in parts."
        )
    if sum(sizes) > LARGEST_IMPORT:
        raise OversizedUploadError(
            f"These files have more than {LARGEST_IMPORT // 1_000_000_000} GB; drop them in parts."
        )


def plain_name(name: str) -> str:
    """Return a name as it is shown: no control signs, no steps up, no root. It is never used as a path."""
    shown = "".join(sign for sign in name.replace("\\", "/") if sign.isprintable())[:LONGEST_NAME]
    parts = [part.strip() for part in shown.split("/")]
    return "/".join(part for part in parts if part not in {"", ".", ".."}) or "unnamed"


@dataclass
class Upload:
    """A file that arrives piece by piece; its name on disk is ours, but for a harmless suffix."""

    name: str
    path: Path
    size: int = 0
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    _file: BinaryIO | None = None

    def take(self, piece: bytes) -> None:
        """Write a piece."""
        self.size += len(piece)
        check_size(self.name, self.size)
        if self._file is None:
            self._file = self.path.open("wb")
        self._file.write(piece)
        self._digest.update(piece)

    def close(self) -> None:
        """Let go of the file; an empty one is a file too."""
        if self._file is None:
            self.path.touch()
        else:
            self._file.close()

    def drop(self) -> None:
        """Remove what came."""
        if self._file is not None:
            self._file.close()
        self.path.unlink(missing_ok=True)

    def named(self) -> Path:
        """Return the file under a harmless form of its own name, which sentences and notes on it then use."""
        own = PurePosixPath(self.name)
        stem = _HARMFUL.sub("_", own.stem)[:LONGEST_STEM].strip() or "file"
        place = self.path.with_name(f"{self.path.stem}-named") / f"{stem}{self.path.suffix}"
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            try:
                os.link(self.path, place)
            except OSError:  # not every file system has links
                shutil.copyfile(self.path, place)
        return place

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return self._digest.hexdigest()


class Folder:
    """A temporary folder for the files of one import; it goes when it is closed, or with the program."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="framework-coder-", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name)

    def begin(self, name: str) -> Upload:
        """Return a place for a file."""
        suffix = _SUFFIX.search(name.lower())
        own = f"upload-{secrets.token_hex(6)}{suffix.group() if suffix else ''}"
        return Upload(name, self.path / own)

    def close(self) -> None:
        """Remove the folder with all in it."""
        self._folder.cleanup()
