"""The pages of a source, and where its words stand on them: points from the top left of the page as shown."""

from typing import NamedTuple

from framework_coder.errors import BadInputError


class WordBox(NamedTuple):
    """The box of a word, or of its part on one line: it is `text[start:end]`."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float


class PageWords(NamedTuple):
    """A page, its size as shown, and its words line by line, in the order of the text."""

    number: int
    width: float
    height: float
    lines: tuple[tuple[WordBox, ...], ...]

    @property
    def span(self) -> tuple[int, int]:
        """Where the first of its words begins and the last ends; (0, 0) where it has none."""
        words = [word for line in self.lines for word in line]
        return (min(word.start for word in words), max(word.end for word in words)) if words else (0, 0)


class SourcePages(NamedTuple):
    """The pages of a source; `missing` words have no box.

    `is_same_text` is false where the file reads otherwise than the text that is stored: then no word has one.
    """

    pages: tuple[PageWords, ...]
    missing: int
    is_same_text: bool

    def page(self, number: int) -> PageWords:
        """Return a page by its number; raises NoSuchPageError."""
        if not 1 <= number <= len(self.pages):
            raise NoSuchPageError(number, len(self.pages))
        return self.pages[number - 1]


class NoSuchPageError(BadInputError):
    """The file has no page of this number."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__(f"There is no page {number}: the file has pages 1 to {count}.")
