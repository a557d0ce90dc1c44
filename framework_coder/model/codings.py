"""Codings: passages indexed at a theme."""

from enum import StrEnum
from typing import NamedTuple

from framework_coder.model.sources import Locator


class CodingOrigin(StrEnum):
    """How a coding came about."""

    MANUAL = "manual"
    RULE = "rule"
    SIMILARITY = "similarity"
    STRUCTURE = "structure"
    IMPORT = "import"


class CodingState(StrEnum):
    """Proposed codings are suggestions; only accepted ones can be evidence."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Coding(NamedTuple):
    """A passage `start:end` of a source's current revision, for a site, at a theme, by a coder.

    A named tuple, where other values are dataclasses: hundreds of thousands are made at a time, and a tuple
    is made four times as fast.

    `is_drifted` is True when the quote no longer stands at its span (after a newer revision).
    """

    id: int
    source: int
    site: int
    theme: str
    start: int
    end: int
    quote: str
    coder: str
    origin: CodingOrigin = CodingOrigin.MANUAL
    state: CodingState = CodingState.ACCEPTED
    score: float | None = None
    reason: str = ""
    made_on: str = ""
    is_drifted: bool = False
    locator: Locator = Locator()

    @property
    def is_live(self) -> bool:
        """Whether it counts: accepted, and the quote still at its span."""
        return self.state is CodingState.ACCEPTED and not self.is_drifted
