"""What the libraries below take to read the corpus with nothing kept: the yardstick."""

from pathlib import Path


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
