"""The rows of a study folder as plain values; `line` is the row's line in its file, for messages."""

from collections.abc import Mapping
from dataclasses import dataclass

from framework_coder.model.claims import ClaimKind, CodedValue, Decision, Stance
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import CodingState
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.model.study import Examined


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A row of `sites.csv`."""

    line: int
    code: str
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the register. `path` is relative to the folder, `part` names a sheet or row of the file."""

    line: int
    path: str
    sites: tuple[str, ...]
    method: str
    ref: str = ""
    part: str = ""
    document_type: str = ""
    title: str = ""
    produced_on: PartialDate = PartialDate()
    originator: str = ""
    informants: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """How many sources of a method were planned at a site, and why fewer were collected."""

    site: str
    method: str
    count: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EmergentTheme:
    """A theme that came out of the reading, with who added it, when and why."""

    theme: Theme
    reason: str = ""
    made_by: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class Rewording:
    """New words for a theme that was there before (`label`, `definition`, `include`, `exclude` …)."""

    line: int
    theme: str
    fields: Mapping[str, str]
    reason: str = ""
    made_by: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A newer file of a source (by ref), read after the codings were made; `path` as in the register."""

    line: int
    source: str
    path: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A passage coded at a theme; `site` may be empty where the source has one site."""

    line: int
    id: str
    source: str
    theme: str
    quote: str
    site: str = ""
    start: int | None = None
    before: str = ""
    after: str = ""
    coder: str = ""
    made_on: str = ""
    state: CodingState = CodingState.ACCEPTED
    memo: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with, where it was contested and settled, its adjudication."""

    line: int
    id: str
    site: str
    theme: str
    summary: str
    kind: ClaimKind = ClaimKind.FACT
    is_key: bool = False
    quotation: str = ""
    comment: str = ""
    values: tuple[CodedValue, ...] = ()
    author: str = ""
    decision: Decision | None = None
    decision_reason: str = ""
    decided_by: str = ""
    decided_on: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A link from a claim to a coding, by the ids of their rows.

    A link made (`linked_on`) after the claim was decided on was not before the one who decided.
    """

    line: int
    claim: str
    coding: str
    stance: Stance = Stance.SUPPORTS
    is_inferred: bool = False
    prominence: int | None = None
    origins: frozenset[str] | None = None
    note: str = ""
    linked_on: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """That a source (by ref) was examined for a theme; `*` is the whole codebook.

    `version` is the framework version at which it was; None: the newest.
    """

    line: int
    source: str
    theme: str
    state: Examined = Examined.EXAMINED
    coder: str = ""
    made_on: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A cell marked as not applicable."""

    line: int
    site: str
    theme: str
    reason: str
    coder: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A statement across sites, with the ids of the claims it rests on by what they do for it."""

    line: int
    id: str
    statement: str
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    comment: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo on one thing: a site, a theme, both (a cell), a source, coding, claim or finding; or on none."""

    line: int
    title: str
    text: str
    kind: str = ""
    author: str = ""
    made_on: str = ""
    site: str = ""
    theme: str = ""
    source: str = ""
    coding: str = ""
    claim: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class ConvergenceRow:
    """What an analyst made of two methods on a claim; `confirmed` None: what is suggested."""

    line: int
    claim: str
    first_method: str
    second_method: str
    confirmed: Convergence | None = None
    reason: str = ""
    coder: str = ""
    decided_on: str = ""


@dataclass(frozen=True, slots=True)
class MemberCheckRow:
    """Where the member check of a claim stands."""

    line: int
    claim: str
    state: MemberCheckState
    informant: str = ""
    reply: str = ""
    coder: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class SeparationRow:
    """That two sources (by ref) were judged not to copy each other."""

    line: int
    source: str
    other: str
    reason: str
    coder: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What was written and decided on the claims of a study: findings, memos, reviews."""

    findings: tuple[FindingRow, ...] = ()
    memos: tuple[MemoRow, ...] = ()
    convergences: tuple[ConvergenceRow, ...] = ()
    member_checks: tuple[MemberCheckRow, ...] = ()
    separations: tuple[SeparationRow, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """A study folder as read and checked; the files of the sources themselves are not read yet."""

    path: str
    design: Design
    codebook: Codebook
    sites: tuple[SiteRow, ...]
    sources: tuple[SourceRow, ...]
    coder: str = ""
    emergent: tuple[EmergentTheme, ...] = ()
    plan: tuple[PlannedRow, ...] = ()
    codings: tuple[CodingRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    marks: tuple[MarkRow, ...] = ()
    reviewing: Reviewing = Reviewing()
    revisions: tuple[RevisionRow, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
