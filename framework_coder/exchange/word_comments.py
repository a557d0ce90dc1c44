"""Comments in a Word document that name themes: the passages they stand on become codings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from framework_coder.errors import UnreadableFileError
from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.marked_passages import Marked, bundle_marks
from framework_coder.readers import read as read_source
from framework_coder.readers.package import Package
from framework_coder.readers.reading import read_bytes


class NoCommentsError(UnreadableFileError):
    """A document without comments."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} has no comments; write the name of a theme in a comment and save it.")


def recognise(path: Path) -> bool:
    """Say whether a file is a Word document with comments."""
    try:
        package = Package(path, read_bytes(path)) if path.suffix.lower() in {".docx", ".docm"} else None
        return package is not None and any(name.endswith("/comments.xml") for name in package.names)
    except UnreadableFileError:
        return False


def read(path: Path, options: Mapping[str, Any], engine: Engine) -> Bundle:
    """Return the comments as codings by their authors; raises UnreadableFileError.

    Options: see `marked_passages.bundle_marks`.
    """
    text = read_source(path)
    marks = [Marked(c.start, c.end, c.author.strip(), c.made_on, c.text) for c in text.comments]
    if not marks:
        raise NoCommentsError(path)
    return bundle_marks(path, text, marks, options, engine)
