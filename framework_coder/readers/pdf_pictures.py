"""Pictures of the pages of a PDF, within bounds."""

import io
import math
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.model.pages import NoSuchPageError
from framework_coder.readers.pdf_opening import open_document
from framework_coder.readers.refusals import DamagedFileError

LEAST_SCALE, MOST_SCALE = 0.1, 6.0
"""Pixels a point."""

MOST_PIXELS = 16_000_000
"""A picture that would be larger is made smaller: a poster at the scale of a letter takes a gigabyte."""

_QUICK = 3
"""How hard a picture is packed: higher takes twice the time and saves little."""


class ScaleError(BadInputError):
    """A picture is asked for too small to read, or too large."""

    def __init__(self, scale: float) -> None:
        super().__init__(f"A scale of {scale:g} is out of range: give {LEAST_SCALE} to {MOST_SCALE:g}.")


def check_scale(scale: float) -> None:
    """Raise ScaleError where no picture is made at a scale."""
    if not LEAST_SCALE <= scale <= MOST_SCALE:  # a scale that is no number is out of range too
        raise ScaleError(scale)


def draw_page(
    path: Path, content: bytes, number: int, scale: float, passwords: tuple[str, ...] = ()
) -> bytes:
    """Return page `number` (from 1) as a PNG, `scale` pixels a point, notes and form values included.

    Raises ScaleError, NoSuchPageError, and `UnreadableFileError` where the file or the page cannot be opened.
    """
    check_scale(scale)
    with open_document(path, content, passwords) as document:
        if not 1 <= number <= len(document):
            raise NoSuchPageError(number, len(document))
        if document.get_formtype():
            document.init_forms()  # or the values of its fields are not drawn
        try:
            page = document[number - 1]
        except Exception as error:  # pypdfium2 has one error for all
            raise DamagedFileError(path, f"its page {number} cannot be opened") from error
        return _draw(page, scale)


def _draw(page: Any, scale: float) -> bytes:
    width, height = page.get_size()
    fitting = min(scale, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
    picture = page.render(scale=fitting).to_pil()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", compress_level=_QUICK)
    return out.getvalue()
