"""Progress on a terminal as a bar with rate and time left, elsewhere as plain lines; Ctrl+C asks to stop."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

LINE_EVERY = 5.0
"""Seconds between two plain lines."""


class _Stop:
    """Remembers that Ctrl+C was pressed; pressed again, it interrupts."""

    def __init__(self) -> None:
        self._is_asked = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """Take the signal."""
        if self._is_asked:
            raise KeyboardInterrupt
        self._is_asked = True
        # Not print: the signal may have come in the middle of one, and a stream cannot be entered twice.
        os.write(2, b"\nStopping after what is under way; press Ctrl+C again to stop at once.\n")

    def is_cancelled(self) -> bool:
        """Say whether the user asked to stop."""
        return self._is_asked


Watched = TypeVar("Watched", bound=_Stop)


class PlainProgress(_Stop):
    """Lines such as `Reading files: 120 of 1000 (61/s, 14 s left)`."""

    def begin(self, what: str, total: int) -> None:
        """Start counting."""
        self._what, self._total, self._done = what, total, 0
        self._began = self._told = time.monotonic()
        if total:
            self._tell()

    def advance(self, steps: int = 1, note: str = "") -> None:
        """Count, and tell every few seconds and at the end."""
        self._done += steps
        if self._done == self._total or time.monotonic() - self._told >= LINE_EVERY:
            self._tell(note)

    def _tell(self, note: str = "") -> None:
        self._told = time.monotonic()
        line = f"{self._what}: {self._done} of {self._total}"
        passed = self._told - self._began
        if self._done and passed > 0:
            rate = self._done / passed
            line += f" ({rate:.3g}/s, {max(0, self._total - self._done) / rate:.0f} s left)"
        print(f"{line} {note}".rstrip(), file=sys.stderr)


class BarProgress(_Stop):
    """A bar for each stretch of work, with rate and time left."""

    def __init__(self, bars: Any) -> None:
        super().__init__()
        self._bars = bars
        self._task: Any = None

    def begin(self, what: str, total: int) -> None:
        """Start a bar."""
        self._task = self._bars.add_task(what, total=total or None, note="")

    def advance(self, steps: int = 1, note: str = "") -> None:
        """Move the bar on."""
        self._bars.update(self._task, advance=steps, note=note)


@contextmanager
def watched() -> Iterator[PlainProgress | BarProgress]:
    """Show progress on standard error while the block runs, and let Ctrl+C end it tidily."""
    if sys.stderr.isatty():
        with _bars() as bars, _listening(BarProgress(bars)) as bar:
            yield bar
    else:
        with _listening(PlainProgress()) as plain:
            yield plain


def _bars() -> Any:
    from rich import progress
    from rich.console import Console
    from rich.text import Text

    class Rate(progress.ProgressColumn):
        """Steps a second."""

        def render(self, task: progress.Task) -> Text:
            return Text(f"{task.speed:.3g}/s" if task.speed else "")

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=30),
        progress.MofNCompleteColumn(),
        Rate(),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[note]}", markup=False),
        console=Console(stderr=True),
    )


@contextmanager
def _listening(progress: Watched) -> Iterator[Watched]:
    before = signal.signal(signal.SIGINT, progress.ask)
    try:
        yield progress
    finally:
        # Asked to stop, the program ends now; another Ctrl+C must not cut off its last words.
        signal.signal(signal.SIGINT, signal.SIG_IGN if progress.is_cancelled() else before)
