"""Open a file once, find out what it is, and hand it to the reader of its format."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from framework_coder.errors import UnreadableFileError
from framework_coder.model.sources import ReadWarning, SourceText
from framework_coder.readers.formats import SUFFIXES, recognise
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.refusals import (
    DamagedFileError,
    OvergrownTextError,
    OversizedFileError,
    SeveralSourcesError,
    UnopenableFileError,
)

MOST_BYTES = 200_000_000
"""A file larger than this is refused."""

_NO_TEXT = ReadWarning("no_text", "No text was found in the file; open it and check what it holds.")

Parts = tuple[SourceText, ...]

_HOMES = {
    "word": "framework_coder.readers.word:read",
    "pdf": "framework_coder.readers.pdf:read",
    "webpage": "framework_coder.readers.webpage:read",
    "web archive": "framework_coder.readers.webarchive:read",
    "plain text": "framework_coder.readers.plain:read",
    "markdown": "framework_coder.readers.markdown:read",
    "csv": "framework_coder.readers.spreadsheet:read_parts",
    "spreadsheet": "framework_coder.readers.spreadsheet:read_parts",
}


def read(path: str | Path, options: ReadOptions = ReadOptions()) -> SourceText:
    """Return the one source that a file holds.

    Raises `SeveralSourcesError` where it holds several (a workbook with one sheet or row a site), and
    another `UnreadableFileError` where it can not be read; the sentence says what to do.
    """
    parts = read_all(path, options)
    if len(parts) > 1:
        raise SeveralSourcesError(Path(path), tuple(part.part for part in parts))
    return parts[0]


def read_all(path: str | Path, options: ReadOptions = ReadOptions()) -> Parts:
    """Return every source that a file holds, mostly one; raises `UnreadableFileError`."""
    path = Path(path)
    return read_parts(path, read_bytes(path), options)


def read_content(path: Path, content: bytes, options: ReadOptions) -> SourceText:
    """Return the first source that `content` holds, for a document embedded in another one."""
    return read_parts(path, content, options)[0]


def read_parts(path: Path, content: bytes, options: ReadOptions) -> Parts:
    """Return every source that `content` holds; `path` only names it. Raises `UnreadableFileError`."""
    name = recognise(path, content)
    try:
        found = _reader(name)(path, content, options)
    except UnreadableFileError:
        raise
    except OvergrownTextError as error:
        raise OversizedFileError(
            path, "it has more paragraphs and cells than are read from one file"
        ) from error
    except RecursionError as error:
        raise DamagedFileError(path, "its parts are nested too deeply") from error
    except Exception as error:
        # The last net: a file that trips up a parser is a bad file, not a reason to end an import.
        raise DamagedFileError(path, f"its reader stopped at {type(error).__name__}") from error
    parts = found if isinstance(found, tuple) else (found,)
    parts = tuple(part if part.blocks else _with_warning(part, _NO_TEXT) for part in parts)
    promised = SUFFIXES.get(path.suffix.lower())
    return parts if promised == name else tuple(_mislabelled(part, path, name) for part in parts)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, its size checked first; raises `UnreadableFileError`."""
    try:
        if path.is_dir():
            raise UnopenableFileError(path, "it is a folder; name the files inside, or import the folder")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise OversizedFileError(path, f"it has {size:,} bytes and the limit is {MOST_BYTES:,}")
        content = path.read_bytes() if path.is_file() else b""
    except FileNotFoundError as error:
        raise UnopenableFileError(path, "there is no such file; check the path") from error
    except PermissionError as error:
        raise UnopenableFileError(
            path, "you may not open it; ask its owner for the right to read it"
        ) from error
    except (OSError, ValueError) as error:
        raise UnopenableFileError(path, f"the system reports: {error}") from error
    if not content.strip():
        raise UnopenableFileError(path, "it is empty; check that it was copied whole")
    return content


def _reader(name: str) -> Callable[[Path, bytes, ReadOptions], SourceText | Parts]:
    """Import the reader of a format when it is first needed."""
    module, _, function = _HOMES[name].partition(":")
    found: Callable[[Path, bytes, ReadOptions], SourceText | Parts] = getattr(import_module(module), function)
    return found


def _mislabelled(source: SourceText, path: Path, name: str) -> SourceText:
    """Add the warning that the suffix does not say what the file is."""
    label = path.suffix or "no suffix"
    warning = ReadWarning("mislabelled", f"The file is named {label} but was read as {name}, which it is.")
    return _with_warning(source, warning)


def _with_warning(source: SourceText, warning: ReadWarning) -> SourceText:
    """Return the source with one more warning, first."""
    return replace(source, warnings=(warning, *source.warnings))
