"""Rows on the screen, as JSON or as CSV."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from framework_coder.model.formulas import guard

Rows = Sequence[Mapping[str, Any]]

QUOTE_LENGTH = 80
"""Characters of a long field that a listing on the screen shows; JSON and CSV have all of it."""


class Format(StrEnum):
    """How a listing is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def choose_format(*, as_json: bool, as_csv: bool) -> Format:
    """Return the format that the options ask for."""
    return Format.JSON if as_json else Format.CSV if as_csv else Format.TABLE


def print_rows(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    form: Format,
    *,
    empty: str,
    shown: Sequence[str] = (),
) -> None:
    """Print rows; `shown` are the columns of a screen table (none: all), `empty` stands for no rows."""
    found = list(rows)
    if form is Format.JSON:
        print(
            json.dumps(
                [{c: _plain(row.get(c)) for c in columns} for row in found], ensure_ascii=False, indent=2
            )
        )
    elif form is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_field(row.get(c)) for c in columns] for row in found)
    elif not found:
        print(empty)
    else:
        _print_table(found, shown or columns)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)


def _field(value: Any) -> Any:
    if value is None:
        return ""
    return guard(str(value)) if not isinstance(value, (int, float)) else value


def _print_table(rows: Rows, columns: Sequence[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        is_number = all(isinstance(row.get(column), (int, float)) for row in rows)
        table.add_column(column.replace("_", " "), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shorten(row.get(column))) for column in columns))
    Console(soft_wrap=False).print(table)


def _shorten(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"
