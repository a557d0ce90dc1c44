"""Read the hidden sheet of an audit workbook: how its claims went out, and sums over all that is not read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from framework_coder.exchange.faults import Faults
from framework_coder.exchange.tables import show_cell
from framework_coder.model.merging import Said, tidy
from framework_coder.reports.baseline import BETWEEN, COLUMNS, FORM, SAID, SHEET
from framework_coder.reports.signing import sign

Cells = Sequence[Sequence[object]]


@dataclass
class Baseline:
    """The project of a workbook, its claims by number, and the titles of columns that are not read."""

    identity: str = ""
    claims: dict[int, Said] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def read_baseline(cells: Cells, faults: Faults) -> Baseline:
    """Return what the sheet says; where somebody edited it, that goes to `faults`."""
    found = Baseline()
    head = [show_cell(value) for value in cells[0][:3]] if cells else []
    given = [show_cell(value) for value in cells[1][: len(COLUMNS)]] if len(cells) > 1 else []
    columns = COLUMNS if given == list(COLUMNS) else SAID
    if head[:1] != [FORM] or given[: len(columns)] != list(columns):
        faults.add(0, "", f"the hidden sheet {SHEET} is not as it was written; edit a fresh copy")
        return found
    found.identity = head[1]
    found.unread = head[2].split(BETWEEN) if columns == COLUMNS else []
    for line, row in enumerate(cells[2:], start=3):
        values = [show_cell(value) for value in row[: len(columns)]]
        if not any(values):
            continue
        if not values[0].isdecimal():
            faults.add(line, SHEET, "the hidden sheet was edited; edit a fresh copy")
            return found
        found.claims[int(values[0])] = {n: tidy(v) for n, v in zip(columns[1:], values[1:], strict=True)}
    return found


def list_changed(sheets: Mapping[str, Cells]) -> list[str]:
    """Return the names of sheets, beside that of claims, that say something else than when they went out."""
    return [
        name
        for name, heads, total in _signed(sheets[SHEET])
        if name in sheets and sign(value for row in sheets[name][heads:] for value in row) != total
    ]


def _signed(baseline: Cells) -> Iterator[tuple[str, int, int]]:
    start = len(COLUMNS)
    for row in baseline[2:]:
        name, heads, total = [*map(show_cell, row[start : start + 3]), "", "", ""][:3]
        if heads.isdecimal() and total.isdecimal():
            yield name, int(heads), int(total)
