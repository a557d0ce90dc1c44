"""Write a file whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from framework_coder.errors import BadInputError

Answer = TypeVar("Answer")


class UnwritableReportError(BadInputError):
    """A place where a report cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written ({reason}); close it where it is open, or choose another place."
        )


def replace_file(path: Path, write: Callable[[Path], Answer]) -> Answer:
    """Write beside the place and move the whole file there."""
    part = path.with_name(f".{path.stem}.part-{os.getpid()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        notes = write(part)
        part.replace(path)
    except OSError as error:
        raise UnwritableReportError(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # where not even its folder could be made
            part.unlink(missing_ok=True)
    return notes
