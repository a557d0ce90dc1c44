"""Codebook files: YAML, CSV, XLSX, DOCX in, and as text. The format is docs/reference/codebook-files.md."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.rows import EmergentTheme, Rewording
from framework_coder.exchange.tables import Row, read_cells, read_table
from framework_coder.exchange.trees import Tree, read_tree
from framework_coder.model.codebook import (
    Codebook,
    CodebookError,
    MatchingRules,
    Theme,
    ThemeOrigin,
    arrange,
    find_fault,
)
from framework_coder.model.formulas import guard, unguard

TEXT_FIELDS = ("id", "label", "definition", "include", "exclude", "example", "question", "colour")
COLUMNS = ("id", "parent", *TEXT_FIELDS[1:], "aliases", "phrases", "patterns", "origin")
_THEME_KEYS = {*TEXT_FIELDS, "aliases", "rules", "children", "origin", "parent"}
_STORY_KEYS = {"reason", "made_by", "made_on"}
_REWORDED = {"label", "definition", "include", "exclude", "example", "question"}


class UnknownCodebookFormatError(BadInputError):
    """A codebook in a file type that is not read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is not a codebook file that can be read; save it as .yaml, .csv, .xlsx or .docx."
        )


def load_codebook(path: Path) -> Codebook:
    """Return the codebook of a file; raises FaultyFileError naming line and field of all that is wrong."""
    faults = Faults(path.name)
    suffix = path.suffix.lower()
    name = path.stem
    if suffix in {".yaml", ".yml"}:
        tree = read_tree(path, faults)
        name = str(tree.get("name", name))
        themes = [story.theme for story in _read_themes(tree, faults)]
    elif suffix in {".csv", ".xlsx", ".xlsm"}:
        foreign = _read_foreign(path)
        if foreign is not None:
            return foreign
        themes = _read_rows(read_table(path, faults, ("id", "label"), COLUMNS), faults)
    elif suffix == ".docx":
        from framework_coder.exchange.codebook_word import read_word

        rows, theirs = read_word(path, faults)
        if theirs is not None or not rows:
            refuse([faults])
        if theirs is not None:
            return theirs
        name, themes = rows[0].get("name", name), _read_written(rows, faults)
    else:
        raise UnknownCodebookFormatError(path)
    return _assemble(themes, name, faults)


def _read_foreign(path: Path) -> Codebook | None:
    """Return the codebook of a table with columns of another make; None where they are ours, or unknown."""
    from framework_coder.exchange.codebook_tables import FIELDS, find_columns, lines_of_cells, read_lines

    known = ("id", *(name for names in FIELDS.values() for name in names))
    cells = read_cells(path, Faults(path.name), known)
    header = [name.strip() for name in cells[0][1]] if cells else []
    columns = find_columns(header)
    if columns is None or {"id", "label"} <= {name.lower() for name in header}:
        return None
    faults = Faults(path.name)
    place = columns.fields.get("label", columns.fields.get("path", 0))
    rows = [(line, [unguard(value) for value in values]) for line, values in cells[1:]]
    book = read_lines(lines_of_cells(rows, place), columns, path.stem, faults)
    refuse([faults])
    return book


def _read_written(rows: Sequence[Mapping[str, str]], faults: Faults) -> list[Theme]:
    """Return the themes of our own document; aliases and phrases have a line each."""
    themes = _read_rows(
        [Row(0, {key: value for key, value in row.items() if key not in _LISTS}) for row in rows], faults
    )
    return [
        replace(
            theme,
            aliases=tuple(filter(None, row.get("aliases", "").split("\n"))),
            rules=replace(theme.rules, phrases=tuple(filter(None, row.get("phrases", "").split("\n")))),
        )
        for theme, row in zip(themes, rows, strict=True)
    ]


_LISTS = {"aliases", "phrases"}


def load_emergent(path: Path) -> tuple[EmergentTheme, ...]:
    """Return the emergent themes of a YAML file, in order, each with its reason, person and date."""
    faults = Faults(path.name)
    stories = _read_themes(read_tree(path, faults), faults, default=ThemeOrigin.EMERGENT)
    refuse([faults])
    return tuple(stories)


