"""Highlights in a PDF whose notes name themes: the passages under them become codings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from framework_coder.errors import UnreadableFileError
from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.marked_passages import Marked, bundle_marks
from framework_coder.readers import ReadOptions
from framework_coder.readers.pdf_marks import MarkFinder, PdfMark, read_marks
from framework_coder.readers.reading import read_bytes, read_parts


class NoHighlightsError(UnreadableFileError):
    """A PDF without highlights that say something."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} has no highlights with notes; write the name of a theme in the note of a highlight."
        )


def recognise(path: Path) -> bool:
    """Say whether a file is a PDF with highlights that have notes."""
    try:
        content = read_bytes(path) if path.suffix.lower() == ".pdf" else b""
        return content.startswith(b"%PDF") and any(map(_says, read_marks(path, content)))
    except UnreadableFileError:
        return False


def read(path: Path, options: Mapping[str, Any], engine: Engine) -> Bundle:
    """Return the highlights as codings by their authors; raises UnreadableFileError.

    Options: see `marked_passages.bundle_marks`.
    """
    content = read_bytes(path)
    marked = read_marks(path, content)
    found = [mark for mark in marked if _says(mark)]
    if not found:
        raise NoHighlightsError(path)
    text = read_parts(path, content, ReadOptions())[0]
    finder = MarkFinder(text)
    spans = [(mark, finder.find(mark)) for mark in found]
    marks = [Marked(*span, mark.author, mark.made_on, mark.note) for mark, span in spans if span]
    bundle = bundle_marks(path, text, marks, options, engine)
    without = sum(not mark.note for mark in marked)
    for kind, why, number in (
        ("highlights", "lie on no letters that stand together in the text", len(spans) - len(marks)),
        ("highlights", "have no note that names a theme", without),
        ("notes", "lie beside the text and mark no passage", len(marked) - len(found) - without),
    ):
        if number:
            bundle.lose(kind, why, number)
    return bundle


def _says(mark: PdfMark) -> bool:
    return bool(mark.note) and not mark.is_beside
