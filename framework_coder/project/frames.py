"""DataFrames of a project: the columns of each with their types and meanings, out and in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.tables import Grid

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """A column: its name, its pandas type, what it holds."""

    name: str
    dtype: str
    meaning: str


def _columns(*lines: tuple[str, str] | tuple[str, str, str]) -> tuple[FrameColumn, ...]:
    """Return columns of (name, meaning) or (name, meaning, type); text unless told otherwise."""
    return tuple(
        FrameColumn(line[0], line[2] if len(line) == 3 else "string", line[1])  # noqa: PLR2004 - with a type
        for line in lines
    )


NUMBER, SCORE, TRUTH = "Int64", "Float64", "boolean"

FRAMES: Mapping[str, tuple[FrameColumn, ...]] = {
    "sites": _columns(
        ("site", "Code of the site"),
        ("name", "Name of the site"),
    ),
    "sources": _columns(
        ("ref", "Reference, as citations name it"),
        ("title", "Title"),
        ("method", "How it was obtained"),
        ("document_type", "Type of document"),
        ("sites", "Codes of its sites, `;` between"),
        ("produced_on", "Date, to its precision"),
        ("originator", "Who stands behind it"),
        ("informants", "People who speak in it, `;` between"),
        ("authors", "Named authors, `;` between"),
        ("derived_from", "References of what it copies, `;` between"),
        ("url", "Web address"),
        ("path", "Path it was imported from"),
    ),
    "blocks": _columns(
        ("source", "Reference of the source"),
        ("block", "Place in the text, from 0", NUMBER),
        ("kind", "paragraph, heading, list_item, table_cell, answer …"),
        ("level", "Level of a heading or list item", NUMBER),
        ("answers", "Which block, a question, it answers", NUMBER),
        ("place", "Where it stands: `p4 ¶2`"),
        ("start", "First character, from 0", NUMBER),
        ("end", "Character after the last", NUMBER),
        ("text", "Its text"),
    ),
    "segments": _columns(
        ("source", "Reference of the source"),
        ("block", "Its block", NUMBER),
        ("kind", "sentence or turn"),
        ("start", "First character, from 0", NUMBER),
        ("end", "Character after the last", NUMBER),
        ("text", "Its text"),
    ),
    "codebook": _columns(
        ("theme", "Id of the theme"),
        ("parent", "Id of the theme above"),
        ("label", "What it is called"),
        ("path", "Labels from the top"),
        ("definition", "What belongs here"),
        ("include", "When to code at it"),
        ("exclude", "When not"),
        ("example", "An example"),
        ("question", "The question it answers"),
        ("aliases", "Other names, `;` between"),
        ("origin", "a_priori or emergent"),
        ("is_retired", "Whether it is no longer used", TRUTH),
        ("merged_into", "Id of the theme that it was merged into"),
    ),
    "codings": _columns(
        ("coding", "Number of the coding", NUMBER),
        ("source", "Reference of the source"),
        ("site", "Code of the site"),
        ("theme", "Id of the theme"),
        ("start", "First character, from 0", NUMBER),
        ("end", "Character after the last", NUMBER),
        ("quote", "The passage, letter for letter"),
        ("place", "Where it stands: `p4 ¶2`"),
        ("coder", "Who coded or proposed it"),
        ("origin", "manual, rule, similarity, structure or import"),
        ("state", "accepted, proposed or rejected"),
        ("score", "Score of a proposal, 0 to 100", SCORE),
        ("reason", "Why it was proposed or placed so"),
        ("made_on", "When it was made"),
        ("is_drifted", "Whether the current text lacks the quote", TRUTH),
    ),
    "claims": _columns(
        ("claim", "Number of the claim", NUMBER),
        ("site", "Code of the site"),
        ("theme", "Id of the theme"),
        ("summary", "What the evidence says"),
        ("kind", "fact, view or judgement"),
        ("is_key", "Whether it is a key claim of its cell", TRUTH),
        ("quotation", "Words quoted"),
        ("comment", "The analyst's comment"),
        ("author", "Who wrote it"),
        ("values", "Coded values, `name=text!rank`, `;` between"),
        ("evidence", "How many codings are linked", NUMBER),
    ),
    "evidence": _columns(
        ("claim", "Number of the claim", NUMBER),
        ("coding", "Number of the coding", NUMBER),
        ("stance", "supports, qualifies, contradicts or context"),
        ("basis", "direct or inferred"),
        ("prominence", "1 passing, 2 notable, 3 dominant", NUMBER),
        ("origins", "Who speaks, where narrowed, `;` between"),
        ("note", "The analyst's note"),
        ("quote", "The passage"),
    ),
    "coverage": _columns(
        ("source", "Reference of the source"),
        ("theme", "Id of the theme"),
        ("version", "Framework version at which it was examined", NUMBER),
        ("state", "How far it was examined"),
        ("coder", "Who examined it"),
        ("made_on", "When"),
    ),
    "memos": _columns(
        ("memo", "Number of the memo", NUMBER),
        ("title", "What it is found by"),
        ("kind", "Its kind"),
        ("about", "What it is on, in words"),
        ("text", "The note itself"),
        ("author", "Who wrote it"),
        ("made_on", "When"),
        ("edition", "Changes with every edit"),
    ),
    "findings": _columns(
        ("finding", "Number of the finding", NUMBER),
        ("statement", "What is said across sites"),
        ("comment", "The analyst's comment"),
        ("author", "Who wrote it"),
        ("claims", "How many claims are linked", NUMBER),
    ),
    "finding_claims": _columns(
        ("finding", "Number of the finding", NUMBER),
        ("claim", "Number of the claim", NUMBER),
        ("role", "supports, contradicts or exception"),
        ("note", "The analyst's note"),
    ),
}
"""The frames of a project and their columns; `sites` has a column more for each attribute."""


def columns_of(name: str) -> tuple[str, ...]:
    """Return the names of the columns of a frame, which listings have too."""
    return tuple(column.name for column in FRAMES[name])


def make_frame(name: str, rows: Iterable[Mapping[str, Any]]) -> "pd.DataFrame":
    """Return rows as the frame of that name, each column of its type; columns beyond the table are text."""
    import pandas as pd

    given = list(rows)
    types = {column.name: column.dtype for column in FRAMES[name]}
    names = list(dict.fromkeys([*types, *(key for row in given for key in row)]))
    frame = pd.DataFrame(given, columns=names)
    return frame.astype({column: types.get(column, "string") for column in names})


_AS_IT_STANDS = {"quote", "before", "after"}
"""Columns in which white space at the ends counts."""


def read_frame(
    frame: "pd.DataFrame", columns: Sequence[str], *, renamed: Mapping[str, str], passed: Iterable[str] = ()
) -> Grid:
    """Return the columns of a DataFrame that are known as text, those of `passed` left out.

    A column that is neither is kept, to be named as a fault. Empty cells of any kind are empty text.
    """
    dropped = set(passed)
    names = [str(name).strip() for name in frame.columns]
    kept = [
        (place, renamed.get(name, name))
        for place, name in enumerate(names)
        if name not in dropped - {*columns}
    ]
    rows = (
        tuple(_show(row[place], is_exact=name in _AS_IT_STANDS) for place, name in kept)
        for row in frame.itertuples(index=False, name=None)
    )
    return Grid(tuple(name for _, name in kept), tuple(rows))


def _show(value: Any, *, is_exact: bool) -> str:
    import pandas as pd

    if value is None or (not isinstance(value, list | tuple | set | dict) and pd.isna(value)):
        return ""
    if isinstance(value, list | tuple | set):
        return "; ".join(map(str, value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if str(value) in {"True", "False"}:
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if is_exact else str(value).strip()


def check_grid(name: str, grid: Grid, known: Sequence[str], required: Sequence[str]) -> Faults:
    """Return what to note faults of a frame with; raises FaultyFileError on its columns."""
    faults = Faults(f"frame of {name}")
    for column in required:
        if column not in grid.columns:
            faults.add(0, column, "the column is missing; add it")
    for column in grid.columns:
        if column not in known:
            faults.add(0, column, f"the column is not known; the columns are {', '.join(known)}")
        elif grid.columns.count(column) > 1:
            faults.add(0, column, "the column stands twice; rename or remove one")
    refuse([faults])
    return faults
