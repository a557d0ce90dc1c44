"""Take back what entries of the journal did: the inverse of each change, the last one first.

A row that was changed since, or that something rests on, is in the way: then nothing is done. Two kinds of
row are shared between steps: the name of a coder stays known, and an original stays where another text was
read from it too; where one comes back that is there already, that one serves.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select

from framework_coder.store.attic import bring_back, bring_blocks_back, heavy_columns, put_blocks_away
from framework_coder.store.chain import Line
from framework_coder.store.columns import Base, to_json
from framework_coder.store.journal import BLOCKS, Step, image_of
from framework_coder.store.obstacles import (
    LOOSE,
    Obstacle,
    ObstaclesError,
    find_clashes,
    find_missing,
    find_users,
)
from framework_coder.store.rows import Key, add_rows, complete, key_of, read_rows, table_of
from framework_coder.store.tables import CoderEntity, FileEntity, JournalChangeEntity, ThemeEntity

PAGE = 5_000
"""How many changes are read at a time."""

CODERS, FILES = CoderEntity.__tablename__, FileEntity.__tablename__


def take_back(step: Step, entries: Sequence[int]) -> None:
    """Apply the inverse of all that the entries did, as part of a step.

    Raises ObstaclesError where a later change is in the way; nothing is kept of the step then.
    """
    step.begin()  # an undo that finds everything needed elsewhere is still told
    touched = set()
    for run in _runs(step.connection, entries):
        touched.add(run[0].table)
        _take_back_run(step, run)
    if ThemeEntity.__tablename__ in touched:
        _settle_themes(step)


def _runs(connection: Connection, entries: Sequence[int]) -> Iterator[list[Line]]:
    """Yield the changes from the last one to the first, those of a kind together, no row twice."""
    run: list[Line] = []
    rows: set[str] = set()
    for line in _read_backwards(connection, entries):
        if run and (_kind(line) != _kind(run[0]) or line.row in rows):
            yield run
            run, rows = [], set()
        run.append(line)
        rows.add(line.row)
    if run:
        yield run


def _kind(line: Line) -> tuple[str, bool, bool]:
    return line.table, line.before is None, line.after is None


def _read_backwards(connection: Connection, entries: Sequence[int]) -> Iterator[Line]:
    change = JournalChangeEntity
    columns = [getattr(change, name) for name in Line._fields]
    of_entries = change.entry.in_(list(entries))
    below = (connection.execute(select(func.max(change.id)).where(of_entries)).scalar() or 0) + 1
    while True:
        page = select(change.id, *columns).where(of_entries, change.id < below)
        rows = connection.execute(page.order_by(change.id.desc()).limit(PAGE)).all()
        yield from (Line(*row[1:]) for row in rows)
        if len(rows) < PAGE:
            return
        below = rows[-1].id


def _take_back_run(step: Step, lines: list[Line]) -> None:
    _, was_added, was_removed = _kind(lines[0])
    if lines[0].table == BLOCKS:
        _take_back_blocks(step, lines)
        return
    if lines[0].table == CODERS:
        return
    table = Base.metadata.tables[lines[0].table]
    undo: Callable[[Step, Table, list[Line]], None] = (
        _remove if was_added else _restore if was_removed else _revert
    )
    size = 1 if heavy_columns(table) else len(lines)  # one original at a time in memory
    for start in range(0, len(lines), size):
        undo(step, table, lines[start : start + size])


def _swap(line: Line) -> Line:
    return line._replace(before=line.after, after=line.before)


def _take_back_blocks(step: Step, lines: list[Line]) -> None:
    for line in lines:
        if line.before is None:
            put_blocks_away(step.connection, int(line.row))
        else:
            bring_blocks_back(step.connection, json.loads(line.before))
        step.record([_swap(line)])


def _keys(table: Table, lines: list[Line]) -> dict[Key, Line]:
    kind: type[int | str] = key_of(table).type.python_type
    return {kind(line.row): line for line in lines}


def _remove(step: Step, table: Table, lines: list[Line]) -> None:
    """Take away what was added."""
    wanted = _keys(table, lines)
    current = read_rows(step.connection, table, wanted)
    images = {key: image_of(table, row) for key, row in current.items()}
    is_shared = table.name == FILES
    if not is_shared:
        changed = [key for key, line in wanted.items() if not _is_as(table, images.get(key), line.after)]
        _refuse(Obstacle("changed", table.name, str(key)) for key in changed)
    used = find_users(step.connection, table, current)
    if is_shared:
        current = {key: row for key, row in current.items() if key not in used}
    else:
        _refuse(used.values())
    step.remove(table, current, [wanted[key]._replace(before=images[key], after=None) for key in current])


def _is_as(table: Table, found: str | None, image: str | None) -> bool:
    """Say whether a row, by its image, is as the journal left it; its place among others may have moved."""
    if found is None or image is None:
        return False
    if found == image:
        return True
    (expected,) = complete(table, [json.loads(image)])
    return {**json.loads(found), **dict.fromkeys(LOOSE)} == {**expected, **dict.fromkeys(LOOSE)}


def _restore(step: Step, table: Table, lines: list[Line]) -> None:
    """Bring back what was removed."""
    wanted = _keys(table, lines)
    there = read_rows(step.connection, table, wanted)
    if table.name == FILES:
        wanted = {key: line for key, line in wanted.items() if key not in there}
    else:
        _refuse(Obstacle("changed", table.name, str(key)) for key in there)
    rows = {
        key: bring_back(step.connection, table, json.loads(line.before or "{}"))
        for key, line in wanted.items()
    }
    _refuse(find_missing(step.connection, table, rows))
    _refuse(find_clashes(step.connection, table, rows))
    add_rows(step.connection, table, list(rows.values()))
    step.record(map(_swap, wanted.values()))


def _revert(step: Step, table: Table, lines: list[Line]) -> None:
    """Give columns the values that they had; one that was given its place since keeps it."""
    wanted = _keys(table, lines)
    current = read_rows(step.connection, table, wanted)
    olds, inverse, changed = dict[Key, dict[str, Any]](), list[Line](), list[Key]()
    for key, line in wanted.items():
        row, before, after = current.get(key), json.loads(line.before or ""), json.loads(line.after or "")
        moved = set() if row is None else {name for name in after if row[name] != after[name]}
        if row is None or not moved <= LOOSE:
            changed.append(key)
            continue
        old = {name: value for name, value in before.items() if name not in moved}
        if old:
            olds[key] = old
            inverse.append(_swap(line) if not moved else _reversion(line, row, old))
    _refuse(Obstacle("changed", table.name, str(key)) for key in changed)
    whole = {key: {**current[key], **old} for key, old in olds.items()}
    _refuse(find_missing(step.connection, table, whole))
    _refuse(find_clashes(step.connection, table, whole))
    _write(step.connection, table, olds)
    step.record(inverse)


def _reversion(line: Line, row: dict[str, Any], old: dict[str, Any]) -> Line:
    return line._replace(before=to_json({name: row[name] for name in old}), after=to_json(old))


def _write(connection: Connection, table: Table, values: dict[Key, dict[str, Any]]) -> None:
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for key, row in values.items():
        binds = {"_key": key} | {f"new_{name}": value for name, value in row.items()}
        by_columns.setdefault(tuple(sorted(row)), []).append(binds)
    for names, rows in by_columns.items():
        change = table.update().where(key_of(table) == bindparam("_key"))
        connection.execute(change.values({name: bindparam(f"new_{name}") for name in names}), rows)


def _refuse(obstacles: Any) -> None:
    found = list(obstacles)
    if found:
        raise ObstaclesError(found)


def _settle_themes(step: Step) -> None:
    """Give themes places without gaps, parents before children; no theme may be below itself."""
    table = table_of(ThemeEntity)
    query = select(table.c.id, table.c.parent).order_by(table.c.position, table.c.id)
    waiting = dict(step.connection.execute(query).all())
    placed: list[str] = []
    while waiting:
        ready = [theme for theme, parent in waiting.items() if parent not in waiting]
        _refuse(Obstacle("changed", table.name, theme) for theme in waiting if not ready)
        placed.append(ready[0])
        del waiting[ready[0]]
    step.update(ThemeEntity, {theme: {"position": place} for place, theme in enumerate(placed)})
