"""What a matrix shows and how: which rows and columns, in which order, at which density; whole or in part."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.matrix import AS_USUAL, Cell, Layout, Matrix, build_cells, choose_columns
from framework_coder.model.selection import Selection
from framework_coder.model.study import Site

PROPOSALS, UNUSED = "proposals", "unused"
"""What cells can be asked for beside their states: undecided proposals, and passages that no claim cites."""

NAME, CODE, SOURCES = "name", "code", "sources"
"""What sites can be sorted by beside their attributes."""


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at a matrix.

    Sites: `sites` are codes, `where` values by attribute, `collected` methods with a source at the site;
    `sort` is an attribute, `name`, `code` or `sources`, with a hyphen before it the other way round. Themes:
    `themes` descends into some, `level` stops so many levels below (0: at the most detailed ones), `hidden`
    leaves some out with all below, `folded` draws those below a theme as one column. Cells: `methods` limits
    what counts, `only` names states, `proposals` or `unused`; other cells are left out, or dimmed.
    """

    sites: frozenset[str] = frozenset()
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    collected: frozenset[str] = frozenset()
    sort: str = ""
    themes: frozenset[str] = frozenset()
    level: int = 0
    hidden: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    is_dimmed: bool = False
    layout: Layout = AS_USUAL

    def fits(self, cell: Cell) -> bool:
        """Say whether a cell is one of those asked for; every cell is where none are."""
        return (
            not self.only
            or cell.state.value in self.only
            or (PROPOSALS in self.only and cell.proposed > 0)
            or (UNUSED in self.only and cell.uncharted > 0)
        )


def look_at(matrix: Matrix, view: View) -> Matrix:
    """Return a matrix as a view shows it, with its rows, columns and layout; its claims stand as they did.

    The matrix must have been built under the view's methods. Cells of themes that are no columns are built.
    """
    selection = replace(
        matrix.selection, sites=view.sites, attributes=view.where, themes=view.themes, states=view.only
    )
    shown = _arrange(matrix, choose_sites(matrix, view), choose_themes(matrix, view))
    shown = replace(shown, selection=selection, layout=view.layout)
    return _leave_out(shown, view) if view.only and not view.is_dimmed else shown


def look_like(matrix: Matrix, other: Matrix) -> Matrix:
    """Return a matrix with the rows, columns, gaps and layout of another one, matched by their ids.

    The filters that it tells of are its own and those of the other that name no site: where names are left
    out, a filter must not bring them back.
    """
    by_id = {site.id: site for site in matrix.study.sites}
    shown = _arrange(matrix, tuple(by_id[site.id] for site in other.sites), other.themes)
    cells = {
        spot: _blank(cell) if other.cells[spot].is_left_out else cell for spot, cell in shown.cells.items()
    }
    identifying = {field.id for field in matrix.study.design.site_fields if field.is_identifying}
    attributes = {
        name: values for name, values in other.selection.attributes.items() if name not in identifying
    }
    selection = replace(other.selection, sites=frozenset(), attributes=attributes)
    return replace(shown, cells=cells, selection=selection, layout=other.layout)


def _arrange(matrix: Matrix, sites: tuple[Site, ...], themes: tuple[Theme, ...]) -> Matrix:
    known = {theme.id for theme in matrix.themes}
    missing = [theme for theme in themes if theme.id not in known]
    cells = {**matrix.cells, **build_cells(matrix.bearings, sites, missing)} if missing else matrix.cells
    numbers = [site.id for site in sites]
    kept = {(site, theme.id): cells[site, theme.id] for site in numbers for theme in themes}
    return replace(matrix, sites=sites, themes=themes, cells=kept)


def _leave_out(matrix: Matrix, view: View) -> Matrix:
    """Blank what is not asked for, and drop rows and columns in which nothing is left."""
    cells = {spot: cell if view.fits(cell) else _blank(cell) for spot, cell in matrix.cells.items()}
    rows = {site for (site, _), cell in cells.items() if not cell.is_left_out}
    columns = {theme for (_, theme), cell in cells.items() if not cell.is_left_out}
    sites = tuple(site for site in matrix.sites if site.id in rows)
    themes = tuple(theme for theme in matrix.themes if theme.id in columns)
    kept = {spot: cell for spot, cell in cells.items() if spot[0] in rows and spot[1] in columns}
    return replace(matrix, sites=sites, themes=themes, cells=kept)


def _blank(cell: Cell) -> Cell:
    return Cell(cell.site, cell.theme, cell.state, is_left_out=True)


def choose_sites(matrix: Matrix, view: View) -> tuple[Site, ...]:
    """Return the rows of a view, in its order; sites with nothing to sort by come last."""
    selection = Selection(sites=view.sites, attributes=view.where)
    by_method = matrix.bearings.sources_of
    sites = [
        site
        for site in matrix.study.sites
        if selection.shows_site(site)
        and (not view.collected or any(s.method in view.collected for s in by_method[site.id]))
    ]
    name = view.sort.removeprefix("-")
    if not name:
        return tuple(sites)
    read = _reader(matrix, name)
    filled = [site for site in sites if read(site)]
    filled.sort(key=lambda site: _in_order(read(site)), reverse=view.sort.startswith("-"))
    return (*filled, *(site for site in sites if not read(site)))


def _reader(matrix: Matrix, name: str) -> Callable[[Site], str]:
    if name == NAME:
        return lambda site: site.name
    if name == CODE:
        return lambda site: site.code
    if name == SOURCES:
        return lambda site: str(len(matrix.bearings.sources_of[site.id]))
    return lambda site: site.attributes.get(name, "")


def _in_order(text: str) -> list[tuple[int, float, str]]:
    """Return what sorts as a reader expects: numbers by their size, words whatever their case."""
    parts = re.findall(r"\d+(?:\.\d+)?|\D+", text.casefold())
    return [(0, float(part), "") if part[0].isdigit() else (1, 0.0, part) for part in parts]


def choose_themes(matrix: Matrix, view: View) -> tuple[Theme, ...]:
    """Return the columns of a view, in the order of the codebook."""
    book = matrix.study.codebook
    columns = _columns(matrix, view)
    hidden = {below for theme in view.hidden for below in book.descendants(theme)}
    kept = [theme for theme in columns if theme.id not in hidden]
    found: dict[str, Theme] = {}
    for theme in kept:
        above = next((t for t in _up(book, theme.id) if t in view.folded), theme.id)
        found.setdefault(above, book[above])
    return tuple(found.values())


def _columns(matrix: Matrix, view: View) -> tuple[Theme, ...]:
    usual = choose_columns(matrix.study, replace(matrix.selection, themes=view.themes))
    if not view.level:
        return usual
    book = matrix.study.codebook
    base = min((book.depth(theme) + 1 for theme in view.themes), default=0)
    deepest = base + view.level - 1
    found: dict[str, Theme] = {}
    for theme in usual:
        at = next((t for t in (theme.id, *book.ancestors(theme.id)) if book.depth(t) <= deepest), theme.id)
        found.setdefault(at, book[at])
    return tuple(found.values())


def _up(book: Codebook, theme: str) -> tuple[str, ...]:
    """Return a theme and those above it, the topmost first."""
    return (*reversed(book.ancestors(theme)), theme)


def count_states(cells: Collection[Cell]) -> dict[str, int]:
    """Return how many cells are in each state; those left out are not counted."""
    counts = Counter(cell.state for cell in cells if not cell.is_left_out)
    return {state.value: number for state, number in counts.items()}
