"""Which exit code each family of errors gives; docs/reference/command-line.md explains them."""

from enum import IntEnum

from framework_coder import errors


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    BROKEN = 1
    USAGE = 2
    BAD_INPUT = 3
    NOT_FOUND = 4
    CONFLICT = 5
    WITH_PROBLEMS = 6
    DAMAGED = 7
    MISSING_PACKAGE = 8
    CANCELLED = 130


MEANINGS = {
    Exit.DONE: "The command did what was asked.",
    Exit.BROKEN: "Something unforeseen went wrong inside the program; please report it.",
    Exit.USAGE: "The command line is not understood: an unknown command or option, a missing argument.",
    Exit.BAD_INPUT: "A file, field or option cannot be used. Nothing was changed.",
    Exit.NOT_FOUND: "A project, site, source, theme or version that was named is not there.",
    Exit.CONFLICT: "Something is there already, or is in use. Nothing was changed.",
    Exit.WITH_PROBLEMS: "Done, but not wholly: files refused, quotes not found. The output lists them.",
    Exit.DAMAGED: "The project does not hold what it should. `check` lists what is wrong.",
    Exit.MISSING_PACKAGE: "An optional package is needed; the message says how to install it.",
    Exit.CANCELLED: "Stopped by the user. What was finished is kept, nothing is half-stored.",
}

_FAMILIES: tuple[tuple[type[errors.FrameworkCoderError], Exit], ...] = (
    (errors.NotFoundError, Exit.NOT_FOUND),
    (errors.ConflictError, Exit.CONFLICT),
    (errors.DamagedProjectError, Exit.DAMAGED),
    (errors.CancelledError, Exit.CANCELLED),
    (errors.MissingPackageError, Exit.MISSING_PACKAGE),
    (errors.BadInputError, Exit.BAD_INPUT),
)


def exit_code(error: errors.FrameworkCoderError) -> Exit:
    """Return the exit code of an error's family."""
    return next((code for family, code in _FAMILIES if isinstance(error, family)), Exit.BROKEN)
