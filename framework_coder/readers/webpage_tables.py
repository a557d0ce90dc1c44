"""Rows and columns of a web page's tables, merged cells counted; and tables that only lay out a page."""

from selectolax.lexbor import LexborNode

from framework_coder.model.sources import Locator
from framework_coder.readers.webpage_names import Attributes

_MOST_SPAN = 1000
"""As in browsers: a cell that claims to span more columns spans this many."""


class Grid:
    """Follows the cells of one table and says which row and column each starts in."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._row = 0
        self._column = 1
        self._next = 1
        self._filled: dict[int, int] = {}

    def start_row(self) -> None:
        """Go to the next row; columns that a cell above reaches into stay taken."""
        self._row += 1
        self._next = 1
        self._filled = {column: rows - 1 for column, rows in self._filled.items() if rows > 1}

    def start_cell(self, attributes: Attributes) -> None:
        """Go to the next free column of the row."""
        while self._next in self._filled:
            self._next += 1
        self._column = self._next
        width, height = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        for column in range(self._column, self._column + width):
            self._filled[column] = max(height, self._filled.get(column, 0))
        self._next = self._column + width

    def place(self) -> Locator:
        """Return where the cell begins."""
        return Locator(table=self._number, row=max(self._row, 1), column=self._column)


def is_layout(node: LexborNode, attributes: Attributes) -> bool:
    """Whether a table only lays out the page: it says so, or it holds headings or other tables."""
    if (attributes.get("role") or "").lower() in {"presentation", "none"}:
        return True
    if any(table.mem_id != node.mem_id for table in node.css("table")):
        return True
    return node.css_first("h1, h2, h3, form") is not None


def _span(text: str | None) -> int:
    """Return how many rows or columns a cell spans."""
    return min(max(int(text), 1), _MOST_SPAN) if text and text.strip().isdecimal() else 1
