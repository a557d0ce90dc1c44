"""What changed between two versions of a codebook."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from framework_coder.model.codebook import Codebook, Theme


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    """A frozen codebook: its number from 1, when (UTC), by whom and why."""

    number: int
    frozen_at: str
    frozen_by: str
    reason: str
    codebook: Codebook


class ChangeKind(StrEnum):
    """How a theme changed."""

    ADDED = "added"
    REMOVED = "removed"
    RETIRED = "retired"
    RESTORED = "restored"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    RENAMED = "renamed"
    REWORDED = "reworded"


REREAD = frozenset(
    {ChangeKind.ADDED, ChangeKind.RESTORED, ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.REWORDED}
)
"""Kinds after which a source examined for the theme before must be examined again."""

_WORDING = ("definition", "include", "exclude")
_ASIDE = ("example", "question", "aliases", "colour", "rules", "origin")


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One change of one theme; `field`, `before` and `after` say what, where a single field changed."""

    kind: ChangeKind
    theme: str
    label: str
    field: str = ""
    before: str = ""
    after: str = ""

    @property
    def needs_rereading(self) -> bool:
        """Whether sources examined for the theme must be examined again."""
        return self.kind in REREAD and self.field not in _ASIDE


def diff(old: Codebook, new: Codebook) -> list[ThemeChange]:
    """Return what turns `old` into `new`, in the order of `new`, what was removed last.

    A merge is reported at the theme merged and at the one that took it over; a split at each part.
    """
    changes: list[ThemeChange] = []
    for theme in new:
        changes.extend(_changes(old[theme.id], theme) if theme.id in old else _arrival(theme))
        changes.extend(_takeovers(old, new, theme))
    gone = (theme for theme in old if theme.id not in new)
    changes.extend(ThemeChange(ChangeKind.REMOVED, theme.id, theme.label) for theme in gone)
    return changes


def _arrival(theme: Theme) -> list[ThemeChange]:
    if theme.split_from:
        return [ThemeChange(ChangeKind.SPLIT, theme.id, theme.label, "split_from", "", theme.split_from)]
    return [ThemeChange(ChangeKind.ADDED, theme.id, theme.label)]


def _takeovers(old: Codebook, new: Codebook, theme: Theme) -> list[ThemeChange]:
    merged = (
        t for t in new if t.merged_into == theme.id and (t.id not in old or old[t.id].merged_into != theme.id)
    )
    return [ThemeChange(ChangeKind.MERGED, theme.id, theme.label, "merged", "", other.id) for other in merged]


def _changes(before: Theme, after: Theme) -> list[ThemeChange]:
    found: list[ThemeChange] = []
    if after.is_retired != before.is_retired:
        kind = ChangeKind.RETIRED if after.is_retired else ChangeKind.RESTORED
        found.append(ThemeChange(kind, after.id, after.label, "merged_into", "", after.merged_into or ""))
    if after.parent != before.parent:
        found.append(
            ThemeChange(
                ChangeKind.MOVED, after.id, after.label, "parent", before.parent or "", after.parent or ""
            )
        )
    if after.label != before.label:
        found.append(
            ThemeChange(ChangeKind.RENAMED, after.id, after.label, "label", before.label, after.label)
        )
    for field in fields(Theme):
        if field.name in (*_WORDING, *_ASIDE):
            was, now = getattr(before, field.name), getattr(after, field.name)
            if was != now:
                found.append(
                    ThemeChange(
                        ChangeKind.REWORDED, after.id, after.label, field.name, _show(was), _show(now)
                    )
                )
    return found


def _show(value: Any) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def number_frameworks(
    versions: Sequence[FrameworkVersion], codebook: Codebook
) -> tuple[tuple[int, Codebook], ...]:
    """Return the frozen codebooks with their numbers, then the codebook as it is, one number higher.

    Where none is frozen yet the codebook as it is has the number 0.
    """
    frozen = [(version.number, version.codebook) for version in versions]
    return (*frozen, (frozen[-1][0] + 1 if frozen else 0, codebook))


def settled_since(versions: Sequence[tuple[int, Codebook]]) -> dict[str, int]:
    """Return for each theme of the last version the number since which its meaning has stayed the same.

    `versions` are numbered snapshots, oldest first.
    """
    since: dict[str, int] = {}
    previous = Codebook()
    for number, book in versions:
        for change in diff(previous, book):
            if change.needs_rereading:
                since[change.theme] = number
        previous = book
    return {theme.id: since[theme.id] for theme in previous}
