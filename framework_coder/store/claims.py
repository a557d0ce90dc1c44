"""Queries on claims, evidence, decisions, coverage and marks."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from framework_coder.model.claims import (
    Adjudication,
    Claim,
    ClaimKind,
    CodedValue,
    Decision,
    Evidence,
    Stance,
)
from framework_coder.model.study import Coverage, Examined, NotApplicable
from framework_coder.store.tables import (
    AdjudicationEntity,
    ClaimEntity,
    ClaimValueEntity,
    CoverageEntity,
    EvidenceEntity,
    NotApplicableEntity,
)


def load_claims(
    connection: Connection,
    *,
    numbers: Collection[int] | None = None,
    cell: tuple[int, Collection[str]] | None = None,
    of_site: int | None = None,
) -> tuple[Claim, ...]:
    """Return the claims in the order of their cells' positions, with their values.

    `numbers` asks for these only, `cell` for those of a site at one of the themes, `of_site` for a site's.
    """
    value, claim = ClaimValueEntity, ClaimEntity
    wanted: list[ColumnElement[bool]] = []
    if numbers is not None:
        wanted.append(claim.id.in_(list(numbers)))
    if cell is not None:
        wanted += [claim.site == cell[0], claim.theme.in_(list(cell[1]))]
    if of_site is not None:
        wanted.append(claim.site == of_site)
    of_claims = select(value.claim, value.name, value.text, value.rank)
    if wanted:
        of_claims = of_claims.join(claim, claim.id == value.claim).where(*wanted)
    values: dict[int, tuple[CodedValue, ...]] = {}
    for number, name, text, rank in connection.execute(of_claims.order_by(value.claim, value.position)):
        values[number] = (*values.get(number, ()), CodedValue(name, text, rank))
    columns = tuple(claim.__table__.columns)
    rows = connection.execute(select(*columns).where(*wanted).order_by(claim.position, claim.id))
    return tuple(_claim(row, values.get(row.id, ())) for row in rows)


def _claim(row: Any, values: tuple[CodedValue, ...]) -> Claim:
    return Claim(
        id=row.id,
        site=row.site,
        theme=row.theme,
        summary=row.summary,
        kind=ClaimKind(row.kind),
        is_key=row.is_key,
        quotation=row.quotation,
        comment=row.comment,
        author=row.author,
        values=values,
        position=row.position,
    )


def load_evidence(connection: Connection, *, claims: Collection[int] | None = None) -> tuple[Evidence, ...]:
    """Return the links from codings to claims, to all or to those of these numbers."""
    row = EvidenceEntity
    wanted = [] if claims is None else [row.claim.in_(list(claims))]
    rows = connection.execute(
        select(
            row.claim,
            row.coding,
            row.stance,
            row.is_inferred,
            row.prominence,
            row.origins,
            row.note,
            row.place,
        )
        .where(*wanted)
        .order_by(row.id)
    )
    return tuple(
        Evidence(claim, coding, Stance(stance), inferred, prominence, _origins(origins), note, place)
        for claim, coding, stance, inferred, prominence, origins, note, place in rows
    )


def _origins(names: list[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def load_adjudications(connection: Connection) -> tuple[Adjudication, ...]:
    """Return the latest decision of each claim that has one."""
    columns = tuple(AdjudicationEntity.__table__.columns)
    rows = connection.execute(select(*columns).order_by(AdjudicationEntity.id))
    return tuple(map(_adjudication, {row.claim: row for row in rows}.values()))


def load_decisions(connection: Connection, claim: int) -> tuple[Adjudication, ...]:
    """Return every decision on a claim, oldest first."""
    entity = AdjudicationEntity
    columns = tuple(entity.__table__.columns)
    rows = connection.execute(select(*columns).where(entity.claim == claim).order_by(entity.id))
    return tuple(map(_adjudication, rows))


def _adjudication(row: Any) -> Adjudication:
    return Adjudication(
        claim=row.claim,
        decision=Decision(row.decision),
        reason=row.reason,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        supports=frozenset(row.supports),
        contradicts=frozenset(row.contradicts),
    )


def load_coverage(connection: Connection, *, sources: Collection[int] | None = None) -> tuple[Coverage, ...]:
    """Return which sources were examined for which themes, of all or of some sources."""
    row = CoverageEntity
    query = select(row.source, row.theme, row.version, row.state, row.coder, row.made_on)
    if sources is not None:
        query = query.where(row.source.in_(list(sources)))
    rows = connection.execute(query.order_by(row.id))
    states = {state.value: state for state in Examined}
    return tuple(
        Coverage(source, theme, version, states[state], coder, made_on)
        for source, theme, version, state, coder, made_on in rows
    )


def load_marks(connection: Connection) -> tuple[NotApplicable, ...]:
    """Return the cells marked as not applicable."""
    row = NotApplicableEntity
    rows = connection.execute(select(row.site, row.theme, row.reason, row.coder).order_by(row.id))
    return tuple(NotApplicable(*row) for row in rows)


def names_of_claims(connection: Connection) -> dict[str, int]:
    """Return the claims that were imported with a name, by it."""
    rows = connection.execute(select(ClaimEntity.name, ClaimEntity.id).where(ClaimEntity.name != ""))
    return dict(rows.all())
