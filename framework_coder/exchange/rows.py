"""The rows of a study folder as plain values; `line` is the row's line in its file, for messages."""

from collections.abc import Mapping
from dataclasses import dataclass

from framework_coder.model.claims import ClaimKind, CodedValue, Decision, Stance
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import CodingState
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design
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
    """A link from a claim to a coding, by the ids of their rows."""

    line: int
    claim: str
    coding: str
    stance: Stance = Stance.SUPPORTS
    is_inferred: bool = False
    prominence: int | None = None
    origins: frozenset[str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """That a source (by ref) was examined for a theme; `*` is the whole codebook."""

    line: int
    source: str
    theme: str
    state: Examined = Examined.EXAMINED
    coder: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A cell marked as not applicable."""

    line: int
    site: str
    theme: str
    reason: str
    coder: str = ""


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
