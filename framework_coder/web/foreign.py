"""Kinds of files that are taken over rather than read as sources: by which suffix, with which settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from framework_coder.web.payloads.imports import Setting
from framework_coder.web.payloads.sources import Option

if TYPE_CHECKING:
    from framework_coder.project import Project

WORKBOOK, MATRIX, ARCHIVE = "workbook", "matrix", "archive"
TITLES = {
    WORKBOOK: "Take over the claims edited in this workbook",
    MATRIX: "Take over as a framework matrix (sites down, themes across)",
    ARCHIVE: "Merge the study of this archive into this one",
}
"""Kinds with a name of their own; the others are “Take over as” and the title of their format."""

_TABLE = ("codings", "codebook", MATRIX)
PERHAPS: Mapping[str, tuple[str, ...]] = {
    ".qdpx": ("refi",), ".qdc": ("qdc",), ".sqlite3": ("taguette",), ".qda": ("qualcoder",),
    ".jsonld": ("annotations",), ".json": ("annotations",), ".yaml": ("codebook",), ".yml": ("codebook",),
    ".zip": (ARCHIVE,), ".csv": _TABLE, ".tsv": ("codings",), ".xlsx": (WORKBOOK, *_TABLE),
    ".xlsm": (WORKBOOK, "codings", MATRIX), ".docx": ("comments", "codebook"), ".docm": ("comments",),
    ".pdf": ("highlights",),
}  # fmt: skip
"""What files of a suffix may be taken over as."""

READ_TOO = {".docx", ".docm", ".pdf"}
"""Suffixes that sources mostly have: what else they are is not looked for unless it is asked for."""

NEVER_SOURCES = {".qdpx", ".qdc", ".sqlite3", ".qda", ".jsonld", ".yaml", ".yml", ".zip"}
"""Suffixes that no source has."""


def suffix_of(name: str) -> str:
    """Return the suffix of a name, in small letters."""
    return PurePosixPath(name).suffix.lower()


def list_kinds(project: "Project", name: str) -> list[Option]:
    """Return what a file of this name may be taken over as."""
    titles = {kind: title for kind, title, reads, _ in project.exchange.formats() if reads}
    return [
        Option(value=kind, label=TITLES.get(kind) or f"Take over as {titles[kind]}")
        for kind in PERHAPS.get(suffix_of(name), ())
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """A setting of a kind, by the name of its option; `options` make it a choice."""

    name: str
    label: str
    told: str = ""
    is_flag: bool = False
    options: tuple[tuple[str, str], ...] = ()


_SITE = Asked("site", "Site of what has none", "A code; empty: as the file says")
_ACCEPT = Asked("accept_proposals", "Take the closest name where there is none of that name", is_flag=True)
_SOURCE = Asked("source", "Source", "Its reference, as D07; empty: found by its text")
_STRICT = Asked("strict", "Refuse a file that breaks the rules of its format", is_flag=True)
_WRAPPER = Asked("drop_wrapper", "Leave out a single theme that holds all others", is_flag=True)
SETTINGS: Mapping[str, tuple[Asked, ...]] = {
    "refi": (
        Asked("sites", "Sites are", "case, set:PREFIX (groups of sources) or variable:NAME"),
        Asked("offsets", "Positions count", options=(
            ("", "told from the texts"), ("codepoints", "code points"), ("utf16", "UTF-16 units"),
        )),
        Asked("newlines", "A line end counts", options=(
            ("", "told from the texts"), ("one", "one"), ("two", "two (CR LF)"),
        )),
        _WRAPPER, _STRICT,
    ),
    "qdc": (_WRAPPER, _STRICT),
    "annotations": (_SOURCE,),
    "taguette": (
        Asked("project", "Project in the file", "Its number or name, where there are several"),
        Asked("separator", "Tags are parted by", "As / in care/access; none for flat tags"), _SITE,
    ),
    "qualcoder": (_SITE,),
    "codings": (_ACCEPT,),
    "comments": (_SOURCE, _SITE, _ACCEPT),
    "highlights": (_SOURCE, _SITE, _ACCEPT),
    MATRIX: (Asked("is_split", "Make each paragraph of a cell a claim", is_flag=True),),
}  # fmt: skip
"""What can be said of each kind: the options of the command line."""

COLUMN = "column:"
"""Before the names of settings that say which column is what."""

PASSED = "-"
"""The value of a column that is passed over."""


def show_settings(kind: str, given: Mapping[str, str]) -> list[Setting]:
    """Return the settings of a kind with the values given."""
    return [
        Setting(
            name=each.name,
            label=each.label,
            told=each.told,
            kind="flag" if each.is_flag else "choice" if each.options else "text",
            value=given.get(each.name, ""),
            options=[Option(value=value, label=label) for value, label in each.options],
        )
        for each in SETTINGS.get(kind, ())
    ]


def read_settings(kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Return settings as the facade takes them; what a kind does not have is passed over."""
    found: dict[str, Any] = {}
    for each in SETTINGS.get(kind, ()):
        if value := given.get(each.name, "").strip():
            found[each.name] = True if each.is_flag else value
    columns = {name[len(COLUMN) :]: value for name, value in given.items() if name.startswith(COLUMN)}
    if columns and kind in {"codings", MATRIX}:
        found["columns"] = {
            name: "" if value == PASSED else value for name, value in columns.items() if value
        }
    return found
