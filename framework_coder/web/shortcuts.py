"""Shortcuts as data: this table drives the keys, the help that lists them, and the reference page."""

from typing import NamedTuple


class Shortcut(NamedTuple):
    """A key (as the browser names it, held keys before it), the action it does, and that in words."""

    keys: str
    action: str
    told: str


EVERYWHERE = (
    Shortcut("?", "help", "Show all shortcuts"),
    Shortcut("/", "search", "Search the sources"),
    Shortcut("Control+z", "undo", "Undo your last change"),
    Shortcut("Control+Shift+z", "redo", "Redo what you undid"),
)

MATRIX = (
    Shortcut("ArrowUp", "up", "Cell above"),
    Shortcut("ArrowDown", "down", "Cell below"),
    Shortcut("ArrowLeft", "left", "Cell to the left"),
    Shortcut("ArrowRight", "right", "Cell to the right"),
    Shortcut("Enter", "open", "Open the cell"),
    Shortcut("Escape", "close", "Close the drawer"),
    Shortcut("Alt+ArrowDown", "next", "Next cell, with the drawer open"),
    Shortcut("Alt+ArrowUp", "previous", "Previous cell, with the drawer open"),
    Shortcut("n", "write", "Write a claim in the open cell"),
    Shortcut("e", "edit", "Edit the chosen claim"),
    Shortcut("u", "use", "Use the passage for the chosen claim"),
    Shortcut("s", "supports", "The passage supports the claim"),
    Shortcut("q", "qualifies", "The passage qualifies the claim"),
    Shortcut("c", "contradicts", "The passage contradicts the claim"),
    Shortcut("x", "context", "The passage is context only"),
)

READER = (
    Shortcut("j", "next", "Next segment"),
    Shortcut("k", "previous", "Segment before"),
    Shortcut("Shift+j", "longer", "One segment more"),
    Shortcut("Shift+k", "shorter", "One segment fewer"),
    Shortcut("Enter", "pick", "Code the passage: choose a theme"),
    *(
        Shortcut(str(number), f"recent{number}", f"Code the passage at recent theme {number}")
        for number in range(1, 10)
    ),
    Shortcut("p", "proposals", "Go to the first proposal"),
    Shortcut("y", "accept", "Accept the proposal and go to the next"),
    Shortcut("n", "reject", "Reject the proposal and go to the next"),
    Shortcut("Delete", "remove", "Remove the chosen coding"),
)

LISTS = (
    Shortcut("j", "next", "Next item"),
    Shortcut("k", "previous", "Item before"),
    Shortcut("Enter", "open", "Open the item"),
)

TRIANGULATION = (
    *LISTS,
    Shortcut("w", "evidence", "Show or hide why, with the passages"),
    Shortcut("d", "decide", "Decide on the contested claim"),
    Shortcut("c", "confirm", "Confirm the pair of methods as suggested, or the two sources as copies"),
    Shortcut("a", "apart", "Keep the two sources apart"),
    Shortcut("o", "otherwise", "Decide otherwise on the pair of methods"),
    Shortcut("x", "choose", "Choose the pair of methods, for all chosen at once"),
)

EXPLORE = (
    *LISTS,
    Shortcut("Escape", "close", "Close the passages"),
    Shortcut("n", "write", "Write a finding"),
    Shortcut("e", "edit", "Reword the finding"),
    Shortcut("l", "link", "Rest the finding on claims"),
    Shortcut("Delete", "remove", "Delete the finding"),
)

JOURNAL = (
    *LISTS,
    Shortcut("u", "undo_entry", "Undo or redo the entry"),
)

SHORTCUTS: dict[str, tuple[Shortcut, ...]] = {
    "": EVERYWHERE,
    "matrix": MATRIX,
    "reader": READER,
    "triangulation": TRIANGULATION,
    "explore": EXPLORE,
    "journal": JOURNAL,
}
"""By screen; the empty name is every screen."""


def shortcuts_of(screen: str) -> tuple[Shortcut, ...]:
    """Return what works on a screen, its own before those of every screen."""
    return (*SHORTCUTS.get(screen, ()), *EVERYWHERE)
