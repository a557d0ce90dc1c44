"""Read the journal: who changed what, when and why; and whether the record is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, text
from sqlalchemy.orm import aliased

from framework_coder.store.chain import Chain, Line, entry_head
from framework_coder.store.steps import list_undone, load_steps
from framework_coder.store.tables import ClaimEntity, JournalChangeEntity, JournalEntryEntity
from framework_coder.store.telling import count_changes, sum_up, tell


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries: an empty field asks for all. Dates are ISO, the first and the last day included.

    `cell` is a site and a theme that one and the same change is about; `action` any part of an action.
    """

    who: str = ""
    since: str = ""
    until: str = ""
    site: int | None = None
    source: int | None = None
    theme: str = ""
    cell: tuple[int, str] | None = None
    claim: int | None = None
    action: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One unit of work; `changes` counts it: `12 codings added; 1 theme changed`, `words` says it readably.

    `undoes` is the entry that this one takes back. `is_undone` says that it was taken back itself.
    """

    id: int
    made_at: str
    who: str
    action: str
    why: str
    changes: str
    hash: str
    words: str = ""
    undoes: int | None = None
    is_undone: bool = False

    @property
    def state(self) -> str:
        """Say in words whether it was undone, or takes something back."""
        if self.is_undone:
            return "undone"
        return f"takes back {self.undoes}" if self.undoes else ""


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
    query = select(entry.id, entry.made_at, entry.who, entry.action, entry.why, entry.hash, entry.undoes)
    for condition in _conditions(chosen):
        query = query.where(condition)
    rows = connection.execute(query.order_by(entry.id.desc()).limit(limit)).all()
    counts = count_changes(connection, [row.id for row in rows])
    words, undone = tell(connection, counts), list_undone(load_steps(connection))
    return [
        LogEntry(
            row.id, row.made_at, row.who, row.action, row.why, sum_up(counts.get(row.id, ())), row.hash,
            words.get(row.id, ""), row.undoes, row.id in undone,
        )
        for row in rows
    ]  # fmt: skip


def _conditions(chosen: LogFilter) -> Iterator[Any]:
    entry, change = JournalEntryEntity, JournalChangeEntity
    if chosen.who:
        yield entry.who == chosen.who
    if chosen.since:
        yield entry.made_at >= chosen.since
    if chosen.until:
        yield func.substr(entry.made_at, 1, len(chosen.until)) <= chosen.until
    if chosen.action:
        yield entry.action.icontains(chosen.action, autoescape=True)
    about = [(change.site, chosen.site), (change.source, chosen.source), (change.theme, chosen.theme or None)]
    for column, value in about:
        if value is not None:
            yield entry.id.in_(select(change.entry).where(column == value))
    if chosen.cell:
        site, theme = chosen.cell
        yield entry.id.in_(select(change.entry).where(change.site == site, change.theme == theme))
    if chosen.claim is not None:
        yield entry.id.in_(_entries_on_claim(chosen.claim))


_OF_CLAIMS = ("claim_values", "evidence", "adjudications", "convergences", "member_checks", "finding_claims",
              "memo_targets")  # fmt: skip


def _entries_on_claim(claim: int) -> Any:
    """Select the entries that changed a claim, or a row that names it, whether added, changed or removed."""
    change, other = JournalChangeEntity, aliased(JournalChangeEntity)
    names_it = [
        column.like(f'%"claim":{claim}{end}%') for column in (other.before, other.after) for end in (",", "}")
    ]
    naming = select(other.id).where(
        other.table == change.table, other.row == change.row, other.table.in_(_OF_CLAIMS), or_(*names_it)
    )
    itself = and_(change.table == ClaimEntity.__tablename__, change.row == str(claim))
    return select(change.entry).where(or_(itself, and_(change.table.in_(_OF_CLAIMS), naming.exists())))


def newest_entry(connection: Connection) -> int:
    """Return the number of the newest entry."""
    return int(connection.execute(select(func.max(JournalEntryEntity.id))).scalar() or 0)


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
