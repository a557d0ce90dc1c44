"""Map and draw the pages of files nobody can vouch for, in a process that can be ended."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from framework_coder.errors import FrameworkCoderError
from framework_coder.model.pages import SourcePages
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.worker import WorkerPool

TIME_LIMIT = 60.0
"""Seconds that mapping the words of a file, or drawing a page, may take."""

SOURCES_KEPT = 3
"""Of so many sources the words are kept: turning pages asks for those of one source all day."""


@dataclass(frozen=True, slots=True)
class PageTask:
    """A file, and what is asked of it: the words of `text` (where `number` is None), or a page."""

    name: str
    content: bytes
    text: str = ""
    number: int | None = None
    scale: float = 1.0


def do_page_task(task: PageTask) -> SourcePages | bytes:
    """Return what is asked of a file; runs in the worker."""
    from framework_coder.readers.pdf_pictures import draw_page
    from framework_coder.readers.pdf_words import map_pages

    path = Path(task.name)
    if task.number is not None:
        return draw_page(path, task.content, task.number, task.scale)
    return map_pages(path, task.content, task.text, ReadOptions())


class Pager:
    """Maps and draws pages, one at a time; its process starts at the first call and ends with `close`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open = ExitStack()
        self._pool: WorkerPool | None = None
        self._kept: dict[tuple[str, str], SourcePages] = {}

    def pages(self, key: tuple[str, str], load: Callable[[], PageTask]) -> SourcePages:
        """Return the pages of the source of a key, by what `load` gives where they are not known."""
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                made = self._run(load())
                assert isinstance(made, SourcePages)
                found = made
            self._kept[key] = found
            if len(self._kept) > SOURCES_KEPT:
                self._kept.pop(next(iter(self._kept)))
            return found

    def picture(self, task: PageTask) -> bytes:
        """Return a page as a PNG."""
        with self._lock:
            made = self._run(task)
            assert isinstance(made, bytes)
            return made

    def _run(self, task: PageTask) -> SourcePages | bytes:
        if self._pool is None:
            self._pool = self._open.enter_context(WorkerPool(1, time_limit=TIME_LIMIT))
        ((_, made),) = self._pool.run(do_page_task, [task], size_of=lambda each: len(each.content))
        if isinstance(made, FrameworkCoderError):
            raise made
        return made

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._open.close()
            self._pool = None
