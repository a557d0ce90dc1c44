"""The highest number that each table ever gave: kept with a copy of the rows, so that none is given twice."""

from sqlalchemy import Connection, Table, func, select, text

from framework_coder.store.rows import key_of


def last_number(connection: Connection, table: Table) -> int | None:
    """Return the highest number that rows of a table ever had, 0 before the first; None where it has none."""
    key = key_of(table)
    if not issubclass(key.type.python_type, int):
        return None
    highest = connection.execute(select(func.max(key))).scalar() or 0
    if connection.dialect.name == "sqlite":
        ask = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        return max(highest, connection.execute(ask, {"table": table.name}).scalar() or 0)
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, key.name))).scalar()
    given = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608
    return max(highest, given.last_value if given.is_called else 0)


def set_last_number(connection: Connection, table: Table, number: int) -> None:
    """Let a table go on after a number."""
    if not number:
        return
    if connection.dialect.name == "sqlite":
        named = {"table": table.name, "number": number}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), named)
        add = "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)"
        connection.execute(text(add), named)
    else:
        sequence = func.pg_get_serial_sequence(table.name, key_of(table).name)
        connection.execute(select(func.setval(sequence, number)))
