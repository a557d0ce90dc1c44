"""What stands in the way of taking a change back, and which later entries put it there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Column, Connection, Table, UniqueConstraint, select

from framework_coder.store.columns import Base
from framework_coder.store.naming import name_of_row
from framework_coder.store.rows import Key, Row, batches, key_of
from framework_coder.store.tables import BlockEntity, JournalChangeEntity, JournalEntryEntity

LOOSE = frozenset({"position"})
"""Columns that may have changed since: the place of a row among others."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """That a row was changed since; or that another row (`by`) rests on it, takes its place, or is gone."""

    kind: Literal["changed", "used", "taken", "gone"]
    table: str
    row: str
    by_table: str = ""
    by_row: str = ""

    @property
    def culprit(self) -> tuple[str, str]:
        """The row whose last change is the obstacle."""
        return (self.by_table, self.by_row) if self.by_table else (self.table, self.row)


class ObstaclesError(Exception):
    """Raised to leave the step; what the user is told is written outside of it."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(f"{len(obstacles)} obstacles")
        self.obstacles = obstacles


@cache
def _references(table: Table) -> tuple[Column[Any], ...]:
    """Return the columns of other tables, or of this one, that point to the table; blocks go with a text."""
    return tuple(
        key.parent
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table and other.name != BlockEntity.__tablename__
    )


def find_users(connection: Connection, table: Table, keys: Collection[Key]) -> dict[Key, Obstacle]:
    """Return by key the rows that others rest on, with one of these."""
    found: dict[Key, Obstacle] = {}
    for column in _references(table):
        other = column.table
        for some in batches(list(keys)):
            users = connection.execute(select(column, key_of(other)).where(column.in_(some)))
            for used, user in users:
                if other is not table or user not in keys:
                    found[used] = Obstacle("used", table.name, str(used), other.name, str(user))
    return found


def find_missing(connection: Connection, table: Table, rows: Mapping[Key, Row]) -> Iterator[Obstacle]:
    """Yield the rows that would point to a row that is not there."""
    for foreign in table.foreign_keys:
        parent, name = foreign.column, foreign.parent.name
        wanted = {row[name]: key for key, row in rows.items() if row[name] is not None}
        if parent.table is table:
            wanted = {value: key for value, key in wanted.items() if value not in rows}
        there: set[Key] = set()
        for some in batches(list(wanted)):
            there.update(connection.execute(select(parent).where(parent.in_(some))).scalars())
        for value, key in wanted.items():
            if value not in there:
                yield Obstacle("gone", table.name, str(key), parent.table.name, str(value))


def find_clashes(connection: Connection, table: Table, rows: Mapping[Key, Row]) -> Iterator[Obstacle]:
    """Yield the rows whose place another row has taken, where there is room for one only."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            names = [column.name for column in constraint.columns]
            wanted = {tuple(row[name] for name in names): key for key, row in rows.items()}
            for values, other in _having(connection, table, names, wanted):
                if other not in rows and values in wanted:
                    yield Obstacle("taken", table.name, str(wanted[values]), table.name, str(other))


def _having(
    connection: Connection, table: Table, names: list[str], wanted: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], Key]]:
    """Yield rows that have the first of the values, with all of them and the key."""
    columns = [table.c[name] for name in names]
    for some in batches(list({values[0] for values in wanted})):
        for *values, key in connection.execute(select(*columns, key_of(table)).where(columns[0].in_(some))):
            yield tuple(values), key


@dataclass(frozen=True, slots=True)
class Culprit:
    """The later entry behind an obstacle."""

    entry: int
    who: str
    action: str

    def __str__(self) -> str:
        return f"entry {self.entry} ({self.who}, {self.action})"


SHOWN = 3


def find_culprits(
    connection: Connection, obstacles: Collection[Obstacle], after: int, ignored: Collection[int]
) -> dict[Obstacle, Culprit]:
    """Return the newest entry behind each of the first few obstacles, of those after an entry.

    `ignored` are entries that cancel each other out.
    """
    change, entry = JournalChangeEntity, JournalEntryEntity
    found: dict[Obstacle, Culprit] = {}
    for obstacle in list(obstacles)[:SHOWN]:
        table, row = obstacle.culprit
        query = (
            select(entry.id, entry.who, entry.action)
            .join(change, change.entry == entry.id)
            .where(change.table == table, change.row == row, entry.id > after)
            .order_by(entry.id.desc())
        )
        rows = connection.execute(query).all()
        telling = [each for each in rows if each.id not in ignored] or rows
        if telling:
            found[obstacle] = Culprit(*telling[0])
    return found


def describe(obstacle: Obstacle, culprit: Culprit | None) -> str:
    """Return part of a sentence that tells what is in the way, and of whom."""
    row, by = name_of_row(obstacle.table, obstacle.row), str(culprit or "a later entry")
    if obstacle.kind == "changed":
        return f"{row} was changed since by {by}"
    other = name_of_row(obstacle.by_table, obstacle.by_row)
    if obstacle.kind == "used":
        return f"{other} of {by} rests on {row}"
    if obstacle.kind == "taken":
        return f"{other} of {by} stands in the place of {row}"
    return f"{row} rests on {other}, which was taken away by {by}"
