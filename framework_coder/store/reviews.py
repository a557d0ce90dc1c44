"""Queries on memos, findings and what people decided on review."""

from sqlalchemy import Connection, select

from framework_coder.model.findings import Finding, FindingLink, FindingRole
from framework_coder.model.memos import Memo, MemoTarget
from framework_coder.model.reviews import (
    Convergence,
    ConvergenceDecision,
    MemberCheck,
    MemberCheckState,
    Separation,
)
from framework_coder.store.review_tables import (
    ConvergenceEntity,
    FindingClaimEntity,
    FindingEntity,
    MemberCheckEntity,
    MemoEntity,
    MemoTargetEntity,
    SeparationEntity,
)


def load_memos(connection: Connection) -> tuple[Memo, ...]:
    """Return the memos with their targets, oldest first."""
    target, memo = MemoTargetEntity, MemoEntity
    targets: dict[int, tuple[MemoTarget, ...]] = {}
    for number, site, source, theme, coding, claim, finding in connection.execute(
        select(
            target.memo,
            target.site,
            target.source,
            target.theme,
            target.coding,
            target.claim,
            target.finding,
        ).order_by(target.id)
    ):
        targets[number] = (*targets.get(number, ()), MemoTarget(site, source, theme, coding, claim, finding))
    rows = connection.execute(
        select(memo.id, memo.title, memo.text, memo.kind, memo.author, memo.made_on).order_by(memo.id)
    )
    return tuple(Memo(*row, targets=targets.get(row.id, ())) for row in rows)


def load_findings(connection: Connection) -> tuple[Finding, ...]:
    """Return the findings in order."""
    row = FindingEntity
    rows = connection.execute(
        select(row.id, row.statement, row.comment, row.author, row.position).order_by(row.position, row.id)
    )
    return tuple(Finding(*found) for found in rows)


def load_finding_links(connection: Connection) -> tuple[FindingLink, ...]:
    """Return the links from findings to claims."""
    row = FindingClaimEntity
    rows = connection.execute(select(row.finding, row.claim, row.role, row.note).order_by(row.id))
    return tuple(FindingLink(finding, claim, FindingRole(role), note) for finding, claim, role, note in rows)


def load_convergences(connection: Connection) -> tuple[ConvergenceDecision, ...]:
    """Return what analysts made of pairs of methods."""
    row = ConvergenceEntity
    rows = connection.execute(
        select(
            row.claim,
            row.first_method,
            row.second_method,
            row.suggested,
            row.confirmed,
            row.reason,
            row.coder,
            row.decided_on,
        ).order_by(row.id)
    )
    return tuple(
        ConvergenceDecision(claim, first, second, Convergence(suggested), Convergence(confirmed), *rest)
        for claim, first, second, suggested, confirmed, *rest in rows
    )


def load_member_checks(connection: Connection) -> tuple[MemberCheck, ...]:
    """Return the member checks."""
    row = MemberCheckEntity
    rows = connection.execute(
        select(row.claim, row.state, row.informant, row.reply, row.coder, row.made_on).order_by(row.id)
    )
    return tuple(MemberCheck(claim, MemberCheckState(state), *rest) for claim, state, *rest in rows)


def load_separations(connection: Connection) -> tuple[Separation, ...]:
    """Return the pairs of sources judged not to copy each other."""
    row = SeparationEntity
    rows = connection.execute(
        select(row.source, row.other, row.reason, row.coder, row.made_on).order_by(row.id)
    )
    return tuple(Separation(*found) for found in rows)
