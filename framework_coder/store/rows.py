"""Many rows into and out of a table at a time: plain tuples and one statement, without asking the mapper."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Column, Connection, Dialect, Table, func, select, text

from framework_coder.store.columns import Base, Json, to_json

BATCH = 500
"""How many rows one statement asks for by their keys."""

Row = Mapping[str, Any]
Key = int | str


def table_of(entity: type[Base]) -> Table:
    """Return the table of an entity."""
    return cast("Table", entity.__table__)


def key_of(table: Table) -> Column[Any]:
    """Return the one column of a table's primary key."""
    return next(iter(table.primary_key.columns))


def complete(table: Table, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the rows with every column, those of the table in its order, at its default where not given."""
    empty = _defaults(table)
    full = [{**empty, **row} for row in rows]
    assert all(len(row) == len(empty) for row in full), f"{table.name} lacks a column that was given"
    return full


@lru_cache
def _defaults(table: Table) -> dict[str, Any]:
    return {column.name: getattr(column.default, "arg", None) for column in table.columns}


def add_rows(connection: Connection, table: Table, full: Sequence[dict[str, Any]]) -> None:
    """Insert complete rows."""
    if not full:
        return
    names = tuple(full[0])
    encoded = [column.name for column in table.columns if isinstance(column.type, Json)]
    if encoded:
        full = [row | {n: to_json(row[n]) for n in encoded if row[n] is not None} for row in full]
    add_tuples(connection, table, names, [tuple(row.values()) for row in full])


def add_tuples(
    connection: Connection, table: Table, names: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """Insert rows with the columns of these names, in this order; JSON is given as text."""
    connection.exec_driver_sql(_insertion(table, names, connection.dialect), rows)


@lru_cache
def _insertion(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    columns = ", ".join(map(dialect.identifier_preparer.quote, names))
    marks = ", ".join([mark] * len(names))
    return f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables


def read_rows(connection: Connection, table: Table, keys: Collection[Key]) -> dict[Key, dict[str, Any]]:
    """Return whole rows by key, in the order of the keys, with one select for each `BATCH` of them."""
    key, found = key_of(table), {}
    for some in batches(list(keys)):
        for row in connection.execute(select(table).where(key.in_(some))).mappings():
            found[row[key.name]] = dict(row)
    return {k: found[k] for k in keys if k in found}


def batches(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Yield keys, `BATCH` at a time."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def free_numbers(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Return numbers that no row of the table ever had."""
    if connection.dialect.name == "sqlite":
        ask = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        last = connection.execute(ask, {"table": table.name}).scalar() or 0
        return range(last + 1, last + 1 + count)
    sequence = func.pg_get_serial_sequence(table.name, "id")
    series = func.generate_series(1, count).table_valued("n")
    return list(connection.execute(select(func.nextval(sequence)).select_from(series)).scalars())
