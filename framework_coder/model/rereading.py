"""Which sources must be examined again because a theme's meaning changed after they were read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from framework_coder.model.codebook import Codebook
from framework_coder.model.codebook_diff import ChangeKind, ThemeChange, diff
from framework_coder.model.study import Coverage, Examined

Versions = Sequence[tuple[int, Codebook]]
"""Numbered snapshots of the codebook, oldest first; the last may be the codebook as it is, not yet frozen."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a theme that came with version `number`."""

    number: int
    change: ThemeChange

    def __str__(self) -> str:
        """Return `version 3: definition reworded`."""
        return f"version {self.number}: {describe(self.change)}"


@dataclass(frozen=True, slots=True)
class Rereading:
    """That a source must be examined again for a theme: what changed since it was `last` examined."""

    source: int
    theme: str
    last: Coverage
    changes: tuple[Change, ...]


def describe(change: ThemeChange) -> str:
    """Return a change that asks for re-reading in words."""
    match change.kind:
        case ChangeKind.SPLIT:
            return f"split from “{change.after}”"
        case ChangeKind.MERGED:
            return f"took over “{change.after}”"
        case ChangeKind.REWORDED:
            return f"{change.field} reworded"
        case _:
            return str(change.kind.value)


def list_rereadings(coverage: Iterable[Coverage], versions: Versions) -> list[Rereading]:
    """Return the sources to examine again, theme by theme in the codebook's order.

    A source is due for a theme when it was examined, wholly or partly, for what the theme is made of (itself,
    the theme it was split from, one that was merged into it; for a new theme: for anything) before a change
    of meaning, and not wholly for the theme since the last such change.
    """
    if not versions:
        return []
    history, readings = _follow(versions), _Readings(coverage)
    book = versions[-1][1]
    groups = {theme.parent for theme in book.active}
    found: list[Rereading] = []
    for theme in book.active:
        since = history.since(theme.id)
        roots = [(theme.id, since)] if theme.id in groups else history.roots(theme.id)
        settled = readings.whole_since(theme.id, since)
        for source, last in readings.before(roots).items():
            if source not in settled:
                changes = tuple(c for c in history.changes.get(theme.id, ()) if c.number > last.version)
                found.append(Rereading(source, theme.id, last, changes))
    return found


ANYTHING = "*"
"""What a new theme is made of: nobody looked for it, whatever they read for."""


class _Readings:
    """What was read, whole or partly, by theme."""

    def __init__(self, coverage: Iterable[Coverage]) -> None:
        self._rows: dict[str, list[Coverage]] = defaultdict(list)
        self._last: dict[tuple[str, int], dict[int, Coverage]] = {}
        for row in coverage:
            if row.state is not Examined.NOT:
                self._rows[row.theme].append(row)
                self._rows[ANYTHING].append(row)

    def whole_since(self, theme: str, version: int) -> set[int]:
        """Return the sources wholly examined for a theme at a version or later."""
        rows = self._rows.get(theme, ())
        return {row.source for row in rows if row.state is Examined.EXAMINED and row.version >= version}

    def before(self, roots: Iterable[tuple[str, int]]) -> dict[int, Coverage]:
        """Return the last reading of each source for any of the themes, each before a version."""
        last: dict[int, Coverage] = {}
        for root in roots:
            if root not in self._last:
                self._last[root] = self._last_before(*root)
            for source, row in self._last[root].items():
                if source not in last or _is_later(row, last[source]):
                    last[source] = row
        return dict(sorted(last.items()))

    def _last_before(self, theme: str, version: int) -> dict[int, Coverage]:
        last: dict[int, Coverage] = {}
        for row in self._rows.get(theme, ()):
            if row.version < version and (row.source not in last or _is_later(row, last[row.source])):
                last[row.source] = row
        return last


def _is_later(one: Coverage, other: Coverage) -> bool:
    return (one.version, one.made_on) > (other.version, other.made_on)


@dataclass(frozen=True, slots=True)
class _History:
    """The changes of meaning of each theme, oldest first."""

    changes: Mapping[str, list[Change]]

    def since(self, theme: str) -> int:
        """Return the version since which a theme means the same."""
        return max((change.number for change in self.changes.get(theme, ())), default=0)

    def roots(self, theme: str) -> list[tuple[str, int]]:
        """Return what a theme is made of: themes, each before a version."""
        found: dict[tuple[str, int], None] = {}
        waiting: list[tuple[str, int | None]] = [(theme, None)]
        while waiting:
            of, before = waiting.pop()
            for change in self.changes.get(of, ()):
                if before is not None and change.number > before:
                    continue
                for made_of in _made_of(change.change):
                    if (made_of, change.number) not in found:
                        found[made_of, change.number] = None
                        waiting.append((made_of, change.number))
        return list(found)


def _made_of(change: ThemeChange) -> Iterator[str]:
    """Yield the themes a reading of which would have covered a theme before the change."""
    if change.kind is ChangeKind.ADDED:
        yield ANYTHING
    elif change.kind is ChangeKind.SPLIT:
        yield change.after
    else:
        yield change.theme
        if change.kind is ChangeKind.MERGED:
            yield change.after


def _follow(versions: Versions) -> _History:
    changes: dict[str, list[Change]] = defaultdict(list)
    previous = Codebook()
    for number, book in versions:
        for change in diff(previous, book):
            if change.needs_rereading:
                changes[change.theme].append(Change(number, change))
        previous = book
    return _History(changes)
