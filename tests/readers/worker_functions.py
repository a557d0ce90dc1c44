"""What the tests of the worker pool have workers do; a worker imports this module by name."""

import ctypes
import os
import time
from pathlib import Path

from framework_coder.errors import UnreadableFileError
from framework_coder.model.codebook import UnknownThemeError


def double(number: int) -> int:
    return 2 * number


def behave(what: str) -> str:  # noqa: C901, PLR0912 - a table of ways to fail
    match what:
        case "raise":
            raise KeyError("no such thing")
        case "refuse":
            raise UnreadableFileError("a.pdf is refused; try another.")
        case "unknown theme":
            raise UnknownThemeError("acess", ["access"])
        case "exit":
            os._exit(3)
        case "segfault":
            ctypes.string_at(0)
        case "sleep":
            time.sleep(600)
        case "spin in C":
            sum(range(10**12))
        case "one huge allocation":
            bytearray(1 << 40)
        case "grow":
            hoard = []
            while True:
                hoard.append(bytearray(b"x" * (1 << 22)))
        case "recurse":
            return behave("recurse")
        case "print":
            print("a library talks", flush=True)  # noqa: T201
        case "return a lambda":
            return lambda: None  # type: ignore[return-value]
    return f"did {what}"


def tell_pid(_: int) -> int:
    return os.getpid()


def leave_pid(folder: Path) -> None:
    (folder / f"{os.getpid()}.pid").touch()
    time.sleep(600)


def big(number: int) -> bytes:
    return bytes([number]) * (8 << 20)


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds
