"""The pages of a source that is a PDF."""

from framework_coder.web.payloads.base import Payload


class PageOutline(Payload):
    """A page: its size in points as shown, and the span of the text that its words lie in (0, 0 for none)."""

    number: int
    width: float
    height: float
    start: int
    end: int


class SourcePages(Payload):
    """The pages of a source; `file` stands for its bytes, `missing` is how many words have no box.

    `is_same_text` is false where the file reads otherwise than the text that is coded: no word has a box.
    """

    file: str
    pages: list[PageOutline]
    missing: int
    is_same_text: bool


class PageLines(Payload):
    """The words of a page, line by line: start and end in the text, left, top, right, bottom in points."""

    number: int
    lines: list[list[tuple[int, int, float, float, float, float]]]
