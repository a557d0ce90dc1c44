"""The tree of themes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from framework_coder.errors import BadInputError


class ThemeOrigin(StrEnum):
    """Whether a theme was there before the reading or came out of it."""

    A_PRIORI = "a_priori"
    EMERGENT = "emergent"


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """What proposes a coding: `phrases` are compared by word stem; `patterns` are lists of token conditions.

    A token condition is a mapping of spaCy's Matcher (`{"LOWER": "waiting"}`), with `STEM` beside its own
    attributes.
    """

    phrases: tuple[str, ...] = ()
    patterns: tuple[tuple[dict[str, Any], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A column of the matrix, or a group of them. `id` never changes; `parent` is None at the top."""

    id: str
    label: str
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    question: str = ""
    aliases: tuple[str, ...] = ()
    colour: str = ""
    rules: MatchingRules = MatchingRules()
    origin: ThemeOrigin = ThemeOrigin.A_PRIORI
    is_retired: bool = False


class CodebookError(BadInputError):
    """A codebook or a change to it that cannot be."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """An ordered tree of themes: parents before children, siblings in display order."""

    themes: tuple[Theme, ...] = ()
    name: str = ""
    _by_id: dict[str, Theme] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for theme in self.themes:
            if theme.id in self._by_id:
                raise CodebookError(
                    f"Theme “{theme.id}” stands twice in the codebook; give one of them another id."
                )
            if theme.parent is not None and theme.parent not in self._by_id:
                raise CodebookError(
                    f"Theme “{theme.id}” comes before its parent “{theme.parent}”, or the parent is missing."
                )
            self._by_id[theme.id] = theme

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __contains__(self, theme_id: object) -> bool:
        return theme_id in self._by_id

    def __getitem__(self, theme_id: str) -> Theme:
        return self._by_id[theme_id]