def load_rewordings(path: Path, themes: Collection[str]) -> tuple[Rewording, ...]:
    """Return the new words for themes in a YAML file of emergent themes, in order.

    `themes` are the ids that may be named.
    """
    faults = Faults(path.name)
    found = []
    for node in read_tree(path, faults).get("reworded") or ():
        if not isinstance(node, Tree):
            faults.add(0, "reworded", f"“{node}” is not a theme; begin each with “- id:” and its new words")
            continue
        theme = str(node.get("id", ""))
        if theme not in themes:
            faults.add(node.line, "id", f"there is no theme “{theme}”")
        for key in node.keys() - _REWORDED - _STORY_KEYS - {"id"}:
            told = f"the key is not known for a theme reworded; the keys are {', '.join(sorted(_REWORDED))}"
            faults.add(node.lines[key], key, told)
        words = {key: str(node[key]) for key in node if key in _REWORDED}
        story = {key: str(node.get(key, "")) for key in _STORY_KEYS}
        found.append(Rewording(node.line, theme, words, **story))
    refuse([faults])
    return tuple(found)


def _assemble(themes: list[Theme], name: str, faults: Faults) -> Codebook:
    if not themes and not faults.found:
        faults.add(0, "", "the codebook has no themes; add one under “themes:” or in the rows")
    refuse([faults])
    try:
        return Codebook(arrange(themes), name)
    except CodebookError as error:
        faults.add(0, "", str(error))
    refuse([faults])
    raise AssertionError("refuse raises where a fault was added")


def _read_themes(
    tree: Tree, faults: Faults, default: ThemeOrigin = ThemeOrigin.A_PRIORI
) -> list[EmergentTheme]:
    later = {"reworded"} if default is ThemeOrigin.EMERGENT else set()
    for key in tree.keys() - {"name", "description", "themes"} - later:
        faults.add(tree.lines[key], key, "the key is not known here; use name, description and themes")
    found: list[EmergentTheme] = []
    _walk(tree.get("themes", []), None, default, found, faults, tree.lines.get("themes", tree.line))
    return found


def _walk(
    nodes: Any,
    parent: str | None,
    default: ThemeOrigin,
    found: list[EmergentTheme],
    faults: Faults,
    line: int,
) -> None:
    if not isinstance(nodes, list):
        faults.add(line, "themes", "themes must be a list; begin each with “- id:”")
        return
    for node in nodes:
        if not isinstance(node, Tree):
            faults.add(line, "themes", f"“{node}” is not a theme; a theme needs id: and label:")
            continue
        for key in node.keys() - _THEME_KEYS - _STORY_KEYS:
            faults.add(node.lines[key], key, "the key is not known for a theme")
        theme = _read_theme(node, parent, default, faults)
        _check(theme, node.line, found, faults)
        story = {key: str(node.get(key, "")) for key in _STORY_KEYS}
        found.append(EmergentTheme(theme, **story))
        if node.get("children") is not None:
            _walk(node["children"], theme.id, default, found, faults, node.lines["children"])


def _check(theme: Theme, line: int, found: Iterable[EmergentTheme], faults: Faults) -> None:
    if fault := find_fault(theme):
        faults.add(line, "id" if "the id" in fault else "", f"theme “{theme.id}”: {fault}")
    if any(other.theme.id == theme.id for other in found):
        faults.add(line, "id", f"“{theme.id}” stands twice; give one of them another id")


