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
    Shortcut("ArrowUp", "up", "Cell above; in the drawer the passage before"),
    Shortcut("ArrowDown", "down", "Cell below; in the drawer the next passage"),
    Shortcut("ArrowLeft", "left", "Cell to the left"),
    Shortcut("ArrowRight", "right", "Cell to the right"),
    Shortcut("Home", "home", "First cell of the row"),
    Shortcut("End", "end", "Last cell of the row"),
    Shortcut("Control+Home", "first", "First cell of the matrix"),
    Shortcut("Control+End", "last", "Last cell of the matrix"),
    Shortcut("PageDown", "pageDown", "A screen further down"),
    Shortcut("PageUp", "pageUp", "A screen further up"),
    Shortcut("g", "find", "Go to a site or a theme by its name; with no cell open, just type how it begins"),
    Shortcut("Enter", "open", "Open the cell; fold a head, or show what is below; show a passage's place"),
    Shortcut("Escape", "close", "Close the passage, the drawer or the menu"),
    Shortcut("Alt+ArrowDown", "next", "Next cell, with the drawer open"),
    Shortcut("Alt+ArrowUp", "previous", "Previous cell, with the drawer open"),
    Shortcut("Alt+PageDown", "below", "The cell below, with the drawer open"),
    Shortcut("Alt+PageUp", "above", "The cell above, with the drawer open"),
    Shortcut("n", "write", "Write a claim in the open cell"),
    Shortcut("e", "edit", "Edit the chosen claim"),
    Shortcut("Alt+Enter", "splitClaim", "While editing: split the claim at the cursor"),
    Shortcut("j", "claimDown", "Choose the next claim"),
    Shortcut("k", "claimUp", "Choose the claim before"),
    Shortcut("Shift+ArrowUp", "raise", "Move the chosen claim up"),
    Shortcut("Shift+ArrowDown", "lower", "Move the chosen claim down"),
    Shortcut("m", "mergeUp", "Merge the chosen claim into the one above"),
    Shortcut("Shift+m", "mergeDown", "Merge the claim below into the chosen one"),
    Shortcut("Delete", "remove", "Take the passage away, or delete the chosen claim"),
    Shortcut("v", "evidence", "Go to the passages"),
    Shortcut("o", "peek", "Show the passage in its place"),
    Shortcut("u", "use", "Use the passage for the chosen claim"),
    Shortcut("s", "supports", "The passage supports the claim"),
    Shortcut("q", "qualifies", "The passage qualifies the claim"),
    Shortcut("c", "contradicts", "The passage contradicts the claim"),
    Shortcut("x", "context", "The passage is context only"),
    Shortcut("i", "inferred", "The passage says it by inference only, or outright again"),
    Shortcut("0", "unrated", "The passage's prominence is not rated"),
    Shortcut("1", "passing", "What it says is passing"),
    Shortcut("2", "notable", "What it says is notable"),
    Shortcut("3", "dominant", "What it says is dominant"),
    Shortcut("y", "accept", "Accept the proposal"),
    Shortcut("r", "reject", "Reject the proposal"),
    Shortcut("d", "decide", "Decide on the chosen claim where it is contested"),
    Shortcut("a", "check", "Record the member check of the chosen claim"),
    Shortcut("l", "cover", "Go to the list of the cell's sources, to mark them as examined"),
    Shortcut("b", "memo", "Write a memo on the chosen claim"),
    Shortcut("Shift+b", "cellMemo", "Write a memo on the cell"),
    Shortcut("h", "history", "Show the history of the chosen claim"),
    Shortcut("t", "mark", "Mark an empty cell as not applicable, or as applicable again"),
)

READER = (
    Shortcut("j", "next", "Next segment"),
    Shortcut("k", "previous", "Segment before"),
    Shortcut("Shift+j", "longer", "One segment more"),
    Shortcut("Shift+k", "shorter", "One segment fewer"),
    Shortcut("Alt+ArrowRight", "endLater", "End of the chosen coding, or of the passage, one word later"),
    Shortcut("Alt+ArrowLeft", "endSooner", "End one word sooner"),
    Shortcut("Alt+Shift+ArrowRight", "startLater", "Start one word later"),
    Shortcut("Alt+Shift+ArrowLeft", "startSooner", "Start one word sooner"),
    Shortcut("Enter", "pick", "Code the passage: choose a theme, or make one"),
    *(
        Shortcut(str(number), f"recent{number}", f"Code the passage at recent theme {number}")
        for number in range(1, 10)
    ),
    Shortcut("c", "nextCoding", "Choose the next coding"),
    Shortcut("Shift+c", "previousCoding", "Choose the coding before"),
    Shortcut("t", "theme", "Change the theme of the chosen coding; accept a proposal at another theme"),
    Shortcut("m", "memo", "Memos on the chosen coding"),
    Shortcut("Shift+m", "sourceMemo", "Memos on the source"),
    Shortcut("l", "cite", "Link the chosen coding to a claim of its cell"),
    Shortcut("o", "cell", "Open the cell of the chosen coding"),
    Shortcut("a", "assign", "Assign the chosen coding to the source's next site"),
    Shortcut("Delete", "remove", "Remove the chosen coding"),
    Shortcut("p", "proposals", "Go to the first proposal"),
    Shortcut("y", "accept", "Accept the proposal and go to the next"),
    Shortcut("n", "reject", "Reject the proposal and go to the next"),
    Shortcut("Shift+y", "acceptAll", "Accept all proposals at the proposal's theme"),
    Shortcut("Shift+n", "rejectAll", "Reject all proposals at the proposal's theme"),
    Shortcut("e", "examine", "Mark the source as examined for themes"),
    Shortcut("d", "drifted", "Decide on drifted codings"),
    Shortcut("f", "find", "Find in this source"),
    Shortcut("h", "nextHeading", "Next heading"),
    Shortcut("Shift+h", "previousHeading", "Heading before"),
    Shortcut("v", "view", "Text, page, or both side by side (PDFs)"),
    Shortcut("z", "zoomIn", "Larger pages"),
    Shortcut("Shift+z", "zoomOut", "Smaller pages"),
    Shortcut("w", "fitWidth", "Pages as wide as the window"),
    Shortcut("Alt+PageDown", "nextSource", "Next source of the site"),
    Shortcut("Alt+PageUp", "previousSource", "Source of the site before"),
    Shortcut("Escape", "letGo", "Let go of the selection, the chosen coding, the cursor"),
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
