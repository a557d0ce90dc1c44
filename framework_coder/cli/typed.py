"""Text that a command takes as an argument, from a file, or from standard input."""

import sys
from pathlib import Path

from framework_coder.errors import BadInputError


class NoTextError(BadInputError):
    """Neither a text nor a file, or both."""

    def __init__(self) -> None:
        super().__init__("Give the text itself, - to read it from standard input, or --file FILE.")


class UnreadableTextError(BadInputError):
    """A file, or standard input, that holds no readable text."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be read ({reason}); save it as UTF-8 text and try again.")


def read_typed(text: str, file: Path | None) -> str:
    """Return the text that is meant; raises NoTextError or UnreadableTextError."""
    if bool(text) == (file is not None):
        raise NoTextError
    name = str(file) if file else "Standard input"
    try:
        if file is not None:
            return file.read_text(encoding="utf-8-sig")
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n") if text == "-" else text
    except UnicodeDecodeError as error:
        raise UnreadableTextError(name, "it is not UTF-8") from error
    except OSError as error:
        raise UnreadableTextError(name, error.strerror or str(error)) from error
