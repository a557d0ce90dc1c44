"""Rebuild every row from the journal, and find the rows that were changed behind its back."""

import json
from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Connection, Table, select

from framework_coder.store.columns import Base
from framework_coder.store.journal import image_of
from framework_coder.store.rows import complete, key_of
from framework_coder.store.tables import (
    BlockEntity,
    ContentEntity,
    JournalChangeEntity,
    JournalEntryEntity,
)

APART = {
    entity.__tablename__ for entity in (BlockEntity, ContentEntity, JournalEntryEntity, JournalChangeEntity)
}
"""The journal itself, and what it knows by a hash: blocks in their revision, content taken out of rows."""


def list_strays(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each row that is not as the journal says, is not in it, or is gone."""
    told = replay(connection)
    for table in Base.metadata.sorted_tables:
        if table.name not in APART:
            try:
                yield from _compare(connection, table, told)
            except ValueError as error:
                yield f"A row of {table.name} cannot be read ({error})."
    for table_name, row in told:
        yield f"Row {row} of {table_name} was removed without an entry in the journal."


def replay(connection: Connection, *, until: int | None = None) -> dict[tuple[str, str], str]:
    """Return each row by table and key, as JSON, as the journal leaves it (or left it after an entry)."""
    change, told = JournalChangeEntity, dict[tuple[str, str], str]()
    changes = select(change.table, change.row, change.before, change.after).order_by(change.id)
    changes = changes.where(change.table.not_in(APART))
    if until is not None:
        changes = changes.where(change.entry <= until)
    for table, row, before, after in connection.execute(changes.execution_options(yield_per=2000)):
        if after is None:
            told.pop((table, row), None)
        elif before is None:
            told[table, row] = after
        else:
            with suppress(ValueError):  # an altered entry, which the chain shows
                told[table, row] = json.dumps(json.loads(told.get((table, row), "{}")) | json.loads(after))
    return told


def _compare(connection: Connection, table: Table, told: dict[tuple[str, str], str]) -> Iterator[str]:
    key = key_of(table).name
    for row in connection.execute(select(table).execution_options(yield_per=100)).mappings():
        expected = told.pop((table.name, str(row[key])), None)
        found = image_of(table, dict(row))
        if expected is None:
            yield f"Row {row[key]} of {table.name} was added without an entry in the journal."
        elif expected != found and not _says(table, expected, found):
            yield f"Row {row[key]} of {table.name} is not as the journal says."


def _says(table: Table, expected: str, found: str) -> bool:
    """Whether the journal tells what stands in the table; columns that it lacks are at their default."""
    try:
        return bool(complete(table, [{}])[0] | json.loads(expected) == json.loads(found))
    except (ValueError, TypeError):  # an altered entry, which the chain shows
        return False
