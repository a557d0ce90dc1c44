"""One change of the journal as a phrase: `claim 12 reworded`, `coding 7 accepted`."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from framework_coder.store.chain import Line
from framework_coder.store.naming import name_of_row

Image = Mapping[str, Any]
Themes = Mapping[str, str]


def phrase(
    line: Line, sites: Mapping[int, str], sources: Mapping[int, str], themes: Themes, known: set[str]
) -> str:
    """Return a change in words, or nothing where it is only a move among others.

    `known` says which of site, source and theme the sentence has named already.
    """
    before, after = json.loads(line.before or "{}"), json.loads(line.after or "{}")
    if line.before is None or line.after is None:
        verb = "added" if line.before is None else "removed"
        said = _whole(line, after or before, verb, themes)
        is_elsewhere = line.table == "codings" and line.source is not None and "source" not in known
        return f"{said} in {sources.get(line.source or 0, line.source)}" if is_elsewhere else said
    if line.table == "sites":
        return f"site {sites.get(int(line.row), line.row)} changed"
    if line.table == "sources":
        return f"source {sources.get(int(line.row), line.row)} changed"
    telling = _CHANGES.get(line.table)
    return telling(line, before, after, themes) if telling else f"{name_of_row(line.table, line.row)} changed"


def _whole(line: Line, row: Image, verb: str, themes: Themes) -> str:
    if line.table == "evidence":
        if verb == "added":
            return f"coding {row['coding']} linked to claim {row['claim']} ({row['stance']})"
        return f"coding {row['coding']} taken from claim {row['claim']}"
    if line.table == "themes":
        return f"theme “{themes.get(line.row, row['label'])}” {verb}"
    if line.table == "settings":
        return f"{line.row.replace('_', ' ')} set"
    if line.table == "blocks":
        return f"text {line.row} {verb}"
    return f"{_name(line, row)} {verb}"


def _name(line: Line, row: Image) -> str:
    """Return what a row is called by those who made it."""
    if line.table in _CALLED:
        return _CALLED[line.table](row)
    return name_of_row(line.table, line.row)


_CALLED: dict[str, Callable[[Image], str]] = {
    "sites": lambda row: f"site {row['code']}",
    "sources": lambda row: f"source {row['ref']}",
    "files": lambda row: f"file {row['name']}",
    "coders": lambda row: f"coder {row['name']}",
    "framework_versions": lambda row: f"framework version {row['number']}",
    "revisions": lambda row: f"text no. {row['number']}",
    "adjudications": lambda row: f"decision on claim {row['claim']} ({row['decision']})",
    "convergences": lambda row: (
        f"convergence of {row['first_method']} and {row['second_method']} on claim {row['claim']}"
    ),
    "member_checks": lambda row: f"member check of claim {row['claim']}",
    "finding_claims": lambda row: f"link of finding {row['finding']} to claim {row['claim']}",
    "memos": lambda row: f"memo “{row['title']}”",
    "memo_targets": lambda row: f"target of memo {row['memo']}",
    "claim_values": lambda row: f"value {row['name']} of claim {row['claim']}",
    "not_applicable": lambda _row: "mark as not applicable",
}


def _claim(line: Line, before: Image, after: Image, themes: Themes) -> str:
    del before
    claim = f"claim {line.row}"
    if "summary" in after:
        return f"{claim} reworded"
    if "theme" in after:
        return f"{claim} moved to {themes.get(after['theme'], after['theme'])}"
    if "is_key" in after:
        return f"{claim} made key" if after["is_key"] else f"{claim} no longer key"
    if "kind" in after:
        return f"{claim} now a {after['kind']}"
    if set(after) == {"position"}:
        return f"{claim} put in another place"
    return f"{claim}: {_listed(after)} changed"


def _coding(line: Line, before: Image, after: Image, themes: Themes) -> str:
    del before
    coding = f"coding {line.row}"
    if "state" in after:
        return f"{coding} {after['state']}"
    if "theme" in after:
        return f"{coding} moved to {themes.get(after['theme'], after['theme'])}"
    if "revision" in after:
        return f"{coding} put on another text"
    return f"{coding}: {_listed(after)} changed"


def _theme(line: Line, before: Image, after: Image, themes: Themes) -> str:
    theme = f"theme “{themes.get(line.row, line.row)}”"
    if "label" in after:
        return f"theme “{before['label']}” renamed to “{after['label']}”"
    if after.get("merged_into"):
        return f"{theme} merged into “{themes.get(after['merged_into'], after['merged_into'])}”"
    if "is_retired" in after:
        return f"{theme} retired" if after["is_retired"] else f"{theme} restored"
    if "parent" in after:
        above = after["parent"]
        return f"{theme} moved under “{themes.get(above, above)}”" if above else f"{theme} moved to the top"
    if set(after) == {"position"}:
        return ""
    return f"{theme}: {_listed(after)} changed"


def _revision(line: Line, before: Image, after: Image, themes: Themes) -> str:
    del before, themes
    return f"text {line.row} {'made current' if after.get('is_current') else 'replaced'}"


def _setting(line: Line, before: Image, after: Image, themes: Themes) -> str:
    del before, after, themes
    return f"{line.row.replace('_', ' ')} changed"


def _worded(line: Line, before: Image, after: Image, themes: Themes) -> str:
    del before, themes
    return f"{name_of_row(line.table, line.row)}: {_listed(after)} changed"


def _listed(after: Image) -> str:
    return ", ".join(sorted(name.replace("_", " ").removeprefix("is ") for name in after))


_CHANGES: dict[str, Callable[[Line, Image, Image, Themes], str]] = {
    "claims": _claim,
    "codings": _coding,
    "themes": _theme,
    "revisions": _revision,
    "settings": _setting,
    "evidence": _worded,
    "findings": _worded,
    "memos": _worded,
    "member_checks": _worded,
}
