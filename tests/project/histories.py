"""What a whole project holds, row by row, to compare before and after."""

from typing import Any

from sqlalchemy import select

from framework_coder.project import Project
from framework_coder.store.columns import Base
from framework_coder.store.engine import reading

APART = {"journal_entries", "journal_changes", "contents", "coders"}
"""What an undo adds to, and the names of coders, which stay known."""


def snapshot(project: Project) -> dict[str, list[Any]]:
    """Return every row of every table that an undo may touch, in the order of the keys, and a search."""
    with reading(project._session.engine) as connection:
        rows: dict[str, list[Any]] = {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=lambda row: str(row[0]))
            for table in Base.metadata.sorted_tables
            if table.name not in APART
        }
    words = ("borough", "space", "patients", "new")
    rows["found"] = [(hit.ref, hit.block, hit.start) for word in words for hit in project.search(word)]
    return rows
