"""What a Word story is parsed into before it is written as blocks: paragraphs and tables, in order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from framework_coder.readers.word_styles import Role


@dataclass(slots=True)
class Paragraph:
    """The text of a paragraph, with what hangs on it.

    `marks` are (comment id, offset in `text`); `notes` are (`footnote` or `endnote`, id); `boxes` are the
    contents of text boxes anchored here; `role` is what its style makes it.
    """

    pieces: list[str] = field(default_factory=list)
    role: Role = field(default_factory=Role)
    marks: list[tuple[str, int]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list["Story"] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The text as it stands in the file, not cleaned."""
        return "".join(self.pieces)

    def write(self, text: str) -> None:
        """Add to the text."""
        self.pieces.append(text)
        self.length += len(text)

    def absorb(self, other: "Paragraph") -> None:
        """Append another paragraph's text and what hangs on it, without a break between."""
        self.marks.extend((comment, offset + self.length) for comment, offset in other.marks)
        self.notes.extend(other.notes)
        self.boxes.extend(other.boxes)
        self.write(other.text)


@dataclass(slots=True)
class Cell:
    """A table cell; `column` counts grid columns from 1."""

    column: int
    story: "Story"

    @property
    def text(self) -> str:
        """The text of the cell's own paragraphs, one a line; nested tables are not in it."""
        lines = [item.text.strip() for item in self.story if isinstance(item, Paragraph)]
        return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class Table:
    """A table as rows of cells; a merged cell is there once."""

    rows: list[list[Cell]]


@dataclass(slots=True)
class Chunk:
    """A document embedded in another (an alternative format chunk), by the id of its link."""

    relation: str


Item: TypeAlias = Paragraph | Table | Chunk
Story: TypeAlias = list[Item]


@dataclass(slots=True)
class LeftOut:
    """Counts of what the text does not show, by the code of the warning.

    `diagrams` holds links to read; `notes` the kind and id of those whose mark was deleted.
    """

    counts: Counter[str] = field(default_factory=Counter)
    diagrams: list[str] = field(default_factory=list)
    notes: set[tuple[str, str]] = field(default_factory=set)


def paragraphs(story: Story) -> Iterator[Paragraph]:
    """Yield every paragraph of a story in reading order, those of cells, too."""
    for item in story:
        if isinstance(item, Paragraph):
            yield item
        elif isinstance(item, Table):
            for row in item.rows:
                for cell in row:
                    yield from paragraphs(cell.story)


Element: TypeAlias = Any
"""An lxml element; the library carries no types."""
