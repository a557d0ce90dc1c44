"""What our parts are called in a REFI-QDA project, and the rules of a theme as the description of a code."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from framework_coder.model.codebook import Theme

ORIGIN = "Framework Coder"
SITE_SET = "Site: "
METHOD_SET = "Method: "
MATRIX_SET = "Framework: "
CELL = "[Summary] "
FINDING = "[Finding] "
CODING_MEMO = "[Coding] "
MEMO = "Memo: "
BETWEEN = " × "
NOTE_NAME = "framework-matrix.json"
TO_SITE, TO_THEME, TO_EVIDENCE = "framework:site", "framework:theme", "framework:evidence"
ABOUT, DERIVED = "framework:about", "framework:derived from"
OWN_LINKS = (TO_SITE, TO_THEME, TO_EVIDENCE, DERIVED)

REF, METHOD, TYPE, PRODUCED = "Reference", "Method", "Document type", "Produced on"
ORIGINATOR, INFORMANTS, AUTHORS, CODE = "Originator", "Informants", "Authors", "Site code"
REGISTER: Mapping[str, str] = {
    REF: "ref",
    METHOD: "method",
    TYPE: "document_type",
    PRODUCED: "produced_on",
    ORIGINATOR: "originator",
    INFORMANTS: "informants",
    AUTHORS: "authors",
}
"""Variables of a source, and the fields of the register that they are."""

_LABELS = {
    "Definition": "definition",
    "Include": "include",
    "Exclude": "exclude",
    "Example": "example",
    "Question": "question",
}
_LABEL = re.compile(rf"^({'|'.join(_LABELS)}):[ \t]*", re.MULTILINE)


def describe(theme: Theme) -> str:
    """Return the rules of a theme as labelled text, or nothing where it has none.

    A line of a rule that begins like a label is moved in by a space, so that it is not taken for one.
    """
    parts = []
    for label, name in _LABELS.items():
        if rule := getattr(theme, name):
            first, *others = rule.split("\n")
            kept = [f" {line}" if _LABEL.match(line) else line for line in others]
            parts.append("\n".join((f"{label}: {first}", *kept)))
    return "\n".join(parts)


def read_rules(description: str, theme: Theme) -> Theme:
    """Return the theme with the rules of a description; without our labels all of it is the definition."""
    text = description.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    found = list(_LABEL.finditer(text))
    if not found:
        return replace(theme, definition=text.strip())
    ends = [*(label.start() for label in found[1:]), len(text)]
    rules: dict[str, list[str]] = {}
    if before := text[: found[0].start()].strip():
        rules["definition"] = [before]
    for label, end in zip(found, ends, strict=True):
        rules.setdefault(_LABELS[label[1]], []).append(_unindent(text[label.end() : end].rstrip("\n")))
    fields: dict[str, Any] = {name: "\n".join(said) for name, said in rules.items()}
    return replace(theme, **fields)


def _unindent(rule: str) -> str:
    first, *others = rule.split("\n")
    return "\n".join((first, *(line[1:] if _LABEL.match(line[1:]) else line for line in others)))


def read_colour(given: str) -> str | None:
    """Return `#rrggbb` for any shape that tools write; "" for none, None where it is not clear."""
    text = given.strip().lower()
    if not text:
        return ""
    if match := re.fullmatch(r"#([0-9a-f]{3})", text):
        return "#" + "".join(sign * 2 for sign in match[1])
    if match := re.fullmatch(r"#(?:[0-9a-f]{2})?([0-9a-f]{6})", text):
        return f"#{match[1]}"
    if match := re.fullmatch(r"rgba?\(([^)]*)\)", text):
        return _from_parts(re.split(r"[\s,/]+", match[1].strip())[:3])
    if match := re.fullmatch(r"(?:a=\d+,\s*)?r=(\d+),\s*g=(\d+),\s*b=(\d+)", text):
        return _from_parts([match[1], match[2], match[3]])
    if re.fullmatch(r"-?\d{1,10}", text):
        return f"#{int(text) & 0xFFFFFF:06x}"
    return None


def _from_parts(parts: list[str]) -> str | None:
    if len(parts) != 3 or not all(part.isdecimal() and int(part) <= 255 for part in parts):  # noqa: PLR2004
        return None
    return "#" + "".join(f"{int(part):02x}" for part in parts)


def fold(guid: str) -> str:
    """Return a GUID as GUIDs are compared: without braces and in upper case."""
    return guid.strip().strip("{}").upper()


def make_id(label: str, parent: str | None, taken: Mapping[str, object]) -> str:
    """Return the id of a theme from its label, below its parent's, as nobody else has it."""
    from unicodedata import normalize

    plain = normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST] or "theme"
    wanted = f"{parent}.{slug}" if parent else slug
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


_LONGEST = 40
