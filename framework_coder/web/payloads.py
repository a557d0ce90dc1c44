"""The JSON that the server and its scripts exchange, in one place; `static/js/payloads.js` decodes it."""

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """A JSON object with exactly these fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StateLook(Payload):
    """How a cell state is shown: its letter and label; colours come from `/look.css`."""

    id: str
    letter: str
    label: str
    definition: str


class MethodLook(Payload):
    """A planned method with the letter of its lamp."""

    id: str
    label: str
    letter: str


class SiteHead(Payload):
    """A row's head."""

    code: str
    name: str
    attributes: dict[str, str]


class ThemeHead(Payload):
    """A column's head; `group` is the label of its topmost ancestor."""

    id: str
    label: str
    group: str
    definition: str


class MatrixCell(Payload):
    """A cell at status density: `lamps` one a planned method, `strip` claims by state, worst first."""

    state: str
    claims: int
    uncharted: int
    proposed: int
    examined: int
    sources: int
    lamps: list[str]
    strip: list[tuple[str, int]]


class MatrixPage(Payload):
    """The matrix as the grid draws it; `cells` by row, then column; `entry` is the journal's newest."""

    entry: int
    sites: list[SiteHead]
    themes: list[ThemeHead]
    methods: list[MethodLook]
    states: list[StateLook]
    fields: list[tuple[str, str]]
    cells: list[list[MatrixCell]]


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


class JournalLine(Payload):
    """An entry of the journal in words."""

    id: int
    made_at: str
    who: str
    action: str
    why: str
    words: str
    is_undone: bool
    undoes: int | None


class Done(Payload):
    """What a change did, in words, and the journal's newest entry after it."""

    entry: int
    told: str


class News(Payload):
    """What happened since an entry: the newest entry, and the lines of others' and one's own changes."""

    entry: int
    lines: list[JournalLine]


class ReaderBlock(Payload):
    """A block of a source's text: `text[start:end]` in code points; the page has its words."""

    start: int
    end: int


class ReaderTheme(Payload):
    """A theme as the picker and the stripes name it; `look` is its style class."""

    id: str
    label: str
    path: str
    look: str
    depth: int


class ReaderCoding(Payload):
    """A coding of a source; `lane` is its place in the margin."""

    id: int
    theme: str
    site: str
    start: int
    end: int
    coder: str
    origin: str
    state: str
    reason: str
    lane: int


class ReaderPage(Payload):
    """A source as the reader works on it; `segments` are spans of sentences and speaker turns."""

    entry: int
    ref: str
    sites: list[str]
    blocks: list[ReaderBlock]
    segments: list[tuple[int, int]]
    themes: list[ReaderTheme]
    codings: list[ReaderCoding]


class ReaderCodings(Payload):
    """The codings of a source as they are now."""

    entry: int
    codings: list[ReaderCoding]


class NewCoding(Payload):
    """A passage to code; `quote` must stand at the span, and `site` may be empty where there is one."""

    theme: str
    start: int
    end: int
    quote: str
    site: str = ""


class CodingEdit(Payload):
    """What changes of a coding; None stays."""

    start: int | None = None
    end: int | None = None
    quote: str = ""
    theme: str | None = None
    site: str | None = None
    memo: str | None = None


class Coded(Payload):
    """A coding that was made or changed."""

    entry: int
    coding: ReaderCoding


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


class Reason(Payload):
    """Why."""

    reason: str


class CandidateLine(Payload):
    """A passage that a citation being typed may mean."""

    coding: int
    token: str
    theme: str
    quote: str
    is_charted: bool


class Adjudication(Payload):
    """How a contested claim is settled, and why."""

    decision: str
    reason: str


class Confirmation(Payload):
    """What two methods come to on a claim; empty `confirmed` takes the suggestion."""

    claim: int
    first: str
    second: str
    confirmed: str = ""
    reason: str = ""
