"""Chart by writing: paragraphs with citations become claims with evidence, and claims split and merge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine

from framework_coder.errors import ConflictError
from framework_coder.model.charting import ChartedClaim
from framework_coder.model.citations import cut_paragraph, join_texts, read_paragraph
from framework_coder.model.claims import Claim, ClaimKind, CodedValue, Evidence
from framework_coder.store.claim_rows import (
    findings_on,
    insert_links,
    memos_on,
    numbers_of_links,
    remove_links,
    save_claim,
    save_links,
    sources_of,
)
from framework_coder.store.journal import Step
from framework_coder.store.review_tables import FindingClaimEntity, MemoTargetEntity
from framework_coder.store.sources import load_sources
from framework_coder.workflows.charted import ClaimError, find_writable_cell, open_claim, write_out
from framework_coder.workflows.citing import Link, code_blocks, resolve_paragraphs
from framework_coder.workflows.claims import find_kind, remove_claim, revised, store_claims


class UnmergeableError(ConflictError):
    """Two claims that say things which cannot both stand in one."""

    def __init__(self, first: int, second: int, reason: str) -> None:
        super().__init__(f"Claims {first} and {second} cannot be merged: {reason}.")


def chart_paragraphs(
    engine: Engine,
    site: str,
    theme: str,
    text: str,
    *,
    who: str,
    kind: ClaimKind | str = ClaimKind.FACT,
    is_key: bool = False,
    after: int | None = None,
    code_uncited: bool = False,
    why: str = "",
    **fields: Any,
) -> list[int]:
    """Make each paragraph of a text a claim of a cell, with its citations as evidence; return their numbers.

    With `code_uncited` a cited block that nobody has coded is coded whole at the cell's theme. `fields` are
    quotation, comment and values, of a single claim only. All of it is one step. Raises
    UnresolvedCitationsError, ClaimError or CodedValueError, and then nothing is written.
    """
    with Step(engine, who=who, action="chart claims", why=why) as step:
        place = find_writable_cell(step.connection, site, theme)
        empty = Claim(0, place, theme, "", find_kind(kind), is_key, author=who)
        found = resolve_paragraphs(step.connection, empty, text, code_uncited=code_uncited)
        claims = [replace(empty, summary=paragraph.summary) for paragraph in found.paragraphs]
        if any(fields.values()):
            claims = [_with_fields(step.connection, claims, fields)]
        codings = code_blocks(step, empty, [link for links in found.links for link in links], who)
        numbers = store_claims(step, claims, after)
        for number, links in zip(numbers, found.links, strict=True):
            new = [(link.evidence(number, codings[link.key]), link.source) for link in links]
            insert_links(step, empty, new)
        return numbers


def _with_fields(connection: Connection, claims: Sequence[Claim], fields: Mapping[str, Any]) -> Claim:
    if len(claims) > 1:
        raise ClaimError(
            f"The text has {len(claims)} paragraphs, each a claim of its own; give quotation, comment and "
            "values to one claim at a time."
        )
    return revised(connection, claims[0], fields)


def rewrite_claim(
    engine: Engine,
    number: int,
    text: str,
    *,
    who: str,
    edition: str = "",
    code_uncited: bool = False,
    why: str = "",
    **fields: Any,
) -> None:
    """Put a paragraph in place of a claim's: its summary and its evidence become what the paragraph says.

    A link whose token was taken away goes. One that stays keeps its stance and basis, where the token says no
    other, and its origins, prominence and note. `fields` are kind, is_key, quotation, comment and values;
    what is None stays. Raises UnresolvedCitationsError, StaleClaimError, ClaimError or CodedValueError.
    """
    with Step(engine, who=who, action="rewrite claim", why=why) as step:
        found = open_claim(step.connection, number, edition, "rewrite it", text.strip())
        cited = {link.coding: link for link in found.evidence}
        read = resolve_paragraphs(
            step.connection, found.claim, text.strip(), cited=cited, code_uncited=code_uncited, in_one=True
        )
        summary = read.paragraphs[0].summary
        claim = revised(step.connection, found.claim, {**fields, "summary": summary})
        links = read.links[0]
        codings = code_blocks(step, claim, links, who)
        save_claim(step, claim)
        rows = numbers_of_links(step.connection, number)
        there = {codings[link.key]: link for link in links}
        remove_links(step, [row for coding, row in rows.items() if coding not in there])
        kept = [(rows[c], _rewritten(cited[c], link, claim)) for c, link in there.items() if c in cited]
        save_links(step, kept)
        new = [(link.evidence(number, c), link.source) for c, link in there.items() if c not in cited]
        insert_links(step, claim, new)


def _rewritten(old: Evidence, link: Link, claim: Claim) -> Evidence:
    """Return a link that stays, with what its token says now."""
    said = link.cited.citation
    place = link.cited.place
    return replace(
        old,
        stance=said.stance or old.stance,
        is_inferred=old.is_inferred if said.is_inferred is None else said.is_inferred,
        place=None if old.place is None and place == len(claim.summary) else place,
    )


def split_claim(
    engine: Engine, number: int, at: int, *, who: str, edition: str = "", why: str = ""
) -> tuple[int, int]:
    """Split a claim at an offset of its paragraph; return the numbers of both parts.

    Evidence goes with its token; links without a place of their own, values, quotation, comment and what was
    decided stay with the first part. Inside a citation the cut falls behind it. Raises StaleClaimError or
    ClaimError.
    """
    with Step(engine, who=who, action="split claim", why=why) as step:
        found = open_claim(step.connection, number, edition, "split it")
        written = write_out(step.connection, found)
        refs = [source.ref for source in load_sources(step.connection)]
        first, second = (read_paragraph(part, refs) for part in cut_paragraph(written, max(0, at)))
        if not (first.summary and second.summary):
            raise ClaimError(f"Claim {number} has no words on one side of {at}; split it between two words.")
        links = [found.evidence[place] for place in written.order]
        places = [cited.place for cited in (*first.cited, *second.cited)]
        staying = {
            link.coding for order, link in enumerate(links) if order < len(first.cited) or link.place is None
        }
        claim = found.claim
        save_claim(step, replace(claim, summary=first.summary))
        new = replace(claim, summary=second.summary, quotation="", comment="", values=())
        (other,) = store_claims(step, [new], number)
        rows = numbers_of_links(step.connection, number)
        save_links(
            step,
            (
                (rows[link.coding], _parted(link, place, number if link.coding in staying else other))
                for link, place in zip(links, places, strict=True)
            ),
        )
        return number, other


def _parted(link: Evidence, place: int, claim: int) -> Evidence:
    return replace(link, claim=claim, place=None if link.place is None else place)


def merge_claims(
    engine: Engine,
    number: int,
    other: int,
    *,
    who: str,
    edition: str = "",
    other_edition: str = "",
    why: str = "",
) -> int:
    """Merge a claim of the same cell into another, `number`, which stays; return that number.

    The texts are joined in the order of the cell, evidence and values united. Findings and memos on `other`
    pass to `number`; what was decided on `other` goes with it, and a decision on `number` is stale where a
    side of it has grown. Raises UnmergeableError, StaleClaimError or ClaimError.
    """
    if number == other:
        raise ClaimError(f"Claim {number} cannot be merged with itself; name its neighbour.")
    with Step(engine, who=who, action="merge claims", why=why) as step:
        found = open_claim(step.connection, number, edition, f"merge claim {other} into it")
        gone = open_claim(step.connection, other, other_edition, f"merge it into claim {number}")
        pair = sorted((found, gone), key=lambda each: (each.claim.position, each.claim.id))
        links = _unite(found, gone, pair)
        claim = _join(found.claim, gone.claim, pair)
        sources = sources_of(step.connection, links)
        _pass_on(step, number, other)
        remove_claim(step, other)
        save_claim(step, claim)
        rows = numbers_of_links(step.connection, number)
        save_links(step, [(rows[coding], link) for coding, link in links.items() if coding in rows])
        insert_links(step, claim, [(link, sources[c]) for c, link in links.items() if c not in rows])
        return number


def _join(claim: Claim, other: Claim, pair: Sequence[ChartedClaim]) -> Claim:
    """Return both claims as one; raises UnmergeableError."""
    if (claim.site, claim.theme) != (other.site, other.theme):
        raise UnmergeableError(claim.id, other.id, "they stand in different cells")
    if claim.kind is not other.kind:
        reason = f"one is a {claim.kind}, the other a {other.kind}; give both the same kind first"
        raise UnmergeableError(claim.id, other.id, reason)
    first, second = (each.claim for each in pair)
    return replace(
        claim,
        summary=join_texts(first.summary, second.summary),
        is_key=claim.is_key or other.is_key,
        quotation=_lines(first.quotation, second.quotation),
        comment=_lines(first.comment, second.comment),
        values=_unite_values(claim, other, (*first.values, *second.values)),
        position=first.position,
    )


def _lines(first: str, second: str) -> str:
    return "\n".join(dict.fromkeys(text for text in (first, second) if text))


def _unite_values(claim: Claim, other: Claim, values: Iterable[CodedValue]) -> tuple[CodedValue, ...]:
    """Return all values, each once; of two that differ in their rank only, the one that has a rank."""
    found: dict[tuple[str, str], CodedValue] = {}
    for value in values:
        there = found.setdefault((value.name, value.text), value)
        if there.rank and value.rank and there.rank != value.rank:
            reason = f"{value.name}={value.text} is “{there.rank}” in one and “{value.rank}” in the other"
            raise UnmergeableError(claim.id, other.id, reason)
        found[value.name, value.text] = there if there.rank else value
    return tuple(found.values())


def _unite(found: ChartedClaim, gone: ChartedClaim, pair: Sequence[ChartedClaim]) -> dict[int, Evidence]:
    """Return the links of both claims at their places in the joined text, by coding."""
    first, second = pair
    joined = join_texts(first.claim.summary, second.claim.summary)
    shift = len(joined) - len(second.claim.summary)
    links: dict[int, Evidence] = {}
    for link in first.evidence:
        place = len(first.claim.summary) if link.place is None else link.place
        links[link.coding] = replace(link, claim=found.claim.id, place=place)
    for link in second.evidence:
        moved = replace(link, claim=found.claim.id, place=None if link.place is None else link.place + shift)
        there = links.get(link.coding)
        if there is not None and there.stance is not link.stance:
            reason = f"coding {link.coding} {there.stance} one and {link.stance} the other; change one first"
            raise UnmergeableError(found.claim.id, gone.claim.id, reason)
        links[link.coding] = moved if there is None else _strengthen(there, moved)
    return links


def _strengthen(one: Evidence, other: Evidence) -> Evidence:
    """Return two links to one coding as one: direct before inferred, the higher rating, the wider origins.

    Wider origins share more with other evidence, so that merging never makes anything independent.
    """
    narrowed = None if one.origins is None or other.origins is None else one.origins | other.origins
    rated = [link.prominence for link in (one, other) if link.prominence is not None]
    return replace(
        one,
        is_inferred=one.is_inferred and other.is_inferred,
        prominence=max(rated, default=None),
        origins=narrowed,
        note=_lines(one.note, other.note),
    )


def _pass_on(step: Step, number: int, other: int) -> None:
    """Let findings and memos on a claim that goes be on the one that stays."""
    findings, moving = findings_on(step.connection, number), findings_on(step.connection, other)
    if both := sorted(findings.keys() & moving.keys()):
        raise UnmergeableError(
            number, other, f"finding {both[0]} rests on each; take one of them from it first"
        )
    step.update(FindingClaimEntity, {row: {"claim": number} for row in moving.values()})
    memos, theirs = memos_on(step.connection, number), memos_on(step.connection, other)
    step.update(MemoTargetEntity, {row: {"claim": number} for of, row in theirs.items() if of not in memos})
    step.delete(MemoTargetEntity, [row for of, row in theirs.items() if of in memos])
