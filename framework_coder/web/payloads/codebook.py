"""The codebook: its tree, what changes of it, rules tried."""

from framework_coder.web.payloads.base import Payload


class ThemeNode(Payload):
    """A theme; `codings` are those at it, `below` those below it too; `patterns` is JSON, or empty."""

    id: str
    label: str
    parent: str
    depth: int
    definition: str
    include: str
    exclude: str
    example: str
    question: str
    aliases: list[str]
    colour: str
    look: str
    phrases: list[str]
    patterns: str
    origin: str
    is_retired: bool
    merged_into: str
    split_from: str
    codings: int
    below: int
    claims: int
    sites: int


class CodebookPage(Payload):
    """The codebook in order, parents before children; `version` is the newest frozen, 0 for none."""

    entry: int
    version: int
    themes: list[ThemeNode]
    undecided: int


class NewTheme(Payload):
    """A theme to add; without an id it is made of the label."""

    label: str
    id: str = ""
    parent: str = ""
    before: str = ""
    definition: str = ""
    is_emergent: bool = True
    reason: str = ""


class ThemeEdit(Payload):
    """One field of a theme as rewritten; `was` is what it held when the writer began."""

    field: str
    value: str
    was: str
    reason: str = ""


class ThemePlace(Payload):
    """Where a theme goes: under a parent (empty: to the top), before a sibling (empty: last)."""

    parent: str
    before: str = ""
    reason: str = ""


class MergeInto(Payload):
    """The theme that takes over."""

    into: str
    reason: str = ""


class ThemePart(Payload):
    """A part of a theme that is split."""

    id: str = ""
    label: str


class SplitInto(Payload):
    """The parts of a theme; `heir` labels the part that takes all codings; empty: each is decided."""

    parts: list[ThemePart]
    heir: str = ""
    reason: str = ""


class WhyOnly(Payload):
    """A reason that may be empty."""

    reason: str = ""


class RulesToTry(Payload):
    """Rules of a theme; `patterns` is JSON."""

    phrases: list[str]
    patterns: str = ""


class RuleExample(Payload):
    """A passage that rules would propose."""

    ref: str
    start: int
    quote: str


class RuleCount(Payload):
    """What rules would propose; `is_whole` says that all sources were looked at."""

    passages: int
    sources: int
    looked_at: int
    is_whole: bool
    examples: list[RuleExample]


class Decided(Payload):
    """Passages and claims that go to a theme, or stay as history where `theme` is empty."""

    theme: str = ""
    codings: list[int]
    claims: list[int]
    reason: str = ""
