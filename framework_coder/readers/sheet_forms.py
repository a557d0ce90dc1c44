"""Tell what a sheet is: questions in a column, sites in rows, in columns or beside answers, or any other."""

import re
from dataclasses import dataclass

from framework_coder.readers.questions import Questionnaire, asks, find_questionnaire
from framework_coder.readers.sheets import Sheet

_SITE_HEADER = re.compile(
    r"(name of |name of the |the )?(site|service|clinic|practice|organisation|organization)"
    r"([ _]?(name|code|id|ref))?$"
)
_HEAD = 10
_SAMPLE = 1000
_MOST_NAMED = 0.5
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class RowsOfSites:
    """A sheet with one row a site: where the questions are (row and columns from 0), and the site column."""

    header: int
    site: int


def normal(name: str) -> str:
    """Return a site's name as it is compared: case and spacing do not count."""
    return " ".join(name.split()).casefold()


def find_rows_of_sites(sheet: Sheet, sites: frozenset[str]) -> RowsOfSites | None:
    """Return where a sheet has its questions and its sites, or None where it has not one row a site.

    Its header row has two questions at least (a `?`, or a column that names the sites and one that asks), and
    below it a column holds known sites in half its rows at least, or is headed `Site`.
    """
    grid = sheet.grid
    for header, cells in enumerate(grid[:_HEAD]):
        body = grid[header + 1 :]
        if not body:
            return None
        site = _site_column(cells, body, sites)
        asking = sum(1 for cell in cells if asks(cell))
        others = sum(1 for column, cell in enumerate(cells) if cell.strip() and column != site)
        if site is None or others < _FEWEST:
            continue
        if asking >= _FEWEST or (sites and _named(body, site, sites) and not _asks_below(body)):
            return RowsOfSites(header, site)
    return None


def find_columns_of_sites(sheet: Sheet, found: Questionnaire | None, sites: frozenset[str]) -> dict[int, str]:
    """Return the answer columns that are headed by known sites, by column; empty where fewer than two are."""
    if found is None or found.first_row == 0:
        return {}
    header = sheet.rows[found.first_row - 1].cells
    named = {
        column: header[column].strip()
        for column in found.answers
        if column < len(header) and normal(header[column]) in sites
    }
    return named if len(named) >= _FEWEST else {}


def find_site_beside_answers(sheet: Sheet, found: Questionnaire | None, sites: frozenset[str]) -> int | None:
    """Return the column that names the site of each answer, where one row holds site, question and answer.

    Two sites at least are named in it. Where none is known, its header says so, and the same question is
    asked of two of them: else a column headed `Clinic` may as well hold what somebody answered of a clinic.
    """
    if found is None or found.first_row == 0:
        return None
    body = [row.cells for row in sheet.rows[found.first_row :]]
    column = _site_column(sheet.rows[found.first_row - 1].cells, body, sites)
    if column is None or column in {found.question, found.number}:
        return None
    asked = {
        (normal(row[column]), normal(row[found.question]))
        for row in body
        if max(column, found.question) < len(row) and row[column].strip()
    }
    named = {site for site, _ in asked}
    is_known = bool(named & sites)
    is_asked_again = len({question for _, question in asked}) < len(asked)
    return column if len(named) >= _FEWEST and (is_known or is_asked_again) else None


def find_questions(sheet: Sheet) -> Questionnaire | None:
    """Return where a sheet asks and answers, or None."""
    return find_questionnaire(sheet.grid)


def _site_column(header: list[str], body: list[list[str]], sites: frozenset[str]) -> int | None:
    """Return the column that names the sites: by its cells where sites are known, else by its header."""
    for column in range(len(header)):
        if _named(body, column, sites):
            return column
    for column, cell in enumerate(header):
        if _SITE_HEADER.match(normal(cell)):
            return column
    return None


def _named(body: list[list[str]], column: int, sites: frozenset[str]) -> bool:
    """Whether at least half the cells of a column are known sites, as far as its first rows tell."""
    if not sites:
        return False
    cells = [normal(row[column]) for row in body[:_SAMPLE] if column < len(row) and row[column].strip()]
    known = sum(1 for cell in cells if cell in sites)
    return known > 0 and known >= _MOST_NAMED * len(cells)


def _asks_below(body: list[list[str]]) -> bool:
    """Whether the rows themselves ask: then the questions are not in the header."""
    return any(sum(1 for cell in row if asks(cell)) > 0 for row in body[:_HEAD])
