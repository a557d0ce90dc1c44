"""A cell in its drawer, and what charting sends."""

from framework_coder.web.payloads.base import Payload
from framework_coder.web.payloads.matrix import SiteHead, ThemeHead


class OriginLine(Payload):
    """A person or root document that may speak in a passage, and whether it does as narrowed."""

    name: str
    is_kept: bool


class EvidenceLine(Payload):
    """A passage that a claim rests on, or that none cites yet (`stance` empty); `prominence` 0: not rated."""

    coding: int
    stance: str
    is_inferred: bool
    counts: bool
    quote: str
    cite: str
    source: str
    source_title: str
    method: str
    theme: str
    note: str
    start: int
    end: int
    prominence: int
    is_narrowed: bool
    origins: list[OriginLine]
    coder: str
    reason: str


class DecisionLine(Payload):
    """How a contested claim was settled; `is_stale` where its evidence changed since."""

    decision: str
    reason: str
    decided_by: str
    decided_on: str
    is_stale: bool


class PairLine(Payload):
    """How two methods stand on a claim: suggested, and as confirmed."""

    first: str
    second: str
    suggested: str
    stands: str
    state: str
    awaits: bool
    reason: str
    coder: str


class CheckLine(Payload):
    """Where the member check of a claim stands."""

    state: str
    informant: str
    reply: str
    coder: str
    made_on: str


class MemoLine(Payload):
    """A memo on a cell or a claim."""

    id: int
    title: str
    text: str
    kind: str
    author: str
    made_on: str
    edition: str


class CoverageLine(Payload):
    """How a source stands for the theme of a cell: examined, partly, again or not."""

    source: str
    title: str
    method: str
    standing: str


class ClaimCard(Payload):
    """A claim in the drawer with why it has its status; `edition` is what a change must name."""

    id: int
    theme: str
    theme_label: str
    summary: str
    paragraph: str
    edition: str
    kind: str
    is_key: bool
    quotation: str
    comment: str
    values: list[str]
    author: str
    status: str
    flags: list[str]
    why: str
    evidence: list[EvidenceLine]
    can_be_decided: bool
    decision: DecisionLine | None
    pairs: list[PairLine]
    check: CheckLine | None
    memos: list[MemoLine]


class CellDrawer(Payload):
    """All of a cell: its claims with evidence, passages that no claim cites, why it is empty."""

    entry: int
    site: SiteHead
    theme: ThemeHead
    state: str
    why: str
    reason: str
    examined: int
    sources: int
    lamps: list[str]
    claims: list[ClaimCard]
    uncharted: list[EvidenceLine]
    proposals: list[EvidenceLine]
    coverage: list[CoverageLine]
    memos: list[MemoLine]


class EditLine(Payload):
    """A step in the life of a claim, in words."""

    entry: int
    made_at: str
    who: str
    action: str
    why: str
    told: str


class ContextBlock(Payload):
    """A paragraph around a passage, in three parts: before the passage, of it, and after it."""

    kind: str
    place: str
    before: str
    passage: str
    after: str


class PassageContext(Payload):
    """A passage where it stands."""

    coding: int
    source: str
    title: str
    told: str
    cite: str
    blocks: list[ContextBlock]


class KnownValue(Payload):
    """A name of coded values as the study uses it: what its values are, and those used so far."""

    name: str
    kind: str
    values: list[str]
    ranks: list[str]


class NewClaims(Payload):
    """Paragraphs with citations, each to become a claim."""

    text: str
    kind: str = "fact"
    is_key: bool = False
    quotation: str = ""
    comment: str = ""
    values: tuple[str, ...] = ()
    code_uncited: bool = False
    after: int | None = None


class ClaimText(Payload):
    """A claim's paragraph as rewritten, and the edition that the writer started from."""

    text: str
    edition: str
    kind: str | None = None
    is_key: bool | None = None
    quotation: str | None = None
    comment: str | None = None
    values: list[str] | None = None
    code_uncited: bool = False


class ClaimFields(Payload):
    """What changes of a claim beside its paragraph; None stays."""

    edition: str = ""
    kind: str | None = None
    is_key: bool | None = None
    quotation: str | None = None
    comment: str | None = None
    values: list[str] | None = None
    theme: str | None = None


class NewLink(Payload):
    """A coding to link to a claim."""

    coding: int
    stance: str = "supports"
    is_inferred: bool = False


class LinkFields(Payload):
    """What changes of a link; None stays, prominence 0 takes the rating away, no origins are all again."""

    stance: str | None = None
    is_inferred: bool | None = None
    prominence: int | None = None
    origins: list[str] | None = None
    note: str | None = None


class SplitAt(Payload):
    """Where a claim's paragraph is to be split."""

    at: int
    edition: str = ""


class MemoText(Payload):
    """The words of a memo, and the edition that the writer started from; a new one may be on a claim."""

    title: str
    text: str
    kind: str = ""
    edition: str = ""
    claim: int | None = None


class CoverageMark(Payload):
    """How far a source was examined for the theme."""

    state: str


class CandidateLine(Payload):
    """A passage that a citation being typed may mean."""

    coding: int
    token: str
    theme: str
    quote: str
    is_charted: bool
