"""The rows of one claim, by number: what a change of it writes to."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from framework_coder.model.claims import Claim, CodedValue, Evidence
from framework_coder.store.journal import Step, Where
from framework_coder.store.review_tables import (
    ConvergenceEntity,
    FindingClaimEntity,
    MemberCheckEntity,
    MemoTargetEntity,
)
from framework_coder.store.rows import batches
from framework_coder.store.tables import (
    AdjudicationEntity,
    ClaimEntity,
    ClaimValueEntity,
    CodingEntity,
    EvidenceEntity,
)

REVIEWS = (AdjudicationEntity, ConvergenceEntity, MemberCheckEntity)
"""What was decided on a claim, and goes with it."""


def last_position(connection: Connection) -> int:
    """Return the highest position of a claim."""
    return int(connection.execute(select(func.max(ClaimEntity.position))).scalar() or 0)


def numbers_of_links(connection: Connection, claim: int) -> dict[int, int]:
    """Return the number of the link to each coding of a claim."""
    row = EvidenceEntity
    return dict(connection.execute(select(row.coding, row.id).where(row.claim == claim)).all())


def numbers_of_values(connection: Connection, claim: int) -> list[int]:
    """Return the numbers of a claim's values, in their order."""
    row = ClaimValueEntity
    return list(connection.execute(select(row.id).where(row.claim == claim).order_by(row.position)).scalars())


def numbers_of_reviews(connection: Connection, claim: int) -> dict[Any, list[int]]:
    """Return the numbers of the rows that hold what was decided on a claim, by entity."""
    return {
        entity: list(connection.execute(select(entity.id).where(entity.claim == claim)).scalars())
        for entity in REVIEWS
    }


def sources_of(connection: Connection, codings: Collection[int]) -> dict[int, int]:
    """Return the source of each coding."""
    row, found = CodingEntity, dict[int, int]()
    for some in batches(sorted(codings)):
        found |= dict(connection.execute(select(row.id, row.source).where(row.id.in_(some))).all())
    return found


def findings_on(connection: Connection, claim: int) -> dict[int, int]:
    """Return the findings that rest on a claim, with the number of each link."""
    row = FindingClaimEntity
    return dict(connection.execute(select(row.finding, row.id).where(row.claim == claim)).all())


def memos_on(connection: Connection, claim: int) -> dict[int, int]:
    """Return the memos on a claim, with the number of each target."""
    row = MemoTargetEntity
    return dict(connection.execute(select(row.memo, row.id).where(row.claim == claim)).all())


def columns_of(claim: Claim) -> dict[str, Any]:
    """Return the columns of a claim's own row that an analyst can change."""
    same = ("theme", "summary", "is_key", "quotation", "comment", "position")
    return {"kind": claim.kind.value, **{name: getattr(claim, name) for name in same}}


def insert_claims(step: Step, claims: Sequence[Claim]) -> list[int]:
    """Store new claims with their values and return their numbers."""
    rows = [{**columns_of(claim), "site": claim.site, "author": claim.author} for claim in claims]
    numbers = [int(key) for key in step.insert(ClaimEntity, rows)]
    for number, claim in zip(numbers, claims, strict=True):
        _insert_values(step, number, claim, claim.values, start=0)
    return numbers


def _insert_values(
    step: Step, number: int, claim: Claim, values: Sequence[CodedValue], *, start: int
) -> None:
    rows = [{"claim": number, "position": place, **_said(value)} for place, value in enumerate(values, start)]
    step.insert(ClaimValueEntity, rows, about=[Where(site=claim.site, theme=claim.theme)] * len(rows))


def _said(value: CodedValue) -> dict[str, Any]:
    return {"name": value.name, "text": value.text, "rank": value.rank}


def save_claim(step: Step, claim: Claim) -> None:
    """Write a claim and its values in place of what stands under its number; what is the same stays."""
    step.update(ClaimEntity, {claim.id: columns_of(claim)})
    there = numbers_of_values(step.connection, claim.id)
    values = list(claim.values)
    step.update(
        ClaimValueEntity,
        {
            number: {"position": place, **_said(value)}
            for place, (number, value) in enumerate(zip(there, values, strict=False))
        },
    )
    step.delete(ClaimValueEntity, there[len(values) :])
    _insert_values(step, claim.id, claim, values[len(there) :], start=len(there))


def link_columns(link: Evidence) -> dict[str, Any]:
    """Return the columns of a link."""
    return {
        "claim": link.claim,
        "coding": link.coding,
        "stance": link.stance.value,
        "is_inferred": link.is_inferred,
        "prominence": link.prominence,
        "origins": None if link.origins is None else sorted(link.origins),
        "note": link.note,
        "place": link.place,
    }


def insert_links(step: Step, claim: Claim, links: Iterable[tuple[Evidence, int]]) -> None:
    """Store new links of a claim; each with the source of its coding."""
    pairs = list(links)
    about = [Where(claim.site, source, claim.theme) for _, source in pairs]
    step.insert(EvidenceEntity, [link_columns(link) for link, _ in pairs], about=about)


def save_links(step: Step, links: Iterable[tuple[int, Evidence]]) -> None:
    """Write links in place of those of these numbers; what is the same stays."""
    step.update(EvidenceEntity, {number: link_columns(link) for number, link in links})


def remove_links(step: Step, numbers: Iterable[int]) -> None:
    """Take links away."""
    step.delete(EvidenceEntity, list(numbers))
