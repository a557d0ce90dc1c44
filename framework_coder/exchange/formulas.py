"""Find the cells of a workbook whose text is not what somebody wrote: formulas, and errors of formulas."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from framework_coder.exchange.tables import SIZE_LIMIT

if TYPE_CHECKING:
    from lxml import etree

FORMULA = "a formula or an error; paste its value as text"
"""What is said of such a cell."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def find_formulas(path: Path, title: str = "") -> set[tuple[int, int]]:
    """Return the row and column, from 0, of each formula and error in a sheet (the first unless named)."""
    try:
        with zipfile.ZipFile(path) as package:
            part = _part_of_sheet(package, title)
            return set(_list_formulas(package, part)) if part else set()
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        return set()


def _part_of_sheet(package: zipfile.ZipFile, title: str) -> str:
    links = {item.get("Id"): item.get("Target", "") for item in _parse(package, "xl/_rels/workbook.xml.rels")}
    for sheet in _parse(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        if title in {"", sheet.get("name")}:
            target = links.get(sheet.get(_LINK), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _list_formulas(package: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    for cell in _parse(package, part).iter(f"{_MAIN}c"):
        if cell.find(f"{_MAIN}f") is not None or cell.get("t") == "e":
            letters = cell.get("r", "").rstrip("0123456789")
            row = cell.get("r", "")[len(letters) :]
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            yield int(row) - 1, column - 1


def _parse(package: zipfile.ZipFile, part: str) -> "etree._Element":
    from lxml import etree

    if package.getinfo(part).file_size > SIZE_LIMIT:
        raise ValueError(part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(part), parser)
