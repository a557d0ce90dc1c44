"""What is noted, examined, cited and decided while a source is read."""

from framework_coder.web.payloads.base import Payload


class CoverageLine(Payload):
    """How the source stands for a theme; `told` says since when, or why it is due again."""

    theme: str
    label: str
    group: str
    standing: str
    told: str


class SourceCoverage(Payload):
    """How the source stands for every theme without any below it."""

    entry: int
    lines: list[CoverageLine]


class CoverageMark(Payload):
    """Themes and how the source stands for them: `examined`, `partly`, or `not`, which withdraws."""

    themes: list[str]
    state: str


class MemoLine(Payload):
    """A memo on the source, or on one of its codings; `edition` is what a change must name."""

    id: int
    coding: int | None
    title: str
    text: str
    author: str
    made_on: str
    edition: str


class MemoWords(Payload):
    """The words of a memo; `coding` is what a new one is on, None the source itself."""

    title: str
    text: str = ""
    coding: int | None = None
    edition: str = ""


class Memos(Payload):
    """The memos on a source and its codings."""

    entry: int
    memos: list[MemoLine]


class DriftedPlace(Payload):
    """A passage that a drifted coding may stand at, and how much it resembles the old quote (0-100)."""

    start: int
    end: int
    quote: str
    score: float


class DriftedLine(Payload):
    """A coding whose quote the current text lacks; `is_sure` where one passage comes nearest."""

    coding: int
    theme: str
    label: str
    quote: str
    place: str
    is_sure: bool
    candidates: list[DriftedPlace]


class Placing(Payload):
    """Where a drifted coding stands now."""

    start: int
    end: int
    quote: str


class CitingClaim(Payload):
    """A claim that a coding can be evidence of; `stance` is empty where it is not."""

    claim: int
    theme: str
    label: str
    summary: str
    is_key: bool
    stance: str


class CodingClaims(Payload):
    """The claims of a coding's cell."""

    entry: int
    site: str
    theme: str
    label: str
    claims: list[CitingClaim]


class StanceMark(Payload):
    """What a coding says of a claim; empty takes it from the claim."""

    stance: str


class Alike(Payload):
    """A source that shares passages with another of its site, in words."""

    ref: str
    told: str
