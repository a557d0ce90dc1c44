"""A source as the reader works on it."""

from framework_coder.web.payloads.base import Payload


class ReaderTheme(Payload):
    """A theme as the picker and the stripes name it; `look` is its style class.

    One that is not active is there for its codings only. `is_leaf`: no active theme is below it.
    """

    id: str
    label: str
    path: str
    look: str
    depth: int
    parent: str
    definition: str
    is_active: bool
    is_leaf: bool
    is_emergent: bool


class ReaderCoding(Payload):
    """A coding whose quote stands at `start:end` (code points); only a proposal has score and reason."""

    id: int
    theme: str
    site: str
    start: int
    end: int
    coder: str
    origin: str
    state: str
    score: float | None
    reason: str


class ReaderCodings(Payload):
    """The codings of a source as they are now.

    `noted` are those with memos, `memos` how many are on the source itself, `drifted` how many wait for a
    place; `examined` the themes for which the source was examined.
    """

    entry: int
    themes: list[ReaderTheme]
    codings: list[ReaderCoding]
    noted: list[int]
    memos: int
    drifted: int
    examined: list[str]


class ReaderPage(Payload):
    """A source as the reader works on it.

    `blocks` are spans, whose words the page has; `segments` say where each sentence or turn begins: they
    tile the blocks. `version` is the newest frozen framework version, 0 where none is.
    """

    ref: str
    who: str
    sites: list[str]
    version: int
    blocks: list[tuple[int, int]]
    segments: list[int]
    now: ReaderCodings


class NewCoding(Payload):
    """A passage to code; `quote` must stand at the span, and `site` may be empty where there is one."""

    theme: str
    start: int
    end: int
    quote: str
    site: str = ""


class CodingEdit(Payload):
    """What changes of a coding; None stays. `seen` is the start, end and theme that the editor saw."""

    start: int | None = None
    end: int | None = None
    quote: str = ""
    theme: str | None = None
    site: str | None = None
    seen: tuple[int, int, str] | None = None


class Coded(Payload):
    """A coding that was made or changed."""

    entry: int
    coding: ReaderCoding


class Acceptance(Payload):
    """The theme at which a proposal is accepted; None is its own."""

    theme: str | None = None


class Decision(Payload):
    """What becomes of several proposals at once."""

    codings: list[int]
    is_accepted: bool


class NewTheme(Payload):
    """A theme that came out of the reading, and of which passage: that is the reason for the change."""

    label: str
    parent: str = ""
    why: str = ""


class ThemeMade(Payload):
    """A theme that was made, and all themes now."""

    entry: int
    made: str
    themes: list[ReaderTheme]


class RulesAtWork(Payload):
    """How many parts of a source's text the rules have been through."""

    done: int
    total: int
