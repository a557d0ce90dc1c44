"""A sheet as a reader sees it: the rows that hold something, each cell as the text a person sees."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

MOST_CELLS = 2_000_000
"""A file with more filled cells is refused."""

_MIDNIGHT = time()
_WHOLE = 1e15
"""Whole numbers up to here are exact in a spreadsheet."""

Value: TypeAlias = str | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something; `number` counts from 1, cells start at column A."""

    number: int
    cells: list[str]


@dataclass(slots=True)
class Sheet:
    """A sheet without its empty rows; `name` is empty for a CSV file."""

    name: str
    rows: list[Row] = field(default_factory=list)

    @property
    def grid(self) -> list[list[str]]:
        """The cells of the rows."""
        return [row.cells for row in self.rows]


def shown(value: Value) -> str:
    """Return a cell's value as a person reads it: dates in ISO form, `3` for 3.0, `TRUE` for a true one."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "minutes")
    if isinstance(value, timedelta):
        return _shown_duration(value)
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return str(value)


def _shown_duration(value: timedelta) -> str:
    """Return hours, minutes and seconds, as a spreadsheet counts them: 30:15:00, not 1 day and 6 hours."""
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, `B11` for row 11 and column 2."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
