"""The tree of themes, and the ways in which it changes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.spelling import closest


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
    """A column of the matrix, or a group of them. `id` never changes; `parent` is None at the top.

    A retired theme stays in the tree with its codings; `merged_into` names the theme that took them over,
    `split_from` the theme that this one is a part of.
    """

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
    merged_into: str | None = None
    split_from: str | None = None


class CodebookError(BadInputError):
    """A codebook, or a change to it, that cannot be."""


class UnknownThemeError(CodebookError, NotFoundError):
    """A theme that the codebook does not have."""

    def __init__(self, theme_id: str, known: Iterable[str] = ()) -> None:
        close = closest(theme_id, known)
        hint = f" Did you mean “{close}”?" if close else " `framework-coder codebook show` lists the themes."
        super().__init__(f"There is no theme “{theme_id}” in the codebook.{hint}")


_THEME_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def find_fault(theme: Theme) -> str:
    """Return what is wrong with a theme by itself, as a sentence that does not name it, or nothing."""
    if not _THEME_ID.fullmatch(theme.id):
        return "the id must be lower-case letters, digits and _, in parts joined by a full stop"
    if not theme.label.strip():
        return "the label is empty"
    if theme.colour and not _COLOUR.fullmatch(theme.colour):
        return f"the colour “{theme.colour}” is not of the form #1a2b3c"
    return ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """An ordered tree of themes: parents before children, siblings in display order.

    Every change returns a new codebook and raises CodebookError where it cannot be made.
    """

    themes: tuple[Theme, ...] = ()
    name: str = ""
    _by_id: dict[str, Theme] = field(default_factory=dict, init=False, compare=False, repr=False)
    _children: dict[str | None, list[str]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        for theme in self.themes:
            if fault := find_fault(theme):
                raise CodebookError(f"Theme “{theme.id}”: {fault}.")
            if theme.id in self._by_id:
                raise CodebookError(f"Theme “{theme.id}” stands twice in the codebook; give one another id.")
            if theme.parent is not None and theme.parent not in self._by_id:
                raise CodebookError(
                    f"Theme “{theme.id}” comes before its parent “{theme.parent}”, or the parent is missing."
                )
            self._by_id[theme.id] = theme
            self._children.setdefault(theme.parent, []).append(theme.id)

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __len__(self) -> int:
        return len(self.themes)

    def __contains__(self, theme_id: object) -> bool:
        return theme_id in self._by_id

    def __getitem__(self, theme_id: str) -> Theme:
        try:
            return self._by_id[theme_id]
        except KeyError:
            raise UnknownThemeError(theme_id, self._by_id) from None

    def children(self, theme_id: str | None) -> tuple[Theme, ...]:
        """Return the themes directly below (below None: the top ones), in display order."""
        return tuple(self._by_id[child] for child in self._children.get(theme_id, ()))

    def descendants(self, theme_id: str) -> tuple[str, ...]:
        """Return the ids of a theme and all below it, in display order."""
        found = [self[theme_id].id]
        for child in self._children.get(theme_id, ()):
            found.extend(self.descendants(child))
        return tuple(found)

    def ancestors(self, theme_id: str) -> tuple[str, ...]:
        """Return the ids from a theme's parent up to the top."""
        found: list[str] = []
        above = self[theme_id].parent
        while above is not None:
            found.append(above)
            above = self._by_id[above].parent
        return tuple(found)

    def depth(self, theme_id: str) -> int:
        """Return how many themes stand above this one."""
        return len(self.ancestors(theme_id))

    def path(self, theme_id: str) -> str:
        """Return the labels from the top to the theme, joined by ` › `."""
        return " › ".join(self._by_id[t].label for t in (*reversed(self.ancestors(theme_id)), theme_id))

    def colour(self, theme_id: str) -> str:
        """Return the theme's colour or that of the nearest ancestor that has one; empty if none has."""
        chain = (theme_id, *self.ancestors(theme_id))
        return next((colour for t in chain if (colour := self[t].colour)), "")

    @property
    def active(self) -> tuple[Theme, ...]:
        """The themes that are not retired."""
        return tuple(theme for theme in self.themes if not theme.is_retired)

    @property
    def leaves(self) -> tuple[Theme, ...]:
        """The active themes with no active theme below: the usual columns of a matrix."""
        parents = {theme.parent for theme in self.active}
        return tuple(theme for theme in self.active if theme.id not in parents)

    def add(self, theme: Theme, before: str | None = None) -> "Codebook":
        """Return the codebook with one theme more, last among its siblings or just before `before`."""
        if theme.id in self:
            raise CodebookError(f"Theme “{theme.id}” exists already; choose another id.")
        if theme.parent is not None and self[theme.parent].is_retired:
            raise CodebookError(f"Theme “{theme.parent}” is retired; choose another parent for “{theme.id}”.")
        return self._arranged(_insert(self.themes, theme, before))

    def change(self, theme_id: str, **fields: Any) -> "Codebook":
        """Return the codebook with some fields of a theme replaced; id and place have their own verbs."""
        fixed = {"id", "parent", "is_retired", "merged_into", "split_from"} & fields.keys()
        if fixed:
            raise CodebookError(
                f"{', '.join(sorted(fixed))} cannot be edited; move, merge or retire the theme."
            )
        return self._replaced(replace(self[theme_id], **fields))

    def move(self, theme_id: str, parent: str | None, before: str | None = None) -> "Codebook":
        """Return the codebook with a theme, and all below it, under another parent."""
        if parent is not None and parent in self.descendants(theme_id):
            raise CodebookError(f"Theme “{theme_id}” cannot be moved below itself; choose another parent.")
        if parent is not None:
            self[parent]  # raises where it is missing
        moved = replace(self[theme_id], parent=parent)
        rest = tuple(theme for theme in self.themes if theme.id != theme_id)
        return self._arranged(_insert(rest, moved, before))

    def merge(self, theme_id: str, into: str) -> "Codebook":
        """Return the codebook with a theme retired in favour of another, to which its children move."""
        if into in self.descendants(theme_id):
            raise CodebookError(f"Theme “{theme_id}” cannot be merged into itself or a theme below it.")
        if self[into].is_retired:
            raise CodebookError(f"Theme “{into}” is retired; merge into an active theme.")
        themes = tuple(
            replace(theme, is_retired=True, merged_into=into)
            if theme.id == theme_id
            else replace(theme, parent=into)
            if theme.parent == theme_id
            else theme
            for theme in self.themes
        )
        return self._arranged(themes)

    def split(self, theme_id: str, parts: Sequence[Theme]) -> "Codebook":
        """Return the codebook with a theme retired and `parts` beside it.

        The codings stay at the retired theme until someone decides passage by passage.
        """
        if len(parts) < 2:  # noqa: PLR2004 - a split has two parts or more by its meaning
            raise CodebookError(f"Splitting “{theme_id}” needs two parts or more.")
        if any(not child.is_retired for child in self.children(theme_id)):
            raise CodebookError(f"Theme “{theme_id}” has themes below it; move them before you split it.")
        whole = self[theme_id]
        book = self._replaced(replace(whole, is_retired=True))
        for part in parts:
            book = book.add(replace(part, parent=whole.parent, split_from=theme_id), before=theme_id)
        return book

    def retire(self, theme_id: str) -> "Codebook":
        """Return the codebook with a theme and all below it retired; their codings stay."""
        gone = set(self.descendants(theme_id))
        return Codebook(
            tuple(replace(t, is_retired=True) if t.id in gone else t for t in self.themes), self.name
        )

    def restore(self, theme_id: str) -> "Codebook":
        """Return the codebook with a retired theme active again; its ancestors must be active."""
        if any(self[above].is_retired for above in self.ancestors(theme_id)):
            raise CodebookError(f"A theme above “{theme_id}” is retired; restore that one first.")
        return self._replaced(replace(self[theme_id], is_retired=False, merged_into=None))

    def _replaced(self, theme: Theme) -> "Codebook":
        return Codebook(tuple(theme if old.id == theme.id else old for old in self.themes), self.name)

    def _arranged(self, themes: Iterable[Theme]) -> "Codebook":
        return Codebook(arrange(themes), self.name)


def _insert(themes: tuple[Theme, ...], theme: Theme, before: str | None) -> tuple[Theme, ...]:
    """Put a theme just before a sibling, or at the end."""
    if before is None:
        return (*themes, theme)
    place = next((i for i, old in enumerate(themes) if old.id == before), None)
    if place is None or themes[place].parent != theme.parent:
        raise CodebookError(
            f"“{before}” is not a sibling of “{theme.id}”; choose a theme under the same parent."
        )
    return (*themes[:place], theme, *themes[place:])


def arrange(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """Return the themes parents first, siblings as given; raise where a parent is missing or circular."""
    below: dict[str | None, list[Theme]] = {}
    for theme in themes:
        below.setdefault(theme.parent, []).append(theme)
    found: list[Theme] = []
    waiting = list(reversed(below.pop(None, [])))
    while waiting:
        theme = waiting.pop()
        found.append(theme)
        waiting.extend(reversed(below.pop(theme.id, [])))
    if below:
        parent, orphans = next(iter(below.items()))
        raise CodebookError(
            f"Theme “{orphans[0].id}” has the parent “{parent}”, which is missing or below it."
        )
    return tuple(found)
