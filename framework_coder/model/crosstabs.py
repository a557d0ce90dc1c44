"""Cross-tabulations of sites: attributes, coded values, themes and states against each other.

Made for small, purposive samples: every number is a list of sites, with the claims and passages behind it;
there are no percentages and no tests of significance (method.md §5).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from framework_coder.errors import BadInputError
from framework_coder.model.counting import count_values
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.model.spelling import closest
from framework_coder.model.study import Site

NOT_RECORDED = "(not recorded)"
NONE_CLAIMED = "(none claimed)"
NOT_CODED = "(not coded)"


class UnknownFacetError(BadInputError):
    """Something that sites cannot be grouped by."""

    def __init__(self, said: str, known: list[str]) -> None:
        near = closest(said, known)
        hint = f"did you mean {near}?" if near else f"choose one of {', '.join(known)}."
        super().__init__(f"Sites cannot be grouped by “{said}”; {hint}")


@dataclass(slots=True)
class Group:
    """Sites that share something, with the ids of the claims and codings that say so."""

    label: str
    sites: set[int] = field(default_factory=set)
    claims: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    codings: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class CrossCount:
    """The sites in a row and a column at once, and the ids of what stands behind them."""

    sites: tuple[Site, ...]
    claims: tuple[int, ...] = ()
    codings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Sites by two facets; a site may stand in several rows or columns, so sums can exceed the totals.

    `cells` has an entry for every pair of labels; `row_sites` and `column_sites` are the totals.
    """

    row_facet: str
    column_facet: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], CrossCount]
    row_sites: Mapping[str, tuple[Site, ...]]
    column_sites: Mapping[str, tuple[Site, ...]]
    shown: tuple[Site, ...]


def list_facets(matrix: Matrix) -> list[str]:
    """Return what sites can be grouped by: `attribute:tier`, `value:aim`, `theme:…`, `state:…`."""
    study = matrix.study
    named = [f"attribute:{site_field.id}" for site_field in study.design.site_fields]
    others = {name for site in study.sites for name in site.attributes} - {
        site_field.id for site_field in study.design.site_fields
    }
    values = dict.fromkeys(value.name for claim in study.claims for value in claim.values)
    themes = [theme.id for theme in study.codebook.active]
    return [
        *named,
        *(f"attribute:{name}" for name in sorted(others)),
        *(f"value:{name}" for name in values),
        *(f"theme:{theme}" for theme in themes),
        *(f"state:{theme}" for theme in themes),
    ]


def cross(matrix: Matrix, rows: str, columns: str) -> CrossTable:
    """Return how the sites shown fall by two facets; raises UnknownFacetError."""
    across, down = group_sites(matrix, columns), group_sites(matrix, rows)
    cells = {(row.label, column.label): _meet(matrix, row, column) for row in down for column in across}
    return CrossTable(
        rows,
        columns,
        tuple(row.label for row in down),
        tuple(column.label for column in across),
        cells,
        {row.label: _in_order(matrix, row.sites) for row in down},
        {column.label: _in_order(matrix, column.sites) for column in across},
        matrix.sites,
    )


def _in_order(matrix: Matrix, sites: set[int]) -> tuple[Site, ...]:
    return tuple(site for site in matrix.sites if site.id in sites)


def _meet(matrix: Matrix, row: Group, column: Group) -> CrossCount:
    both = row.sites & column.sites
    claims = {c for site in both for group in (row, column) for c in group.claims.get(site, ())}
    codings = {c for site in both for group in (row, column) for c in group.codings.get(site, ())}
    return CrossCount(_in_order(matrix, both), tuple(sorted(claims)), tuple(sorted(codings)))


def group_sites(matrix: Matrix, facet: str) -> list[Group]:
    """Return the sites shown in groups by a facet, in a sensible order; the rest is the last group.

    `attribute:NAME` groups by a site attribute, `value:NAME` by a coded value of supported claims,
    `theme:ID` by the themes below (or the theme itself) that are coded, `state:ID` by the state of the cell.
    """
    kind, _, name = facet.partition(":")
    known = list_facets(matrix)
    if facet not in known:
        raise UnknownFacetError(facet, known)
    by_kind: dict[str, Callable[[Matrix, str], list[Group]]] = {
        "attribute": _by_attribute,
        "value": _by_value,
        "theme": _by_theme,
        "state": _by_state,
    }
    return [group for group in by_kind[kind](matrix, name) if group.sites]


def _by_attribute(matrix: Matrix, name: str) -> list[Group]:
    planned = next((f.values for f in matrix.study.design.site_fields if f.id == name), ())
    groups = {label: Group(label) for label in planned}
    for site in matrix.sites:
        label = site.attributes.get(name, "") or NOT_RECORDED
        groups.setdefault(label, Group(label)).sites.add(site.id)
    rest = groups.pop(NOT_RECORDED, None)
    return [*groups.values(), *([rest] if rest else [])]


def _by_value(matrix: Matrix, name: str) -> list[Group]:
    groups: list[Group] = []
    site_of = {claim.id: claim.site for claim in matrix.study.claims}
    for count in count_values(matrix.study, matrix.selection, name):
        group = Group(count.value, {site.id for site in count.sites})
        for claim in count.claims:
            group.claims[site_of[claim]].add(claim)
        groups.append(group)
    return [*groups, _the_rest(matrix, groups, NONE_CLAIMED)]


def _by_theme(matrix: Matrix, theme: str) -> list[Group]:
    book = matrix.study.codebook
    children = [child for child in book.children(theme) if not child.is_retired] or [book[theme]]
    into = {t: child.id for child in children for t in book.descendants(child.id)}
    groups = {child.id: Group(child.label) for child in children}
    shown = {site.id for site in matrix.sites}
    for coding in matrix.bearings.codings.values():
        if coding.is_live and coding.site in shown and coding.theme in into:
            group = groups[into[coding.theme]]
            group.sites.add(coding.site)
            group.codings[coding.site].add(coding.id)
    found = list(groups.values())
    return [*found, _the_rest(matrix, found, NOT_CODED)]


def _by_state(matrix: Matrix, theme: str) -> list[Group]:
    is_shown = any(column.id == theme for column in matrix.themes)
    cells = (matrix if is_shown else build_matrix(matrix.study, matrix.selection, [theme])).cells
    groups: dict[str, Group] = {look.label: Group(look.label) for look in LEGEND.values()}
    for site in matrix.sites:
        cell = cells[site.id, theme]
        group = groups[LEGEND[cell.state].label]
        group.sites.add(site.id)
        group.claims[site.id] = {claim.id for claim in cell.claims}
        group.codings[site.id] = {coding.id for coding in cell.codings}
    return list(groups.values())


def _the_rest(matrix: Matrix, groups: list[Group], label: str) -> Group:
    named = {site for group in groups for site in group.sites}
    return Group(label, {site.id for site in matrix.sites} - named)
