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

CODEBOOK = (
    Shortcut("ArrowUp", "up", "Theme above"),
    Shortcut("ArrowDown", "down", "Theme below"),
    Shortcut("ArrowRight", "unfold", "Unfold the theme, or go to the first below it"),
    Shortcut("ArrowLeft", "fold", "Fold the theme, or go to the one it is under"),
    Shortcut("Home", "first", "First theme"),
    Shortcut("End", "last", "Last theme"),
    Shortcut("Enter", "edit", "Edit the theme"),
    Shortcut("Escape", "leave", "Back to the tree"),
    Shortcut("n", "add", "Add a theme beside it"),
    Shortcut("Shift+n", "add_below", "Add a theme below it"),
    Shortcut("Alt+ArrowUp", "move_up", "Move the theme up among its siblings"),
    Shortcut("Alt+ArrowDown", "move_down", "Move the theme down among its siblings"),
    Shortcut("Alt+ArrowRight", "indent", "Move the theme under the one above it"),
    Shortcut("Alt+ArrowLeft", "outdent", "Move the theme one level up"),
    Shortcut("m", "merge", "Merge the theme into another"),
    Shortcut("s", "split", "Split the theme"),
    Shortcut("Delete", "retire", "Retire the theme, or restore it"),
    Shortcut("f", "freeze", "Freeze a version"),
    *LISTS[:2],
)

SOURCES = (
    Shortcut("ArrowUp", "up", "Cell above"),
    Shortcut("ArrowDown", "down", "Cell below"),
    Shortcut("ArrowLeft", "left", "Cell to the left"),
    Shortcut("ArrowRight", "right", "Cell to the right"),
    Shortcut("Home", "first", "First cell of the row"),
    Shortcut("End", "last", "Last cell of the row"),
    Shortcut("Control+Home", "top", "First row"),
    Shortcut("Control+End", "bottom", "Last row"),
    Shortcut("Enter", "edit", "Edit the cell, or open the row; then save, and go to the cell below"),
    Shortcut("F2", "edit", "Edit the cell"),
    Shortcut("Escape", "leave", "Leave the cell as it was"),
    Shortcut("o", "open", "Open the row"),
    Shortcut("s", "sort", "Sort by the column; again: the other way round"),
    Shortcut("f", "filter", "Filter the table"),
    Shortcut("n", "add", "Add a site"),
)

SHORTCUTS: dict[str, tuple[Shortcut, ...]] = {
    "": EVERYWHERE,
    "sources": SOURCES,
    "codebook": CODEBOOK,
    "matrix": MATRIX,
    "reader": READER,
    "triangulation": TRIANGULATION,
    "explore": EXPLORE,
    "reports": LISTS,
    "journal": JOURNAL,
}
"""By screen; the empty name is every screen."""


def shortcuts_of(screen: str) -> tuple[Shortcut, ...]:
    """Return what works on a screen, its own before those of every screen."""
    return (*SHORTCUTS.get(screen, ()), *EVERYWHERE)
