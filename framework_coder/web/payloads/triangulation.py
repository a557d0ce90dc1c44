"""Decisions, confirmations, sources that are alike, member checks."""

from framework_coder.web.payloads.base import Payload


class Adjudication(Payload):
    """How a contested claim is settled, and why."""

    decision: str
    reason: str


class PairSpot(Payload):
    """Two methods on a claim."""

    claim: int
    first: str
    second: str


class Confirmation(Payload):
    """What pairs of methods come to, as one step; empty `confirmed` takes what is suggested of each."""

    pairs: list[PairSpot]
    confirmed: str = ""
    reason: str = ""


class Reopening(Payload):
    """Pairs of methods of which the confirmation is taken back."""

    pairs: list[PairSpot]


class SharedWords(Payload):
    """Words that two sources share, as they stand in each; starts are code points of each text."""

    copy_start: int
    copy_quote: str
    root_start: int
    root_quote: str


class LikePair(Payload):
    """Two sources that are alike and not yet decided on; shares are per cent of each text."""

    copy_ref: str
    copy_title: str
    root_ref: str
    root_title: str
    why: str
    share_of_copy: int
    share_of_root: int
    passages: list[SharedWords]


class Likeness(Payload):
    """All pairs of sources that wait for a decision, the most alike first."""

    pairs: list[LikePair]


class Derivation(Payload):
    """That a source derives from another one."""

    copy_ref: str
    root_ref: str


class KeptApart(Payload):
    """That two sources which are alike do not derive from each other, and why."""

    one: str
    other: str
    reason: str


class CheckRecord(Payload):
    """Where the member check of a claim stands; None leaves what is recorded."""

    state: str
    informant: str | None = None
    reply: str | None = None
