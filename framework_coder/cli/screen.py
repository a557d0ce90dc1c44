"""The screen that people read: as wide as the terminal, or as wide as the lines where output is kept."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

UNBOUNDED = 1_000_000
"""Columns of output that goes into a file or a pipe: nothing is wrapped or shortened there."""


def is_screen() -> bool:
    """Say whether standard output is a terminal."""
    return sys.stdout.isatty()


def open_console() -> "Console":
    """Return a console for standard output."""
    from rich.console import Console

    return Console(highlight=False) if is_screen() else Console(highlight=False, width=UNBOUNDED)


def print_table(table: Any) -> None:
    """Print a rich table; in files and pipes without spaces at the ends of lines."""
    console = open_console()
    if is_screen():
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))
