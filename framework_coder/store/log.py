"""Read the journal: who changed what, when and why; and whether the record is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select, text

from framework_coder.store.chain import Chain, Line, entry_head
from framework_coder.store.naming import count_of
from framework_coder.store.tables import JournalChangeEntity, JournalEntryEntity


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries: an empty field asks for all. Dates are ISO, the first and the last day included."""

    who: str = ""
    since: str = ""
    until: str = ""
    site: int | None = None
    source: int | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One unit of work; `changes` says it in words: `12 codings added; 1 theme changed`."""

    id: int
    made_at: str
    who: str
    action: str
    why: str
    changes: str
    hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after, as JSON; None where it was not there."""

    table: str
    row: str
    before: str | None
    after: str | None


def load_log(
    connection: Connection,
    chosen: LogFilter = LogFilter(),
    *,
    limit: int = 100,
) -> list[LogEntry]:
    """Return the newest entries that fit, newest first."""
    entry = JournalEntryEntity
    query = select(entry.id, entry.made_at, entry.who, entry.action, entry.why, entry.hash)
    for condition in _conditions(chosen):
        query = query.where(condition)
    rows = connection.execute(query.order_by(entry.id.desc()).limit(limit)).all()
    words = _describe(connection, [row.id for row in rows])
    return [
        LogEntry(row.id, row.made_at, row.who, row.action, row.why, words.get(row.id, ""), row.hash)
        for row in rows
    ]


def _conditions(chosen: LogFilter) -> Iterator[Any]:
    entry, change = JournalEntryEntity, JournalChangeEntity
    if chosen.who:
        yield entry.who == chosen.who
    if chosen.since:
        yield entry.made_at >= chosen.since
    if chosen.until:
        yield func.substr(entry.made_at, 1, len(chosen.until)) <= chosen.until
    about = [(change.site, chosen.site), (change.source, chosen.source), (change.theme, chosen.theme or None)]
    for column, value in about:
        if value is not None:
            yield entry.id.in_(select(change.entry).where(column == value))


def _describe(connection: Connection, entries: list[int]) -> dict[int, str]:
    """Return in words what each entry changed, with one grouped select."""
    change = JournalChangeEntity
    added, removed = change.before.is_(None), change.after.is_(None)
    counts = connection.execute(
        select(change.entry, change.table, added, removed, func.count())
        .where(change.entry.in_(entries))
        .group_by(change.entry, change.table, added, removed)
        .order_by(change.entry, func.min(change.id))
    )
    return {
        entry: "; ".join(_words(table, count, is_new, is_gone) for _, table, is_new, is_gone, count in rows)
        for entry, rows in groupby(counts, key=lambda row: int(row[0]))
    }


def _words(table: str, count: int, is_new: bool, is_gone: bool) -> str:
    verb = "added" if is_new else "removed" if is_gone else "changed"
    return f"{count_of(table, count)} {verb}"


def load_changes(connection: Connection, entry: int) -> list[Change]:
    """Return the changes of an entry in order."""
    change = JournalChangeEntity
    rows = connection.execute(
        select(change.table, change.row, change.before, change.after)
        .where(change.entry == entry)
        .order_by(change.id)
    )
    return [Change(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Break:
    """A place at which the journal is not what was written."""

    entry: int
    why: str


def verify_chain(connection: Connection) -> list[Break]:
    """Return where an entry or a change was altered, removed or added; nothing where the record is whole."""
    breaks: list[Break] = []
    previous, expected = "", 1
    changes = _changes_by_entry(connection)
    of_entry, lines = next(changes, (0, iter(())))
    columns = tuple(JournalEntryEntity.__table__.columns)
    for row in connection.execute(select(*columns).order_by(JournalEntryEntity.id)).all():
        entry = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
        if entry["id"] != expected:
            breaks.append(Break(entry["id"], f"entry {expected} is missing"))
        chain = Chain(entry_head(dict(entry)))
        while of_entry and of_entry < entry["id"]:
            of_entry, lines = next(changes, (0, iter(())))
        if of_entry == entry["id"]:
            chain.add(lines)
        if entry["previous_hash"] != previous or entry["hash"] != chain.hexdigest():
            breaks.append(Break(entry["id"], f"entry {entry['id']} is not as it was written"))
        previous, expected = entry["hash"], entry["id"] + 1
    if (last := _last_number(connection)) >= expected:
        breaks.append(Break(last, f"entries {expected} to {last} are missing"))
    return breaks


def _changes_by_entry(connection: Connection) -> Iterator[tuple[int, Iterator[Line]]]:
    change = JournalChangeEntity
    columns = [getattr(change, name) for name in Line._fields]
    query = select(change.entry, *columns).order_by(change.entry, change.id)
    rows = connection.execute(query.execution_options(yield_per=2000))
    for entry, found in groupby(rows, key=lambda row: int(row[0])):
        yield entry, (Line(*row[1:]) for row in found)


def _last_number(connection: Connection) -> int:
    """Return the highest number ever given to an entry, where the database remembers it."""
    if connection.dialect.name != "sqlite":
        return 0
    ask = text("SELECT seq FROM sqlite_sequence WHERE name = 'journal_entries'")
    return int(connection.execute(ask).scalar() or 0)
