"""A hidden folder beside the results: files are made in it, and move into place when all are whole."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from framework_coder.errors import BadInputError, ConflictError, FrameworkCoderError
from framework_coder.project.project import Project

_PREFIX = ".making-"


class UnwritableOutError(BadInputError):
    """A folder, or a file in it, that cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written ({reason}); nothing there was changed. Close the file where it is "
            "open, free space, or choose another --out folder."
        )


class ProjectInUseError(ConflictError):
    """The project that would be replaced is open in another program."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is open in another program; close it there, then try again.")


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Give an empty folder inside `out`, which is made if need be; nothing of it is left afterwards.

    What a killed process left there is cleared away first. Raises UnwritableOutError.
    """
    is_new = not out.exists()
    draft = out / f"{_PREFIX}{os.getpid()}"
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear_away(out)
        draft.mkdir()
    except FileExistsError as error:
        raise UnwritableOutError(out, "it is a file, not a folder") from error
    except OSError as error:
        raise UnwritableOutError(out, error.strerror or str(error)) from error
    try:
        yield draft
    finally:
        try:
            _remove(draft, out if is_new else None)
        except KeyboardInterrupt:  # the user is in a hurry; this takes no time
            _remove(draft, out if is_new else None)
            raise


def _remove(draft: Path, out: Path | None) -> None:
    shutil.rmtree(draft, ignore_errors=True)
    if out:
        with suppress(OSError):  # it is not empty: the work succeeded
            out.rmdir()


def _clear_away(out: Path) -> None:
    import psutil

    for left in out.glob(f"{_PREFIX}*"):
        number = left.name.removeprefix(_PREFIX)
        is_alive = number.isdigit() and int(number) != os.getpid() and psutil.pid_exists(int(number))
        if not is_alive:
            shutil.rmtree(left, ignore_errors=True)


def publish(draft: Path, out: Path, names: Iterable[Path], project: str) -> None:
    """Move files (paths below `draft`) and, as the last, the project into `out`; all of them or none.

    Raises UnwritableOutError or ProjectInUseError, and then `out` is as it was.
    """
    settle(out / project)
    moved: list[tuple[Path, Path]] = []
    target = out
    try:
        for name in names:
            target = out / name
            _move(draft / name, target, draft / "before" / name, moved)
        target = out / project
        (draft / project).replace(target)
    except OSError as error:
        _move_back(moved)
        raise UnwritableOutError(target, error.strerror or str(error)) from error


def _move(new: Path, target: Path, aside: Path, moved: list[tuple[Path, Path]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    aside.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.replace(aside)
    moved.append((aside, target))
    new.replace(target)


def _move_back(moved: list[tuple[Path, Path]]) -> None:
    for aside, target in reversed(moved):
        with suppress(OSError):
            if aside.exists():
                aside.replace(target)
            else:
                target.unlink(missing_ok=True)


def settle(project: Path) -> None:
    """Let a project that will be replaced have all its changes in its one file.

    A log left beside it would be taken for one of the new project. Raises ProjectInUseError.
    """
    if not project.exists():
        return
    logs = [project.with_name(project.name + suffix) for suffix in ("-wal", "-shm")]
    try:
        Project.open(project).close()
    except FrameworkCoderError:  # not a project, or a broken one: it has nothing to lose
        for log in logs:
            log.unlink(missing_ok=True)
        return
    if any(log.exists() for log in logs):
        raise ProjectInUseError(project)
