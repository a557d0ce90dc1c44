"""PDFs for tests: by reportlab where it can, by hand where nothing sane would write such a file."""

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from framework_coder.model.sources import Block, BlockKind, SourceText
from framework_coder.readers.options import ReadOptions
from framework_coder.readers.pdf import read

WIDTH, HEIGHT = A4
LEADING = 13.0


def read_pdf(content: bytes, *passwords: str) -> SourceText:
    """Read the bytes as the reader would a file named test.pdf."""
    return read(Path("test.pdf"), content, ReadOptions(passwords=passwords))


def texts(source: SourceText, *kinds: BlockKind) -> list[str]:
    """Return the texts of the blocks, of these kinds only where some are named."""
    return [
        source.text[block.start : block.end] for block in source.blocks if not kinds or block.kind in kinds
    ]


def block_of(source: SourceText, text: str) -> Block:
    """Return the block that holds the text."""
    start = source.text.index(text)
    return next(block for block in source.blocks if block.start <= start < block.end)


def draw(*pages: Callable[[Canvas], Any], size: tuple[float, float] = A4, **options: Any) -> bytes:
    """Return a PDF whose pages are drawn by the functions."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True, **options)
    canvas.setTitle("Test")
    for page in pages:
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(
    found: Sequence[str], x: float = 72, y: float = 72, *, font: str = "Helvetica", size: float = 10
) -> Callable[[Canvas], None]:
    """Return what draws lines from `y` points below the top of the page."""

    def draw_lines(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(found):
            canvas.drawString(x, HEIGHT - y - number * LEADING * size / 10, line)

    return draw_lines


def together(*parts: Callable[[Canvas], Any]) -> Callable[[Canvas], None]:
    """Return what draws all the parts on one page."""

    def draw_parts(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw_parts


PROSE = (
    "The service was set up in two thousand and four by two general practitioners who wanted patients on low "
    "incomes to have access to acupuncture and massage. It was evaluated by researchers from the university, "
    "who found it effective and liked by patients. Referrals came from fifteen practices across the county. "
    "Most patients had lasting conditions for which there was little else on offer, and the commissioners "
    "agreed to carry on funding it for another three years after the pilot had ended in the spring."
)


def wrap(text: str, width: float = 450, *, font: str = "Helvetica", size: float = 10) -> list[str]:
    """Break a text to lines of a width in points."""
    from reportlab.lib.utils import simpleSplit

    found: list[str] = simpleSplit(text, font, size, width)
    return found


def by_hand(objects: Sequence[bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, trailer, start,
    )  # fmt: skip
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object, not compressed."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def packed(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object, compressed."""
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + entries)


def swollen(content: bytes, times: int) -> bytes:
    """Return a small stream object that unpacks to the content so many times over; packed twice."""
    packer = zlib.compressobj(9)
    head = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    tile = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    inner = head + tile * (times - 1) + packer.flush()
    return stream(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode] ")


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def one_page(
    content: bytes, *, font: bytes = HELVETICA, page: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """Return a PDF of one page with this content; objects 6 and up are `more`."""
    return by_hand(
        [
            CATALOG,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> %s >>" % page,
            stream(content),
            font,
            *more,
        ]
    )


def to_unicode(pairs: dict[int, str]) -> bytes:
    """Return a map from codes of a font to text."""
    rows = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in pairs.items())
    return stream(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{len(pairs)} beginbfchar\n{rows}\nendbfchar endcmap end end"
        ).encode()
    )
