"""A study, or part of one, on its way between this project and another tool: values joined by keys.

Every format is read into a bundle and written from one, so that one workflow imports them all. A key is any
text that is unique among things of its kind in the bundle: a GUID, a number, a name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from framework_coder.model.claims import ClaimKind, CodedValue, Decision, Stance
from framework_coder.model.codebook import Codebook
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.model.design import Design
from framework_coder.model.findings import FindingRole
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.model.sources import SourceText
from framework_coder.model.study import Examined
from framework_coder.store.packing import PackedText, pack_text


@dataclass(frozen=True, slots=True)
class BundledSite:
    """A site; `code` may be empty, then one is made from the name."""

    key: str
    name: str
    code: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BundledSource:
    """A source with its text as the other tool has it, never read anew from the original.

    `load` gives the text when it is wanted, and `original` the bytes of the file, so that a thousand sources
    need not be in memory at once. `packed` gives the same text as stores keep it, where that is how it comes.
    `sites` are keys of sites; the register fields are as in `Source`.
    """

    key: str
    title: str
    load: Callable[[], SourceText]
    original: Callable[[], bytes]
    file_name: str
    media_type: str = "text/plain"
    ref: str = ""
    sites: Sequence[str] = ()
    method: str = ""
    document_type: str = ""
    produced_on: str = ""
    originator: str = ""
    informants: Sequence[str] = ()
    authors: Sequence[str] = ()
    derived_from: Sequence[str] = ()
    url: str = ""
    path: str = ""
    packed: Callable[[], PackedText] | None = None

    def pack(self) -> PackedText:
        """Return the text as stores keep it."""
        return self.packed() if self.packed else pack_text(self.load())


@dataclass(frozen=True, slots=True)
class BundledCoding:
    """A passage of a source at a theme: `text[start:end] == quote`, in code points, half open.

    `site` is empty where the source has one site.
    """

    key: str
    source: str
    theme: str
    start: int
    end: int
    quote: str
    site: str = ""
    coder: str = ""
    made_on: str = ""
    memo: str = ""
    state: CodingState = CodingState.ACCEPTED
    origin: CodingOrigin = CodingOrigin.IMPORT
    score: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BundledTarget:
    """What a memo is about, by keys; a site and a theme together are a cell."""

    site: str = ""
    source: str = ""
    theme: str = ""
    coding: str = ""
    claim: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class BundledMemo:
    """A memo; one without targets is about the project."""

    key: str
    title: str
    text: str
    kind: str = ""
    author: str = ""
    made_on: str = ""
    targets: Sequence[BundledTarget] = ()


@dataclass(frozen=True, slots=True)
class BundledDecision:
    """The adjudication of a claim; `supports` and `contradicts` are keys of codings."""

    decision: Decision
    reason: str
    decided_by: str
    decided_on: str
    supports: Sequence[str] = ()
    contradicts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class BundledEvidence:
    """A link from a claim to a coding, by its key."""

    coding: str
    stance: Stance = Stance.SUPPORTS
    is_inferred: bool = False
    prominence: int | None = None
    origins: frozenset[str] | None = None
    note: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class BundledMemberCheck:
    """What an informant answered on a claim."""

    state: MemberCheckState
    informant: str = ""
    reply: str = ""
    coder: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class BundledConvergence:
    """What an analyst made of two methods on a claim."""

    first_method: str
    second_method: str
    suggested: Convergence
    confirmed: Convergence
    reason: str = ""
    coder: str = ""
    decided_on: str = ""


@dataclass(frozen=True, slots=True)
class BundledClaim:
    """A claim with all that belongs to it; claims of a cell are in order."""

    key: str
    site: str
    theme: str
    summary: str
    kind: ClaimKind = ClaimKind.FACT
    is_key: bool = False
    quotation: str = ""
    comment: str = ""
    values: Sequence[CodedValue] = ()
    author: str = ""
    evidence: Sequence[BundledEvidence] = ()
    decision: BundledDecision | None = None
    member_check: BundledMemberCheck | None = None
    convergences: Sequence[BundledConvergence] = ()


@dataclass(frozen=True, slots=True)
class BundledFinding:
    """A finding; `claims` are (key of a claim, role, note)."""

    key: str
    statement: str
    comment: str = ""
    author: str = ""
    claims: Sequence[tuple[str, FindingRole, str]] = ()


@dataclass(frozen=True, slots=True)
class BundledCoverage:
    """That a source was examined for a theme."""

    source: str
    theme: str
    state: Examined = Examined.EXAMINED
    version: int = 0
    coder: str = ""
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class BundledRest:
    """A part of a file that has no place here, kept as it is for the way back: a picture, a graph, a link.

    `place` is the wrapper that it stands in, `xml` the element with its GUIDs in upper case, `of` the GUID of
    the source that it is a part of, if it is one. `members_of` are the GUIDs of the cases and sets that hold
    it, `said` the text of the memo that tells of it here. `files` give what its paths name.
    """

    guid: str
    place: str
    xml: str
    of: str = ""
    members_of: Sequence[str] = ()
    said: str = ""
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format could not hold, or that was not understood: how many, and what became of it."""

    kind: str
    count: int
    sentence: str


@dataclass(slots=True)
class Bundle:
    """What a file of another tool holds, or what is to be written into one.

    `codebook` may be empty; a theme is known by its id, which the reader makes from its name where the tool
    has none. `not_applicable` are (site key, theme, reason, coder), `separations` (source key, other, reason,
    coder, date), `plan` (site key, method, count, reason), `versions` (number, frozen at, by, reason,
    codebook). `losses` say what did not come through the reader, `choices` what it decided.
    """

    name: str = ""
    origin: str = ""
    brief: str = ""
    identity: str = ""
    design: Design | None = None
    coders: list[str] = field(default_factory=list)
    codebook: Codebook = field(default_factory=Codebook)
    sites: list[BundledSite] = field(default_factory=list)
    sources: list[BundledSource] = field(default_factory=list)
    codings: list[BundledCoding] = field(default_factory=list)
    claims: list[BundledClaim] = field(default_factory=list)
    findings: list[BundledFinding] = field(default_factory=list)
    memos: list[BundledMemo] = field(default_factory=list)
    coverage: list[BundledCoverage] = field(default_factory=list)
    not_applicable: list[tuple[str, str, str, str]] = field(default_factory=list)
    separations: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    plan: list[tuple[str, str, int, str]] = field(default_factory=list)
    versions: list[tuple[int, str, str, str, Codebook]] = field(default_factory=list)
    guids: dict[tuple[str, str], str] = field(default_factory=dict)
    rest: list[BundledRest] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    def lose(self, kind: str, sentence: str, count: int = 1) -> None:
        """Note a loss, together with others of the same kind and sentence."""
        for place, loss in enumerate(self.losses):
            if (loss.kind, loss.sentence) == (kind, sentence):
                self.losses[place] = Loss(kind, loss.count + count, sentence)
                return
        self.losses.append(Loss(kind, count, sentence))
