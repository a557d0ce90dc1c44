"""Tell a questionnaire from any other table: which column asks, which columns answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Grid = Sequence[Sequence[str]]
"""Rows of cells as text; rows may differ in length."""

_QUESTION_HEADER = re.compile(r"((survey |interview )?questions?( asked| text| wording)?|prompts?)$")
_ANSWER_HEADER = re.compile(r"\b(answers?|responses?|repl(y|ies)|comments?|notes)\b")
_NUMBER_HEADER = re.compile(r"(no\.?|nr\.?|num(ber)?|#|ref\.?|id|q(uestion)? ?(no\.?|number|id|#)?|section)$")
_NUMBER = re.compile(r"\(?(q(uestion)?)?\s*\d{0,3}([.\-]\d+)*\s*[a-z]?[.):]?$", re.IGNORECASE)
_NUMBERED_QUESTION = re.compile(r"\(?q(uestion)?\s?\d", re.IGNORECASE)
_ASKS = re.compile(r"\?[\s)\]*\"'’”.…]*$|\?\s*\([^()]*\)\s*$")
_HEAD = 200
"""Rows that are looked at to tell what a table is."""
_MOST_QUESTIONS = 0.6
_FEWEST_QUESTIONS = 2


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Where a table asks and answers; columns and rows count from 0, `first_row` is below any header."""

    question: int
    answers: tuple[int, ...]
    first_row: int
    number: int | None = None


def asks(text: str) -> bool:
    """Whether a text reads as a question: it ends in a question mark, or is numbered `Q3`."""
    text = text.strip()
    return bool(_ASKS.search(text[-200:]) or (_NUMBERED_QUESTION.match(text) and len(text) > len("Q12.")))


def find_questionnaire(rows: Grid) -> Questionnaire | None:
    """Return where a table asks and answers, or None where it is any other table.

    It is one where a header row says so (`Question`, `Answer`), or where a column of questions stands first
    (after a column of numbers, maybe) and at least 60 % of its cells, two at least, read as questions.
    """
    filled = [index for index, row in enumerate(rows[: _HEAD * 2]) if _tells(row)]
    for index in filled[:10]:
        found = _from_header(rows, index)
        if found is not None:
            return found
    return _from_questions(rows, filled[:_HEAD])


def _tells(row: Sequence[str]) -> bool:
    """Whether a row is more than a title: two filled cells, or a question that was left unanswered."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) > 1 or (len(filled) == 1 and len(row) > 1 and asks(filled[0]))


def _from_header(rows: Grid, index: int) -> Questionnaire | None:
    """Return the questionnaire that row number `index` heads, if it does."""
    header = [cell.strip().lower().rstrip(":") for cell in rows[index]]
    asked = [column for column, cell in enumerate(header) if _QUESTION_HEADER.match(cell)]
    answered = [column for column, cell in enumerate(header) if _ANSWER_HEADER.search(cell)]
    if not asked:
        return None
    question = asked[0]
    wide = [
        column for column, cell in enumerate(header) if cell and column > question and not _is_number(cell)
    ]
    answers = tuple(wide if answered or _mostly_asks(rows[index + 1 :], question) else ())
    if not answers:
        return None
    number = question - 1 if question and _NUMBER_HEADER.match(header[question - 1]) else None
    return Questionnaire(question, answers, index + 1, number)


def _is_number(cell: str) -> bool:
    """Whether a header cell is that of a column of numbers."""
    return bool(_NUMBER_HEADER.match(cell))


def _mostly_asks(rows: Grid, column: int) -> bool:
    """Whether most cells of a column read as questions."""
    cells = [row[column] for row in rows[:_HEAD] if column < len(row) and row[column].strip()]
    asking = sum(1 for cell in cells if asks(cell))
    return asking >= _FEWEST_QUESTIONS and asking >= _MOST_QUESTIONS * len(cells)


def _from_questions(rows: Grid, filled: list[int]) -> Questionnaire | None:
    """Return the questionnaire that the cells themselves show, without a header."""
    body = [rows[index] for index in filled]
    width = max((_used(row) for row in body), default=0)
    question = 0
    number = None
    if width > 2 and _all_numbers(body):  # noqa: PLR2004 - number, question, answer
        question, number = 1, 0
    if width <= question + 1 or not _mostly_asks(body, question):
        return None
    if any(_mostly_asks(body, column) for column in range(question + 1, width)):
        return None
    first = next(index for index in filled if asks(rows[index][question]))
    return Questionnaire(question, tuple(range(question + 1, width)), first, number)


def _used(row: Sequence[str]) -> int:
    """Return how many columns a row has up to its last filled cell."""
    return max((column + 1 for column, cell in enumerate(row) if cell.strip()), default=0)


def _all_numbers(rows: Grid) -> bool:
    """Whether the first column holds question numbers only, beneath a header maybe."""
    cells = [row[0].strip() for row in rows[1:] if row]
    return any(cells) and all(_NUMBER.match(cell) for cell in cells)
