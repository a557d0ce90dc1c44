"""Standard output: UTF-8 into files and pipes, and never an error for a letter or a closed pipe."""

import errno
import os
import sys

from framework_coder.cli.exits import Exit


class ReaderGoneError(Exception):
    """The reader of our output (head, less) has gone: nothing is wrong."""


def speak_utf8() -> None:
    """Write UTF-8 into files and pipes; on a terminal of another encoding, put ? for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # a stream that something else put there
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def is_reader_gone(error: OSError) -> bool:
    """Say whether an error means that nobody reads our output any more (Windows calls it EINVAL)."""
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL)


def flush_output(code: int) -> int:
    """Send out what is left and return the exit code, another one where the output cannot be written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _close_output()
        if not is_reader_gone(error):
            print(f"framework-coder: The output cannot be written ({error.strerror}).", file=sys.stderr)
            return code or Exit.BAD_INPUT
    return code


def _close_output() -> None:
    """Let what is still buffered go nowhere, or the interpreter would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
