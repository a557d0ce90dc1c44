"""What lists of commands say."""

from collections.abc import Iterator

import typer
from typer.core import TyperGroup

from framework_coder.cli.main import app

TERMINAL = 80
MARGINS = 6
"""Columns of a list that hold neither a name nor what it does."""


def cut_lines(group: TyperGroup, path: str = "") -> Iterator[str]:
    """Yield the commands whose line does not fit into a terminal."""
    room = TERMINAL - MARGINS - max(map(len, group.commands))
    for name, command in group.commands.items():
        if command.get_short_help_str(room).endswith("..."):
            yield f"{path}{name}"
        if isinstance(command, TyperGroup):
            yield from cut_lines(command, f"{path}{name} ")


def test_what_a_command_does_is_told_in_one_line() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    assert list(cut_lines(root)) == []
