"""A codebook file as a format of its own: `import` adds its themes to those that are there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.codebook_word import read_word
from framework_coder.exchange.codebook_writing import write_codebook
from framework_coder.exchange.codebooks import load_codebook
from framework_coder.exchange.faults import Faults


def recognise(path: Path) -> bool:
    """Say whether a file can be read as a codebook."""
    try:
        book = load_codebook(path) if path.is_file() else ()
        if path.suffix.lower() == ".docx" and book:  # a table of names in a document is no codebook yet
            return bool(read_word(path, Faults(path.name))[0]) or any(theme.definition for theme in book)
    except BadInputError:
        return False
    return len(book) > 0


def read(path: Path, options: Mapping[str, Any]) -> Bundle:  # noqa: ARG001 - one signature for all
    """Return the themes; raises BadInputError."""
    return Bundle(codebook=load_codebook(path), origin=path.name)


def write(bundle: Bundle, path: Path, options: Mapping[str, Any]) -> list[Loss]:  # noqa: ARG001 - one signature
    """Write the codebook, and say what of a study a codebook file does not hold."""
    write_codebook(bundle.codebook, path)
    retired = len(bundle.codebook) - len(bundle.codebook.active)
    return [Loss("themes", retired, "are retired and stayed behind")] if retired else []
