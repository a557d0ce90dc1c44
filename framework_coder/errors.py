"""What can go wrong, as families; each class writes one sentence that says what to do next.

A module that can fail in a way of its own subclasses the fitting family beside the code that raises it.
The family decides the exit code of a command (`framework_coder/cli/exits.py`).
"""


class FrameworkCoderError(Exception):
    """Anything a user can be told in one sentence; `str(error)` is that sentence."""


class BadInputError(FrameworkCoderError):
    """A file, a field or an option cannot be used; the sentence names it and says what to do."""


class UnreadableFileError(BadInputError):
    """A source file is refused: damaged, encrypted, of a type not read, or over a limit."""


class NotFoundError(FrameworkCoderError):
    """What was asked for (project, site, source, theme …) is not there."""


class ConflictError(FrameworkCoderError):
    """What is there already, or has changed meanwhile, stands in the way; nothing was changed."""


class DamagedProjectError(FrameworkCoderError):
    """The project file does not hold what it should; `check` tells more."""


class CancelledError(FrameworkCoderError):
    """The user stopped the work; the sentence says what was kept."""


class MissingPackageError(FrameworkCoderError):
    """An optional package is needed for this; the sentence gives the command that installs it."""
