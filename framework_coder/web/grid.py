"""The grid as HTML: rows and columns with their heads, groups that fold, sites down or across."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from framework_coder.model.codebook import Theme
from framework_coder.model.matrix import Cell, Density, Matrix
from framework_coder.model.study import Site
from framework_coder.model.view import View
from framework_coder.model.wording import count as tell_count
from framework_coder.web.grid_cells import draw_cell
from framework_coder.web.viewing import address_of


@dataclass(frozen=True, slots=True)
class Head:
    """A row's or column's head; `enter` is the address that shows what is below it."""

    key: str
    label: str
    small: str = ""
    title: str = ""
    group: str = ""
    enter: str = ""


def heads_of_sites(matrix: Matrix) -> list[Head]:
    """Return the sites as heads, with the attributes that the layout names."""
    ids = [field.id for field in matrix.shown_fields()]
    labels = {field.id: field.label for field in matrix.study.design.site_fields}
    return [_head_of_site(site, ids, labels) for site in matrix.sites]


def _head_of_site(site: Site, ids: Sequence[str], labels: dict[str, str]) -> Head:
    facts = [site.code, *(value for name in ids if (value := site.attributes.get(name)))]
    told = "; ".join(f"{labels.get(name, name)}: {value}" for name, value in site.attributes.items() if value)
    return Head(site.code, site.name, " · ".join(facts), told)


def heads_of_themes(matrix: Matrix, view: View) -> list[Head]:
    """Return the themes as heads, each with the topmost theme above it as its group."""
    book = matrix.study.codebook
    active = {theme.parent for theme in book.active}
    found = []
    for theme in matrix.themes:
        top = (theme.id, *book.ancestors(theme.id))[-1]
        enter = address_of(view, themes=frozenset({theme.id}), folded=view.folded - {theme.id}, level=0)
        small = _tell_folded(matrix, theme, view)
        found.append(
            Head(theme.id, theme.label, small, theme.definition, top, enter if theme.id in active else "")
        )
    return found


def _tell_folded(matrix: Matrix, theme: Theme, view: View) -> str:
    if theme.id not in view.folded:
        return ""
    below = len(matrix.study.codebook.descendants(theme.id)) - 1
    return f"{below} folded"


def draw_grid(matrix: Matrix, view: View) -> Markup:
    """Return the whole table."""
    return Markup("".join(_draw(matrix, view)))  # noqa: S704 - every word in it is escaped where it is put in


def _draw(matrix: Matrix, view: View) -> Iterator[str]:
    is_turned = matrix.layout.is_transposed
    sites, themes = heads_of_sites(matrix), heads_of_themes(matrix, view)
    rows, columns = (themes, sites) if is_turned else (sites, themes)
    groups = _groups(themes)
    above = 1 + (bool(groups) and not is_turned)
    lines = above + len(rows) + (len(groups) if is_turned else 0)
    name = "themes and sites" if is_turned else "sites and themes"
    density = matrix.layout.density or Density.STATUS
    yield f'<table class="grid {density.value}{" turned" if is_turned else ""}" role="grid" id="grid"'
    yield f' aria-label="Matrix of {name}" aria-rowcount="{lines}" aria-colcount="{len(columns) + 1}">'
    yield f'<thead><tr class="sizes" aria-hidden="true"><th></th>{"<th></th>" * len(columns)}</tr>'
    yield from _draw_heads(matrix, view, columns, [] if is_turned else groups)
    yield "</thead><tbody>"
    yield from _draw_rows(matrix, view, rows, above, is_grouped=is_turned and bool(groups))
    yield "</tbody></table>"


def _draw_rows(
    matrix: Matrix, view: View, rows: Sequence[Head], line: int, *, is_grouped: bool
) -> Iterator[str]:
    lookup, group = _cells_by_row(matrix), None
    for number, row in enumerate(rows):
        if is_grouped and row.group != group:
            group, line = row.group, line + 1
            fold = _draw_fold(matrix, view, row.group)
            yield f'<tr class="groups" role="row" aria-rowindex="{line}">'
            yield f'<th scope="rowgroup" colspan="{len(lookup[row.key]) + 1}">{fold}</th></tr>'
        line += 1
        yield f'<tr data-row="{number}" role="row" aria-rowindex="{line}">'
        yield f'<th class="side" scope="row" title="{escape(row.title)}">{_draw_head(row)}</th>'
        yield "".join(draw_cell(matrix, cell, view) for cell in lookup[row.key])
        yield "</tr>"


def _cells_by_row(matrix: Matrix) -> dict[str, list[Cell]]:
    if not matrix.layout.is_transposed:
        return {site.code: cells for site, cells in matrix.rows()}
    return {theme.id: [matrix.cells[site.id, theme.id] for site in matrix.sites] for theme in matrix.themes}


def _groups(themes: Sequence[Head]) -> list[tuple[str, int]]:
    """Return neighbouring themes of one group with how many there are; none where no theme has one above."""
    found = [(group, len(list(some))) for group, some in groupby(themes, key=lambda head: head.group)]
    return found if any(head.key != head.group or head.small for head in themes) else []


def _draw_heads(
    matrix: Matrix, view: View, columns: Sequence[Head], groups: list[tuple[str, int]]
) -> Iterator[str]:
    corner = f'<th class="corner" scope="col" rowspan="{2 if groups else 1}">{_tell_size(matrix)}</th>'
    if groups:
        spans = "".join(
            f'<th colspan="{span}" scope="colgroup">{_draw_fold(matrix, view, group)}</th>'
            for group, span in groups
        )
        yield f'<tr class="groups" aria-rowindex="1">{corner}{spans}</tr>'
    heads = "".join(
        f'<th scope="col" title="{escape(head.title)}">{_draw_head(head)}</th>' for head in columns
    )
    yield f'<tr class="heads" aria-rowindex="{2 if groups else 1}">{"" if groups else corner}{heads}</tr>'


def _tell_size(matrix: Matrix) -> str:
    shown, known = len(matrix.sites), len(matrix.study.sites)
    share = f"{shown} of " if shown < known else ""
    return f"{share}{tell_count(known, 'site')}<small>{tell_count(len(matrix.themes), 'theme')}</small>"


def _draw_fold(matrix: Matrix, view: View, group: str) -> str:
    label = escape(matrix.study.codebook[group].label)
    if len(matrix.study.codebook.descendants(group)) == 1:
        return f"<span>{label}</span>"
    is_folded = group in view.folded
    sign, does = ("▸", "Unfold") if is_folded else ("▾", "Fold")
    address = escape(address_of(view, folded=view.folded ^ {group}))
    return (
        f'<a class="fold" tabindex="-1" href="{address}" title="{does} {label}"'
        f' aria-expanded="{str(not is_folded).lower()}"><i aria-hidden="true">{sign}</i> {label}</a>'
    )


def _draw_head(head: Head) -> str:
    small = f"<small>{escape(head.small)}</small>" if head.small else ""
    if head.enter:
        link = f'<a class="enter" tabindex="-1" href="{escape(head.enter)}" title="Show what is below">'
        return f"{link}{escape(head.label)}</a>{small}"
    return f"{escape(head.label)}{small}"
