"""Work on a project in a process of its own: what stalls, breaks down or is stopped takes nothing with it.

A change is one transaction, so a process that ends half way leaves the project as it was.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from framework_coder.errors import FrameworkCoderError
from framework_coder.project.session import Session
from framework_coder.readers.worker import StoppedError, WorkerPool
from framework_coder.store.engine import place_of

SECONDS = 120.0
"""Seconds that a piece of work may take; one on a large file gets longer, see `readers/worker.py`."""

_STOP_EVERY = 0.05

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Work:
    """A function of a module, what it is given beside the project, and the file that it is about."""

    place: str
    who: str
    function: Callable[..., Any]
    given: tuple[Any, ...]
    name: str
    path: Path | None = None


def do_work(work: Work) -> Any:
    """Open the project and call the function; runs in the process."""
    from framework_coder.project.project import Project

    with Project.open(work.place, who=work.who) as project:
        return work.function(project, *work.given)


class Apart:
    """A process that does one piece of work at a time; it starts with the first and ends with `close`."""

    def __init__(self, session: Session, *, seconds: float = SECONDS) -> None:
        self._place, self._who = place_of(session.engine), session.who
        self._seconds = seconds
        self._lock = Lock()
        self._open = ExitStack()
        self._pool: WorkerPool | None = None
        self._is_over = False

    def do(
        self, function: "Callable[..., Result]", *given: Any, name: str, path: Path | None = None
    ) -> Result:
        """Return `function(project, *given)`, a function of a module, called in the process.

        `name` is what errors call the work. Raises what the function raises, StoppedError, or an
        UnreadableFileError where the work takes too long or too much memory.
        """
        with self._lock:
            if self._is_over:
                raise StoppedError(name)
            if self._pool is None:
                self._pool = self._open.enter_context(WorkerPool(1, time_limit=self._seconds))
            work = Work(self._place, self._who, function, given, name, path)
            ((_, made),) = self._pool.run(do_work, [work])
        if isinstance(made, FrameworkCoderError):
            raise made
        result: Result = made
        return result

    def stop(self) -> None:
        """End the piece of work that is being done."""
        if self._pool is not None:
            self._pool.stop()

    def close(self) -> None:
        """End the process, and with it what it is doing; nothing is done after that."""
        self._is_over = True
        while not self._lock.acquire(timeout=_STOP_EVERY):
            self.stop()  # again, since work that has just begun did not hear it
        self._open.close()
        self._pool = None
        self._lock.release()
