"""How long work tells a screen where it is, and learns that it should stop."""

from typing import Protocol


class Progress(Protocol):
    """What a command line bar, a web page or a test gives to long work."""

    def begin(self, what: str, total: int) -> None:
        """Say that `total` steps of `what` follow."""

    def advance(self, steps: int = 1, note: str = "") -> None:
        """Say that `steps` more are done; `note` names the last one."""

    def is_cancelled(self) -> bool:
        """Say whether the user asked to stop; long work looks between two steps."""


class Silent:
    """Progress that nobody watches and nobody stops."""

    def begin(self, what: str, total: int) -> None:
        """Ignore it."""

    def advance(self, steps: int = 1, note: str = "") -> None:
        """Ignore it."""

    def is_cancelled(self) -> bool:
        """Never."""
        return False
