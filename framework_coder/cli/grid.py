"""The matrix, what needs attention, and search hits, on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from framework_coder.model.attention import NEEDS, Attention, Need
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Matrix

SHOWN_OF_A_KIND = 5
"""Items of a kind that `audit` shows unless that kind was asked for."""


def print_grid(matrix: Matrix) -> None:
    """Print the grid: a letter and the number of claims a cell, with lamps below; then the legend."""
    from rich.console import Console

    console = Console()
    if not matrix.sites or not matrix.themes:
        console.print("Nothing to show: no site or no theme fits.")
        return
    width = 4 if len(matrix.themes) * 5 + 26 > console.width else 6
    console.print(_grid(matrix, width))
    _print_themes(console, matrix)
    used = {cell.state for cell in matrix.cells.values()}
    for state, look in LEGEND.items():
        if state in used:
            console.print(_mark(look.letter, look.foreground, look.background), look.label, highlight=False)


def _grid(matrix: Matrix, width: int) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Site", no_wrap=True, max_width=24, overflow="ellipsis")
    for number, _ in enumerate(matrix.themes, start=1):
        table.add_column(str(number), justify="center", min_width=width - 1)
    for site, cells in matrix.rows():
        table.add_row(f"{site.code} {site.name}", *(_draw(cell) for cell in cells))
    return table


def _draw(cell: Cell) -> Any:
    look = LEGEND[cell.state]
    mark = _mark(look.letter, look.foreground, look.background)
    return mark.append(str(len(cell.claims)), style="dim") if cell.claims else mark


def _mark(letter: str, foreground: str, background: str) -> Any:
    from rich.text import Text

    return Text().append(f" {letter} ", style=f"{foreground} on {background}")


def _print_themes(console: Any, matrix: Matrix) -> None:
    from rich.columns import Columns
    from rich.text import Text

    names = [Text(f"{number} {theme.label}") for number, theme in enumerate(matrix.themes, start=1)]
    console.print(Columns(names, padding=(0, 3)))
    console.print()


def print_attention(matrix: Matrix, attention: Attention, needs: Sequence[Need], *, in_full: bool) -> None:
    """Print each kind with its count, what to do, and the first items (all, if `in_full`)."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    sites = {site.id: site.code for site in matrix.sites}
    for need in needs:
        items = attention.of(need)
        console.print(Text(f"{NEEDS[need].title}: {attention.count(need)}", style="bold" if items else "dim"))
        if not items:
            continue
        console.print(Text(f"  {NEEDS[need].advice}", style="italic"))
        for item in items if in_full else items[:SHOWN_OF_A_KIND]:
            claim = f" claim {item.claim}" if item.claim else ""
            console.print(Text(f"  {sites[item.site]} × {item.theme}{claim}: {item.sentence}"))
        if not in_full and len(items) > SHOWN_OF_A_KIND:
            more = len(items) - SHOWN_OF_A_KIND
            console.print(Text(f"  … and {more} more: framework-coder audit --need {need}", style="dim"))


def print_hits(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print passages with the words found standing out."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for row in rows:
        line = Text().append(f"[{row['source']} {row['place']}] ", style="cyan").append(row["before"])
        line.append(row["words"], style="bold reverse").append(row["after"])
        console.print(line)
