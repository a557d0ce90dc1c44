"""A source as the reader works on it."""

from framework_coder.web.payloads.base import Payload


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
