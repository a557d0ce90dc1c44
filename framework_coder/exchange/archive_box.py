"""Folders and ZIPs of plain files: written the same way each time, and opened without trusting them."""

import hashlib
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from framework_coder.errors import UnreadableFileError

SUMS = "SHA256SUMS"
"""The file that names every other one with its hash."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP, so that the same study gives the same bytes."""

MOST_FILES = 200_000
MOST_LIST = 50_000_000
"""Bytes of the list of hashes."""
HIGHEST_RATIO = 200
"""Unpacked to packed size of a ZIP over `SMALL`; texts and journals stay under 30."""
SMALL = 200_000_000

_LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
_CHUNK = 1 << 20
_PIECE = 1 << 16
_PACKED = {".bin", ".docx", ".xlsx", ".pdf", ".zip", ".png", ".jpg", ".jpeg"}
"""Endings of files that are packed already."""


class FaultyArchiveError(UnreadableFileError):
    """An archive that is damaged, was altered, or is none."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} cannot be imported: {reason}. Nothing was stored; get a whole copy.")


class Sink(Protocol):
    """What takes bytes."""

    def write(self, content: bytes, /) -> object:
        """Take bytes more."""


class HashedFile:
    """A file that is hashed as it is written."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._hash = sink, hashlib.sha256()
        self._waiting = bytearray()

    def write(self, content: bytes) -> None:
        """Write bytes more; small pieces are handed on together."""
        self._waiting += content
        if len(self._waiting) >= _PIECE:
            self._hand_on()

    def close(self) -> str:
        """Hand on what is left and return the hash of all that was written."""
        self._hand_on()
        return self._hash.hexdigest()

    def _hand_on(self) -> None:
        self._sink.write(bytes(self._waiting))
        self._hash.update(self._waiting)
        self._waiting.clear()


