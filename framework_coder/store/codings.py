"""Queries on codings."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from framework_coder.model.codings import Coding, CodingOrigin, CodingState
from framework_coder.store.packing import Locators
from framework_coder.store.tables import CodingEntity, RevisionEntity

_STATES = {state.value: state for state in CodingState}
_ORIGINS = {origin.value: origin for origin in CodingOrigin}


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """Which codings: an empty field asks for all. Sites and sources by number, themes by id."""

    sites: Collection[int] = ()
    sources: Collection[int] = ()
    themes: Collection[str] = ()
    coders: Collection[str] = ()
    origins: Collection[CodingOrigin] = ()
    states: Collection[CodingState] = ()
    numbers: Collection[int] = ()


_COLUMNS = {
    "sites": CodingEntity.site,
    "sources": CodingEntity.source,
    "themes": CodingEntity.theme,
    "coders": CodingEntity.coder,
    "origins": CodingEntity.origin,
    "states": CodingEntity.state,
    "numbers": CodingEntity.id,
}


def load_codings(
    connection: Connection,
    chosen: CodingFilter = CodingFilter(),
    *,
    with_text: bool = True,
) -> tuple[Coding, ...]:
    """Return codings in the order in which they were made.

    Without text, `quote`, `reason` and `locator` are empty, which is faster for hundreds of thousands.
    """
    row = CodingEntity
    columns: list[Any] = [row.id, row.source, row.site, row.theme, row.start, row.end, row.coder]
    columns += [row.origin, row.state, row.score, row.made_on, row.revision]
    columns += [row.quote, row.reason, row.locator] if with_text else []
    query = select(*columns).order_by(row.id)
    for field in fields(chosen):
        if wanted := getattr(chosen, field.name):
            query = query.where(
                _COLUMNS[field.name].in_(
                    [str(value) if isinstance(value, StrEnum) else value for value in wanted]
                )
            )
    rows = connection.execute(query).all()
    current = set(connection.execute(select(RevisionEntity.id).where(RevisionEntity.is_current)).scalars())
    return _with_text(rows, current) if with_text else _without_text(rows, current)


def _without_text(rows: Any, current: set[int]) -> tuple[Coding, ...]:
    states, origins = _STATES, _ORIGINS
    return tuple(
        Coding(
            number, source, site, theme, start, end, "", coder,
            origins[origin], states[state], score, "", made_on, revision not in current,
        )
        for number, source, site, theme, start, end, coder, origin, state, score, made_on, revision in rows
    )  # fmt: skip


def _with_text(rows: Any, current: set[int]) -> tuple[Coding, ...]:
    states, origins, places = _STATES, _ORIGINS, Locators()
    return tuple(
        Coding(
            number, source, site, theme, start, end, quote, coder,
            origins[origin], states[state], score, reason, made_on, revision not in current, places[locator],
        )
        for number, source, site, theme, start, end, coder, origin, state, score, made_on, revision,
        quote, reason, locator in rows
    )  # fmt: skip


def names_of_codings(connection: Connection) -> dict[str, int]:
    """Return the codings that were imported with a name, by it."""
    rows = connection.execute(select(CodingEntity.name, CodingEntity.id).where(CodingEntity.name != ""))
    return dict(rows.all())


Spot = tuple[int, int, str]


def spans_by_spot(connection: Connection, sources: Collection[int]) -> dict[Spot, list[tuple[int, int]]]:
    """Return the spans coded on current texts, in any state, by source, site and theme."""
    row = CodingEntity
    query = select(row.source, row.site, row.theme, row.start, row.end).join(
        RevisionEntity, RevisionEntity.id == row.revision
    )
    found: dict[Spot, list[tuple[int, int]]] = {}
    for source, site, theme, start, end in connection.execute(
        query.where(RevisionEntity.is_current, row.source.in_(list(sources)))
    ):
        found.setdefault((source, site, theme), []).append((start, end))
    return found
