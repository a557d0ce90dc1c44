"""A reader that stalls on some files, for tests of what becomes of the others."""

import time
from typing import Any

from framework_coder.workflows.reading import Reading, prepare


def prepare_or_stall(reading: Reading) -> Any:
    """Read a file, but never come back from one that is called so."""
    if "stall" in reading.name:
        time.sleep(600)
    return prepare(reading)
