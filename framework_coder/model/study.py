"""A whole study as plain values: what the store loads once and every analysis reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from framework_coder.model.claims import Adjudication, Claim, Evidence
from framework_coder.model.codebook import Codebook
from framework_coder.model.codebook_diff import FrameworkVersion, number_frameworks
from framework_coder.model.codings import Coding
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design
from framework_coder.model.findings import Finding, FindingLink
from framework_coder.model.memos import Memo
from framework_coder.model.reviews import ConvergenceDecision, MemberCheck, Separation


@dataclass(frozen=True, slots=True)
class Site:
    """A row: the organisation studied. `code` is its short name in files (`S07`)."""

    id: int
    code: str
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One document, questionnaire or meeting record; `ref` is its citation name (`D07`).

    `derived_from` holds the ids of the sources it copies or summarises, as confirmed by an analyst.
    """

    id: int
    ref: str
    title: str
    method: str
    sites: tuple[int, ...]
    document_type: str = ""
    produced_on: PartialDate = PartialDate()
    originator: str = ""
    informants: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    derived_from: tuple[int, ...] = ()
    url: str = ""
    path: str = ""


class Examined(StrEnum):
    """Whether a source was read for a theme."""

    EXAMINED = "examined"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Coverage:
    """That a coder examined a source for a theme at a framework version (its number)."""

    source: int
    theme: str
    version: int
    state: Examined = Examined.EXAMINED
    coder: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """An analyst's word that a theme does not apply at a site, with the reason."""

    site: int
    theme: str
    reason: str
    coder: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """How many sources of a method were planned at a site, and why fewer were collected."""

    site: int
    method: str
    count: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """Everything that analysis needs, in display order; `version` is the current framework version.

    `settled_since` says, for a theme, since which version its meaning has stayed the same: coverage recorded
    at that version or later is current. A theme that is not named counts from the current version.
    `versions` are the frozen codebooks, oldest first. `left` names what was left at retired themes for good:
    (`codings` or `claims`, number). `identity` tells the project from all others; empty where there is none.
    """

    design: Design
    codebook: Codebook
    version: int
    sites: tuple[Site, ...] = ()
    sources: tuple[Source, ...] = ()
    codings: tuple[Coding, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    adjudications: tuple[Adjudication, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()
    plan: tuple[PlannedSource, ...] = ()
    findings: tuple[Finding, ...] = ()
    finding_links: tuple[FindingLink, ...] = ()
    memos: tuple[Memo, ...] = ()
    convergences: tuple[ConvergenceDecision, ...] = ()
    member_checks: tuple[MemberCheck, ...] = ()
    separations: tuple[Separation, ...] = ()
    settled_since: Mapping[str, int] = field(default_factory=dict)
    versions: tuple[FrameworkVersion, ...] = ()
    left: frozenset[tuple[str, int]] = frozenset()
    is_anonymised: bool = False
    identity: str = ""

    @property
    def frameworks(self) -> tuple[tuple[int, Codebook], ...]:
        """The frozen codebooks with their numbers, oldest first, and the codebook as it is, one higher."""
        return number_frameworks(self.versions, self.codebook)
