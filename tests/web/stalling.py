"""A reader that stalls on some files, for tests of what becomes of the others."""

import os
import time
from pathlib import Path
from typing import Any

from framework_coder.store.journal import Step
from framework_coder.store.tables import SiteEntity
from framework_coder.web.looking import look_at, recognise
from framework_coder.workflows.reading import Reading, prepare


def prepare_or_stall(reading: Reading) -> Any:
    """Read a file, but never come back from one that is called so."""
    if "stall" in reading.name:
        time.sleep(600)
    return prepare(reading)


def look_or_stall(_project: Any, path: Path, *given: Any) -> Any:
    """Never come back from a file that is called so, or break down with it."""
    if "stall" in path.name:
        time.sleep(600)
    if "crash" in path.name:
        os._exit(7)
    return recognise(_project, path) if not given else look_at(_project, path, *given)


def store_and_stall(project: Any, path: Path, *_given: Any) -> Any:
    """Change the project in a transaction that never ends."""
    with Step(project._session.engine, who="HW", action="import") as step:
        step.insert(SiteEntity, [{"code": "S99", "name": path.name, "position": 99, "attributes": {}}])
        time.sleep(600)


def write_and_stall(_project: Any, path: Path, _wish: Any) -> Any:
    """Begin a report that is never done."""
    path.write_text("begun", encoding="utf-8")
    time.sleep(600)
