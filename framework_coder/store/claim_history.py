"""What the journal says of one claim: each step that changed it, its values or its evidence.

A change of a value or a link names its claim first in its JSON, whose keys are sorted. Only the changes of
those two tables since the claim was made are looked through, by the index on tables and rows.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from framework_coder.model.charting import ChartedClaim, ClaimEdit
from framework_coder.model.claims import Claim, ClaimKind, CodedValue, Evidence, Stance
from framework_coder.store.rows import batches
from framework_coder.store.tables import JournalChangeEntity, JournalEntryEntity

_CLAIMS, _VALUES, _EVIDENCE = "claims", "claim_values", "evidence"
_Rows = dict[tuple[str, str], dict[str, Any]]


def load_history(connection: Connection, number: int) -> tuple[ClaimEdit, ...]:
    """Return the steps that changed a claim, oldest first; nothing where there never was such a claim."""
    rows: _Rows = {}
    edits: list[ClaimEdit] = []
    changes = _load_changes(connection, number)
    heads = _load_heads(connection, {change.entry for change in changes})
    for entry, of_entry in groupby(changes, key=lambda change: int(change.entry)):
        before = _assemble(rows, number)
        _apply(rows, of_entry)
        after = _assemble(rows, number)
        if before != after:
            head = heads[entry]
            edits.append(ClaimEdit(entry, head.made_at, head.who, head.action, head.why, before, after))
    return tuple(edits)


def _load_changes(connection: Connection, number: int) -> list[Any]:
    """Return all changes of the claim's row and of every row that ever belonged to it, in order."""
    change = JournalChangeEntity
    of_claim = and_(change.table == _CLAIMS, change.row == str(number))
    first = connection.execute(select(func.min(change.id)).where(of_claim)).scalar()
    if first is None:
        return []
    columns = (change.id, change.entry, change.table, change.row, change.before, change.after)
    found = list(connection.execute(select(*columns).where(of_claim)))
    for table in (_VALUES, _EVIDENCE):
        named = or_(*(_names_claim(image, number) for image in (change.before, change.after)))
        theirs = select(change.row).where(change.table == table, change.id > first, named).distinct()
        for some in batches(list(connection.execute(theirs).scalars())):
            wanted = select(*columns).where(change.table == table, change.row.in_(some))
            found += connection.execute(wanted)
    return sorted(found, key=lambda row: int(row.id))


def _names_claim(image: Any, number: int) -> Any:
    start = f'{{"claim":{number}'
    return func.substr(image, 1, len(start) + 1).in_([f"{start},", f"{start}}}"])


def _load_heads(connection: Connection, entries: set[int]) -> dict[int, Any]:
    entry = JournalEntryEntity
    columns = (entry.id, entry.made_at, entry.who, entry.action, entry.why)
    found: dict[int, Any] = {}
    for some in batches(sorted(entries)):
        for row in connection.execute(select(*columns).where(entry.id.in_(some))):
            found[row.id] = row
    return found


def _apply(rows: _Rows, changes: Iterable[Any]) -> None:
    for change in changes:
        key = (change.table, change.row)
        if change.after is None:
            rows.pop(key, None)
        else:
            rows[key] = rows.get(key, {}) | json.loads(change.after)


def _assemble(rows: _Rows, number: int) -> ChartedClaim | None:
    row = rows.get((_CLAIMS, str(number)))
    if row is None:
        return None
    theirs = {
        table: [r for (of, _), r in rows.items() if of == table and r["claim"] == number]
        for table in (_VALUES, _EVIDENCE)
    }
    values = sorted(theirs[_VALUES], key=lambda value: (value["position"], value["id"]))
    links = sorted(theirs[_EVIDENCE], key=lambda link: int(link["id"]))
    same = ("id", "site", "theme", "summary", "is_key", "quotation", "comment", "author", "position")
    claim = Claim(
        **{name: row[name] for name in same},
        kind=ClaimKind(row["kind"]),
        values=tuple(CodedValue(v["name"], v["text"], v["rank"]) for v in values),
    )
    return ChartedClaim(claim, tuple(_link(link) for link in links))


def _link(row: Mapping[str, Any]) -> Evidence:
    return Evidence(
        row["claim"],
        row["coding"],
        Stance(row["stance"]),
        row["is_inferred"],
        row["prominence"],
        None if row["origins"] is None else frozenset(row["origins"]),
        row["note"],
        row.get("place"),
    )
