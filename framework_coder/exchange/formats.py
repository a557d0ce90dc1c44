"""The table of formats that studies come in and go out as; a format is one line here, and a module."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from framework_coder.errors import BadInputError, NotFoundError, UnreadableFileError
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.model.spelling import closest

if TYPE_CHECKING:
    from sqlalchemy import Engine

Options = Mapping[str, Any]
"""What the user asked for, by name; each format says in `takes` which names it knows."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its id, what people call it, how its files are named, and the module that knows it.

    The module is imported when it is needed. It offers `recognise(path) -> bool`, which looks at the content
    and never raises; `read(path, options) -> Bundle`; `write(bundle, path, options) -> list[Loss]`: those
    two of them that `reads` and `writes` say. A writer gets a path where nothing is yet and writes there;
    what it decided it appends to `bundle.choices`. `takes` are the options that it knows.

    Where `sees_project`, the reader is given the project's engine as well, since its files have no texts of
    their own: `read(path, options, engine)`. Where `is_exact`, the module writes from the store itself, not
    from a bundle: `write_project(engine, path, options) -> list[Loss]`.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    reads: bool = True
    writes: bool = True
    takes: tuple[str, ...] = ()
    sees_project: bool = False
    is_exact: bool = False

    @property
    def home(self) -> ModuleType:
        """The module."""
        return import_module(self.module)

    def recognise(self, path: Path) -> bool:
        """Say whether a file, by its content, is of this format."""
        return bool(self.home.recognise(path))

    def read(self, path: Path, options: Options, engine: "Engine | None" = None) -> Bundle:
        """Return what the file holds; raises BadInputError."""
        self._check(options)
        seen = (engine,) if self.sees_project else ()
        bundle: Bundle = self.home.read(path, options, *seen)
        return bundle

    def write_project(self, engine: "Engine", path: Path, options: Options) -> list[Loss]:
        """Write a whole project from its store, where the format `is_exact`."""
        self._check(options)
        losses: list[Loss] = self.home.write_project(engine, path, options)
        return losses

    def write(self, bundle: Bundle, path: Path, options: Options) -> list[Loss]:
        """Write the bundle and return what the format could not hold."""
        self._check(options)
        losses: list[Loss] = self.home.write(bundle, path, options)
        return losses

    def _check(self, options: Options) -> None:
        for name in options:
            if name not in self.takes:
                raise UnknownFormatOptionError(name, self)


_HERE = "framework_coder.exchange"
_REFI_IN = ("offsets", "newlines", "strict", "sites", "drop_wrapper")
_REFI_OUT = ("dialect", "framework_note")

FORMATS: dict[str, Format] = {
    format_.id: format_
    for format_ in (
        Format(
            "refi", "REFI-QDA project", (".qdpx",), f"{_HERE}.refi.project", takes=(*_REFI_IN, *_REFI_OUT)
        ),
        Format(
            "qdc", "REFI-QDA codebook", (".qdc",), f"{_HERE}.refi.codebook", takes=("strict", "drop_wrapper")
        ),
        Format("archive", "project archive", (".zip",), f"{_HERE}.archive", is_exact=True),
        Format(
            "annotations",
            "W3C Web Annotations",
            (".jsonld",),
            f"{_HERE}.annotations",
            takes=("source", "states"),
            sees_project=True,
        ),
        Format(
            "taguette",
            "Taguette or LibreQDA project",
            (".sqlite3",),
            f"{_HERE}.taguette",
            writes=False,
            takes=("project", "separator", "site"),
            sees_project=True,
        ),
        Format(
            "qualcoder",
            "QualCoder project",
            (".qda",),
            f"{_HERE}.qualcoder",
            writes=False,
            takes=("site",),
            sees_project=True,
        ),
        Format(
            "codings",
            "table of codings with quotes",
            (".csv", ".xlsx"),
            f"{_HERE}.coding_tables",
            writes=False,
            takes=("columns", "accept_proposals"),
            sees_project=True,
        ),
        Format(
            "comments",
            "Word document with themes in comments",
            (".docx", ".docm"),
            f"{_HERE}.word_comments",
            writes=False,
            takes=("source", "site", "accept_proposals"),
            sees_project=True,
        ),
        Format(
            "highlights",
            "PDF with themes in the notes of highlights",
            (".pdf",),
            f"{_HERE}.pdf_highlights",
            writes=False,
            takes=("source", "site", "accept_proposals"),
            sees_project=True,
        ),
        Format(
            "codebook", "codebook", (".yaml", ".yml", ".docx", ".csv", ".xlsx"), f"{_HERE}.codebook_files"
        ),
    )
}


