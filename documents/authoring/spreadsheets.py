"""Writes questionnaires as XLSX workbooks, one sheet a site."""

from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from masters import SourceMaster, plain
from questions import wording

STAMP = datetime(2016, 1, 4, 9, 0, tzinfo=UTC).replace(tzinfo=None)


def write_workbook(path: Path, sources: list[tuple[str, SourceMaster]]) -> None:
    """Write the sources of one workbook; each comes with the name of its sheet."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "Site questionnaire", "author": "Study team", "created": STAMP})
        head = book.add_format({"bold": True, "bg_color": "#DDE6E0", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for name, source in sources:
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 0, 5)
            sheet.set_column(1, 1, 42)
            sheet.set_column(2, 2, 90)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, ["No.", "Question", "Answer"], head)
            for number, line in enumerate(source.lines, 1):
                question = wording(source.fields.get("style", "first"), line.cells[0])
                sheet.write_number(number, 0, number, cell)
                sheet.write_string(number, 1, question, cell)
                sheet.write_string(number, 2, plain(line.text), cell)
