"""Timing and memory for the benchmarks."""

import gc
import os
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


def spent(work: Callable[[], Result]) -> tuple[float, float, Result]:
    """Return seconds of processors (children included), seconds passed, and the result of a piece of work."""
    gc.collect()
    before, began = os.times(), time.perf_counter()
    result = work()
    passed, after = time.perf_counter() - began, os.times()
    return sum(after[:4]) - sum(before[:4]), passed, result


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