def _read_theme(node: Tree, parent: str | None, default: ThemeOrigin, faults: Faults) -> Theme:
    words: dict[str, Any] = {key: _text(node.get(key)) for key in TEXT_FIELDS}
    return Theme(
        **words,
        parent=parent if parent is not None else (str(node["parent"]) if node.get("parent") else None),
        aliases=_strings(node, "aliases", faults),
        rules=_read_rules(node, faults),
        origin=_read_origin(str(node.get("origin") or default), node.line, faults),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _one_line(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _strings(node: Tree, key: str, faults: Faults) -> tuple[str, ...]:
    value = node.get(key) or []
    if not isinstance(value, list) or any(isinstance(item, (list, dict)) for item in value):
        faults.add(node.lines[key], key, "this must be a list of words, as in [one, two words]")
        return ()
    return tuple(_one_line(item) for item in value)


def _read_rules(node: Tree, faults: Faults) -> MatchingRules:
    rules = node.get("rules")
    if rules is None:
        return MatchingRules()
    if not isinstance(rules, Tree) or rules.keys() - {"phrases", "patterns"}:
        faults.add(node.lines["rules"], "rules", "rules hold “phrases:” and “patterns:” only")
        return MatchingRules()
    patterns = rules.get("patterns") or []
    if not _are_patterns(patterns):
        faults.add(rules.lines["patterns"], "patterns", "each pattern is a list of token conditions in { }")
        patterns = []
    return MatchingRules(_strings(rules, "phrases", faults), _freeze(patterns))


def _are_patterns(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(pattern, list) and pattern and all(isinstance(token, dict) for token in pattern)
        for pattern in value
    )


def _freeze(patterns: list[list[dict[str, Any]]]) -> tuple[tuple[dict[str, Any], ...], ...]:
    return tuple(tuple(_plain(token) for token in pattern) for pattern in patterns)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _read_origin(text: str, line: int, faults: Faults) -> ThemeOrigin:
    try:
        return ThemeOrigin(text.strip().lower().replace(" ", "_"))
    except ValueError:
        faults.add(line, "origin", f"“{text}” is not an origin; write a_priori or emergent")
        return ThemeOrigin.A_PRIORI


def _read_rows(rows: Iterable[Row], faults: Faults) -> list[Theme]:
    themes: list[Theme] = []
    for row in rows:
        theme = Theme(
            **_words(row),
            parent=row["parent"] or None,
            aliases=row.listed("aliases"),
            rules=MatchingRules(row.listed("phrases"), _parse_patterns(row, faults)),
            origin=_read_origin(row["origin"] or ThemeOrigin.A_PRIORI, row.line, faults),
        )
        if theme.parent and theme.parent not in {other.id for other in themes}:
            faults.add(row.line, "parent", f"“{theme.parent}” is not an id in a row above")
        _check(theme, row.line, [EmergentTheme(other) for other in themes], faults)
        themes.append(theme)
    return themes


def _words(row: Row) -> dict[str, Any]:
    return {key: row[key] for key in TEXT_FIELDS}


def _parse_patterns(row: Row, faults: Faults) -> tuple[tuple[dict[str, Any], ...], ...]:
    if not row["patterns"]:
        return ()
    try:
        patterns = json.loads(row["patterns"])
    except json.JSONDecodeError as error:
        faults.add(row.line, "patterns", f'this is not JSON ({error.msg}); write [[{{"LOWER": "word"}}]]')
        return ()
    if not _are_patterns(patterns):
        faults.add(row.line, "patterns", "each pattern is a list of token conditions in { }")
        return ()
    return _freeze(patterns)


def dump_yaml(codebook: Codebook) -> str:
    """Return the codebook as YAML that `load_codebook` reads back equal (retired themes left out)."""
    import yaml

    tree = {"name": codebook.name, "themes": [_as_tree(codebook, theme) for theme in codebook.children(None)]}
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=110)


def _as_tree(codebook: Codebook, theme: Theme) -> dict[str, Any]:
    tree: dict[str, Any] = {key: value for key in TEXT_FIELDS if (value := getattr(theme, key))}
    if theme.origin is not ThemeOrigin.A_PRIORI:
        tree["origin"] = str(theme.origin)
    if theme.aliases:
        tree["aliases"] = list(theme.aliases)
    rules: Mapping[str, Any] = {
        "phrases": list(theme.rules.phrases),
        "patterns": [list(pattern) for pattern in theme.rules.patterns],
    }
    if kept := {key: value for key, value in rules.items() if value}:
        tree["rules"] = kept
    below = [child for child in codebook.children(theme.id) if not child.is_retired]
    if below:
        tree["children"] = [_as_tree(codebook, child) for child in below]
    return tree


def dump_csv(codebook: Codebook) -> str:
    """Return the codebook as CSV that `load_codebook` reads back equal (retired themes left out)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([guard(value) for value in row] for row in table_of(codebook))
    return out.getvalue()


def table_of(codebook: Codebook) -> Iterator[list[str]]:
    """Yield the header, and a row of text for each theme that is not retired."""
    yield list(COLUMNS)
    for theme in codebook.active:
        fields = {key: getattr(theme, key) for key in TEXT_FIELDS} | {
            "parent": theme.parent or "",
            "aliases": "; ".join(theme.aliases),
            "phrases": "; ".join(theme.rules.phrases),
            "patterns": json.dumps(theme.rules.patterns) if theme.rules.patterns else "",
            "origin": theme.origin.value,
        }
        yield [fields[column] for column in COLUMNS]
