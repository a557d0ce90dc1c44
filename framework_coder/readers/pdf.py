"""Read a PDF: text in reading order, with page furniture, tables, form values and notes told apart.

The work is done page by page (`pdf_pages`, `pdf_tables`, `pdf_forms`), then over the file (`pdf_furniture`,
`pdf_layout`, `pdf_paragraphs`), and put together here. Choices: `docs/decisions/022-pdf.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framework_coder.model.sources import BlockKind, Metadata, SourceText
from framework_coder.readers.cleaning import Cleaning
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.pdf_assembly import Origins, PdfAssembly
from framework_coder.readers.pdf_forms import FieldValue, Note, iso_date, read_annotations
from framework_coder.readers.pdf_furniture import Furniture, take_furniture
from framework_coder.readers.pdf_hyphens import LIGATURES
from framework_coder.readers.pdf_layout import Line, arrange, stand_in
from framework_coder.readers.pdf_opening import NeedsRecognitionError, open_document
from framework_coder.readers.pdf_pages import HYPHEN, PageContent, PageReader, pair_halves
from framework_coder.readers.pdf_paragraphs import (
    BodyStyle,
    PageParagraphs,
    Paragraph,
    find_body_style,
    join_lines,
    set_levels,
)
from framework_coder.readers.pdf_tables import CellText, Table, cell_texts, find_tables, is_in, text_in
from framework_coder.readers.refusals import DamagedFileError

READER = "pdf 1"

MOST_UNREADABLE = 0.05
"""A page where more than this part of the letters have no meaning is reported."""


@dataclass(slots=True)
class FoundPage:
    """Everything that was found on a page."""

    content: PageContent
    tables: list[tuple[Table, list[CellText]]] = field(default_factory=list)
    values: list[FieldValue] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)


def read(path: Path, content: bytes, options: ReadOptions) -> SourceText:
    """Return the source; raises `UnreadableFileError`, also where no page has any text."""
    return read_with_origins(path, content, options)[0]


def read_with_origins(path: Path, content: bytes, options: ReadOptions) -> tuple[SourceText, Origins]:
    """Return the source, and for each of its blocks the letters of the pages that it was made of."""
    with open_document(path, content, options.passwords) as document:
        pages = _read_pages(document)
        metadata = _metadata(document.get_metadata_dict())
        attachments = document.count_attachments()
    assembly = PdfAssembly()
    _warn(path, assembly, pages, attachments)
    furniture = take_furniture([page.content for page in pages])
    _assemble(assembly, pages, furniture)
    return assembly.finish(content, "application/pdf", READER, metadata), assembly.origins


def _read_pages(document: Any) -> list[FoundPage]:
    """Return what each page holds, cleaned."""
    import pypdfium2.raw as pdfium_c

    reader, cleaning = PageReader(), Cleaning()
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()
    form = document.formenv.raw if document.formenv else None
    pages = []
    for index in range(len(document)):
        try:
            page = document[index]
        except Exception:  # noqa: BLE001 - pypdfium2 has one error for all; told by `_warn`
            pages.append(FoundPage(PageContent(index + 1, 0.0, 0.0, 0)))
            continue
        pages.append(_read_page(page, index + 1, reader, form))
        page.close()
        _clean(pages[-1].content, cleaning)
    return pages


def _read_page(page: Any, number: int, reader: PageReader, form: Any) -> FoundPage:
    import pypdfium2.raw as pdfium_c

    found = FoundPage(reader.read(page, number))
    content, frame = found.content, found.content.frame
    assert frame
    if pdfium_c.FPDFPage_GetAnnotCount(page) > 0:
        found.values, found.notes = read_annotations(page, form, frame)
    may_have_tables = content.has_paths and content.pieces and not content.is_turned
    tables = find_tables(page, frame, content.pieces) if may_have_tables else []
    if not tables and not found.notes:
        return found
    textpage = page.get_textpage()
    for table in tables:
        held = [piece for piece in content.pieces if is_in(piece, table.box)]
        content.pieces = [piece for piece in content.pieces if not is_in(piece, table.box)]
        found.tables.append((table, cell_texts(textpage, frame, table, held)))
        content.pieces.append(stand_in(table.box, len(found.tables)))
    found.quotes = [text_in(textpage, frame, note.box) for note in found.notes]
    textpage.close()
    return found


def _clean(content: PageContent, cleaning: Cleaning) -> None:
    """Fold ligatures and bring the text of each piece to its one form."""
    for piece in content.pieces + content.turned:
        text = piece.text
        if piece.table:
            continue
        if not (text.isascii() and text.isprintable()):
            text = cleaning.clean(pair_halves(text).translate(LIGATURES).replace(HYPHEN, "-")).strip()
        piece.text = " ".join(text.split()) if "  " in text else text
    content.pieces = [piece for piece in content.pieces if piece.text]
    content.turned = [piece for piece in content.turned if piece.text]


def _warn(path: Path, assembly: PdfAssembly, pages: list[FoundPage], attachments: int) -> None:
    """Report what could not be read; refuse a file without any text."""
    empty = [page for page in pages if not (page.content.pieces or page.tables or page.content.turned)]
    scanned = [page for page in empty if page.content.has_images]
    drawn = [page for page in empty if page.content.has_paths and not page.content.has_images]
    silent = [page for page in empty if not page.values]
    broken = [page.content.number for page in pages if not page.content.width]
    if len(broken) == len(pages):
        raise DamagedFileError(path, "none of its pages can be opened")
    if len(silent) == len(pages):
        why = "its pages are pictures" if scanned else "its pages have no text"
        raise NeedsRecognitionError(path, why)
    assembly.warn_pages("needs_ocr", "are pictures without text: they need OCR", _numbers(scanned))
    assembly.warn_pages(
        "drawn_pages", "show a drawing and no text; see whether they need OCR", _numbers(drawn)
    )
    assembly.warn_pages("broken_pages", "are damaged and were left out", broken)
    unreadable = [page for page in pages if _is_unreadable(page.content)]
    assembly.warn_pages("unreadable_font", "use a font whose letters cannot be read", _numbers(unreadable))
    assembly.warn(
        "outside_page", "Lines of text outside the edge of the page were left out.",
        sum(page.content.outside for page in pages),
    )  # fmt: skip
    assembly.warn(
        "attachments", "Files attached to the PDF were not read; save and import them.", attachments
    )


def _numbers(pages: list[FoundPage]) -> list[int]:
    return [page.content.number for page in pages]


def _is_unreadable(content: PageContent) -> bool:
    letters = sum(len(piece.text) for piece in content.pieces)
    return content.unreadable > max(2.0, MOST_UNREADABLE * letters)


def _assemble(
    assembly: PdfAssembly, pages: list[FoundPage], furniture: Mapping[int, list[Furniture]]
) -> None:
    """Put the paragraphs of all pages in order and add them to the source."""
    style = find_body_style([page.content for page in pages])
    laid = [_lay_out(page, style) for page in pages]
    assembly.begin([paragraph for found in laid for paragraph in (*found.body, *found.asides)], style)
    set_levels([paragraph for found in laid for paragraph in found.body], style)
    for page, found in zip(pages, laid, strict=True):
        assembly.add_page(page.content, found, furniture.get(page.content.number, []))
        for value in page.values:
            assembly.add_value(page.content.number, value)
        for note, quote in zip(page.notes, page.quotes, strict=True):
            assembly.add_note(page.content.number, note, quote)
    assembly.end()


def _lay_out(page: FoundPage, style: BodyStyle) -> PageParagraphs:
    """Return the paragraphs of a page, its tables where they stand."""
    content = page.content
    found = join_lines(arrange(content.pieces, content.number), style, content.height)
    body, found.body = found.body, []
    for paragraph in body:
        number = paragraph.lines[0].table
        found.body += _cells(content.number, number, *page.tables[number - 1]) if number else [paragraph]
    for piece in content.turned:
        line = Line(
            piece.text, piece.x0, piece.top, piece.x1, piece.bottom, piece.base, piece.size, piece.is_bold,
            piece.is_hyphenated, content.number, letters=(piece.letters,),
        )  # fmt: skip
        found.asides.append(Paragraph([line], BlockKind.TEXT_BOX))
    return found


def _cells(page: int, number: int, table: Table, texts: list[CellText]) -> list[Paragraph]:
    """Return a paragraph for each cell that is not empty."""
    paragraphs = []
    for cell, found in zip(table.cells, texts, strict=True):
        x0, top, x1, bottom = cell.box
        lines = [
            Line(
                part.rstrip(HYPHEN).strip(),
                x0,
                top,
                x1,
                bottom,
                bottom,
                10.0,
                False,
                part.endswith(HYPHEN),
                page,
            )
            for part in pair_halves(found.text)
            .translate(LIGATURES)
            .replace(HYPHEN, f"{HYPHEN}\n")
            .splitlines()
            if part.strip()
        ]
        if lines:
            lines[0].letters = found.letters  # of all its lines, in their order
            paragraphs.append(
                Paragraph(lines, BlockKind.TABLE_CELL, table=number, row=cell.row, column=cell.column)
            )
    return paragraphs


def _metadata(found: Mapping[str, str]) -> Metadata:
    """Return what the file says of itself."""
    author = found.get("Author", "").strip()
    known = {"Title", "Author", "CreationDate", "ModDate"}
    return Metadata(
        title=found.get("Title", "").strip(),
        authors=tuple(name.strip() for name in author.split(";") if name.strip()),
        created=iso_date(found.get("CreationDate", "")),
        other={key: value for key, value in found.items() if key not in known and value.strip()},
    )
