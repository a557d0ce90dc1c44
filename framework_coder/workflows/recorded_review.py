"""Store the findings, memos and reviews that a study folder records: all rows, or none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, func, select

from framework_coder.exchange.rows import ConvergenceRow, FindingRow, MemoRow, Reviewing
from framework_coder.model.findings import FindingRole
from framework_coder.model.memos import MemoTarget
from framework_coder.model.pairing import Pairing
from framework_coder.store.claims import names_of_claims
from framework_coder.store.codebooks import load_codebook, note_coders
from framework_coder.store.journal import Step, Where, now
from framework_coder.store.review_tables import (
    ConvergenceEntity,
    FindingClaimEntity,
    FindingEntity,
    MemberCheckEntity,
    MemoEntity,
    MemoTargetEntity,
    SeparationEntity,
)
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.store.tables import ClaimEntity
from framework_coder.workflows.names import FaultyRowsError
from framework_coder.workflows.reviewing import Spot, find_pairs


@dataclass(slots=True)
class _Names:
    """The numbers of what rows name; `faults` are sentences on what they name and is not there."""

    sites: Mapping[str, int]
    sources: Mapping[str, int]
    themes: frozenset[str]
    claims: Mapping[str, int]
    cells: Mapping[int, Where]
    codings: Mapping[str, int]
    findings: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def claim(self, file: str, line: int, name: str) -> int | None:
        """Return the number of a claim, or None with a fault noted."""
        return self.find(self.claims, "claim", file, line, name)

    def find(self, known: Mapping[str, int], kind: str, file: str, line: int, name: str) -> int | None:
        """Return what a name stands for, or None with a fault noted."""
        if name not in known:
            self.faults.append(f"{file}, line {line}: There is no {kind} “{name}”.")
        return known.get(name)


def import_reviewing(
    engine: Engine, given: Reviewing, *, who: str, codings: Mapping[str, int] | None = None, why: str = ""
) -> None:
    """Store findings, memos and reviews as one journal entry; raises FaultyRowsError, and then nothing is.

    Claims are named by the ids under which they were imported; `codings` gives the number of a coding by the
    id that memos use.
    """
    with Step(engine, who=who, action="import findings and reviews", why=why) as step:
        names = _read_names(step, codings or {})
        note_coders(step, list(dict.fromkeys(_people(given, who))))
        _add_findings(step, names, given.findings, who)
        _add_memos(step, names, given.memos, who)
        _add_convergences(step, names, given.convergences, who)
        _add_checks(step, names, given, who)
        _add_separations(step, names, given, who)
        if names.faults:
            raise FaultyRowsError(names.faults)


def _read_names(step: Step, codings: Mapping[str, int]) -> _Names:
    connection, claim = step.connection, ClaimEntity
    cells = connection.execute(select(claim.id, claim.site, claim.theme))
    return _Names(
        sites={site.code: site.id for site in load_sites(connection)},
        sources={source.ref: source.id for source in load_sources(connection)},
        themes=frozenset(theme.id for theme in load_codebook(connection)),
        claims=names_of_claims(connection),
        cells={key: Where(site=site, theme=theme) for key, site, theme in cells},
        codings=codings,
    )


def _people(given: Reviewing, who: str) -> Iterator[str]:
    yield who
    written: Iterable[FindingRow | MemoRow] = (*given.findings, *given.memos)
    yield from (row.author for row in written if row.author)
    for rows in (given.convergences, given.member_checks, given.separations):
        yield from (row.coder for row in rows if row.coder)


def _add_findings(step: Step, names: _Names, given: Iterable[FindingRow], who: str) -> None:
    last = step.connection.execute(select(func.max(FindingEntity.position))).scalar() or 0
    rows = list(given)
    columns = [
        {
            "statement": row.statement,
            "comment": row.comment,
            "author": row.author or who,
            "position": place,
            "name": row.id,
        }
        for place, row in enumerate(rows, last + 1)
    ]
    keys = [int(key) for key in step.insert(FindingEntity, columns)]
    names.findings = {row.id: key for row, key in zip(rows, keys, strict=True)}
    links = []
    for row, key in zip(rows, keys, strict=True):
        for role in FindingRole:
            for name in _linked(row, role):
                claim = names.claim("findings", row.line, name)
                if claim is not None:
                    links.append({"finding": key, "claim": claim, "role": role.value, "note": ""})
    step.insert(FindingClaimEntity, links)


def _linked(row: FindingRow, role: FindingRole) -> tuple[str, ...]:
    return {
        FindingRole.SUPPORTS: row.supports,
        FindingRole.CONTRADICTS: row.contradicts,
        FindingRole.EXCEPTION: row.exceptions,
    }[role]


def _add_memos(step: Step, names: _Names, given: Iterable[MemoRow], who: str) -> None:
    rows = list(given)
    columns = [
        {
            "title": row.title,
            "text": row.text,
            "kind": row.kind.lower(),
            "author": row.author or who,
            "made_on": row.made_on or now()[:10],
        }
        for row in rows
    ]
    targets = [_target(names, row) for row in rows]
    if names.faults:
        return
    about = [_place(target, names) for target in targets]
    keys = [int(key) for key in step.insert(MemoEntity, columns, about=about)]
    hung = [(key, row, to) for key, row, to in zip(keys, targets, about, strict=True) if row is not None]
    step.insert(
        MemoTargetEntity,
        [{"memo": key, **_columns(target)} for key, target, _ in hung],
        about=[place for *_, place in hung],
    )


def _target(names: _Names, row: MemoRow) -> MemoTarget | None:
    """Return what a memo is on, or None: the project."""

    def find(known: Mapping[str, int], kind: str, name: str) -> int | None:
        return names.find(known, kind, "memos", row.line, name) if name else None

    if row.theme and row.theme not in names.themes:
        names.faults.append(f"memos, line {row.line}: There is no theme “{row.theme}”.")
    target = MemoTarget(
        site=find(names.sites, "site", row.site),
        source=find(names.sources, "source", row.source),
        theme=row.theme or None,
        coding=find(names.codings, "coding", row.coding),
        claim=find(names.claims, "claim", row.claim),
        finding=find(names.findings, "finding", row.finding),
    )
    return None if target == MemoTarget() else target


def _columns(target: MemoTarget) -> dict[str, Any]:
    return {name: getattr(target, name) for name in ("site", "source", "theme", "coding", "claim", "finding")}


def _place(target: MemoTarget | None, names: _Names) -> Where:
    if target is None:
        return Where()
    if target.claim is not None:
        return names.cells[target.claim]
    return Where(target.site, target.source, target.theme)


def _add_convergences(step: Step, names: _Names, given: Iterable[ConvergenceRow], who: str) -> None:
    wanted: dict[Spot, ConvergenceRow] = {}
    for row in given:
        claim = names.claim("convergence", row.line, row.claim)
        if claim is not None:
            wanted[claim, row.first_method, row.second_method] = row
    if not wanted:
        return
    pairs = find_pairs(step.connection, list(wanted))
    rows = [_convergence_columns(pairing, wanted[spot], who) for spot, pairing in pairs.items()]
    for spot, pairing in pairs.items():
        row = wanted[spot]
        if row.confirmed not in (None, pairing.suggested) and not row.reason.strip():
            names.faults.append(
                f"convergence, line {row.line}: Another convergence than “{pairing.suggested}”, which is "
                "suggested, needs a reason."
            )
    step.insert(ConvergenceEntity, rows, about=[names.cells[claim] for claim, _, _ in pairs])


def _convergence_columns(pairing: Pairing, row: ConvergenceRow, who: str) -> dict[str, Any]:
    return {
        "claim": pairing.claim,
        "first_method": pairing.first,
        "second_method": pairing.second,
        "suggested": pairing.suggested.value,
        "confirmed": (row.confirmed or pairing.suggested).value,
        "reason": row.reason,
        "coder": row.coder or who,
        "decided_on": row.decided_on or now()[:10],
    }


def _add_checks(step: Step, names: _Names, given: Reviewing, who: str) -> None:
    found = ((row, names.claim("member-checks", row.line, row.claim)) for row in given.member_checks)
    there = [(row, claim) for row, claim in found if claim is not None]
    rows = [
        {
            "claim": claim,
            "state": row.state.value,
            "informant": row.informant,
            "reply": row.reply,
            "coder": row.coder or who,
            "made_on": row.made_on or now()[:10],
        }
        for row, claim in there
    ]
    step.insert(MemberCheckEntity, rows, about=[names.cells[claim] for _, claim in there])


def _add_separations(step: Step, names: _Names, given: Reviewing, who: str) -> None:
    rows, about = [], []
    for row in given.separations:
        one = names.find(names.sources, "source", "kept-apart", row.line, row.source)
        other = names.find(names.sources, "source", "kept-apart", row.line, row.other)
        if one is not None and other is not None:
            pair = {"source": min(one, other), "other": max(one, other)}
            made = {"coder": row.coder or who, "made_on": row.made_on or now()[:10]}
            rows.append({**pair, "reason": row.reason, **made})
            about.append(Where(source=max(one, other)))
    step.insert(SeparationEntity, rows, about=about)
