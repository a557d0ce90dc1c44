"""Codebooks as Word documents: ours, a table a theme, both ways; other tools', a row a theme, in."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from framework_coder.exchange.codebook_tables import ROOTS, Columns, Line, find_columns, read_lines
from framework_coder.exchange.faults import Faults
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.readers.package import Package
from framework_coder.readers.reading import read_bytes

LABELS = {
    "Id": "id",
    "Part of": "parent",
    "Definition": "definition",
    "Include": "include",
    "Exclude": "exclude",
    "Example": "example",
    "Question": "question",
    "Also called": "aliases",
    "Phrases": "phrases",
    "Patterns": "patterns",
    "Origin": "origin",
    "Colour": "colour",
}
"""The rows of a theme's table, and the columns of a codebook file that they are."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEADING = re.compile(r"heading\s*([1-9])", re.IGNORECASE)
_NARROW, _WIDE = 1_080_000, 4_320_000
"""Widths of the two columns, 3 cm and 12 cm, as Word counts them."""
_STEP = 120
"""Twentieths of a point by which a paragraph is moved in at least."""

Rows = list[dict[str, str]]


def read_word(path: Path, faults: Faults) -> tuple[Rows, Codebook | None]:
    """Return the rows of our own document, or the codebook of another tool's; faults are noted.

    The name of our own codebook is in the rows as `name`. Raises UnreadableFileError for a file that is no
    Word document.
    """
    package = Package(path, read_bytes(path))
    links = package.relations("").values()
    main = next((link.target for link in links if link.kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    body = root.find(f"{_W}body") if root is not None else None
    if body is None:
        faults.add(0, "", "there is no Word document in the file; save it again as .docx")
        return [], None
    ours = _read_ours(body)
    return (ours, None) if ours else ([], _read_theirs(body, path.stem, faults))


def _read_ours(body: Any) -> Rows:
    """Return the themes of our own document: a heading, and a table whose first row is the id."""
    found: Rows = []
    heading = name = ""
    for item in body:
        if item.tag == f"{_W}p" and _style(item) == "Title":
            name = _text(item)
        elif item.tag == f"{_W}p":
            heading = _text(item) or heading
        elif item.tag == f"{_W}tbl":
            pairs = [_cells(row) for row in item.iterfind(f"{_W}tr")]
            if pairs and pairs[0][:1] == ["Id"] and all(len(pair) == 2 for pair in pairs):  # noqa: PLR2004
                said = {LABELS[label]: value for label, value in pairs if label in LABELS}
                found.append({**said, "label": heading, "name": name})
    return found


def _read_theirs(body: Any, name: str, faults: Faults) -> Codebook | None:
    """Return the codebook of tables with a row a theme; headings and rows of one cell are groups."""
    lines: list[Line] = []
    columns: Columns | None = None
    headings: dict[int, str] = {}
    for item in body:
        level = _level(item) if item.tag == f"{_W}p" else 0
        if level and _text(item):
            headings = {depth: text for depth, text in headings.items() if depth < level}
            headings[level] = _text(item)
        elif item.tag == f"{_W}tbl":
            groups = _groups(headings.values())
            columns, found = _read_table(item, columns, groups, len(lines))
            lines += found
    if columns is None:
        faults.add(0, "", "there is no table with a column of names (Name, Theme, Code …) in its first row")
        return None
    return read_lines(lines, columns, name, faults)


def _read_table(
    table: Any, columns: Columns | None, groups: tuple[str, ...], before: int
) -> tuple[Columns | None, list[Line]]:
    lines: list[Line] = []
    inner: tuple[str, ...] = ()
    for number, row in enumerate(table.iterfind(f"{_W}tr")):
        cells = _cells(row, strip=False)
        header = find_columns(cells) if len(cells) > 1 else None
        if header is not None and (number == 0 or columns is None):
            columns = header
        elif columns is not None and len(cells) == 1:
            inner = (cells[0].strip(),) if cells[0].strip() else ()
        elif columns is not None:
            place = columns.fields.get("label", columns.fields.get("path", 0))
            lines.append(Line(before + number + 1, cells, _indent(row, place), (*groups, *inner)))
    return columns, lines


def _groups(headings: Any) -> tuple[str, ...]:
    """Return the groups that headings name; what a tool writes above all codes is none."""
    parts = [part.strip() for heading in headings for part in heading.split("\\") if part.strip()]
    return tuple(part for part in parts if part.casefold() not in ROOTS)


def _indent(row: Any, place: int) -> int:
    """Return how far the name of a row is moved in, by its paragraph or by white space."""
    cell = next((c for number, c in enumerate(row.iterfind(f"{_W}tc")) if number == place), None)
    paragraph = cell.find(f"{_W}p") if cell is not None else None
    if paragraph is None:
        return 0
    mark = paragraph.find(f"{_W}pPr/{_W}ind")
    moved = 0
    if mark is not None:
        given = mark.get(f"{_W}left") or mark.get(f"{_W}start") or "0"
        moved = max(0, int(given)) // _STEP if given.lstrip("-").isdecimal() else 0
    words = _raw(paragraph).expandtabs(4)
    return moved + len(words) - len(words.lstrip())


def _level(paragraph: Any) -> int:
    found = _HEADING.match(_style(paragraph))
    return int(found[1]) if found else 0


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))


def _cells(row: Any, *, strip: bool = True) -> list[str]:
    cells = ["\n".join(_raw(p) for p in cell.iter(f"{_W}p")) for cell in row.iterfind(f"{_W}tc")]
    return [cell.strip() for cell in cells] if strip else cells


def _text(paragraph: Any) -> str:
    return _raw(paragraph).strip()


def _raw(paragraph: Any) -> str:
    return "".join(_signs(paragraph))


def _signs(paragraph: Any) -> Iterator[str]:
    for item in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if item.tag == f"{_W}t":
            yield item.text or ""
        elif item.getparent().tag == f"{_W}r":
            yield "\t" if item.tag == f"{_W}tab" else "\n"


def save_word(codebook: Codebook, path: Path) -> None:
    """Write a codebook to read and to mark up: a heading a theme, and below it what the theme says."""
    import docx

    document = docx.Document()
    document.core_properties.title = _clean(codebook.name)
    if codebook.name:
        document.add_heading(_clean(codebook.name), 0)
    for theme in codebook.active:
        document.add_heading(_clean(theme.label), min(9, codebook.depth(theme.id) + 1))
        rows = [(label, value) for label in LABELS if (value := _VALUES[label](theme))]
        table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
        table.autofit = False
        for row, (label, value) in zip(table.rows, rows, strict=True):
            row.cells[0].text, row.cells[1].text = label, _clean(value)
            row.cells[0].width, row.cells[1].width = _NARROW, _WIDE
    document.save(str(path))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


_VALUES: dict[str, Callable[[Theme], str]] = {
    "Id": lambda theme: theme.id,
    "Part of": lambda theme: theme.parent or "",
    "Definition": lambda theme: theme.definition,
    "Include": lambda theme: theme.include,
    "Exclude": lambda theme: theme.exclude,
    "Example": lambda theme: theme.example,
    "Question": lambda theme: theme.question,
    "Also called": lambda theme: "\n".join(theme.aliases),
    "Phrases": lambda theme: "\n".join(theme.rules.phrases),
    "Patterns": lambda theme: json.dumps(theme.rules.patterns) if theme.rules.patterns else "",
    "Origin": lambda theme: theme.origin.value,
    "Colour": lambda theme: theme.colour,
}
