"""A pool of processes for files nobody can vouch for: each is read within its limits, or refused.

The processes are plain interpreters joined by pipes (`docs/decisions/020-worker-pool.md` says why): a script
that calls this needs no `if __name__ == "__main__"`, and a worker ends with its parent, however that ends.
"""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from framework_coder.errors import CancelledError, FrameworkCoderError, UnreadableFileError
from framework_coder.readers.worker_child import do_task, unpack_error

TIME_LIMIT = 9.0
"""Seconds an item may take, so that a refusal is heard within ten."""

BYTES_PER_SECOND = 100_000
"""A larger file may take longer: its size over this, in seconds. Two thousand plain pages are about 4 MB."""

LONGEST = 600.0
"""Seconds that no item may pass, however large."""

MEMORY_LIMIT = 1 << 30
"""Bytes a worker may hold."""

_LOOK_EVERY = 0.05
_START = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from framework_coder.readers.worker_child import serve
serve()
"""
_START_ALLOWANCE = 60.0

Item = TypeVar("Item")
Result = TypeVar("Result")


class TooSlowError(UnreadableFileError):
    """An item was not read within its time."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(
            f"{name} was not read within {seconds:.0f} seconds; the file is damaged or made to stall. "
            "Open it in its own program, save it anew, and try that copy."
        )


class TooMuchMemoryError(UnreadableFileError):
    """An item needed more memory than a worker has."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name} needs more than {limit / (1 << 20):,.0f} MB of memory to read; the file is damaged, or "
            "far larger than it looks. Open it in its own program, save it in smaller parts, and try those."
        )


class WorkerDiedError(UnreadableFileError):
    """The process that read an item ended without an answer."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} made its reader break down, so it is not read; the file is probably damaged. "
            "Open it in its own program, save it anew, and try that copy."
        )


class StoppedError(CancelledError):
    """Work that the user stopped while a process was at it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was stopped; nothing of it was kept.")


class ReaderFaultError(UnreadableFileError):
    """A reader failed in a way nobody foresaw."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(
            f"{name} could not be read ({fault}). If it opens in its own program, save it anew and try that "
            "copy; if that fails too, please report it as a fault of Framework Coder."
        )


class _Worker:
    """One process, the thread that hears it, and the item it has."""

    def __init__(self, memory_limit: int, heard: "queue.SimpleQueue[tuple[_Worker, Any]]") -> None:
        import psutil

        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._watched = psutil.Process(self.process.pid)
        self.item: Any = None
        self.is_busy = False
        self.allowed = 0.0
        self.deadline = float("inf")
        self.ended_for = ""
        self.most_memory = 0
        self._heard = heard
        self._write(list(sys.path))
        self._write(memory_limit)
        threading.Thread(target=self._hear, daemon=True).start()

    def _write(self, message: Any) -> None:
        assert self.process.stdin
        with contextlib.suppress(OSError):  # a worker that is gone is noticed by `_hear`
            pickle.dump(message, self.process.stdin, pickle.HIGHEST_PROTOCOL)
            self.process.stdin.flush()

    def start(self, function: Callable[[Any], Any], item: Any, seconds: float) -> None:
        """Give the worker an item; its time runs from when it says that it began."""
        self.item, self.is_busy, self.allowed = item, True, seconds
        self.deadline = time.monotonic() + seconds + _START_ALLOWANCE
        self._write((function, item, seconds))

    def _hear(self) -> None:
        """Pass on each outcome; when the pipe ends, say so and be done."""
        assert self.process.stdout
        while True:
            try:
                outcome = pickle.load(self.process.stdout)  # noqa: S301 - our own worker wrote it
            except Exception:  # noqa: BLE001 - a cut-off answer is a worker that died
                self._heard.put((self, None))
                return
            if outcome[0] == "began":
                self.deadline = time.monotonic() + self.allowed
            else:
                self.deadline = float("inf")
                self._heard.put((self, outcome))

    def memory(self) -> int:
        """Return the bytes it holds, 0 when it is gone."""
        import psutil

        try:
            held = int(self._watched.memory_info().rss)
        except psutil.Error:
            return 0
        self.most_memory = max(self.most_memory, held)
        return held

    def end(self, reason: str = "") -> None:
        """Kill the process; an item it has is then reported with the reason."""
        self.ended_for = self.ended_for or reason
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        assert self.process.stdin
        with contextlib.suppress(OSError):
            self.process.stdin.close()


