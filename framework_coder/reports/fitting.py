"""What a cell of a spreadsheet can hold, and how tall its row has to be."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from framework_coder.reports.tables import Value

CELL_LIMIT = 32_767
"""UTF-16 units that a spreadsheet cell can hold: characters, where none is beyond the basic plane."""

CUT_MARK = " … [continues in the CSV files]"
"""How a text ends that does not fit a cell."""

_LINE_HEIGHT, _TALLEST = 13.5, 400.0
"""Points; a row cannot be taller than 409."""


def fits(text: str) -> bool:
    """Say whether a cell holds a text whole."""
    return len(text) <= CELL_LIMIT // 2 or _utf16(text) <= CELL_LIMIT


def cut(text: str) -> str:
    """Return as much of a text that does not fit as a cell holds beside the mark that says so."""
    kept = text[: CELL_LIMIT - len(CUT_MARK)]
    while (over := _utf16(kept) + len(CUT_MARK) - CELL_LIMIT) > 0:
        kept = kept[: -(over + 1 >> 1)]
    return kept + CUT_MARK


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def as_plain(text: str) -> str:
    """Return a text so that XlsxWriter does not take it for markup of its own, which it passes as it is."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(text)}</t></r>'
    return text


def measure_row(values: Sequence[str], widths: Sequence[int]) -> float:
    """Return how many points a row needs for its longest text; `widths` are those of its columns."""
    return _points(max(map(_lines, values, widths), default=1))


def measure_rows(columns: Sequence[Sequence[Value]], widths: Sequence[int]) -> list[float]:
    """Return the same of every row of a table that is given as columns."""
    lines = [1] * (len(columns[0]) if columns else 0)
    for values, width in zip(columns, widths, strict=True):
        tall: dict[Value, int] = {
            value: _lines(value, width)
            for value in set(values)
            if isinstance(value, str) and (len(value) > width or "\n" in value)
        }
        if tall:
            lines = [max(so_far, tall.get(value, 1)) for so_far, value in zip(lines, values, strict=True)]
    return [_points(number) for number in lines]


def _points(lines: int) -> float:
    return min(_TALLEST, _LINE_HEIGHT * lines + 2)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(1 + len(line) // (width + width // 8) for line in text.split("\n"))
