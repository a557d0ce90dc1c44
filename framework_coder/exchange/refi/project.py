"""The format REFI-QDA project (.qdpx), as the table of formats knows it."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile


def recognise(path: Path) -> bool:
    """Say whether a file is a ZIP with a .qde file at its root."""
    try:
        with ZipFile(path) as archive:
            return any(_is_project(name) for name in archive.namelist())
    except (BadZipFile, OSError, ValueError):
        return False


def _is_project(name: str) -> bool:
    return name.lower().endswith(".qde") and "/" not in name.replace("\\", "/")
