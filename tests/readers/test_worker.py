"""The worker pool: limits, replacement, order, and no process left behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from readers import worker_functions as functions

from framework_coder.errors import FrameworkCoderError, UnreadableFileError
from framework_coder.model.codebook import UnknownThemeError
from framework_coder.readers.worker import BYTES_PER_SECOND, WorkerPool

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, time_limit=2.0, memory_limit=300 << 20) as pool:
        yield pool


def test_every_item_comes_back_with_its_result() -> None:
    with WorkerPool(2) as pool:
        assert dict(pool.run(functions.double, range(20))) == {n: 2 * n for n in range(20)}


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("raise", "could not be read (KeyError: 'no such thing')"),
        ("exit", "break down"),
        ("segfault", "break down"),
        ("sleep", "not read within 2 seconds"),
        ("spin in C", "not read within 2 seconds"),
        ("one huge allocation", "more than 300 MB"),
        ("grow", "more than 300 MB"),
        ("recurse", "RecursionError"),
        ("return a lambda", "could not be read"),
    ],
)
def test_an_item_that_fails_is_named_and_the_rest_goes_on(pool: WorkerPool, what: str, words: str) -> None:
    results = dict(
        pool.run(functions.behave, ["one", what, "two", "three"], name_of=lambda item: f"‹{item}›")
    )
    assert [results[name] for name in ("one", "two", "three")] == ["did one", "did two", "did three"]
    error = results[what]
    assert isinstance(error, UnreadableFileError)
    assert str(error).startswith(f"‹{what}› ")
    assert words in str(error)
    assert "Traceback" not in str(error)


def test_errors_of_the_house_come_back_as_they_were_raised(pool: WorkerPool) -> None:
    results = dict(pool.run(functions.behave, ["refuse", "unknown theme"]))
    assert type(results["refuse"]) is UnreadableFileError
    assert str(results["refuse"]) == "a.pdf is refused; try another."
    assert type(results["unknown theme"]) is UnknownThemeError
    assert str(results["unknown theme"]) == str(UnknownThemeError("acess", ["access"]))


def test_what_a_library_prints_does_not_mix_with_answers(pool: WorkerPool) -> None:
    assert list(pool.run(functions.behave, ["print"])) == [("print", "did print")]


def test_a_worker_is_kept_from_item_to_item_and_replaced_after_it_died(pool: WorkerPool) -> None:
    first, second = (pid for _, pid in pool.run(functions.tell_pid, [1, 2]))
    list(pool.run(functions.behave, ["exit"]))
    ((_, third),) = pool.run(functions.tell_pid, [3])
    assert first == second != third


def test_a_slow_consumer_holds_the_workers_up() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(50):
            taken.append(number)
            yield number

    with WorkerPool(2) as pool:
        for count, _ in enumerate(pool.run(functions.big, items()), start=1):
            assert len(taken) <= count + 2


def test_a_larger_file_may_take_longer(pool: WorkerPool) -> None:
    large = 4 * BYTES_PER_SECOND
    results = dict(pool.run(functions.nap, [2.5], size_of=lambda _: large))
    assert results == {2.5: 2.5}
    assert isinstance(dict(pool.run(functions.nap, [2.6], size_of=lambda _: 10))[2.6], UnreadableFileError)


def test_time_is_kept_while_the_consumer_is_busy() -> None:
    with WorkerPool(2, time_limit=0.5) as pool:
        results = pool.run(functions.nap, [0.0, 30.0])
        assert next(results)[0] == 0.0
        time.sleep(1.5)
        started = time.monotonic()
        assert isinstance(next(results)[1], UnreadableFileError)
        assert time.monotonic() - started < 5


def test_without_workers_the_work_is_done_here() -> None:
    with WorkerPool(0) as pool:
        assert dict(pool.run(functions.tell_pid, [1])) == {1: os.getpid()}
        results = dict(pool.run(functions.behave, ["raise", "refuse"]))
    assert all(isinstance(result, FrameworkCoderError) for result in results.values())


def test_a_run_left_half_way_and_a_closed_pool_leave_no_process() -> None:
    me = psutil.Process()
    with WorkerPool(2) as pool:
        before = {child.pid for child in me.children()}
        results = pool.run(functions.nap, [0.0, 600.0, 600.0])
        next(results)
        results.close()  # type: ignore[attr-defined]
        assert {child.pid for child in me.children()} <= before
        assert dict(pool.run(functions.double, [4])) == {4: 8}
    assert not {child.pid for child in me.children()} - before


SCRIPT = """
    import sys
    sys.path.insert(0, {tests!r})
    from pathlib import Path
    from readers.worker_functions import leave_pid
    from framework_coder.readers.worker import WorkerPool
    with WorkerPool(2) as pool:
        list(pool.run(leave_pid, [Path({folder!r})] * 2))
"""


ENDINGS = [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGTERM, signal.SIGINT, signal.SIGKILL]


@pytest.mark.parametrize("how", ENDINGS)
def test_no_worker_survives_its_parent(tmp_path: Path, how: signal.Signals) -> None:
    script = textwrap.dedent(SCRIPT.format(tests=str(TESTS), folder=str(tmp_path)))
    parent = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    pids = _wait_for(
        lambda: [int(path.stem) for path in tmp_path.glob("*.pid")], lambda found: len(found) == 2
    )
    parent.send_signal(how)
    parent.wait(10)
    assert not _wait_for(lambda: [pid for pid in pids if _is_alive(pid)], lambda found: not found)


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _wait_for(look, is_there):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    for _ in range(200):
        if is_there(found := look()):
            return found
        time.sleep(0.05)
    return found
