"""Read a framework matrix made elsewhere: cases down, themes across, text in the cells."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.formulas import FORMULA, find_formulas
from framework_coder.exchange.tables import read_cells
from framework_coder.model.codebook import Codebook
from framework_coder.model.merging import tidy
from framework_coder.model.spelling import closest
from framework_coder.model.study import Site

_NUMBERING = re.compile(r"^\s*(?:\d+|[A-Z]{1,3})\s*[:.)]\s+")
"""What programs put before the names of rows and columns: `1 : `, `A : `."""


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of one cell: its row in the file, the site's code, the theme's id."""

    line: int
    site: str
    theme: str
    text: str


def read_framework_matrix(
    path: Path, faults: Faults, sites: Iterable[Site], book: Codebook, columns: Mapping[str, str]
) -> list[CellText]:
    """Return the cells that hold text; `columns` gives the theme of a heading, or nothing to pass it over.

    The first row with anything beside its first field is the heading; the first column names the sites by
    code or name.
    """
    rows = read_cells(path, faults, ())
    head = next((place for place, (_, row) in enumerate(rows) if any(map(str.strip, row[1:]))), None)
    if head is None:
        if not faults.found:
            faults.add(0, "", "there is no row with a heading for the sites and one for each theme")
        return []
    themes = _find_themes(rows[head][1], book, columns, faults)
    known = _names((site.code, (site.code, site.name)) for site in sites)
    formulas = find_formulas(path)
    found: list[CellText] = []
    for line, row in rows[head + 1 :]:
        for place in themes:
            if (line - 1, place) in formulas:
                faults.add(line, rows[head][1][place].strip(), FORMULA)
        texts = [(theme, tidy(row[place])) for place, theme in themes.items() if place < len(row)]
        if any(text for _, text in texts):
            site = _match(row[0], known)
            if site is None:
                faults.add(line, "", _explain("site", row[0], known))
            else:
                found += [CellText(line, site, theme, text) for theme, text in texts if text]
    return found


def list_headings(path: Path, book: Codebook) -> dict[str, str]:
    """Return the headings of a matrix with the id of the theme that each names, or nothing.

    Raises FaultyFileError where the file is no table.
    """
    faults = Faults(path.name)
    rows = read_cells(path, faults, ())
    refuse([faults])
    head = next((row for _, row in rows if any(map(str.strip, row[1:]))), [])
    known = _theme_names(book)
    return {each.strip(): _match(each, known) or "" for each in head[1:] if each.strip()}


def _theme_names(book: Codebook) -> dict[str, str]:
    return _names(
        (theme.id, (theme.id, theme.label, *theme.aliases, book.path(theme.id))) for theme in book.active
    )


def _find_themes(
    heads: Sequence[str], book: Codebook, columns: Mapping[str, str], faults: Faults
) -> dict[int, str]:
    """Return the theme of each column that has one."""
    known = _theme_names(book)
    found: dict[int, str] = {}
    for place, head in enumerate(heads):
        if place == 0 or not head.strip():
            continue
        if head.strip() in columns:
            if theme := columns[head.strip()]:
                found[place] = book[theme].id
            continue
        match = _match(head, known)
        if match is None:
            faults.add(0, head.strip(), f"{_explain('theme', head, known)}; name its theme, or pass it over")
        elif match in found.values():
            faults.add(0, head.strip(), f"theme {match} has two columns; pass one over")
        else:
            found[place] = match
    return found


def _names(given: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return what each name stands for; a name of several things stands for none."""
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for key, names in given:
        for name in {_key(name) for name in names if name}:
            if found.setdefault(name, key) != key:
                doubtful.add(name)
    return {name: key for name, key in found.items() if name not in doubtful}


def _match(said: str, known: Mapping[str, str]) -> str | None:
    forms: list[Callable[[str], str]] = [lambda text: text, lambda text: _NUMBERING.sub("", text)]
    return next((known[_key(form(said))] for form in forms if _key(form(said)) in known), None)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _explain(what: str, said: str, known: Mapping[str, str]) -> str:
    near = closest(_key(said), known)
    hint = f"; did you mean {known[near]}?" if near else ""
    return f"there is no {what} “{said.strip()}”{hint}"
