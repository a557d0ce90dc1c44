"""Map and draw the pages of files nobody can vouch for, in a process that can be ended."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from framework_coder.errors import FrameworkCoderError
from framework_coder.model.pages import SourcePages
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.worker import TIME_LIMIT, WorkerPool

WORDS_LIMIT = 120.0
"""Seconds that mapping the words of a file may take: some forty pages a second."""

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


class Desk:
    """A process that does one task at a time; it starts with the first one and ends with `close`."""

    def __init__(self, time_limit: float) -> None:
        self._time_limit = time_limit
        self._lock = Lock()
        self._open = ExitStack()
        self._pool: WorkerPool | None = None

    def do(self, task: PageTask) -> SourcePages | bytes:
        """Return what is asked; raises `UnreadableFileError` where it takes too long or too much memory."""
        with self._lock:
            if self._pool is None:
                self._pool = self._open.enter_context(WorkerPool(1, time_limit=self._time_limit))
            ((_, made),) = self._pool.run(do_page_task, [task], size_of=lambda each: len(each.content))
        if isinstance(made, FrameworkCoderError):
            raise made
        return made

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._open.close()
            self._pool = None


class Pager:
    """Maps and draws pages, side by side: a page is drawn while the words of a long file are mapped."""

    def __init__(self) -> None:
        self._words, self._pictures = Desk(WORDS_LIMIT), Desk(TIME_LIMIT)
        self._lock = Lock()
        self._kept: dict[tuple[str, str], SourcePages] = {}

    def pages(self, key: tuple[str, str], load: Callable[[], PageTask]) -> SourcePages:
        """Return the pages of the source of a key, by what `load` gives where they are not known."""
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                made = self._words.do(load())
                assert isinstance(made, SourcePages)
                found = made
            self._kept[key] = found
            if len(self._kept) > SOURCES_KEPT:
                self._kept.pop(next(iter(self._kept)))
            return found

    def picture(self, task: PageTask) -> bytes:
        """Return a page as a PNG."""
        made = self._pictures.do(task)
        assert isinstance(made, bytes)
        return made

    def close(self) -> None:
        """End the processes."""
        self._words.close()
        self._pictures.close()
