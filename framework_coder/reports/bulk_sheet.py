"""A worksheet that takes whole columns: a call a cell is slow where a study has two million of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from framework_coder.reports.fitting import as_plain
from framework_coder.reports.tables import Value


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The values of a column from top to bottom, with the formats of a workbook that they stand in.

    `targets` has for each value the place that it leads to (`'Claims'!A2`), or None; empty: no value leads
    anywhere. What does is in the format `link`, values in `styles` in theirs, the rest in `style`.
    """

    values: Sequence[Value]
    style: Any
    styles: Mapping[Value, Any] = field(default_factory=dict)
    targets: Sequence[str | None] = ()
    link: Any = None


class BulkSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet of XlsxWriter below whose rows stand columns that were written as a whole.

    They go into the file as XlsxWriter writes its own cells: text shared, its control characters escaped by
    the library, numbers to sixteen digits.
    """

    def __init__(self) -> None:
        super().__init__()
        self.dim_rowmax: int | None = None
        self._last_own_row = -1
        self._bulk_rows: list[str] = []
        self._bulk_links: list[str] = []

    def write_columns(self, first: int, columns: Sequence[ColumnCells], heights: Sequence[float]) -> None:
        """Write columns side by side from A and row `first` (from 0), as long as `heights`, which are points.

        It is done once a sheet, and below all that is written otherwise. A text has to fit a cell.
        """
        if not heights:
            return
        numbers = [str(number) for number in range(first + 1, first + 1 + len(heights))]
        drawn = [self._draw(xl_col_to_name(place), numbers, column) for place, column in enumerate(columns)]
        starts, ends = self._start_rows(first, numbers, heights), ["</row>"] * len(numbers)
        self._bulk_rows = list(map("".join, zip(starts, *filter(None, drawn), ends, strict=True)))
        self._last_own_row = first - 1
        self._check_dimensions(first + len(heights) - 1, len(columns) - 1)

    def _start_rows(self, first: int, numbers: Sequence[str], heights: Sequence[float]) -> list[str]:
        pixels = {height: int(height * 4 / 3 + 0.5) for height in set(heights)}
        self.row_sizes |= {row: [pixels[height], False] for row, height in enumerate(heights, first)}
        ends = {height: f'" ht="{0.75 * size:.16g}" customHeight="1">' for height, size in pixels.items()}
        return [f'<row r="{number}{ends[height]}' for number, height in zip(numbers, heights, strict=True)]

    def _draw(self, letters: str, numbers: Sequence[str], column: ColumnCells) -> list[str]:
        """Return the cells of a column, "" where there is no value; an empty list where it has none."""
        counted = Counter(column.values)
        if not counted.keys() - {None, ""}:
            return []
        start = f'<c r="{letters}'
        plain = self._ends(counted, column.style, column.styles)
        if not column.targets:
            return [
                f"{start}{number}{end}" if (end := plain[value]) else ""
                for number, value in zip(numbers, column.values, strict=True)
            ]
        linked = self._ends(dict.fromkeys(counted, 0), column.link, column.styles)
        self._link(letters, numbers, column)
        return [
            f"{start}{number}{end}" if (end := (linked if target else plain)[value]) else ""
            for number, value, target in zip(numbers, column.values, column.targets, strict=True)
        ]

    def _ends(
        self, counted: Mapping[Value, int], style: Any, styles: Mapping[Value, Any]
    ) -> dict[Value, str]:
        """Return what follows the reference in the cell of each value; nothing for a value that is none."""
        usual = _number(style)
        own = {value: _number(each) for value, each in styles.items()}
        ends: dict[Value, str] = {}
        for value, times in counted.items():
            if value is None or value == "":
                ends[value] = ""
            elif isinstance(value, (int, float)):
                ends[value] = f'" s="{own.get(value, usual)}"><v>{value:.16G}</v></c>'
            else:
                shared = self._share(str(value), times)
                ends[value] = f'" s="{own.get(value, usual)}" t="s"><v>{shared}</v></c>'
        return ends

    def _share(self, text: str, times: int) -> int:
        """Return the number of a text among those that all sheets share."""
        table = self.str_table
        table.count += times - 1
        return int(table._get_shared_string_index(as_plain(text)))  # noqa: SLF001 - as its own cells do

    def _link(self, letters: str, numbers: Iterable[str], column: ColumnCells) -> None:
        quoted = {target: escape(target, {'"': "&quot;"}) for target in set(column.targets) if target}
        self._bulk_links += [
            f'<hyperlink ref="{letters}{number}" location="{quoted[target]}"/>'
            for number, target in zip(numbers, column.targets, strict=True)
            if target
        ]

    def _write_rows(self) -> None:
        """Write the rows into the file: the library's own, then those written as columns."""
        if not self._bulk_rows:
            super()._write_rows()
            return
        last, self.dim_rowmax = self.dim_rowmax, self._last_own_row
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.writelines(self._bulk_rows)

    def _write_hyperlinks(self) -> None:
        """Write the links of the columns; of single cells the sheet has none then."""
        if not self._bulk_links:
            super()._write_hyperlinks()
            return
        self._xml_start_tag("hyperlinks")
        self.fh.writelines(self._bulk_links)
        self._xml_end_tag("hyperlinks")


def _number(style: Any) -> int:
    """Return the number that a format has in its workbook."""
    return int(style._get_xf_index())  # noqa: SLF001 - as its own cells do
