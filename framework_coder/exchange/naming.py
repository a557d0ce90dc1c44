"""Ids for the themes of tools that know names only, and the tree that paths of names make."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from framework_coder.model.codebook import Codebook, Theme

_NOT_ID = re.compile(r"[^a-z0-9]+")
LONGEST_ID = 40
"""Characters of an id that is made from a name."""

SEPARATORS = ("\\", " › ", " > ", "::", "/", ".")
"""What joins the names of a path, in the order in which they are tried."""


def make_slug(name: str, fallback: str = "theme") -> str:
    """Return a name in small letters, digits and `_`; `fallback` where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_ID.sub("_", plain).strip("_")[:LONGEST_ID].strip("_") or fallback


def make_theme_id(label: str, parent: str | None, taken: Collection[str]) -> str:
    """Return an id that is not taken: that of the parent, a full stop, and the label."""
    wanted = f"{parent}.{make_slug(label)}" if parent else make_slug(label)
    if wanted not in taken:
        return wanted
    return next(name for number in count(2) if (name := f"{wanted}_{number}") not in taken)


@dataclass
class Branch:
    """A theme before it has an id; `words` are fields of `Theme`."""

    label: str
    words: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    below: list["Branch"] = field(default_factory=list)


def grow_codebook(branches: Iterable[Branch], name: str) -> tuple[Codebook, dict[str, str]]:
    """Return the codebook of a tree, and the id of the theme that each key of a branch stands for."""
    themes: dict[str, Theme] = {}
    ids: dict[str, str] = {}
    waiting: list[tuple[Branch, str | None]] = []
    waiting += [(branch, None) for branch in reversed(list(branches))]
    while waiting:
        branch, parent = waiting.pop()
        label = " ".join(branch.label.split()) or "Theme without a name"
        theme_id = make_theme_id(label, parent, themes)
        themes[theme_id] = Theme(theme_id, label, parent, **branch.words)
        ids[branch.key] = theme_id
        waiting += [(child, theme_id) for child in reversed(branch.below)]
    return Codebook(tuple(themes.values()), name), ids


def plant(rows: Sequence[tuple[str, str | None, Branch]]) -> list[Branch]:
    """Return the top of the tree of rows (key, key of the one above, branch); a circle is cut open."""
    by_key = {key: branch for key, _, branch in rows}
    above = {key: parent for key, parent, _ in rows}
    top: list[Branch] = []
    for key, parent, branch in rows:
        if parent is None or parent not in by_key or _is_circular(key, above):
            top.append(branch)
            above[key] = None
        else:
            by_key[parent].below.append(branch)
    return top


def _is_circular(key: str, above: Mapping[str, str | None]) -> bool:
    seen = {key}
    place = above.get(key)
    while place is not None:
        if place in seen:
            return place == key
        seen.add(place)
        place = above.get(place)
    return False


def grow_paths(
    rows: Iterable[tuple[str, str, Mapping[str, Any]]], split: Callable[[str], list[str]]
) -> list[Branch]:
    """Return the tree of rows (key, path, words); a group that no row names is made."""
    top: list[Branch] = []
    known: dict[tuple[str, ...], Branch] = {}
    for key, path, words in rows:
        parts = split(path)
        for depth in range(1, len(parts) + 1):
            place = tuple(parts[:depth])
            if place not in known:
                known[place] = Branch(parts[depth - 1], key="\0".join(place))
                (known[place[:-1]].below if depth > 1 else top).append(known[place])
        branch = known[tuple(parts)]
        if branch.key != "\0".join(parts):  # two rows of one path are two themes
            siblings = known[tuple(parts[:-1])].below if len(parts) > 1 else top
            siblings.append(branch := Branch(parts[-1]))
        branch.words, branch.key = words, key
    return top


def split_by(separator: str) -> Callable[[str], list[str]]:
    """Return what splits paths at a separator; empty names are passed over."""
    return lambda path: [part for name in path.split(separator) if (part := name.strip())] or [path]


def guess_split(paths: Collection[str]) -> tuple[Callable[[str], list[str]], str]:
    """Return what splits paths into names, and the separator: one whose groups are paths themselves.

    A separator is believed where what stands before it is a path of its own, or begins two paths or more;
    so `Dr. Shah` stays one name.
    """
    found = next((mark for mark in SEPARATORS if _groups(paths, mark)), "")
    if not found:
        return (lambda path: [path]), ""
    groups = _groups(paths, found)
    return (lambda path: _split(path, found, groups)), found


def _groups(paths: Collection[str], mark: str) -> set[str]:
    heads: dict[str, int] = {}
    for path in paths:
        for place in _marks(path, mark):
            heads[path[:place]] = heads.get(path[:place], 0) + 1
    return {head for head, number in heads.items() if number > 1 or head in paths}


def _marks(path: str, mark: str) -> list[int]:
    """Return where a separator stands between two names; a full stop before a space ends an abbreviation."""
    places = [found.start() for found in re.finditer(re.escape(mark), path)]
    rests = ((place, path[place + len(mark) :]) for place in places)
    return [place for place, rest in rests if path[:place].strip() and rest.strip() and rest[0] != " "]


def _split(path: str, mark: str, groups: Collection[str]) -> list[str]:
    parts, begin = [], 0
    for place in _marks(path, mark):
        if path[:place] in groups:
            parts.append(path[begin:place].strip())
            begin = place + len(mark)
    return [*parts, path[begin:].strip()]