class Outbox:
    """Writes files into a folder, or into a ZIP where the name ends with .zip; hashes are listed last."""

    def __init__(self, path: Path) -> None:
        self._hashes: dict[str, str] = {}
        self._folder = path
        self._zip = ZipFile(path, "w", ZIP_DEFLATED) if path.suffix.lower() == ".zip" else None

    @contextmanager
    def file(self, name: str) -> Iterator[HashedFile]:
        """Give a file to write into."""
        with self._open(name) as opened:
            hashed = HashedFile(opened)
            yield hashed
            sha256 = hashed.close()
        self._hashes[name] = sha256

    def put(self, name: str, content: bytes) -> None:
        """Write a whole file."""
        with self.file(name) as file:
            file.write(content)

    def close(self) -> None:
        """Write the hashes and let go; to be called where all went well."""
        lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(self._hashes.items()))
        self.put(SUMS, lines.encode())
        self.abandon()

    def abandon(self) -> None:
        """Let go of the file."""
        if self._zip is not None:
            self._zip.close()

    def _open(self, name: str) -> IO[bytes]:
        if self._zip is None:
            place = self._folder.joinpath(*PurePosixPath(name).parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            return place.open("wb")
        entry = ZipInfo(name, EPOCH)
        entry.compress_type = ZIP_STORED if Path(name).suffix.lower() in _PACKED else ZIP_DEFLATED
        entry.create_system = 3  # where attributes are those of a file system with modes, on every machine
        entry.external_attr = (stat.S_IFREG | 0o644) << 16
        return self._zip.open(entry, "w", force_zip64=True)


class Inbox(Protocol):
    """The files of an archive by name."""

    path: Path

    def names(self) -> frozenset[str]:
        """Return the names of all files."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read."""

    def close(self) -> None:
        """Let go."""


class FolderInbox:
    """The files of a folder; links are refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._names = frozenset(self._walk())

    def _walk(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.path):
            for name in (*folders, *files):
                place = Path(folder, name)
                if place.is_symlink() or not (place.is_dir() or place.is_file()):
                    raise FaultyArchiveError(self.path, f"{name} is a link, not a file")
            for name in files:
                if name.casefold() not in _LITTER:
                    yield Path(folder, name).relative_to(self.path).as_posix()

    def names(self) -> frozenset[str]:
        """Return the names of all files."""
        return self._names

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read."""
        return self.path.joinpath(*PurePosixPath(name).parts).open("rb")

    def close(self) -> None:
        """Let go."""


class ZipInbox:
    """The files of a ZIP, never unpacked to disk; also where they lie in one folder within it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = ZipFile(path)
        except (BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeError) as error:
            raise FaultyArchiveError(path, "it is not a whole ZIP file") from error
        try:
            self._entries = self._check()
        except BaseException:
            self._zip.close()
            raise

    def _check(self) -> dict[str, ZipInfo]:
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES:
            raise FaultyArchiveError(self.path, f"it holds more than {MOST_FILES:,} files")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > max(SMALL, HIGHEST_RATIO * self.path.stat().st_size):
            raise FaultyArchiveError(self.path, "it would unpack to far more than a study does")
        for entry in entries:
            if fault := _fault(entry):
                raise FaultyArchiveError(self.path, fault)
        kept = {entry.filename: entry for entry in entries if not _is_litter(entry.filename)}
        if len({name.casefold() for name in kept}) < len(kept) or len(kept) < len(
            [entry for entry in entries if not _is_litter(entry.filename)]
        ):
            raise FaultyArchiveError(self.path, "two of its files have the same name")
        top = min((n for n in kept if n.rpartition("/")[2] == SUMS), key=len, default=SUMS)[: -len(SUMS)]
        return {name.removeprefix(top): entry for name, entry in kept.items() if name.startswith(top)}

    def names(self) -> frozenset[str]:
        """Return the names of all files."""
        return frozenset(self._entries)

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read."""
        return self._zip.open(self._entries[name])

    def close(self) -> None:
        """Let go."""
        self._zip.close()


def _is_litter(name: str) -> bool:
    return name.rpartition("/")[2].casefold() in _LITTER or name.startswith("__MACOSX/")


def _fault(entry: ZipInfo) -> str:
    """Return why an entry of a ZIP is not taken; empty where it is."""
    name, mode = entry.filename, entry.external_attr >> 16
    parts = name.split("/")
    if name != entry.orig_filename or "\\" in name or ":" in name or not all(parts) or {".", ".."} & {*parts}:
        return f"“{name[:60]}” leads out of the archive or is no plain name"
    if stat.S_ISLNK(mode) or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
        return f"“{name[:60]}” is a link, not a file"
    if entry.flag_bits & 1:
        return "it is locked with a password; take that away first"
    return "" if entry.compress_type in {ZIP_STORED, ZIP_DEFLATED} else f"“{name[:60]}” is packed unusually"


def open_inbox(path: Path) -> Inbox:
    """Open a folder or a ZIP and prove every file by its hash; raises FaultyArchiveError."""
    inbox: Inbox = FolderInbox(path) if path.is_dir() else ZipInbox(path)
    try:
        _verify(inbox)
    except BaseException as error:
        inbox.close()
        if isinstance(error, (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)):
            raise FaultyArchiveError(path, "a file in it is damaged") from error
        raise
    return inbox


def _verify(inbox: Inbox) -> None:
    if SUMS not in inbox.names():
        raise FaultyArchiveError(inbox.path, f"it has no {SUMS}, so it is not a project archive")
    listed = _read_sums(inbox)
    for name in sorted(listed.keys() - inbox.names()):
        raise FaultyArchiveError(inbox.path, f"{name} is missing")
    for name in sorted(inbox.names() - listed.keys() - {SUMS}):
        raise FaultyArchiveError(inbox.path, f"{name} was added after it was made")
    for name, sha256 in listed.items():
        if _hash(inbox, name) != sha256:
            raise FaultyArchiveError(inbox.path, f"{name} was altered or damaged")


def _read_sums(inbox: Inbox) -> dict[str, str]:
    with inbox.open(SUMS) as file:
        content = file.read(MOST_LIST + 1)
    try:
        lines = [line.split("  ", 1) for line in content.decode().splitlines()]
        listed = {name: sha256 for sha256, name in lines}
    except ValueError as error:
        raise FaultyArchiveError(inbox.path, f"{SUMS} cannot be read") from error
    if len(content) > MOST_LIST or len(listed) != len(lines) or SUMS in listed:
        raise FaultyArchiveError(inbox.path, f"{SUMS} cannot be read")
    return listed


def _hash(inbox: Inbox, name: str) -> str:
    sha256 = hashlib.sha256()
    with inbox.open(name) as file:
        while chunk := file.read(_CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()
