"""Find the cells of a workbook whose text is not what somebody wrote: formulas, and errors of formulas."""

import re
from pathlib import Path
from typing import Any

from framework_coder.readers.package import Package
from framework_coder.readers.reading import read_bytes
from framework_coder.readers.workbook import MAIN, is_package, list_sheets

FORMULA = "a formula or an error; paste its value as text"
"""What is said of such a cell."""

_CELL = re.compile(r"([A-Z]+)(\d+)")


def find_formulas(path: Path, title: str = "") -> set[tuple[int, int]]:
    """Return the row and column, from 0, of each formula and error in a sheet.

    It is the first that holds something, unless one is named. Raises UnreadableFileError.
    """
    content = read_bytes(path)
    if not is_package(content):
        return set()
    package = Package(path, content)
    for name, part in list_sheets(package):
        if title in {"", name} and (sheet := package.xml(part)) is not None:
            cells = [cell for cell in sheet.iter(f"{MAIN}c") if len(cell)]
            if title or cells:
                return set(filter(None, map(_place, filter(_is_odd, cells))))
    return set()


def _is_odd(cell: Any) -> bool:
    return cell.find(f"{MAIN}f") is not None or cell.get("t") == "e"


def _place(cell: Any) -> tuple[int, int] | None:
    found = _CELL.fullmatch(cell.get("r", ""))
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
