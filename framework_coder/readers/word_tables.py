"""Write Word tables as blocks: each cell once, in document order, or as questions and answers."""

from collections.abc import Callable

from framework_coder.model.sources import BlockKind, Locator
from framework_coder.readers.questions import Questionnaire, find_questionnaire
from framework_coder.readers.word_tree import Cell, Paragraph, Story, Table

WriteText = Callable[[list[Paragraph], BlockKind, Locator, int | None], int | None]
"""Writes paragraphs as one block of a kind, at a place, answering a block; returns the block's ordinal."""
WriteStory = Callable[[Story, Locator], None]
"""Writes a story as ordinary blocks; the locator's table, row and column are those of the cell around it."""


class TableWriting:
    """Writes the tables of one document and numbers them from 1, nested ones too."""

    def __init__(self, write_text: WriteText, write_story: WriteStory) -> None:
        self._write_text = write_text
        self._write_story = write_story
        self._count = 0

    def write(self, table: Table) -> None:
        """Write a table in the form it has: a frame around text, a questionnaire, or cells."""
        self._count += 1
        number = self._count
        cells = [cell for row in table.rows for cell in row]
        if len(cells) == 1:
            self._write_story(cells[0].story, Locator(table=number, row=1, column=cells[0].column))
            return
        found = _questionnaire(table)
        for row, content in enumerate(table.rows):
            if found is not None and row >= found.first_row:
                self._write_answers(content, found, number, row + 1)
            else:
                for cell in content:
                    self._write_cell(cell, BlockKind.TABLE_CELL, Locator(table=number, row=row + 1), None)

    def _write_answers(self, row: list[Cell], found: Questionnaire, number: int, row_number: int) -> None:
        """Write a row of a questionnaire: the question, then what answers it."""
        asked: int | None = None
        place = Locator(table=number, row=row_number)
        for cell in row:
            column = cell.column - 1
            if column == found.question and len(row) > 1:
                asked = self._write_cell(cell, BlockKind.QUESTION, place, None)
            elif column in found.answers and asked is not None:
                self._write_cell(cell, BlockKind.ANSWER, place, asked)
            else:
                self._write_cell(cell, BlockKind.TABLE_CELL, place, None)

    def _write_cell(self, cell: Cell, kind: BlockKind, row: Locator, answers: int | None) -> int | None:
        """Write a cell as one block; a nested table stands where it is and splits the cell's text."""
        place = Locator(table=row.table, row=row.row, column=cell.column)
        first: int | None = None
        held: list[Paragraph] = []
        for item in [*cell.story, None]:
            if isinstance(item, Paragraph):
                held.append(item)
                continue
            written = self._write_text(held, kind, place, answers) if held else None
            first = written if first is None else first
            held = []
            if item is not None:
                self._write_story([item], place)
        return first


def _questionnaire(table: Table) -> Questionnaire | None:
    """Return where a table asks and answers, if it does; merged columns keep their place."""
    width = max((cell.column for row in table.rows for cell in row), default=0)
    grid = []
    for row in table.rows:
        texts = [""] * width
        for cell in row:
            texts[cell.column - 1] = cell.text
        grid.append(texts)
    return find_questionnaire(grid)
