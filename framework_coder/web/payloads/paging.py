"""The pages of a source that is a PDF."""

from framework_coder.web.payloads.base import Payload


class PageOutline(Payload):
    """A page: its size in points as shown, and where its body text begins."""

    number: int
    width: float
    height: float
    start: int


class SourcePages(Payload):
    """The pages of a source; `file` stands for its bytes."""

    file: str
    pages: list[PageOutline]


class PageLines(Payload):
    """The words of a page, line by line: start and end in the text, left, top, right, bottom in points.

    `missing` is how many words of the whole source have no box; `is_same_text` is false where the file reads
    otherwise than the text that is coded: then none has one.
    """

    number: int
    lines: list[list[tuple[int, int, float, float, float, float]]]
    missing: int
    is_same_text: bool
