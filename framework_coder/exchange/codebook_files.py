"""A codebook file as a format of its own: `import` adds its themes to those that are there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.codebook_writing import write_codebook
from framework_coder.exchange.codebooks import load_codebook


def recognise(path: Path) -> bool:
    """Say whether a file can be read as a codebook."""
    try:
        book = load_codebook(path) if path.is_file() else ()
    except BadInputError:
        return False
    is_document = path.suffix.lower() == ".docx"  # any table of names in a document is no codebook yet
    return any(theme.definition or not is_document for theme in book)


def read(path: Path, options: Mapping[str, Any]) -> Bundle:  # noqa: ARG001 - one signature for all
    """Return the themes; raises BadInputError."""
    return Bundle(codebook=load_codebook(path), origin=path.name)


def write(bundle: Bundle, path: Path, options: Mapping[str, Any]) -> list[Loss]:  # noqa: ARG001 - one signature
    """Write the codebook, and say what of a study a codebook file does not hold."""
    write_codebook(bundle.codebook, path)
    retired = len(bundle.codebook) - len(bundle.codebook.active)
    return [Loss("themes", retired, "are retired and stayed behind")] if retired else []
