"""A cell in its drawer, and what charting sends."""

from framework_coder.web.payloads.base import Payload
from framework_coder.web.payloads.matrix import SiteHead, ThemeHead


class EvidenceLine(Payload):
    """A passage that a claim rests on, or that none cites yet (`stance` empty)."""

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


class ClaimCard(Payload):
    """A claim in the drawer with why it has its status; `edition` is what a change must name."""

    id: int
    theme: str
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


class NewClaims(Payload):
    """Paragraphs with citations, each to become a claim."""

    text: str
    kind: str = "fact"
    is_key: bool = False
    code_uncited: bool = False


class ClaimText(Payload):
    """A claim's paragraph as rewritten, and the edition that the writer started from."""

    text: str
    edition: str
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
    """What changes of a link; None stays, prominence 0 takes the rating away."""

    stance: str | None = None
    is_inferred: bool | None = None
    prominence: int | None = None
    note: str | None = None


class SplitAt(Payload):
    """Where a claim's paragraph is to be split."""

    at: int
    edition: str = ""


class CandidateLine(Payload):
    """A passage that a citation being typed may mean."""

    coding: int
    token: str
    theme: str
    quote: str
    is_charted: bool
