"""Tables into sheets: text as text, links where asked, header frozen and filtered, nothing cut in silence."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from framework_coder.model.legend import LEGEND, CellState, State
from framework_coder.model.triangulation import Status
from framework_coder.reports.fitting import as_plain, cut, fits, measure_row, measure_rows
from framework_coder.reports.signing import add, sign
from framework_coder.reports.tables import Table, Value

LINK_LIMIT = 65_000
"""Links that a sheet can hold; beyond, the text is written without its link."""

_FONT = "Calibri"

_PAGE_WIDTH = 230
"""Characters that an A4 page shows side by side at a legible size."""

_HEAD = {"bold": True, "bg_color": "#1b5e63", "font_color": "#ffffff", "border": 1, "border_color": "#ffffff"}


class Styles:
    """The formats of a workbook, made once."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": _FONT, "font_size": 10, "valign": "top", "text_wrap": True}
        base |= {"bottom": 1, "bottom_color": "#e6e1d9"}
        centred = {"bold": True, "align": "center", "valign": "top"}
        self.text = workbook.add_format(base)
        self.strong = workbook.add_format({**base, "bold": True})
        self.faint = workbook.add_format({**base, "font_color": "#6b665e", "italic": True})
        self.link = workbook.add_format({**base, "font_color": "#1b5e63", "underline": 1})
        self.header = workbook.add_format({**base, **_HEAD})
        self.group = workbook.add_format({**base, **_HEAD, "bg_color": "#dfe9e9", "font_color": "#1b3f42"})
        self.title = workbook.add_format({"font_name": _FONT, "bold": True, "font_size": 14})
        self.note = workbook.add_format({"font_name": _FONT, "font_size": 9, "font_color": "#5f5a52"})
        self.section = workbook.add_format({"font_name": _FONT, "bold": True, "font_size": 12, "bottom": 1})
        self.badges = {state: workbook.add_format(base | _look(state) | centred) for state in LEGEND}
        self.states = {state: workbook.add_format(base | _look(state)) for state in LEGEND}


def _look(state: State) -> dict[str, Any]:
    look = LEGEND[state]
    if look.hatched:
        return {
            "pattern": 14,
            "fg_color": "#cfc9c0",
            "bg_color": look.background,
            "font_color": look.foreground,
        }
    return {
        "bg_color": look.background,
        "font_color": look.foreground,
        "border": 1,
        "border_color": "#d8d3cb",
    }


