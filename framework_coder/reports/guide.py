"""The page that explains an export: what it is, how to read it, every definition."""

from collections.abc import Iterator, Mapping
from typing import Any

from framework_coder.model.attention import NEEDS
from framework_coder.model.claims import Stance
from framework_coder.model.legend import LAMP_MARKS, LEGEND, Lamp
from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import FAR_APART_YEARS, Flag

FLAGS = {
    Flag.PARTIAL: "A source qualifies the claim.",
    Flag.INFERRED_ONLY: "All support is inferred; no source says it outright.",
    Flag.INTERNAL_ONLY: "All support comes from the service or its parent organisation.",
    Flag.ONE_DOCUMENT_TYPE: "The supporting sources are documents of one type.",
    Flag.MULTI_INFORMANT: "One meeting with several informants: still a single source.",
    Flag.DATED: f"The newest support is over {FAR_APART_YEARS} years older than the site's newest source.",
    Flag.UNDATED: "The date of a supporting source is not known.",
    Flag.PERIOD_GAP: f"The evidence on the claim spans more than {FAR_APART_YEARS} years.",
    Flag.DRIFTED: "A cited passage no longer stands at its place and does not count until it is checked.",
    Flag.COVERAGE: "Not every source of the site was examined for the theme.",
    Flag.STALE_FRAMEWORK: "The theme has changed its meaning since a source was examined for it.",
    Flag.STALE_ADJUDICATION: "The evidence has changed since the claim was decided.",
}
"""What each flag means, for readers of an export."""

LAMPS = {
    Lamp.SUPPORTS: "supports or qualifies a claim",
    Lamp.CONTRADICTS: "contradicts a claim",
    Lamp.CODED: "coded, not cited by a claim",
    Lamp.SILENT: "examined, silent",
    Lamp.NOT_EXAMINED: "not wholly examined",
    Lamp.NOT_COLLECTED: "not collected",
}
"""What each lamp means."""

_STANCES = {
    Stance.SUPPORTS: "The passage bears the claim out.",
    Stance.QUALIFIES: "The passage limits the claim.",
    Stance.CONTRADICTS: "The passage speaks against the claim.",
    Stance.CONTEXT: "The passage helps to understand the claim; it never counts.",
}

_RULE = (
    "The unit is the claim. Two items of evidence are independent when they come from different sources and "
    "share no origin; the origins of a source are its informants, its authors and the documents it goes back "
    "to. g is the size of the largest set of pairwise independent supporting items, t the same with methods "
    "that all differ, k the number of methods planned. Only accepted codings whose quote still stands at its "
    "place count; proposals never do. A cell is as weak as its weakest key claim. No score, no average."
)


_ANONYMITY = (
    "Names that the project knows of anonymous sites, their places and their people are replaced by codes in "
    "square brackets, in passages too. Other words may still give a site away: read before passing on."
)


def explain(matrix: Matrix) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sections of the guide, each a title and rows of term and meaning."""
    study = matrix.study
    methods = [f"{m.letter} {m.label}{'' if m.planned else ' (not planned)'}" for m in study.design.methods]
    shown = str(matrix.selection) or "everything"
    about = [
        ("Study", study.design.name),
        ("Codebook", f"{study.codebook.name}, version {study.version}"),
        ("Shown", f"{matrix.extent}; filter: {shown}"),
        ("Methods", "; ".join(methods)),
        *([("Anonymity", _ANONYMITY)] if study.is_anonymised else []),
        *_tell_selection(study.design.selection),
        ("Citations", "[D07 p4 ¶2] is source D07, page 4, second paragraph; r is a row of a table or sheet."),
        (
            "Apostrophes",
            "In CSV an apostrophe stands before text that a spreadsheet would take for a formula.",
        ),
        ("Rule", _RULE),
    ]
    states = [(f"{look.letter}  {look.label}", look.definition) for look in LEGEND.values()]
    return [
        ("About this export", about),
        ("States of claims and cells", states),
        ("Flags", [(str(flag), FLAGS[flag]) for flag in Flag]),
        ("Lamps of a method", [(LAMP_MARKS[lamp] or " ", LAMPS[lamp]) for lamp in Lamp]),
        ("Stances", [(str(stance), _STANCES[stance]) for stance in Stance]),
        ("Attention", [(str(need), kind.advice) for need, kind in NEEDS.items()]),
    ]


def _tell_selection(selection: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return a row on how the sites were chosen, a line for each value; none where the study does not say."""
    return [("Selection of sites", "\n".join(_flatten(selection)))] if selection else []


def _flatten(told: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Yield `name: value` for each value, with the names above it: `primary, invited: 12`."""
    for name, value in told.items():
        path = f"{above}, {name}" if above else str(name)
        if isinstance(value, Mapping):
            yield from _flatten(value, path)
        else:
            values = value if isinstance(value, list | tuple) else [value]
            yield f"{path}: {'; '.join(map(str, values))}"
