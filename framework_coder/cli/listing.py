"""Rows on the screen, as JSON or as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from framework_coder.cli.screen import is_screen, open_console, print_table
from framework_coder.errors import BadInputError
from framework_coder.model.formulas import guard

Rows = Sequence[Mapping[str, Any]]

LONGEST_SHOWN = 240
"""Characters of a field that a listing on a terminal shows at most; everywhere else it is whole."""

GAP = 3
"""Characters between two columns."""

NARROWEST = 4


class TwoFormatsError(BadInputError):
    """Both --json and --csv."""

    def __init__(self) -> None:
        super().__init__("Choose one of --json and --csv.")


class Format(StrEnum):
    """How a listing is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def choose_format(*, as_json: bool, as_csv: bool) -> Format:
    """Return the format that the options ask for; raises TwoFormatsError."""
    if as_json and as_csv:
        raise TwoFormatsError
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
        print(dump_json(found, columns))
    elif form is Format.CSV:
        print(dump_csv(found, columns), end="")
    elif found:
        _print_table(found, shown or columns)
    else:
        print(empty)


def dump_json(rows: Rows, columns: Sequence[str]) -> str:
    """Return rows as a JSON list of objects."""
    plain = [{column: _plain(row.get(column)) for column in columns} for row in rows]
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)


def dump_csv(rows: Rows, columns: Sequence[str]) -> str:
    """Return rows as CSV under a header; no spreadsheet takes a field for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_field(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def _field(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, (int, float)) else guard(str(value))


def _print_table(rows: Rows, columns: Sequence[str]) -> None:
    """Print a line a row; on a terminal wide columns give way, and only the last is folded over lines."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    show = _shorten if is_screen() else _on_one_line
    fields = [[show(row.get(column)) for column in columns] for row in rows]
    heads = [column.replace("_", " ") for column in columns]
    longest = [max(map(len, column)) for column in zip(heads, *fields, strict=True)]
    widths = fit(longest, open_console().width - GAP * (len(columns) - 1))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, (column, head) in enumerate(zip(columns, heads, strict=True), start=1):
        is_number = all(isinstance(row.get(column), (int, float)) for row in rows)
        table.add_column(
            head,
            justify="right" if is_number else "left",
            width=widths[number - 1],
            no_wrap=number < len(columns),
            overflow="ellipsis" if number < len(columns) else "fold",
        )
    for row_of_fields in fields:
        table.add_row(*map(Text, row_of_fields))
    print_table(table)


def fit(widths: Sequence[int], room: int) -> list[int]:
    """Return column widths that add up to `room` at most, if a few letters each allow it.

    The widest give way first; the last one, which is folded, counts half.
    """
    fitted = list(widths)

    def weight(place: int) -> float:
        return fitted[place] / 2 if place == len(fitted) - 1 else fitted[place]

    while sum(fitted) > room and max(fitted) > NARROWEST:
        widest = max((place for place, width in enumerate(fitted) if width > NARROWEST), key=weight)
        fitted[widest] -= 1
    return fitted


def _on_one_line(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _shorten(value: Any) -> str:
    text = _on_one_line(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
