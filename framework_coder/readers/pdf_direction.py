"""Words written from right to left in a PDF, their letters in the order of reading."""

import ctypes
import re
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

_WORD = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
"""Hebrew, Arabic and the scripts between them, but for their figures, which run from left to right."""


def order_letters(textpage: Any, text: str) -> list[int]:
    """Return pdfium's numbers of the characters of `text` in the order of reading.

    pdfium puts words in order, but the letters of a word only where the file draws them one by one or all
    together; in between (browsers print Arabic so) they stay as they are drawn, from left to right.
    """
    order = list(range(len(text)))
    for found in _WORD.finditer(text):
        start, end = found.span()
        if _runs_left_to_right([_left_side(textpage, index) for index in range(start, end)]):
            order[start:end] = range(end - 1, start - 1, -1)
    return order


def _left_side(textpage: Any, index: int) -> float:
    """Return where a character begins, as the file counts."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return left.value


def _runs_left_to_right(sides: list[float]) -> bool:
    """Whether each letter stands, mostly, to the right of the one before it."""
    steps = [after - before for before, after in pairwise(sides)]
    return sum(step > 0 for step in steps) > sum(step < 0 for step in steps)
