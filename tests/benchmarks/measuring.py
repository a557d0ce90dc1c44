"""Timing and memory for the benchmarks."""

import gc
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return how many seconds a piece of work took, and its result."""
    gc.collect()
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def timed_on_processor(work: Callable[[], Result]) -> tuple[float, float, Result]:
    """Return seconds, seconds of the processor (user and system), and the result.

    The second says what the work is, however busy others keep the machine.
    """
    spent = time.process_time()
    seconds, result = timed(work)
    return seconds, time.process_time() - spent, result


def median_of(times: int, work: Callable[[], object]) -> float:
    """Return the median time of several runs, in seconds."""
    return sorted(timed(work)[0] for _ in range(times))[times // 2]


def peak_memory() -> float:
    """Return the largest memory this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024 * 1024)


def report(work: str, figure: str, bar: str, *, met: bool) -> None:
    """Print one line of the table."""
    print(f"| {work} | {figure} | {bar} | {'met' if met else 'NOT MET'} |", flush=True)
