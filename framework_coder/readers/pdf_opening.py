"""Open a PDF, or say in one sentence why it cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from framework_coder.errors import UnreadableFileError
from framework_coder.readers.refusals import DamagedFileError, OversizedFileError, UnopenableFileError

MOST_PAGES = 20_000
"""A file that claims more pages is refused."""


class PasswordNeededError(UnreadableFileError):
    """None of the given passwords opens the file."""

    def __init__(self, path: Path, *, tried: int) -> None:
        what = "needs a password" if not tried else "is not opened by the password given"
        super().__init__(
            f"{path.name} {what}; give it with --password, or save a copy without one and import that."
        )


class NeedsRecognitionError(UnreadableFileError):
    """No page has text that a program can read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path.name} needs OCR: {why}. Run text recognition on it (OCRmyPDF, Acrobat, or the scanner's "
            "own program) and import the result."
        )


@contextmanager
def open_document(path: Path, content: bytes, passwords: tuple[str, ...]) -> Iterator[Any]:
    """Yield the pypdfium2 document; raises `UnreadableFileError`."""
    document = _open(path, content, passwords)
    try:
        count = len(document)
        if count == 0:
            raise DamagedFileError(path, "it has no pages")
        if count > MOST_PAGES:
            raise OversizedFileError(path, f"it has {count:,} pages and the limit is {MOST_PAGES:,}")
        yield document
    finally:
        document.close()


def _open(path: Path, content: bytes, passwords: tuple[str, ...]) -> Any:
    import pypdfium2 as pdfium

    for password in (None, *passwords):
        try:
            return pdfium.PdfDocument(content, password=password)
        except pdfium.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == pdfium.raw.FPDF_ERR_PASSWORD:
                continue
            if code == pdfium.raw.FPDF_ERR_SECURITY:
                raise UnopenableFileError(
                    path, "it is protected in a way that is not known; save a copy without protection"
                ) from error
            raise DamagedFileError(path, "it does not hold the parts of a PDF") from error
    raise PasswordNeededError(path, tried=len(passwords))
