"""What an entry of the journal did, in words: `S03 × Barriers: claim 12 reworded`.

Few changes are named one by one; many are counted, with how many themes, sources or sites they are at. It
takes six selects, however many entries are told of.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from framework_coder.store.chain import Line
from framework_coder.store.naming import NAMES, count_of
from framework_coder.store.phrases import phrase
from framework_coder.store.tables import JournalChangeEntity, SiteEntity, SourceEntity, ThemeEntity

FEW = 3
"""So many rows of a table are named; more are counted."""

MOST_READ, MOST_COUNTED = 40, 5_000
"""Entries with more changes are not read line by line; with still more, their places are not counted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of a table that an entry added, removed or changed, and at what; `one_…` where it is one only."""

    table: str
    is_new: bool
    is_gone: bool
    count: int
    sites: int = 0
    sources: int = 0
    themes: int = 0
    one_site: int | None = None
    one_source: int | None = None
    one_theme: str | None = None

    @property
    def verb(self) -> str:
        """Say what became of the rows."""
        return "added" if self.is_new else "removed" if self.is_gone else "changed"


@dataclass(slots=True)
class Names:
    """What people call sites, sources and themes, by number or id."""

    sites: Mapping[int, str] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)


Counts = Mapping[int, Sequence[Tally]]


def count_changes(connection: Connection, entries: Collection[int]) -> dict[int, list[Tally]]:
    """Return what each entry changed, table by table, from the index alone."""
    change = JournalChangeEntity
    added, removed = change.before.is_(None), change.after.is_(None)
    rows = connection.execute(
        select(change.entry, change.table, added, removed, func.count())
        .where(change.entry.in_(list(entries)))
        .group_by(change.entry, change.table, added, removed)
        .order_by(change.entry, func.min(change.id))
    )
    found: dict[int, list[Tally]] = defaultdict(list)
    for entry, table, is_new, is_gone, count in rows:
        found[entry].append(Tally(table, bool(is_new), bool(is_gone), count))
    return found


def sum_up(tallies: Iterable[Tally]) -> str:
    """Return the bare counts: `12 codings added; 1 theme changed`."""
    return "; ".join(f"{count_of(tally.table, tally.count)} {tally.verb}" for tally in tallies)


def tell(connection: Connection, counts: Counts) -> dict[int, str]:
    """Return in words what each entry did."""
    sizes = {entry: sum(tally.count for tally in tallies) for entry, tallies in counts.items()}
    placed = _count_places(connection, [e for e, size in sizes.items() if size <= MOST_COUNTED])
    lines = _read_lines(connection, [e for e, size in sizes.items() if size <= MOST_READ])
    names = _load_names(connection)
    return {entry: _tell(placed.get(entry, counts[entry]), lines.get(entry, ()), names) for entry in counts}


def _count_places(connection: Connection, entries: Collection[int]) -> dict[int, list[Tally]]:
    change = JournalChangeEntity
    added, removed = change.before.is_(None), change.after.is_(None)
    columns = (change.site, change.source, change.theme)
    rows = connection.execute(
        select(
            change.entry,
            change.table,
            added,
            removed,
            func.count(),
            *(func.count(column.distinct()) for column in columns),
            *(func.min(column) for column in columns),
        )
        .where(change.entry.in_(list(entries)))
        .group_by(change.entry, change.table, added, removed)
        .order_by(change.entry, func.min(change.id))
    )
    found: dict[int, list[Tally]] = defaultdict(list)
    for entry, table, is_new, is_gone, *numbers in rows:
        found[entry].append(Tally(table, bool(is_new), bool(is_gone), *numbers))
    return found


def _read_lines(connection: Connection, entries: Collection[int]) -> dict[int, list[Line]]:
    change = JournalChangeEntity
    columns = [getattr(change, name) for name in Line._fields]
    query = select(change.entry, *columns).where(change.entry.in_(list(entries))).order_by(change.id)
    found: dict[int, list[Line]] = defaultdict(list)
    for entry, *line in connection.execute(query):
        found[entry].append(Line(*line))
    return found


def _load_names(connection: Connection) -> Names:
    """Return the names of what is there, and of what was there once as the journal has them."""
    change = JournalChangeEntity
    columns = (change.table, change.row, change.before)
    tables = (SiteEntity.__tablename__, SourceEntity.__tablename__, ThemeEntity.__tablename__)
    gone = select(*columns).where(change.table.in_(tables), change.after.is_(None)).order_by(change.id)
    once: dict[str, dict[Any, str]] = {table: {} for table in tables}
    for table, row, before in connection.execute(gone):
        image: dict[str, Any] = json.loads(before or "{}")
        name = image.get("code") or image.get("ref") or image.get("label") or row
        once[table][row if table == tables[2] else int(row)] = name
    sites = dict(connection.execute(select(SiteEntity.id, SiteEntity.code)).all())
    sources = dict(connection.execute(select(SourceEntity.id, SourceEntity.ref)).all())
    themes = dict(connection.execute(select(ThemeEntity.id, ThemeEntity.label)).all())
    return Names(once[tables[0]] | sites, once[tables[1]] | sources, once[tables[2]] | themes)


_BESIDE = {
    "coders": frozenset(NAMES) - {"coders"},
    "files": frozenset({"sources", "revisions"}),
    "blocks": frozenset(NAMES) - {"blocks"},
    "revisions": frozenset({"sources"}),
    "source_sites": frozenset({"sources"}),
    "claim_values": frozenset({"claims"}),
    "memo_targets": frozenset({"memos"}),
}
"""Tables that go without saying where one of these others was changed too."""


def _tell(tallies: Sequence[Tally], lines: Sequence[Line], names: Names) -> str:
    changed = {tally.table for tally in tallies}
    told = [tally for tally in tallies if not _BESIDE.get(tally.table, frozenset()) & changed]
    place, known = _name_place(told, names)
    said = "; ".join(dict.fromkeys(part for tally in told for part in _say(tally, lines, names, known)))
    return f"{place}: {said}" if place and said else said


def _name_place(tallies: Sequence[Tally], names: Names) -> tuple[str, set[str]]:
    """Return the one cell, source, site or theme that all is about, and which of these it names."""
    site = _only((t.sites, t.one_site) for t in tallies)
    source = _only((t.sources, t.one_source) for t in tallies)
    theme = _only((t.themes, t.one_theme) for t in tallies)
    named = {tally.table for tally in tallies}  # by itself, where it was changed itself
    site, source, theme = (
        None if table in named else one
        for table, one in (("sites", site), ("sources", source), ("themes", theme))
    )
    if site is not None and theme is not None:
        return f"{names.sites.get(site, site)} × {names.themes.get(theme, theme)}", {"site", "theme"}
    if source is not None:
        return str(names.sources.get(source, source)), {"source"}
    if site is not None:
        return str(names.sites.get(site, site)), {"site"}
    return (str(names.themes.get(theme, theme)), {"theme"}) if theme is not None else ("", set())


def _only(found: Iterable[tuple[int, Any]]) -> Any:
    """Return the one thing that all name, or None."""
    pairs = list(found)
    values = {value for _, value in pairs}
    return values.pop() if len(values) == 1 and all(count == 1 for count, _ in pairs) else None


def _say(tally: Tally, lines: Sequence[Line], names: Names, known: set[str]) -> Iterator[str]:
    """Say what became of the rows of one table: of each where they are few, else how many."""
    own = [line for line in lines if _is_of(line, tally)]
    if own and (tally.count <= FEW or tally.table == "themes"):
        said = [phrase(line, names.sites, names.sources, names.themes, known) for line in own]
        told = [part for part in said if part]
        if len(told) <= FEW:
            yield from told
            return
    yield " ".join([f"{count_of(tally.table, tally.count)} {tally.verb}", *_spread(tally)])


def _spread(tally: Tally) -> Iterator[str]:
    """Say in how many sources, at how many sites and themes rows are, where it is more than one."""
    if tally.sources > 1 and tally.table != "sources":
        yield f"in {count_of('sources', tally.sources)}"
    numbers = (("sites", tally.sites), ("themes", tally.themes))
    at = [count_of(table, number) for table, number in numbers if number > 1 and table != tally.table]
    if at:
        yield f"at {' and '.join(at)}"


def _is_of(line: Line, tally: Tally) -> bool:
    kind = (tally.table, tally.is_new, tally.is_gone)
    return (line.table, line.before is None, line.after is None) == kind
