"""The matrix, what needs attention, and search hits, on a terminal."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from framework_coder.cli.screen import is_screen, open_console, print_table
from framework_coder.model.attention import NEEDS, Attention, Need
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Matrix

SHOWN_OF_A_KIND = 5
"""Items of a kind that `audit` shows unless that kind was asked for."""

_NEW_LINES = re.compile(r"\s*\n\s*")

SITE_WIDTH, COLUMN_WIDTH = 26, 6
"""Characters of the grid's first column and of each theme's."""


def print_grid(matrix: Matrix) -> None:
    """Print the grid in bands that fit the terminal, a letter and the number of claims a cell; the legend."""
    console = open_console()
    if not matrix.sites or not matrix.themes:
        console.print("Nothing to show: no site or no theme fits.")
        return
    columns = range(len(matrix.themes))
    per_band = max(1, (console.width - SITE_WIDTH) // COLUMN_WIDTH)
    for start in range(0, len(columns), per_band):
        print_table(_draw_band(matrix, columns[start : start + per_band]))
    _print_themes(console, matrix)
    used = {cell.state for cell in matrix.cells.values()}
    for state, look in LEGEND.items():
        if state in used:
            console.print(_mark(look.letter, look.foreground, look.background), look.label)


def _draw_band(matrix: Matrix, columns: Sequence[int]) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    width = SITE_WIDTH - 2 if is_screen() else None
    table.add_column("Site", no_wrap=True, max_width=width, overflow="ellipsis")
    for number in columns:
        table.add_column(str(number + 1), justify="center", min_width=COLUMN_WIDTH - 1, no_wrap=True)
    for site, cells in matrix.rows():
        table.add_row(Text(f"{site.code} {site.name}"), *(_draw(cells[number]) for number in columns))
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
    if is_screen():
        console.print(Columns(names, padding=(0, 3)))
    else:
        console.print(*names, sep="\n")
    console.print()


def print_attention(matrix: Matrix, attention: Attention, needs: Sequence[Need], *, in_full: bool) -> None:
    """Print each kind with its count, what to do, and the first items (all, if `in_full`)."""
    from rich.text import Text

    console = open_console()
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
    from rich.text import Text

    console = open_console()
    for row in rows:
        before, words, after = (_NEW_LINES.sub(" / ", row[part]) for part in ("before", "words", "after"))
        line = Text().append(f"[{row['source']} {row['place']}] ", style="cyan").append(before)
        line.append(words, style="bold reverse").append(after)
        console.print(line)
