"""Rules at work on a source: how far they are, and a way to stop them."""

from threading import Event, Lock


class Proposing:
    """The progress of rules over one source, counted in parts of its text."""

    def __init__(self) -> None:
        self.total = self.done = 0
        self._is_stopped = Event()

    def begin(self, what: str, total: int) -> None:  # noqa: ARG002 - the page says what it is
        """Take over how many parts there are."""
        self.total = total

    def advance(self, steps: int = 1, note: str = "") -> None:  # noqa: ARG002
        """Count parts that are done."""
        self.done += steps

    def is_cancelled(self) -> bool:
        """Whether somebody stopped it."""
        return self._is_stopped.is_set()

    def stop(self) -> None:
        """Let it end before its next part."""
        self._is_stopped.set()


class ProposingNow:
    """What is being proposed, by the ref of the source; a new run stops the one before it."""

    def __init__(self) -> None:
        self._runs: dict[str, Proposing] = {}
        self._lock = Lock()

    def start(self, ref: str) -> Proposing:
        """Return the progress of a new run."""
        with self._lock:
            if ref in self._runs:
                self._runs[ref].stop()
            self._runs[ref] = Proposing()
            return self._runs[ref]

    def end(self, ref: str, run: Proposing) -> None:
        """Forget a run."""
        with self._lock:
            if self._runs.get(ref) is run:
                del self._runs[ref]

    def of(self, ref: str) -> Proposing | None:
        """Return the run on a source, if there is one."""
        return self._runs.get(ref)
