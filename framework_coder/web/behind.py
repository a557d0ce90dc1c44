"""What stands behind a number of a table: the address names the number, and this finds its passages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Query

from framework_coder.errors import NotFoundError

if TYPE_CHECKING:
    from framework_coder.project import ProjectMatrix
    from framework_coder.project.exploring import Table


class NoSuchNumberError(NotFoundError):
    """A number that the table does not have."""

    def __init__(self) -> None:
        super().__init__("There is no such number in the table any more; go back and load the table anew.")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that an address names: of a theme (at a site), a cross-tabulation, two themes, or claims."""

    theme: str = ""
    at: str = ""
    rows: str = ""
    columns: str = ""
    row: str = ""
    column: str = ""
    first: str = ""
    second: str = ""
    claim: Annotated[list[int] | None, Query()] = None

    @property
    def claims(self) -> tuple[int, ...]:
        """The claims, each of them named as `claim`."""
        return tuple(self.claim or ())


Behind = Annotated[Number, Depends()]


def find_passages(built: "ProjectMatrix", number: Number) -> tuple[str, "Table"]:
    """Return the passages behind a number, with what it is in words; raises NoSuchNumberError."""
    if number.rows:
        return _of_crosstab(built, number)
    if number.first:
        return _of_pair(built, number)
    if number.theme:
        return _of_theme(built, number)
    words = "claim" if len(number.claims) == 1 else "claims"
    return f"Evidence of {words} {', '.join(map(str, number.claims))}", built.explore.passages(
        claims=number.claims
    )


def _of_crosstab(built: "ProjectMatrix", number: Number) -> tuple[str, "Table"]:
    crossed = built.explore.cross(number.rows, number.columns)
    table = built.explore.passages_behind(crossed, number.row, number.column)
    return f"{number.row} × {number.column}", table


def _of_pair(built: "ProjectMatrix", number: Number) -> tuple[str, "Table"]:
    book = built.grid.study.codebook
    wanted = {number.first, number.second}
    pairs = built.explore.cooccurrences([number.first])
    found = next((pair for pair in pairs if {pair.first, pair.second} == wanted), None)
    if found is None:
        raise NoSuchNumberError
    title = f"{book[number.first].label} with {book[number.second].label}"
    return title, built.explore.passages(codings=found.codings)


def _of_theme(built: "ProjectMatrix", number: Number) -> tuple[str, "Table"]:
    grid = built.grid
    cells = [
        (site, cell)
        for site, of_site in grid.rows()
        for theme, cell in zip(grid.themes, of_site, strict=True)
        if theme.id == number.theme and number.at in {"", site.code}
    ]
    if not cells:
        raise NoSuchNumberError
    title = grid.study.codebook[number.theme].label
    if number.at:
        title += f" at {cells[0][0].code} {cells[0][0].name}"
    return title, built.explore.passages(codings=[c.id for _, cell in cells for c in cell.codings])
