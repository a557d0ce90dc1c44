"""The format REFI-QDA project (.qdpx), as the table of formats knows it."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.formats import Options


def recognise(path: Path) -> bool:
    """Say whether a file is a ZIP with a .qde file at its root."""
    try:
        with ZipFile(path) as archive:
            return any(_is_project(name) for name in archive.namelist())
    except (BadZipFile, OSError, ValueError):
        return False


def _is_project(name: str) -> bool:
    return name.lower().endswith(".qde") and "/" not in name.replace("\\", "/")


def read(path: Path, options: Options) -> Bundle:
    """Return what a project holds; raises BadInputError."""
    from framework_coder.exchange.refi.reading import read_project

    return read_project(path, options)


def write(bundle: Bundle, path: Path, options: Options) -> list[Loss]:
    """Write a project, and return what the format could not hold."""
    from framework_coder.exchange.refi.writing import write_project

    return write_project(bundle, path, options)
