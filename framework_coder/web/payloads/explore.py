"""Exploring across sites: what can be chosen, claims to rest a finding on."""

from framework_coder.web.payloads.base import Payload


class ScopeChoice(Payload):
    """A site attribute with its values."""

    name: str
    label: str
    values: list[str]


class ClaimLine(Payload):
    """A claim as a list names it; `letter` and `status` are those of its state."""

    id: int
    site: str
    theme: str
    label: str
    summary: str
    status: str
    letter: str


class FoundClaims(Payload):
    """Claims that fit what was typed, the first of `total`."""

    claims: list[ClaimLine]
    total: int


class NewFinding(Payload):
    """A statement across sites."""

    statement: str
    comment: str = ""


class FindingEdit(Payload):
    """A statement as rewritten; `was` is the one that the writer started from."""

    statement: str | None = None
    comment: str | None = None
    was: str | None = None


class FindingLinks(Payload):
    """Claims that a finding rests on, with what they do for it."""

    claims: list[int]
    role: str = "supports"
    note: str = ""


class FindingPlace(Payload):
    """Where a finding stands in their order, from 1."""

    place: int
