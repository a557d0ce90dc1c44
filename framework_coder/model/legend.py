"""How each cell state is shown: letter, words, colour and pattern, one table for all outputs."""

from dataclasses import dataclass
from enum import StrEnum

from framework_coder.model.triangulation import Status


class CellState(StrEnum):
    """The state of a cell without claims, in the order in which they are looked for."""

    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    UNCHARTED = "uncharted"
    NOT_EXAMINED = "not_examined"
    SILENT = "silent"


State = Status | CellState
"""What a cell shows: the worst status of its claims, or why it has none."""


class Lamp(StrEnum):
    """What one method contributes to a cell."""

    NOT_COLLECTED = "not_collected"
    NOT_EXAMINED = "not_examined"
    SILENT = "silent"
    CODED = "coded"
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Appearance:
    """A state's letter, label, colours (background and letter) and definition; `hatched` for a pattern."""

    letter: str
    label: str
    background: str
    foreground: str
    definition: str
    hatched: bool = False


LEGEND: dict[State, Appearance] = {
    Status.TRIANGULATED_ALL: Appearance(
        "A",
        "Triangulated by every method",
        "#1d6b4f",
        "#ffffff",
        "Independent sources of every planned method support the claim.",
    ),
    Status.TRIANGULATED: Appearance(
        "T",
        "Triangulated",
        "#3d8263",
        "#ffffff",
        "Independent sources of two or more methods support the claim.",
    ),
    Status.RESOLVED: Appearance(
        "✓",
        "Resolved",
        "#587a71",
        "#ffffff",
        "Evidence stands on both sides and an analyst decided, with a reason.",
    ),
    Status.CORROBORATED: Appearance(
        "C",
        "Corroborated",
        "#8fbf9f",
        "#14261d",
        "Two or more independent sources of one method support the claim.",
    ),
    Status.REPEATED: Appearance(
        "R",
        "Repeated",
        "#cfc08f",
        "#2b2613",
        "Several sources support the claim, but they share an origin: one voice, heard more than once.",
    ),
    Status.SINGLE: Appearance(
        "1",
        "Single source",
        "#d9a13f",
        "#2b1f06",
        "Exactly one source supports the claim, however many extracts are cited.",
    ),
    Status.QUALIFIED_ONLY: Appearance(
        "~",
        "Qualified only",
        "#e0b98c",
        "#2f2010",
        "Sources qualify the claim; none supports or contradicts it.",
    ),
    Status.CONTESTED: Appearance(
        "!",
        "Contested",
        "#b8402f",
        "#ffffff",
        "Some evidence supports the claim and some contradicts it; nobody has decided.",
    ),
    Status.CONTRADICTED: Appearance(
        "×",
        "Contradicted",
        "#8c2f24",
        "#ffffff",
        "Evidence contradicts the claim and none supports it.",
    ),
    Status.UNSUPPORTED: Appearance(
        "?",
        "Unsupported",
        "#7d3fa0",
        "#ffffff",
        "The claim has no live evidence.",
    ),
    CellState.UNCHARTED: Appearance(
        "+",
        "Uncharted",
        "#9fb7dc",
        "#12233d",
        "Passages are coded here, but no claim is written yet.",
    ),
    CellState.SILENT: Appearance(
        "–",
        "Examined, silent",
        "#e4e0da",
        "#4a463f",
        "Every collected source was examined for the theme; none says anything.",
        hatched=True,
    ),
    CellState.NOT_EXAMINED: Appearance(
        "…",
        "Not examined",
        "#f3f1ed",
        "#5f5a52",
        "Nothing is coded, and some sources have not been examined for the theme.",
    ),
    CellState.NOT_COLLECTED: Appearance(
        "∅",
        "Not collected",
        "#ffffff",
        "#6b665e",
        "No source was collected for the site.",
    ),
    CellState.NOT_APPLICABLE: Appearance(
        "n/a",
        "Not applicable",
        "#ffffff",
        "#6b665e",
        "An analyst decided, with a reason, that the theme does not apply.",
    ),
}

LAMP_MARKS = {
    Lamp.SUPPORTS: "●",
    Lamp.CONTRADICTS: "◐",
    Lamp.CODED: "+",
    Lamp.SILENT: "○",
    Lamp.NOT_EXAMINED: "·",
    Lamp.NOT_COLLECTED: " ",
}
"""One character a lamp, for text and spreadsheets: filled, split, coded, ring, dot, absent."""

LAMP_WORDS = {
    Lamp.SUPPORTS: "speaks",
    Lamp.CONTRADICTS: "contradicts",
    Lamp.CODED: "coded",
    Lamp.SILENT: "silent",
    Lamp.NOT_EXAMINED: "not examined",
    Lamp.NOT_COLLECTED: "not collected",
}
"""A word or two a lamp, for what a cell says aloud."""
