"""The analysis in an import: claims with their evidence and reviews, findings, coverage, marks, memos."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from framework_coder.exchange.bundle import BundledClaim, BundledTarget
from framework_coder.model.claims import Claim, Evidence
from framework_coder.store.claim_rows import insert_claims, last_position, link_columns
from framework_coder.store.claims import load_claims
from framework_coder.store.codebooks import current_version, note_coders
from framework_coder.store.journal import Where, now
from framework_coder.store.review_tables import (
    ConvergenceEntity,
    FindingClaimEntity,
    FindingEntity,
    MemberCheckEntity,
    MemoEntity,
    MemoTargetEntity,
    SeparationEntity,
)
from framework_coder.store.reviews import load_findings, load_memos
from framework_coder.store.rows import Row
from framework_coder.store.tables import (
    AdjudicationEntity,
    CoverageEntity,
    EvidenceEntity,
    NotApplicableEntity,
)
from framework_coder.workflows.importing.tally import Tally

if TYPE_CHECKING:
    from framework_coder.store.columns import Base


def import_analysis(tally: Tally) -> None:
    """Bring in all that rests on sources, codings and themes."""
    _note_people(tally)
    new = _import_claims(tally)
    _import_evidence(tally, new)
    _import_reviews(tally, new)
    _import_findings(tally)
    _import_coverage(tally)
    _import_marks(tally)
    _import_separations(tally)
    _import_memos(tally)


def _note_people(tally: Tally) -> None:
    bundle = tally.bundle
    people = [
        *(claim.author for claim in bundle.claims),
        *(claim.decision.decided_by for claim in bundle.claims if claim.decision),
        *(claim.member_check.coder for claim in bundle.claims if claim.member_check),
        *(met.coder for claim in bundle.claims for met in claim.convergences),
        *(finding.author for finding in bundle.findings),
        *(memo.author for memo in bundle.memos),
        *(row.coder for row in bundle.coverage),
        *(coder for *_, coder in bundle.not_applicable),
        *(separation[3] for separation in bundle.separations),
    ]
    note_coders(tally.step, filter(None, people))


def _import_claims(tally: Tally) -> list[BundledClaim]:
    """Store the claims that do not stand in their cell yet, word for word, and return them."""
    there = {(c.site, c.theme, c.summary): c.id for c in load_claims(tally.step.connection)}
    position = last_position(tally.step.connection)
    new: list[BundledClaim] = []
    rows: list[Claim] = []
    for claim in tally.bundle.claims:
        site, theme = tally.find("site", claim.site), tally.find("theme", claim.theme)
        if site is None or theme is None:
            tally.lose("claims", f"name a {'site' if site is None else 'theme'} that is not in the file")
        elif (site, theme, claim.summary) in there:
            tally.rows["claim"][claim.key] = there[site, theme, claim.summary]
            tally.known["claim"] += 1
        else:
            new.append(claim)
            rows.append(_claim(claim, site, theme, position + len(new), tally.who))
    numbers = insert_claims(tally.step, rows)
    tally.rows["claim"].update({claim.key: number for claim, number in zip(new, numbers, strict=True)})
    tally.made["claim"] += [claim.key for claim in new]
    tally.new["claim"] += len(new)
    return new


def _claim(claim: BundledClaim, site: int, theme: str, position: int, who: str) -> Claim:
    return Claim(
        id=0,
        site=site,
        theme=theme,
        summary=claim.summary,
        kind=claim.kind,
        is_key=claim.is_key,
        quotation=claim.quotation,
        comment=claim.comment,
        author=claim.author or who,
        values=tuple(claim.values),
        position=position,
    )


def _where(tally: Tally, claim: BundledClaim) -> Where:
    return Where(site=tally.find("site", claim.site), theme=tally.find("theme", claim.theme))


def _import_evidence(tally: Tally, claims: Sequence[BundledClaim]) -> None:
    rows, about = [], []
    for claim in claims:
        number = tally.rows["claim"][claim.key]
        for link in claim.evidence:
            coding = tally.find("coding", link.coding)
            if coding is None:
                tally.lose("evidence", "rests on a passage that did not come in")
                continue
            made = Evidence(
                number,
                coding,
                link.stance,
                link.is_inferred,
                link.prominence,
                link.origins,
                link.note,
                link.place,
            )
            rows.append(link_columns(made))
            about.append(_where(tally, claim))
    tally.new["evidence"] += len(tally.step.insert(EvidenceEntity, rows, about=about))


def _import_reviews(tally: Tally, claims: Sequence[BundledClaim]) -> None:
    kinds: tuple[tuple[str, type[Base], Callable[[Tally, BundledClaim], Iterable[Row]]], ...] = (
        ("decision", AdjudicationEntity, _decisions),
        ("member check", MemberCheckEntity, _checks),
        ("convergence", ConvergenceEntity, _convergences),
    )
    for kind, entity, list_rows in kinds:
        rows = [
            {"claim": tally.rows["claim"][claim.key], **row}
            for claim in claims
            for row in list_rows(tally, claim)
        ]
        tally.new[kind] += len(tally.step.insert(entity, rows))


def _decisions(tally: Tally, claim: BundledClaim) -> Iterable[Row]:
    if (made := claim.decision) is not None:
        sides = {
            name: sorted(n for key in keys if (n := tally.find("coding", key)) is not None)
            for name, keys in (("supports", made.supports), ("contradicts", made.contradicts))
        }
        by, on = made.decided_by or tally.who, made.decided_on or now()[:10]
        said = {"decision": made.decision.value, "reason": made.reason, "decided_by": by, "decided_on": on}
        yield {**said, **sides}


def _checks(tally: Tally, claim: BundledClaim) -> Iterable[Row]:
    if (check := claim.member_check) is not None:
        said = {"informant": check.informant, "reply": check.reply, "made_on": check.made_on}
        yield {"state": check.state.value, "coder": check.coder or tally.who, **said}


def _convergences(tally: Tally, claim: BundledClaim) -> Iterable[Row]:
    for met in claim.convergences:
        yield {
            "first_method": met.first_method,
            "second_method": met.second_method,
            "suggested": met.suggested.value,
            "confirmed": met.confirmed.value,
            "reason": met.reason,
            "coder": met.coder or tally.who,
            "decided_on": met.decided_on,
        }


def _import_findings(tally: Tally) -> None:
    there = {finding.statement: finding.id for finding in load_findings(tally.step.connection)}
    given = [
        (
            f.key,
            f.statement,
            {
                "statement": f.statement,
                "comment": f.comment,
                "author": f.author or tally.who,
                "position": len(there) + place,
            },
        )
        for place, f in enumerate(tally.bundle.findings, start=1)
    ]
    tally.settle("finding", FindingEntity, given, dict(there))
    made = set(tally.made["finding"])
    links = [
        {"finding": tally.rows["finding"][f.key], "claim": claim, "role": role.value, "note": note}
        for f in tally.bundle.findings
        if f.key in made
        for key, role, note in f.claims
        if (claim := tally.find("claim", key)) is not None
    ]
    tally.step.insert(FindingClaimEntity, links)


def _import_coverage(tally: Tally) -> None:
    entity = CoverageEntity
    newest = max(current_version(tally.step.connection), *(n for n, *_ in tally.bundle.versions), 0)
    rows = tally.step.connection.execute(
        select(entity.source, entity.theme, entity.version, entity.coder, entity.id)
    )
    there = {tuple(row[:4]): row[4] for row in rows}
    given = []
    for place, row in enumerate(tally.bundle.coverage):
        source, theme = tally.find("source", row.source), tally.find("theme", row.theme)
        if source is None or theme is None:
            tally.lose("coverage", "names a source or a theme that is not in the file")
            continue
        spot = (source, theme, min(row.version or newest, newest), row.coder or tally.who)
        names = ("source", "theme", "version", "coder")
        columns = {**dict(zip(names, spot, strict=True)), "state": row.state.value}
        given.append((str(place), spot, {**columns, "made_on": row.made_on or now()[:10]}))
    tally.settle("coverage", entity, given, there)


def _import_marks(tally: Tally) -> None:
    entity = NotApplicableEntity
    rows = tally.step.connection.execute(select(entity.site, entity.theme, entity.id))
    there = {(site, theme): key for site, theme, key in rows}
    given = []
    for key, theme_key, reason, coder in tally.bundle.not_applicable:
        site, theme = tally.find("site", key), tally.find("theme", theme_key)
        if site is not None and theme is not None:
            columns = {"site": site, "theme": theme, "reason": reason, "coder": coder or tally.who}
            given.append((f"{key} {theme}", (site, theme), columns))
    tally.settle("mark", entity, given, there)


def _import_separations(tally: Tally) -> None:
    entity = SeparationEntity
    rows = tally.step.connection.execute(select(entity.source, entity.other, entity.id))
    there = {(source, other): key for source, other, key in rows}
    given = []
    for one, two, reason, coder, made_on in tally.bundle.separations:
        first, second = tally.find("source", one), tally.find("source", two)
        if first is not None and second is not None and first != second:
            pair = (min(first, second), max(first, second))
            said = {"reason": reason, "coder": coder or tally.who, "made_on": made_on}
            given.append((f"{one} {two}", pair, {"source": pair[0], "other": pair[1], **said}))
    tally.settle("separation", entity, given, there)


def _import_memos(tally: Tally) -> None:
    """Bring in memos; one of the same title, text and author on the same things is here already."""
    there = {
        (m.title, m.text, m.author, frozenset(_spot(vars_of(t)) for t in m.targets)): m.id
        for m in load_memos(tally.step.connection)
    }
    targets = {memo.key: [_target(tally, target) for target in memo.targets] for memo in tally.bundle.memos}
    given = []
    for memo in tally.bundle.memos:
        author = memo.author or tally.who
        found = [target for target in targets[memo.key] if target is not None]
        tally.lose("memos", "are about something that did not come in", len(targets[memo.key]) - len(found))
        mark = (memo.title, memo.text, author, frozenset(map(_spot, found)))
        said = {"title": memo.title, "text": memo.text, "kind": memo.kind, "author": author}
        given.append((memo.key, mark, {**said, "made_on": memo.made_on or now()[:10]}))
    tally.settle("memo", MemoEntity, given, there)
    rows = [
        {"memo": tally.rows["memo"][key], **target}
        for key in tally.made["memo"]
        for target in targets[key]
        if target is not None
    ]
    tally.step.insert(MemoTargetEntity, rows)


_TARGETS = ("site", "source", "theme", "coding", "claim", "finding")


def vars_of(target: object) -> dict[str, Any]:
    """Return what a memo's target names."""
    return {name: getattr(target, name) for name in _TARGETS}


def _spot(target: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(target[name] for name in _TARGETS)


def _target(tally: Tally, target: BundledTarget) -> dict[str, Any] | None:
    """Return the rows that a target names; None where one of them did not come in."""
    named = {name: key for name in _TARGETS if (key := getattr(target, name))}
    found = {name: tally.find(name, key) for name, key in named.items()}
    if any(row is None for row in found.values()) or not found:
        return None
    return {name: found.get(name) for name in _TARGETS}
