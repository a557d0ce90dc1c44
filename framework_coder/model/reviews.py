"""What people decided on review: convergence of methods, member checks, sources that are not copies."""

from dataclasses import dataclass
from enum import StrEnum


class Convergence(StrEnum):
    """How two methods stand to each other on a claim; suggested by the rule, confirmed by an analyst."""

    NOT_ASSESSABLE = "not_assessable"
    PENDING = "pending"
    DISSONANCE = "dissonance"
    AGREEMENT = "agreement"
    PARTIAL = "partial"
    SILENCE = "silence"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True)
class ConvergenceDecision:
    """What an analyst made of two methods on a claim, beside what was suggested then.

    `first_method` comes before `second_method` in the alphabet; `reason` is given where the two differ.
    """

    claim: int
    first_method: str
    second_method: str
    suggested: Convergence
    confirmed: Convergence
    reason: str = ""
    coder: str = ""
    decided_on: str = ""


class MemberCheckState(StrEnum):
    """Where a member check stands."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISPUTED = "disputed"
    NO_REPLY = "no_reply"


@dataclass(frozen=True, slots=True)
class MemberCheck:
    """What an informant answered when a claim was sent back; an axis of its own, never evidence."""

    claim: int
    state: MemberCheckState
    informant: str = ""
    reply: str = ""
    coder: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class Separation:
    """That two sources look alike and were judged not to copy each other; ids, the lower one first."""

    source: int
    other: int
    reason: str
    coder: str = ""
    made_on: str = ""
