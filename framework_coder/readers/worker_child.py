"""What runs inside a worker process: take a task, do it, send back what came of it.

Nothing heavy is imported here; a task's own module brings what it needs, once in the life of a worker.
"""

import contextlib
import faulthandler
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Literal

from framework_coder.errors import FrameworkCoderError

OVERTIME = 5.0
"""Seconds after its time limit at which a worker ends itself, should nobody have ended it."""

Outcome = tuple[Literal["result", "error", "fault", "memory", "began"], Any]


def serve() -> None:
    """Do tasks from standard input until it ends; every outcome goes to what was standard output."""
    with contextlib.suppress(ValueError):  # not in the main thread of a test
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl+C, and ends its workers
    answers = _keep_stdout_for_answers()
    memory_limit = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    _limit_memory(memory_limit)
    tasks: queue.SimpleQueue[tuple[Callable[[Any], Any], Any, float]] = queue.SimpleQueue()
    threading.Thread(target=_take_tasks, args=(sys.stdin.buffer, tasks), daemon=True).start()
    while True:
        _send(answers, do_task(*tasks.get(), begin=lambda: _send(answers, ("began", None))))


def _take_tasks(stream: IO[bytes], tasks: "queue.SimpleQueue[Any]") -> None:
    """Queue what the parent asks for; when the parent is gone, so is this process, whatever it is doing."""
    while True:
        try:
            tasks.put(pickle.load(stream))  # noqa: S301 - our own parent wrote it
        except EOFError:
            os._exit(0)
        except Exception as error:  # noqa: BLE001 - a function that cannot be imported is told, not fatal
            tasks.put((_raise, error, 0.0))


def _raise(error: Exception) -> None:
    raise error


def _keep_stdout_for_answers() -> IO[bytes]:
    """Turn prints of libraries away from the pipe that carries the answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _send(answers: IO[bytes], outcome: Outcome) -> None:
    try:
        packed = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        packed = pickle.dumps(("memory", None))
    except Exception as error:  # noqa: BLE001 - a result that cannot be sent is a fault of its reader
        packed = pickle.dumps(("fault", _describe(error)))
    answers.write(packed)
    answers.flush()


def do_task(
    function: Callable[[Any], Any], item: Any, seconds: float, *, begin: Callable[[], None] | None = None
) -> Outcome:
    """Return what came of `function(item)`; nothing is raised but what ends a program."""
    if seconds:
        # Holds even where a library never gives the interpreter a turn and the parent is gone.
        faulthandler.dump_traceback_later(seconds + OVERTIME, exit=True, file=sys.__stderr__ or 2)
    if begin:
        begin()
    try:
        return "result", function(item)
    except FrameworkCoderError as error:
        return "error", pack_error(error)
    except MemoryError:
        return "memory", None
    except Exception as error:  # noqa: BLE001 - one bad file must not end the rest
        return "fault", _describe(error)
    finally:
        if seconds:
            faulthandler.cancel_dump_traceback_later()


def _describe(error: Exception) -> str:
    message = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def pack_error(error: FrameworkCoderError) -> tuple[type[FrameworkCoderError], str, dict[str, Any]]:
    """Return an error in parts that can be sent: an error class that writes its own sentence cannot be."""
    fields = dict(vars(error))
    try:
        pickle.dumps(fields)
    except Exception:  # noqa: BLE001 - the sentence alone is enough
        fields = {}
    return type(error), str(error), fields


def unpack_error(parts: tuple[type[FrameworkCoderError], str, dict[str, Any]]) -> FrameworkCoderError:
    """Return the error as it was raised in the worker."""
    kind, sentence, fields = parts
    error = kind.__new__(kind, sentence)
    error.args = (sentence,)
    vars(error).update(fields)
    return error


def _limit_memory(limit: int) -> None:
    """Let a huge single allocation fail at once; what grows step by step is seen by the parent."""
    if sys.platform != "linux":
        return  # elsewhere the limit is not kept to by the system, or does not exist
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
