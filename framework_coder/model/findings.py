"""Findings: statements across sites, resting on claims."""

from dataclasses import dataclass
from enum import StrEnum


class FindingRole(StrEnum):
    """What a claim does for a finding; an exception is a site where it does not hold, and is said so."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement across sites in the analyst's words."""

    id: int
    statement: str
    comment: str = ""
    author: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class FindingLink:
    """A claim that a finding rests on, or that stands against it."""

    finding: int
    claim: int
    role: FindingRole = FindingRole.SUPPORTS
    note: str = ""
