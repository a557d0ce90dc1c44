"""Claims and the evidence linked to them."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """Whether a claim states a fact, reports a view, or judges."""

    FACT = "fact"
    VIEW = "view"
    JUDGEMENT = "judgement"


class Stance(StrEnum):
    """What a coding says about a claim; context never counts."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


class Decision(StrEnum):
    """How an analyst settled a contested claim."""

    ACCEPT_SUPPORT = "accept_support"
    ACCEPT_CONTRADICTION = "accept_contradiction"
    BOTH_BY_PERIOD = "both_by_period"
    BOTH_BY_PERSPECTIVE = "both_by_perspective"
    BOTH_BY_PART = "both_by_part"
    LEFT_OPEN = "left_open"


@dataclass(frozen=True, slots=True)
class CodedValue:
    """A value that a claim fixes, so that it can be counted: `aim = improve access`; `rank` = most important.

    `text` is a category, a number in plain notation, or an ISO date cut to its precision.
    """

    name: str
    text: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in a cell: `summary` in the analyst's words; `quotation` and `comment` apart from it."""

    id: int
    site: int
    theme: str
    summary: str
    kind: ClaimKind = ClaimKind.FACT
    is_key: bool = False
    quotation: str = ""
    comment: str = ""
    author: str = ""
    values: tuple[CodedValue, ...] = ()
    position: int = 0


def edition_of(claim: Claim) -> str:
    """Return 12 hexadecimal digits that stand for all that an analyst can edit in a claim itself.

    Whoever saves a claim names the edition that they started from: another one now means that someone else
    changed it meanwhile.
    """
    said = (claim.theme, claim.summary, claim.kind.value, claim.is_key, claim.quotation, claim.comment)
    values = tuple((value.name, value.text, value.rank) for value in claim.values)
    return hashlib.sha256(repr((said, values)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A coding linked to a claim with a stance.

    `origins` is None, or the narrowed origins ("only informant B said this"). `prominence` is the analyst's
    rating (1 passing, 2 notable, 3 dominant) or None. `place` is the offset in the claim's summary where its
    citation token stands; None: at the end.
    """

    claim: int
    coding: int
    stance: Stance = Stance.SUPPORTS
    is_inferred: bool = False
    prominence: int | None = None
    origins: frozenset[str] | None = None
    note: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A reasoned decision on a contested claim.

    `supports` and `contradicts` are the coding ids that stood on each side when it was made; it is stale once
    either side differs.
    """

    claim: int
    decision: Decision
    reason: str
    decided_by: str
    decided_on: str
    supports: frozenset[int] = frozenset()
    contradicts: frozenset[int] = frozenset()