class WorkerPool:
    """Processes that apply a function to items, each within limits; `workers=0` does it here, without limits.

    `time_limit` is in seconds an item (larger files get longer, see `BYTES_PER_SECOND`), `memory_limit` in
    bytes a worker. Use it in a `with` block: leaving it, by whatever way, ends every process at once.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        time_limit: float = TIME_LIMIT,
        memory_limit: int = MEMORY_LIMIT,
    ) -> None:
        self.size = count_cores() if workers is None else workers
        self._time_limit = time_limit
        self._memory_limit = memory_limit
        self._workers: list[_Worker] = []
        self._heard: queue.SimpleQueue[tuple[_Worker, Any]] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        if self.size:
            threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        self._end_all()

    def run(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        name_of: Callable[[Item], str] = lambda item: getattr(item, "name", None) or str(item),
        size_of: Callable[[Item], int] | None = None,
    ) -> Iterator[tuple[Item, Result | FrameworkCoderError]]:
        """Yield each item with its result, or with the error that says why it has none, as they are done.

        `function` and the items are pickled: a function of a module, not a lambda. No more items are worked
        on or waiting than there are workers, so a slow consumer holds the workers up and memory stays flat.
        `size_of` gives bytes, by default those of the file where an item is a path.
        """
        if not self.size:
            for item in items:
                yield item, self._judge(do_task(function, item, 0.0), name_of(item))
            return
        task = _Task(function, name_of, size_of or _size_of_file)
        self._stopped.clear()
        try:
            yield from self._run(task, iter(items))
        finally:
            if any(worker.is_busy for worker in self._workers):  # abandoned half way
                self._end_all()

    def stop(self) -> None:
        """End what is worked on, from another thread; its items come to a StoppedError."""
        self._stopped.set()

    def _run(self, task: "_Task[Any, Any]", items: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
        waiting = self._fill(task, items)
        while waiting:
            worker, outcome = self._heard.get()
            if worker not in self._workers or not worker.is_busy:
                if worker in self._workers and outcome is None:  # it died between two items
                    self._replace(worker)
                continue
            item, result = worker.item, self._settle(worker, outcome, task)
            waiting += self._fill(task, items) - 1
            yield item, result

    def _fill(self, task: "_Task[Any, Any]", items: Iterator[Any]) -> int:
        """Give items to workers that have none, starting workers up to the size; return how many."""
        given = 0
        idle = [worker for worker in self._workers if not worker.is_busy]
        while idle or len(self._workers) < self.size:
            try:
                item = next(items)
            except StopIteration:
                break
            worker = idle.pop() if idle else self._add()
            size = task.size_of(item)
            seconds = max(self._time_limit, min(size / BYTES_PER_SECOND, LONGEST))
            worker.start(task.function, item, seconds)
            given += 1
        return given

    def _add(self) -> _Worker:
        worker = _Worker(self._memory_limit, self._heard)
        self._workers.append(worker)
        return worker

    def _replace(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()

    def _settle(self, worker: _Worker, outcome: Any, task: "_Task[Any, Any]") -> Any:
        """Return what a worker's item came to; a worker that died or grew fat goes."""
        worker.is_busy = False
        name = task.name_of(worker.item)
        if outcome is None:
            self._replace(worker)
            if worker.ended_for == "stop":
                return StoppedError(name)
            if worker.ended_for == "time":
                return TooSlowError(name, worker.allowed)
            # Most libraries in C end the process where the system refuses them more memory.
            if worker.ended_for == "memory" or worker.most_memory > 0.75 * self._memory_limit:
                return TooMuchMemoryError(name, self._memory_limit)
            return WorkerDiedError(name)
        if worker.memory() > self._memory_limit // 2:  # the next file must not answer for this one
            self._replace(worker)
        return self._judge(outcome, name)

    def _judge(self, outcome: tuple[str, Any], name: str) -> Any:
        kind, content = outcome
        if kind == "error":
            return unpack_error(content)
        if kind == "memory":
            return TooMuchMemoryError(name, self._memory_limit)
        return ReaderFaultError(name, content) if kind == "fault" else content

    def _watch(self) -> None:
        """End workers that pass a limit, whatever the consumer of the results is doing meanwhile."""
        while not self._closed.wait(_LOOK_EVERY):
            now = time.monotonic()
            for worker in list(self._workers):
                if not worker.is_busy or worker.deadline == float("inf"):
                    continue
                if self._stopped.is_set():
                    worker.end("stop")
                elif now > worker.deadline:
                    worker.end("time")
                elif worker.memory() > self._memory_limit:
                    worker.end("memory")

    def _end_all(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._heard = queue.SimpleQueue()


class _Task(Generic[Item, Result]):
    """What a run does with each item."""

    def __init__(
        self,
        function: Callable[[Item], Result],
        name_of: Callable[[Item], str],
        size_of: Callable[[Item], int],
    ) -> None:
        self.function = function
        self.name_of = name_of
        self.size_of = size_of


def count_cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size_of_file(item: Any) -> int:
    path = item if isinstance(item, os.PathLike) else getattr(item, "path", None)
    if path is None:
        return 0
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0  # the reader will say that it is not there
