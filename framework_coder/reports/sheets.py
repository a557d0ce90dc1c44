"""Tables into sheets: text as text, links where asked, header frozen and filtered, nothing cut in silence."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from framework_coder.model.legend import LEGEND, CellState, State
from framework_coder.model.triangulation import Status
from framework_coder.reports.tables import Table, Value

CELL_LIMIT = 32_767
"""Characters that a spreadsheet cell can hold."""

CUT_MARK = " … [continues in the CSV files]"
"""How a text ends that does not fit a cell."""

LINK_LIMIT = 65_000
"""Links that a sheet can hold; beyond, the text is written without its link."""

_FONT = "Calibri"

_LINE_HEIGHT, _TALLEST = 13.5, 400.0
"""Points; a row cannot be taller than 409."""

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
    """Writes tables as sheets of one workbook; `notes` says what could not be held."""

    def __init__(self, workbook: Any, styles: Styles) -> None:
        self.workbook = workbook
        self.styles = styles
        self.notes: list[str] = []
        self._links = 0

    def add_sheet(self, title: str) -> Any:
        """Return a new, empty sheet."""
        self._links = 0
        sheet = self.workbook.add_worksheet(title)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def put(
        self, sheet: Any, row: int, column: int, value: Value, style: Any, link: str | None = None
    ) -> None:
        """Write one value at a row and column counted from 0."""
        text = self._fit(sheet.get_name(), row, "" if value is None else str(value))
        is_linked = bool(link and text) and self._may_link()
        if is_linked:
            sheet.write_url(row, column, link, style, text)
        if isinstance(value, (int, float)):  # over a link's text too: the number stays a number and linked
            sheet.write_number(row, column, value, style)
        elif text and not is_linked:
            sheet.write_string(row, column, text, style)
        elif style is not self.styles.text and not text:
            sheet.write_blank(row, column, None, style)

    def _may_link(self) -> bool:
        self._links += 1
        return self._links <= LINK_LIMIT

    def _fit(self, sheet: str, row: int, text: str) -> str:
        if len(text) <= CELL_LIMIT:
            return text
        place = f"Sheet {sheet}, row {row + 1}"
        self.notes.append(
            f"{place}: {len(text):,} characters do not fit a cell; the CSV files hold them all."
        )
        return text[: CELL_LIMIT - len(CUT_MARK)] + CUT_MARK

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
        targets = links or {}
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.title, self.styles.header)
            sheet.write_comment(0, number, column.meaning)
        widths = [column.width for column in table.columns]
        special = [
            (number, column.name)
            for number, column in enumerate(table.columns)
            if column.name in targets or column.name == colours or (back and column.name == back[0])
        ]
        plain = [n for n in range(len(table.columns)) if n not in {number for number, _ in special}]
        for line, row in enumerate(table.rows, start=1):
            set_height(sheet, line, row, widths)
            self._write_plain(sheet, line, row, plain)
            for number, name in special:
                value = row[number]
                link = back[1][line - 1] if back and name == back[0] else targets.get(name, {}).get(value)
                style = self.styles.link if link else self.styles.text
                if name == colours:
                    style = self.styles.states[_state(value)]
                self.put(sheet, line, number, value, style, link)
        sheet.freeze_panes(1, 2 if len(table.columns) > 2 else 0)  # noqa: PLR2004 - the two that name a row
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        else:
            sheet.write_string(1, 0, "Nothing here yet.", self.styles.text)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, max(1, len(table.rows)), _last_printed(widths))

    def _write_plain(self, sheet: Any, line: int, row: Sequence[Value], columns: Sequence[int]) -> None:
        """Write the values of a row that have no link and no colour: most of a large workbook."""
        style = self.styles.text
        for number in columns:
            value = row[number]
            if value is None or value == "":
                continue
            if isinstance(value, str) and len(value) <= CELL_LIMIT:
                sheet.write_string(line, number, value, style)
            else:
                self.put(sheet, line, number, value, style)

    def write_guide(self, sections: list[tuple[str, list[tuple[str, str]]]]) -> None:
        """Write the page that explains the workbook."""
        sheet = self.add_sheet("Read me")
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 110)
        line = 0
        for title, rows in sections:
            sheet.write_string(line, 0, title, self.styles.section)
            for term, meaning in rows:
                line += 1
                set_height(sheet, line, (term, meaning), (30, 110))
                self.put(sheet, line, 0, term, self.styles.text)
                self.put(sheet, line, 1, meaning, self.styles.text)
            line += 2


def set_height(sheet: Any, line: int, values: Sequence[Value], widths: Sequence[int]) -> None:
    """Make a row as tall as its longest text needs: not every program does so by itself."""
    lines = 1
    for value, width in zip(values, widths, strict=True):
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            lines = max(lines, _count_lines(value, width))
    sheet.set_row(line, min(_TALLEST, _LINE_HEIGHT * lines + 2))


def _count_lines(text: str, width: int) -> int:
    return sum(1 + len(line) // (width + width // 8) for line in text.split("\n"))


def _last_printed(widths: Sequence[int]) -> int:
    """Return the last column that a page holds legibly; those beyond are for the screen."""
    total = list(accumulate(widths))
    return max(0, sum(width <= _PAGE_WIDTH for width in total) - 1)


def _state(value: Value) -> State:
    return Status(str(value)) if value in set(Status) else CellState(str(value))
