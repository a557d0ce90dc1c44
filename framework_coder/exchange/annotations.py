"""W3C Web Annotations."""

from pathlib import Path


def recognise(path: Path) -> bool:
    """Say whether a file holds annotations."""
    return False
