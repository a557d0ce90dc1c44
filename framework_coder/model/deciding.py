"""Passages and claims left at a theme that was split, or retired in favour of others: who goes where."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from framework_coder.model.claims import Claim, Evidence
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import Coding, CodingState


@dataclass(frozen=True, slots=True)
class Undecided:
    """A coding or a claim at a retired theme, and the active themes that may take it over."""

    theme: Theme
    parts: tuple[Theme, ...]
    coding: Coding | None = None
    claim: Claim | None = None


def find_parts(book: Codebook) -> dict[str, tuple[Theme, ...]]:
    """Return, for each retired theme that others took over, the active ones: parts, and parts of parts."""
    below: dict[str, list[str]] = {}
    for theme in book:
        if theme.split_from:
            below.setdefault(theme.split_from, []).append(theme.id)
    found = {t.id: tuple(_follow(t, book, below, set())) for t in book if t.is_retired}
    return {theme: tuple(dict.fromkeys(parts)) for theme, parts in found.items() if parts}


def _follow(theme: Theme, book: Codebook, below: Mapping[str, list[str]], seen: set[str]) -> Iterator[Theme]:
    if theme.id in seen:
        return
    seen.add(theme.id)
    heirs = [theme.merged_into] if theme.merged_into in book else below.get(theme.id, [])
    for heir in heirs:
        if heir is not None and not book[heir].is_retired:
            yield book[heir]
        elif heir is not None:
            yield from _follow(book[heir], book, below, seen)


def list_undecided(
    book: Codebook,
    codings: Iterable[Coding],
    claims: Iterable[Claim],
    left: Collection[tuple[str, int]] = (),
) -> list[Undecided]:
    """Return what is to be decided, theme by theme, claims before passages.

    `left` names what an analyst has left where it is: (`codings` or `claims`, number).
    """
    parts = find_parts(book)
    found = [
        Undecided(book[claim.theme], parts[claim.theme], claim=claim)
        for claim in claims
        if claim.theme in parts and ("claims", claim.id) not in left
    ]
    found += [
        Undecided(book[coding.theme], parts[coding.theme], coding=coding)
        for coding in codings
        if coding.theme in parts
        and coding.state is CodingState.ACCEPTED
        and ("codings", coding.id) not in left
    ]
    order = {theme.id: place for place, theme in enumerate(book)}
    return sorted(found, key=lambda each: order[each.theme.id])


@dataclass(frozen=True, slots=True)
class Moves:
    """The codings and the claims that go to a theme."""

    codings: frozenset[int]
    claims: frozenset[int]


def plan_moves(
    themes_of_codings: Mapping[int, str],
    themes_of_claims: Mapping[int, str],
    evidence: Iterable[Evidence],
    chosen: Moves,
) -> Moves:
    """Return what goes along with what was chosen, so that evidence stays with its claim.

    With a claim go its codings at the same theme, unless another claim that stays there cites them. With
    codings goes a claim that then has none of its codings left at the theme.
    """
    cited: dict[int, set[int]] = {}
    citing: dict[int, set[int]] = {}
    for link in evidence:
        if themes_of_codings.get(link.coding) == themes_of_claims.get(link.claim, ""):
            cited.setdefault(link.claim, set()).add(link.coding)
            citing.setdefault(link.coding, set()).add(link.claim)
    claims = set(chosen.claims)
    along = {coding for claim in claims for coding in cited.get(claim, ()) if citing[coding] <= claims}
    codings = set(chosen.codings) | along
    touched = {claim for coding in codings for claim in citing.get(coding, ())}
    claims |= {claim for claim in touched if cited[claim] <= codings}
    return Moves(frozenset(codings), frozenset(claims))
