"""Turns what is said across the sites (`across.yaml`) into rows: findings, memos, sources kept apart."""

from pathlib import Path
from typing import Any

import yaml

from analysis import ANALYST, Recorder, Rows, theme_id
from masters import MasterError

ACROSS = Path(__file__).parent / "across.yaml"
TARGETS = ("site", "source", "coding", "finding")


def study_wide(recorder: Recorder) -> dict[str, Rows]:
    """Return the rows of `findings.csv`, `memos.csv` and `kept-apart.csv`.

    A claim is named by its site, its theme and, if it is not the first there, its place: `S13 cessation 2`.
    """
    said: Any = yaml.safe_load(ACROSS.read_text(encoding="utf-8"))
    return {
        "findings": [_finding(entry, recorder) for entry in said["findings"]],
        "memos": [_memo(entry, recorder) for entry in said["memos"]],
        "kept-apart": [{**entry, "coder": ANALYST} for entry in said["kept_apart"]],
    }


def _finding(entry: dict[str, Any], recorder: Recorder) -> dict[str, str]:
    roles = ("supports", "contradicts", "exceptions")
    return {
        "id": entry["id"],
        "statement": entry["statement"],
        **{role: ";".join(_claim(name, recorder) for name in entry.get(role, ())) for role in roles},
        "comment": entry.get("comment", ""),
        "author": ANALYST,
    }


def _memo(entry: dict[str, Any], recorder: Recorder) -> dict[str, str]:
    return {
        **{name: entry.get(name, "") for name in ("title", "text", "kind")},
        "author": ANALYST,
        "made_on": str(entry["made_on"]),
        **{name: entry.get(name, "") for name in TARGETS},
        "theme": theme_id(entry["theme"]) if "theme" in entry else "",
        "claim": _claim(entry["claim"], recorder) if "claim" in entry else "",
    }


def _claim(name: str, recorder: Recorder) -> str:
    site, theme, *place = name.split()
    found = recorder.names[site, theme]
    number = int(place[0]) if place else 1
    if number > len(found):
        raise MasterError(f"there is no claim “{name}”")
    return found[number - 1]
