"""The container of a REFI-QDA project: a ZIP whose entries are looked at before any is expanded."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from framework_coder.errors import UnreadableFileError

MOST_ENTRIES = 50_000
"""A container with more entries is refused."""

LARGEST_ENTRY = 2**31 - 1
"""Bytes of one file, as the standard allows (8.5)."""

LARGEST_TEXT = 256 * 2**20
"""Bytes of one text or of the project file, which are held in memory."""

LARGEST_TOTAL = 8 * 2**30
"""Bytes of all files together."""

STEEPEST = 250
"""How many times its packed size an entry above `SMALL` may be: text packs to a tenth, a bomb further."""

SMALL = 4 * 2**20
"""Entries up to so many bytes may be packed as tightly as they like."""


class BadContainerError(UnreadableFileError):
    """A container that is damaged, hostile, or not one at all."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} cannot be imported: {reason}.")


class Container:
    """An open container: its project file, and its other files by the paths that the project gives."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._archive = ZipFile(path)
            infos = self._archive.infolist()
        except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            raise BadContainerError(path, _say_what_it_is(path)) from error
        self._entries = self._check(infos)
        self._project = self._find_project()
        self._last: tuple[str, bytes] = "", b""

    @property
    def path(self) -> Path:
        """Where the container lies."""
        return self._path

    def read_project(self) -> bytes:
        """Return the bytes of the project file."""
        return self._read(self._project, LARGEST_TEXT)

    def find(self, given: str) -> str | None:
        """Return the name of the entry that a path of the project means, or None where there is none.

        `internal://x`, `internal:///x` and a bare `x` mean the file x in the folder sources, in any letter
        case; percent signs stand for themselves or for a byte.
        """
        bare = re.sub(r"^internal:/{2,3}", "", given.strip(), flags=re.IGNORECASE).replace("\\", "/")
        for name in dict.fromkeys((bare, unquote(bare))):
            wanted = name.lstrip("/").lower()
            for key in (f"sources/{wanted}", wanted, f"sources/{wanted.rpartition('/')[2]}"):
                if wanted and key in self._entries:
                    return key
        return None

    def read(self, name: str, most: int = LARGEST_ENTRY) -> bytes:
        """Return the bytes of an entry that `find` named; those of the last one are kept."""
        if self._last[0] != name or len(self._last[1]) > most:
            self._last = name, self._read(self._entries[name], most)
        return self._last[1]

    def size(self, name: str) -> int:
        """Return how many bytes an entry that `find` named has."""
        return self._entries[name].file_size

    def read_text(self, name: str) -> bytes:
        """Return the bytes of a text, which may not be larger than `LARGEST_TEXT`."""
        return self.read(name, LARGEST_TEXT)

    def _read(self, info: ZipInfo, most: int) -> bytes:
        if info.file_size > most:
            raise BadContainerError(self._path, f"{info.filename} is larger than {most // 2**20} MB")
        try:
            return self._archive.read(info)
        except (
            BadZipFile,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            zlib.error,
        ) as e:
            reason = f"{info.filename} in it is damaged or encrypted; ask for the file again"
            raise BadContainerError(self._path, reason) from e

    def _check(self, infos: list[ZipInfo]) -> dict[str, ZipInfo]:
        """Return the files by their names in lower case; raises BadContainerError before any is expanded."""
        if len(infos) > MOST_ENTRIES:
            raise BadContainerError(self._path, f"it has more than {MOST_ENTRIES:,} files")
        if sum(info.file_size for info in infos) > LARGEST_TOTAL:
            raise BadContainerError(self._path, f"it would expand to more than {LARGEST_TOTAL // 2**30} GB")
        found: dict[str, ZipInfo] = {}
        for info in infos:
            name = self._check_name(info)
            if info.file_size > LARGEST_ENTRY:
                raise BadContainerError(self._path, f"{name} is larger than the standard allows (2 GB)")
            if info.file_size > SMALL and info.file_size > STEEPEST * max(1, info.compress_size):
                raise BadContainerError(
                    self._path, f"{name} would expand to more than {STEEPEST} times its size"
                )
            if not name.endswith("/") and name.rpartition("/")[2] != ".root":
                found[name.lower()] = info
        return found

    def _check_name(self, info: ZipInfo) -> str:
        """Return the name of an entry with `/` between its parts, if it stays inside the container."""
        name = (info.orig_filename or info.filename).replace("\\", "/")
        is_outside = name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/")
        if is_outside or "\0" in name:
            shown = info.filename.replace("\0", "")
            raise BadContainerError(self._path, f"it holds a file that points outside of it ({shown})")
        return name.removeprefix("./")

    def _find_project(self) -> ZipInfo:
        names = list(_project_files(self._entries))
        if len(names) == 1:
            return self._entries[names[0]]
        if names:
            raise BadContainerError(self._path, f"it holds {len(names)} project files ({', '.join(names)})")
        listed = ", ".join(list(self._entries)[:3]) or "nothing"
        raise BadContainerError(self._path, f"it holds no project file (project.qde), but {listed}")


def _project_files(names: dict[str, ZipInfo]) -> Iterator[str]:
    return (name for name in names if name.endswith(".qde") and "/" not in name)


def _say_what_it_is(path: Path) -> str:
    """Return why a file that is no ZIP cannot be opened, by what it begins with."""
    try:
        with path.open("rb") as file:
            head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        return f"it cannot be opened ({error.strerror or error})"
    is_project = b"<Project" in head or b":Project" in head
    if not is_project and (b"<CodeBook" in head or b":CodeBook" in head):
        return "it is a codebook; import it with --as qdc"
    if is_project:
        return "it is the project file alone, without its texts; import the .qdpx file that it came in"
    if head.startswith(b"PK"):
        return "it is a damaged or incomplete ZIP file; fetch or export it again"
    return "it is not a .qdpx file, which is a ZIP file; export it again"
