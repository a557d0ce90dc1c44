"""The tables of a study, each declared once for workbook, CSV and DataFrame."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Value = str | int | float | None
"""What a field of a table holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in CSV and DataFrames, its title on screens, its meaning, its width."""

    name: str
    title: str
    meaning: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under documented columns."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def records(self) -> list[dict[str, Value]]:
        """Return the rows as mappings of column name to value."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


_WORDS = {"status", "decision", "first_method", "second_method", "document_type", "originator"}
"""Columns of tables whose values are words joined by `_`."""


def in_words(column: str, value: Value) -> str:
    """Return a value of a column (its name) as people read it."""
    text = "" if value is None else str(value)
    return text.replace("_", " ") if column in _WORDS else text


@dataclass(frozen=True, slots=True)
class Field:
    """A column and how its value is read off what a row stands for."""

    column: Column
    read: Callable[[Any], Value]


def field(name: str, title: str, meaning: str, read: Callable[[Any], Value], width: int = 14) -> Field:
    """Return a field; `width` is in characters."""
    return Field(Column(name, title, meaning, width), read)


def make_table(name: str, title: str, fields: Sequence[Field], things: Iterable[Any]) -> Table:
    """Return the table with one row a thing."""
    told = list(things)
    columns = [list(map(each.read, told)) for each in fields]  # faster than row by row
    return Table(name, title, tuple(each.column for each in fields), tuple(zip(*columns, strict=True)))


def listed(values: Iterable[object]) -> str:
    """Return several values as one field."""
    return "; ".join(str(value) for value in values)
