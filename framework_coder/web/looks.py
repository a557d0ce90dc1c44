"""Looks at files of an import, one after another in a thread, each in a process that can be ended."""

from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING

from framework_coder.errors import FrameworkCoderError
from framework_coder.web.dropped import LOOKING, Dropped
from framework_coder.web.looking import look_at, recognise, revise, take_over
from framework_coder.web.payloads.imports import Look

if TYPE_CHECKING:
    from framework_coder.project import Project

Settle = Callable[[Dropped, Look | None, str], None]


class Looks:
    """Has files looked at; `settle` hears of each what was found, or in a sentence why nothing was."""

    def __init__(self, project: "Project", settle: Settle) -> None:
        self._apart = project.apart()
        self._settle = settle
        self._waiting: SimpleQueue[Dropped | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._looked: Dropped | None = None

    def begin(self, file: Dropped) -> None:
        """Have a file looked at as its action says, else as what its content says that it is."""
        if file.look is not None and file.look.kind != file.kind:
            file.look = None
        file.state, file.told, file.asked = LOOKING, "", file.asked + 1
        self._waiting.put(file)
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="looks", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while file := self._waiting.get():
            if file.state == LOOKING and file.upload is not None:
                self._looked = file
                self._look(file, file.upload.named())
                self._looked = None

    def _look(self, file: Dropped, path: Path) -> None:
        found, told, asked = None, "", file.asked
        try:
            if file.kind:
                given = (path, file.kind, dict(file.settings))
                found = self._apart.do(look_at, *given, name=file.name, path=path)
            else:
                found = self._apart.do(recognise, path, name=file.name, path=path)
        except FrameworkCoderError as error:
            told = str(error)
        if file.state == LOOKING and file.asked == asked:  # nobody left it out, or asked otherwise, meanwhile
            self._settle(file, found, told)

    def leave(self, file: Dropped) -> None:
        """Stop the look at a file that is left out."""
        if file is self._looked:
            self._apart.stop()

    def take(self, file: Dropped, path: Path) -> Look:
        """Take a file over as one step; raises StoppedError, or what it is refused for."""
        given = (path, file.kind, dict(file.settings), dict(file.decided))
        return self._apart.do(take_over, *given, name=file.name, path=path)

    def revise(self, file: Dropped, path: Path) -> str:
        """Put a file in place of its source's text as one step, and say what became of the codings.

        Raises StoppedError, or what it is refused for.
        """
        return self._apart.do(revise, path, file.ref, file.name, name=file.name, path=path)

    def stop(self) -> None:
        """Stop what is being taken over or revised; nothing of it is kept."""
        self._apart.stop()

    def close(self) -> None:
        """End the process and the thread."""
        self._waiting.put(None)
        self._looked = None
        self._apart.close()
        with self._lock:
            if self._thread is not None:
                self._thread.join()