class SheetWriter:
    """Writes tables as sheets of one workbook; `notes` says what could not be held.

    `signs` has for each sheet how many rows stand above its lines, and a sum over what these say.
    """

    def __init__(self, workbook: Any, styles: Styles) -> None:
        self.workbook = workbook
        self.styles = styles
        self.notes: list[str] = []
        self.signs: dict[str, tuple[int, int]] = {}
        self._links = 0

    def add_sheet(self, title: str, heads: int = 1) -> Any:
        """Return a new, empty sheet; so many rows of it stand above its lines."""
        from framework_coder.reports.bulk_sheet import BulkSheet

        self._links = 0
        self.signs[title] = (heads, 0)
        sheet = self.workbook.add_worksheet(title, worksheet_class=BulkSheet)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def put(self, sheet: Any, row: int, column: int, text: str, style: Any, link: str | None = None) -> None:
        """Write one text at a row and column counted from 0; `link` is the place it leads to."""
        text = self._fit(sheet.get_name(), row, text)
        self._sign(sheet.get_name(), [text])
        if link and text and self._take_links(sheet.get_name(), 1):
            sheet.write_url(row, column, f"internal:{link}", style, as_plain(text))
        elif text:
            sheet.write_string(row, column, as_plain(text), style)
        elif style is not self.styles.text:
            sheet.write_blank(row, column, None, style)

    def _sign(self, sheet: str, values: Sequence[Value]) -> None:
        heads, total = self.signs[sheet]
        self.signs[sheet] = (heads, add(total, sign(values)))

    def _take_links(self, sheet: str, wanted: int) -> int:
        """Return how many more links the sheet holds, of so many wanted; the first one over is told."""
        room = LINK_LIMIT - self._links
        if self._links <= LINK_LIMIT < self._links + wanted:
            self.notes.append(
                f"Sheet {sheet}: a sheet holds {LINK_LIMIT:,} links; further cells stand without theirs."
            )
        self._links += wanted
        return max(0, min(wanted, room))

    def _fit(self, sheet: str, row: int, text: str) -> str:
        if fits(text):
            return text
        place = f"Sheet {sheet}, row {row + 1}"
        self.notes.append(
            f"{place}: {len(text):,} characters do not fit a cell; the CSV files hold them all."
        )
        return cut(text)

    def write(
        self,
        table: Table,
        links: Mapping[str, Mapping[Any, str]] | None = None,
        back: tuple[str, Sequence[str | None]] | None = None,
        colours: str = "",
    ) -> None:
        """Write a table; `links` gives targets by column and value, `back` one target a row for a column.

        `colours` names a column of states that are shown in their colours.
        """
        sheet = self.add_sheet(table.title)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.title, self.styles.header)
            sheet.write_comment(0, number, column.meaning)
        targets: dict[str, Sequence[str | None]] = {}
        for name, places in (links or {}).items():
            at = table.names.index(name)
            targets[name] = [places.get(row[at]) for row in table.rows]
        self.write_rows(sheet, 1, table, targets | dict([back] if back else []), colours)
        sheet.freeze_panes(1, 2 if len(table.columns) > 2 else 0)  # noqa: PLR2004 - the two that name a row
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        else:
            self.put(sheet, 1, 0, "Nothing here yet.", self.styles.text)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, max(1, len(table.rows)), _last_printed([c.width for c in table.columns]))

    def write_rows(
        self,
        sheet: Any,
        first: int,
        table: Table,
        targets: Mapping[str, Sequence[str | None]] | None = None,
        colours: str = "",
    ) -> None:
        """Write the rows of a table below all that the sheet has; `targets` are by column, one a row."""
        from framework_coder.reports.bulk_sheet import ColumnCells

        styles, columns = self.styles, list(zip(*table.rows, strict=True))
        heights = measure_rows(columns, [column.width for column in table.columns] if columns else [])
        cells = []
        for name, values in zip(table.names, columns, strict=False):
            fitted = self._fit_all(sheet.get_name(), first, values)
            self._sign(sheet.get_name(), fitted)
            kept = self._keep_links(sheet.get_name(), fitted, (targets or {}).get(name, ()))
            looks = {value: styles.states[_state(value)] for value in set(values)} if name == colours else {}
            cells.append(ColumnCells(fitted, styles.text, looks, kept, styles.link))
        sheet.write_columns(first, cells, heights)

    def _fit_all(self, sheet: str, first: int, values: Sequence[Value]) -> Sequence[Value]:
        if all(fits(value) for value in set(values) if isinstance(value, str)):
            return values
        return [
            self._fit(sheet, row, value) if isinstance(value, str) else value
            for row, value in enumerate(values, first)
        ]

    def _keep_links(
        self, sheet: str, values: Sequence[Value], targets: Sequence[str | None]
    ) -> Sequence[str | None]:
        """Return the targets of what there is to click on, as many as the sheet still holds."""
        if not targets:
            return ()
        kept = [
            None if value is None or value == "" else target
            for value, target in zip(values, targets, strict=True)
        ]
        wanted = len(kept) - kept.count(None)
        room = self._take_links(sheet, wanted)
        if room < wanted:
            left = iter(range(room))
            kept = [target if target and next(left, None) is not None else None for target in kept]
        return kept

    def write_guide(self, sections: list[tuple[str, list[tuple[str, str]]]]) -> None:
        """Write the page that explains the workbook."""
        sheet = self.add_sheet("Read me", heads=0)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 110)
        line = 0
        for title, rows in sections:
            self.put(sheet, line, 0, title, self.styles.section)
            for term, meaning in rows:
                line += 1
                set_height(sheet, line, (term, meaning), (30, 110))
                self.put(sheet, line, 0, term, self.styles.text)
                self.put(sheet, line, 1, meaning, self.styles.text)
            line += 2


def set_height(sheet: Any, line: int, values: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as tall as its longest text needs: not every program does so by itself."""
    sheet.set_row(line, measure_row(values, widths))


def _last_printed(widths: Sequence[int]) -> int:
    """Return the last column that a page holds legibly; those beyond are for the screen."""
    total = list(accumulate(widths))
    return max(0, sum(width <= _PAGE_WIDTH for width in total) - 1)


def _state(value: Value) -> State:
    return Status(str(value)) if value in set(Status) else CellState(str(value))
