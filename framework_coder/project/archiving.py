"""A project from an archive: exactly what the archived one was."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from framework_coder.errors import FrameworkCoderError
from framework_coder.exchange import archive
from framework_coder.store.engine import is_url
from framework_coder.store.opening import open_store
from framework_coder.store.refusals import NotAProjectError

if TYPE_CHECKING:
    from sqlalchemy import Engine

KIND = "archive"


def restore_project(path: str | Path, place: str | Path) -> "Engine":
    """Return the engine of a new project at a place where nothing is yet."""
    return archive.restore(Path(path), place)


def try_restoring(path: str | Path) -> Mapping[str, int]:
    """Prove an archive whole and return how many sites, sources, codings and claims it has; keep nothing."""
    from framework_coder.store.engine import reading
    from framework_coder.store.study import load_study

    with tempfile.TemporaryDirectory(prefix="framework-coder-", ignore_cleanup_errors=True) as folder:
        engine = archive.restore(Path(path), Path(folder) / "tried.fwc")
        try:
            with reading(engine) as connection:
                study = load_study(connection, with_text=False)
        finally:
            engine.dispose()
    counted = {
        "sites": study.sites,
        "sources": study.sources,
        "codings": study.codings,
        "claims": study.claims,
    }
    return {name: len(found) for name, found in counted.items()}


def is_new_project(path: str | Path, kind: str, place: str) -> bool:
    """Say whether a file is an archive, and a place is named where no project is yet."""
    if not place or kind not in {"", KIND}:
        return False
    return (kind == KIND or archive.recognise(Path(path))) and not _is_taken(place)


def _is_taken(place: str) -> bool:
    if not is_url(place):
        return Path(place).exists()
    try:
        open_store(place).dispose()
    except NotAProjectError:
        return False
    except FrameworkCoderError:
        return True
    return True