class UnknownFormatError(NotFoundError):
    """A format that is not in the table, or not for this direction."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        close = closest(name, known)
        hint = f"Did you mean “{close}”?" if close else f"Choose one of {', '.join(known)}."
        super().__init__(f"There is no format “{name}” for this. {hint}")


class UnknownFormatOptionError(BadInputError):
    """An option that a format does not know."""

    def __init__(self, name: str, format_: Format) -> None:
        known = ", ".join(name.replace("_", "-") for name in format_.takes) or "none"
        super().__init__(
            f"The format {format_.id} ({format_.title}) has no option {name.replace('_', '-')}; "
            f"it has: {known}."
        )


class UnrecognisedFileError(UnreadableFileError):
    """A file that no format takes for its own."""

    def __init__(self, path: Path) -> None:
        name, likely = path.name or str(path), _named_so(path)
        titles = ", ".join(format_.title for format_ in likely or readable())
        kinds = " or ".join(f"--as {format_.id}" for format_ in likely) or "--as"
        super().__init__(
            f"{name} does not hold what can be imported{' from such a file' if likely else ''}: {titles}. "
            f"If it should, say {kinds}, and the message will tell what is wrong; sources come in with "
            "`ingest`."
        )


class MissingFileError(NotFoundError):
    """A file to import that is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path}; check its name.")


def readable() -> list[Format]:
    """Return the formats that come in."""
    return [format_ for format_ in FORMATS.values() if format_.reads]


def writable() -> list[Format]:
    """Return the formats that go out."""
    return [format_ for format_ in FORMATS.values() if format_.writes]


def recognise(path: Path, kind: str = "") -> Format:
    """Return the format named, else the one that a file is of by its content.

    Formats whose suffix the file has are asked first. One that no format knows is of the one whose suffix is
    used for nothing else, so that its reader says what is wrong with it. Raises MissingFileError,
    UnknownFormatError or UnrecognisedFileError.
    """
    if not path.exists():
        raise MissingFileError(path)
    if kind:
        return _named(kind, readable())
    suffix = path.suffix.lower()
    for format_ in sorted(readable(), key=lambda each: suffix not in each.suffixes):
        if format_.recognise(path):
            return format_
    likely = _named_so(path)
    if len(likely) == 1 and suffix not in _USED_FOR_MORE:
        return likely[0]
    raise UnrecognisedFileError(path)


_USED_FOR_MORE = frozenset({".pdf", ".docm", ".zip"})
"""Suffixes of one format only, whose files are mostly something else."""
_STRAY = {".qde": "refi"}
"""Suffixes of files that belong into one of a format."""


def _named_so(path: Path) -> list[Format]:
    """Return the formats that come in from files named like this one."""
    suffix = path.suffix.lower()
    return [each for each in readable() if suffix in each.suffixes or _STRAY.get(suffix) == each.id]


def choose_target(path: Path, kind: str = "") -> Format:
    """Return the format named, else the first that writes files of this suffix; raises UnknownFormatError."""
    if kind:
        return _named(kind, writable())
    for format_ in writable():
        if path.suffix.lower() in format_.suffixes:
            return format_
    raise UnknownFormatError(path.suffix or path.name, tuple(format_.id for format_ in writable()))


def _named(kind: str, known: list[Format]) -> Format:
    found = next((format_ for format_ in known if kind.lower() in {format_.id, *format_.suffixes}), None)
    if found is None:
        raise UnknownFormatError(kind, tuple(format_.id for format_ in known))
    return found
