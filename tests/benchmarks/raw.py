"""What the libraries below take for the same amount with nothing kept: the yardstick."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

Rows = Sequence[Sequence[object]]


def read_raw(path: Path) -> int:
    """Return the number of characters that the raw library gets out of a file."""
    return _READERS[path.suffix](path)


def read_pdf(path: Path) -> int:
    """Extract text page by page with pdfium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    count = 0
    for page in document:
        text = page.get_textpage()
        count += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return count


def _read_docx(path: Path) -> int:
    from docx import Document

    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return sum(len(p.text) for p in document.paragraphs) + sum(map(len, cells))


def _read_html(path: Path) -> int:
    from selectolax.lexbor import LexborHTMLParser

    return len(LexborHTMLParser(path.read_bytes()).text())


def _read_txt(path: Path) -> int:
    return len(path.read_text(encoding="utf-8", errors="replace"))


_READERS = {".pdf": read_pdf, ".docx": _read_docx, ".html": _read_html, ".txt": _read_txt}


def write_plain_workbook(sheets: Sequence[Rows], path: Path) -> int:
    """Write the same values with XlsxWriter, a call a cell, without looks or links; return their number."""
    import xlsxwriter

    cells = 0
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, (int, float)):
                        sheet.write_number(line, column, value)
                    elif value is not None and value != "":
                        sheet.write_string(line, column, str(value))
                    else:
                        continue
                    cells += 1
    return cells


def write_plain_page(sheets: Sequence[Rows], path: Path) -> int:
    """Write the same values as bare HTML tables and once more as JSON; return the characters."""
    tables = []
    for rows in sheets:
        lines = ("".join([f"<td>{escape(str(value))}</td>" for value in row]) for row in rows)
        tables.append(f"<table>{''.join([f'<tr>{line}</tr>' for line in lines])}</table>")
    page = f"<!doctype html>{''.join(tables)}<script>{json.dumps(sheets, ensure_ascii=False)}</script>"
    return path.write_text(page, encoding="utf-8")
