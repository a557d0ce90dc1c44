"""Codebooks in tables of any make: NVivo, Taguette, MAXQDA, or someone's own columns."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from framework_coder.exchange.faults import Faults
from framework_coder.exchange.naming import Branch, grow_codebook, grow_paths, guess_split, plant, split_by
from framework_coder.model.codebook import Codebook

FIELDS: Mapping[str, tuple[str, ...]] = {
    "label": (
        "name",
        "theme",
        "code",
        "tag",
        "node",
        "label",
        "title",
        "code name",
        "node name",
        "theme name",
    ),
    "path": ("path", "full name", "hierarchical name", "code path", "node path", "full path"),
    "parent": ("parent", "parent code", "parent theme", "parent node", "category", "part of", "group"),
    "level": ("level", "depth"),
    "definition": (
        "definition",
        "description",
        "meaning",
        "code description",
        "memo",
        "code memo",
        "comment",
    ),
    "include": ("include", "inclusion", "inclusion criteria", "when to use", "includes"),
    "exclude": ("exclude", "exclusion", "exclusion criteria", "when not to use", "excludes"),
    "example": ("example", "examples", "example quote", "anchor example", "typical example"),
    "question": ("question", "asks", "research question"),
    "colour": ("colour", "color"),
    "aliases": ("aliases", "alias", "synonyms", "keywords", "also called"),
}
"""What columns are called, by the field of a theme, in the order in which they are believed."""

COUNTS = frozenset(
    {
        "files",
        "sources",
        "references",
        "number of highlights",
        "number of documents",
        "frequency",
        "count",
        "codings",
        "segments",
    }
    | {"coded segments", "documents", "items", "grounded", "density", "no", "no.", "#", "id", "created on"}
    | {"created by", "modified on", "modified by", "created", "modified", "nickname", "author", "date"}
)
"""Columns that tell of the analysis and not of a theme; they are passed over."""

ROOTS = frozenset(
    {"codes", "nodes", "code", "codebook", "code book", "code system", "themes", "themes & codes"}
)
"""What tools write above all codes."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Line(NamedTuple):
    """A row: its line in the file, its cells, how far its first cell is moved in, and the groups above it."""

    line: int
    cells: Sequence[str]
    indent: int = 0
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is which field; the others, by name, say something of a theme that has no field.

    `are_tags` says that names are called tags, as in Taguette, where any sign may stand in a name.
    """

    fields: Mapping[str, int]
    others: Mapping[str, int]
    are_tags: bool = False


def find_columns(header: Sequence[str]) -> Columns | None:
    """Return the columns of a header row; None where it names no theme."""
    names = [" ".join(name.split()).casefold() for name in header]
    fields: dict[str, int] = {}
    for field, spellings in FIELDS.items():
        place = next((names.index(s) for s in spellings if s in names), None)
        if place is not None and place not in fields.values():
            fields[field] = place
    if "label" not in fields and "path" not in fields:
        return None
    others = {
        " ".join(header[place].split()): place
        for place, name in enumerate(names)
        if name and place not in fields.values() and name not in COUNTS
    }
    return Columns(fields, others, are_tags="label" in fields and names[fields["label"]] == "tag")


def read_lines(lines: Iterable[Line], columns: Columns, name: str, faults: Faults) -> Codebook:
    """Return the codebook of rows; faults are noted with their line.

    Its levels are told by a column of parents, of levels or of paths, by names that are paths themselves, or
    by how far names are moved in. What stands in a column that themes do not have goes into the definition.
    """
    rows = [_Row.read(line, columns) for line in lines if any(cell.strip() for cell in line.cells)]
    for row in rows:
        if not row.label:
            faults.add(row.line.line, "name", "the row has no name; give the theme one")
    rows = [row for row in rows if row.label]
    if not rows:
        faults.add(0, "", "the codebook has no themes; add one in a row")
        return Codebook((), name)
    branches = _grow(rows, columns)
    return grow_codebook(branches, name)[0]


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    label: str
    parent: str
    level: int | None
    words: Mapping[str, Any]

    @classmethod
    def read(cls, line: Line, columns: Columns) -> "_Row":
        said = {field: _cell(line, place) for field, place in columns.fields.items()}
        words: dict[str, Any] = {
            name: said[name]
            for name in ("definition", "include", "exclude", "example", "question")
            if name in said
        }
        more = [
            f"{title}: {value}" for title, place in columns.others.items() if (value := _cell(line, place))
        ]
        words["definition"] = "\n".join(filter(None, (words.get("definition", ""), *more)))
        if _COLOUR.fullmatch(said.get("colour", "")):
            words["colour"] = said["colour"]
        aliases = re.split(r"[;\n]", said.get("aliases", ""))
        words["aliases"] = tuple(alias.strip() for alias in aliases if alias.strip())
        level = said.get("level", "")
        label = said.get("path") or said.get("label", "")
        return cls(line, label, said.get("parent", ""), int(level) if level.isdecimal() else None, words)


def _cell(line: Line, place: int) -> str:
    return line.cells[place].strip() if place < len(line.cells) else ""


def _grow(rows: Sequence[_Row], columns: Columns) -> list[Branch]:
    keyed = [(str(number), row) for number, row in enumerate(rows)]
    if any(row.parent for row in rows):
        return _by_parent(keyed)
    if any(row.level is not None for row in rows):
        return _by_depth(keyed, lambda row: row.level or 0)
    if any(row.line.groups for row in rows):
        return _in_groups(keyed)
    paths = [row.label for row in rows]
    split, mark = split_by("\\"), "\\"
    if columns.are_tags or not any("\\" in path for path in paths):
        split, mark = guess_split(paths)
    if mark or "path" in columns.fields:
        known = [(key, row.label, row.words) for key, row in keyed]
        return grow_paths(known, _without_root(split, paths))
    return _by_depth(keyed, lambda row: row.line.indent)


def _without_root(split: Callable[[str], list[str]], paths: Sequence[str]) -> Callable[[str], list[str]]:
    """Return a splitting that leaves out the name that a tool writes above all codes."""
    has_root = all(split(path)[0].casefold() in ROOTS for path in paths)
    return (lambda path: split(path)[1:] or split(path)) if has_root else split


def _by_parent(rows: Sequence[tuple[str, _Row]]) -> list[Branch]:
    by_name: dict[str, str] = {}
    for key, row in rows:
        by_name.setdefault(row.label.casefold(), key)
    extra: dict[str, tuple[str, None, Branch]] = {}
    planted: list[tuple[str, str | None, Branch]] = []
    for key, row in rows:
        above = row.parent.casefold()
        if above and above not in by_name:  # a category that has no row of its own
            extra.setdefault(above, (f"+{above}", None, Branch(row.parent, key=f"+{above}")))
        parent = by_name.get(above) or (f"+{above}" if above else None)
        planted.append((key, parent, _branch(key, row)))
    return plant([*extra.values(), *planted])


def _by_depth(rows: Sequence[tuple[str, _Row]], depth: Callable[[_Row], int]) -> list[Branch]:
    """Return the tree of rows that are moved in: each belongs to the last one that is moved in less."""
    top: list[Branch] = []
    above: list[tuple[int, Branch]] = []
    for key, row in rows:
        here, branch = depth(row), _branch(key, row)
        above = [(level, other) for level, other in above if level < here]
        (above[-1][1].below if above else top).append(branch)
        above.append((here, branch))
    return top


def _in_groups(rows: Sequence[tuple[str, _Row]]) -> list[Branch]:
    """Return the tree of rows under the headings above them; within a heading they may be moved in."""
    top: list[Branch] = []
    groups: dict[tuple[str, ...], Branch] = {}
    for place in dict.fromkeys(row.line.groups for _, row in rows):
        for depth in range(1, len(place) + 1):
            if place[:depth] not in groups:
                groups[place[:depth]] = Branch(place[depth - 1], key="+".join(place[:depth]))
                (groups[place[: depth - 1]].below if depth > 1 else top).append(groups[place[:depth]])
        inside = [(key, row) for key, row in rows if row.line.groups == place]
        (groups[place].below if place else top).extend(_by_depth(inside, lambda row: row.line.indent))
    return top


def _branch(key: str, row: _Row) -> Branch:
    return Branch(row.label, row.words, key)


def lines_of_cells(cells: Sequence[tuple[int, Sequence[str]]], place: int) -> list[Line]:
    """Return rows of a sheet; white space before the name in column `place` moves it in."""
    return [Line(line, values, _indent(values, place)) for line, values in cells]


def _indent(values: Sequence[str], place: int) -> int:
    name = values[place].expandtabs(4) if place < len(values) else ""
    return len(name) - len(name.lstrip())
