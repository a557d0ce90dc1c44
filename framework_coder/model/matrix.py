"""The site × theme matrix: what each cell holds and how well it stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Claim, Stance
from framework_coder.model.codebook import Theme
from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.design import SiteField
from framework_coder.model.legend import CellState, Lamp, State
from framework_coder.model.selection import Selection
from framework_coder.model.study import NotApplicable, Site, Study
from framework_coder.model.triangulation import Assessment, Status, measure_breadth
from framework_coder.model.wording import count


class Density(StrEnum):
    """Whether a grid shows the state of each cell, or its claims as well."""

    STATUS = "status"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a grid is laid out: its density, sites across instead of down, and the attributes at their heads.

    `heads` are ids of site fields; None leaves the choice to whoever draws the grid.
    """

    density: Density | None = None
    is_transposed: bool = False
    heads: tuple[str, ...] | None = None


AS_USUAL = Layout()
USUAL_HEADS = 2
"""Site attributes at the heads unless others are chosen: so many of the first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One site × theme; the theme includes those below it.

    `codings` are the live ones, `proposed` counts suggestions that nobody has decided, `uncharted` the live
    codings of words that no claim cites. `strip` counts the claims by status, worst first. `provisional` is,
    without claims, what the codings would come to if they all said the same. `lamps` has one entry a planned
    method.
    """

    site: int
    theme: str
    state: State
    claims: tuple[Claim, ...] = ()
    codings: tuple[Coding, ...] = ()
    proposed: int = 0
    uncharted: int = 0
    drifted: int = 0
    strip: Mapping[Status, int] | None = None
    provisional: Status | None = None
    lamps: Mapping[str, Lamp] | None = None
    examined: int = 0
    sources: int = 0
    reason: str = ""
    is_left_out: bool = False

    @property
    def share_examined(self) -> str:
        """`5 of 6 sources`."""
        return f"{self.examined} of {count(self.sources, 'source')}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells by (site id, theme id), rows and columns in display order.

    A cell that `is_left_out` was hidden by a filter of states: a grid leaves its place blank.
    """

    study: Study
    selection: Selection
    sites: tuple[Site, ...]
    themes: tuple[Theme, ...]
    cells: Mapping[tuple[int, str], Cell]
    assessments: Mapping[int, Assessment]
    bearings: Bearings
    layout: Layout = AS_USUAL

    @property
    def extent(self) -> str:
        """`20 sites × 27 themes`."""
        return f"{count(len(self.sites), 'site')} × {count(len(self.themes), 'theme')}"

    def shown_fields(self) -> tuple[SiteField, ...]:
        """Return the attributes that stand at the heads of sites, as the layout asks."""
        fields, chosen = self.study.design.site_fields, self.layout.heads
        return fields[:USUAL_HEADS] if chosen is None else tuple(f for f in fields if f.id in chosen)

    def rows(self) -> Iterable[tuple[Site, list[Cell]]]:
        """Yield each site with its cells in column order."""
        for site in self.sites:
            yield site, [self.cells[site.id, theme.id] for theme in self.themes]

    def shown_rows(self) -> Iterable[tuple[Site, list[Cell]]]:
        """Yield each site with its cells in column order, without those that a filter left out."""
        for site, cells in self.rows():
            yield site, [cell for cell in cells if not cell.is_left_out]

    def shown_claims(self) -> list[Claim]:
        """Return the claims of all cells shown, each once, in row then column order."""
        return list({c.id: c for _, cells in self.rows() for cell in cells for c in cell.claims}.values())

    def shown_codings(self) -> list[Coding]:
        """Return the live codings of all cells shown, each once, in row then column order."""
        return list({c.id: c for _, cells in self.rows() for cell in cells for c in cell.codings}.values())


def choose_columns(study: Study, selection: Selection = Selection()) -> tuple[Theme, ...]:
    """Return the themes shown: the active ones that are leaves or hold codings or claims of their own."""
    used = {coding.theme for coding in study.codings} | {claim.theme for claim in study.claims}
    leaves = {theme.id for theme in study.codebook.leaves}
    within = {t for theme in selection.themes for t in study.codebook.descendants(theme)}
    return tuple(
        theme
        for theme in study.codebook.active
        if (theme.id in leaves or theme.id in used) and (not selection.themes or theme.id in within)
    )


def build_matrix(
    study: Study, selection: Selection = Selection(), columns: Sequence[str] | None = None
) -> Matrix:
    """Return the matrix of a study; `columns` names the themes to show instead of the usual ones.

    Raises UnknownThemeError where a column or a filter names a theme that is not there.
    """
    bearings = Bearings(study, selection)
    themes = (
        choose_columns(study, selection) if columns is None else tuple(study.codebook[t] for t in columns)
    )
    sites = tuple(site for site in study.sites if selection.shows_site(site))
    cells = build_cells(bearings, sites, themes)
    if selection.states:
        sites = tuple(s for s in sites if any(cells[s.id, t.id].state in selection.states for t in themes))
        themes = tuple(t for t in themes if any(cells[s.id, t.id].state in selection.states for s in sites))
    return Matrix(study, selection, sites, themes, cells, bearings.assessments, bearings)


def build_cells(
    bearings: Bearings, sites: Iterable[Site], themes: Sequence[Theme]
) -> dict[tuple[int, str], Cell]:
    """Return the cells of sites and themes, each of which includes the themes below it."""
    contents = _gather(bearings, {theme.id for theme in themes})
    marks = {(mark.site, mark.theme): mark for mark in bearings.study.not_applicable}
    return {
        (site.id, theme.id): _build_cell(bearings, site.id, theme.id, contents[site.id, theme.id], marks)
        for site in sites
        for theme in themes
    }


@dataclass(slots=True)
class _Contents:
    claims: list[Claim]
    codings: list[Coding]
    proposed: int = 0
    drifted: int = 0


def _gather(bearings: Bearings, columns: set[str]) -> dict[tuple[int, str], _Contents]:
    """Sort codings and claims into cells; a theme's go to every column at or above it."""
    codebook = bearings.study.codebook
    into = {
        theme.id: [t for t in (theme.id, *codebook.ancestors(theme.id)) if t in columns] for theme in codebook
    }
    contents: dict[tuple[int, str], _Contents] = defaultdict(lambda: _Contents([], []))
    groups: dict[tuple[int, str], list[Coding]] = defaultdict(list)
    for coding in bearings.codings.values():
        groups[coding.site, coding.theme].append(coding)
    for (site, theme), codings in groups.items():
        live = [coding for coding in codings if coding.is_live]
        proposed = sum(coding.state is CodingState.PROPOSED for coding in codings)
        drifted = sum(coding.is_drifted for coding in codings)
        for column in into[theme]:
            cell = contents[site, column]
            cell.codings += live
            cell.proposed += proposed
            cell.drifted += drifted
    for claim in sorted(bearings.claims.values(), key=lambda c: (c.position, c.id)):
        for theme in into[claim.theme]:
            contents[claim.site, theme].claims.append(claim)
    return contents


def _build_cell(
    bearings: Bearings,
    site: int,
    theme: str,
    contents: _Contents,
    marks: Mapping[tuple[int, str], NotApplicable],
) -> Cell:
    mark = marks.get((site, theme))
    sources = bearings.sources_of[site]
    examined = bearings.examined(theme)
    read = sum(source.id in examined for source in sources)
    statuses = [bearings.assessments[claim.id].status for claim in contents.claims]
    return Cell(
        site,
        theme,
        state=_worst(contents.claims, bearings.assessments)
        or _empty_state(mark is not None, len(sources), read, has_codings=bool(contents.codings)),
        claims=tuple(contents.claims),
        codings=tuple(contents.codings),
        proposed=contents.proposed,
        uncharted=_count_uncharted(bearings, contents.codings),
        drifted=contents.drifted,
        strip=_count_statuses(statuses) if statuses else {},
        provisional=None if statuses else _provisional(bearings, contents.codings),
        lamps=_light_lamps(bearings, site, theme, contents),
        examined=read,
        sources=len(sources),
        reason=mark.reason if mark else "",
    )


def _count_uncharted(bearings: Bearings, codings: Sequence[Coding]) -> int:
    """Count the live codings that no claim cites and that share no words with a cited passage of the cell."""
    loose = [coding for coding in codings if coding.id not in bearings.charted]
    if len(loose) == len(codings):
        return len(loose)
    cited: dict[int, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.id in bearings.charted:
            cited[coding.source].append(coding)
    return sum(
        not any(c.start < other.end and other.start < c.end for other in cited[c.source]) for c in loose
    )


def _count_statuses(statuses: Iterable[Status]) -> dict[Status, int]:
    return dict(sorted(Counter(statuses).items(), key=lambda pair: pair[0].rank))


def _worst(claims: Sequence[Claim], assessments: Mapping[int, Assessment]) -> Status | None:
    """Return the worst status among the key claims, among all where none is key; None without claims."""
    chosen = [claim for claim in claims if claim.is_key] or claims
    statuses = (assessments[claim.id].status for claim in chosen)
    return min(statuses, key=lambda status: status.rank, default=None)


def _empty_state(is_marked: bool, sources: int, examined: int, *, has_codings: bool) -> CellState:
    if is_marked:
        return CellState.NOT_APPLICABLE
    if not sources:
        return CellState.NOT_COLLECTED
    if has_codings:
        return CellState.UNCHARTED
    return CellState.SILENT if examined == sources else CellState.NOT_EXAMINED


def _provisional(bearings: Bearings, codings: Sequence[Coding]) -> Status | None:
    sources = {coding.source for coding in codings}
    witnesses = frozenset((s, bearings.origins[s], bearings.sources[s].method) for s in sources)
    return measure_breadth(witnesses, bearings.planned)[0]


def _light_lamps(bearings: Bearings, site: int, theme: str, contents: _Contents) -> dict[str, Lamp]:
    stances: dict[str, set[Stance]] = defaultdict(set)
    for claim in contents.claims:
        found = bearings.assessments[claim.id]
        for item in (*found.supports, *found.qualifies, *found.contradicts):
            stances[item.source.method].add(item.stance)
    coded = {bearings.sources[source].method for source in {c.source for c in contents.codings}}
    examined = bearings.examined(theme)
    lamps: dict[str, Lamp] = {}
    for method, sources in bearings.sources_by_method[site].items():
        said = stances.get(method)
        if said:
            lamps[method] = Lamp.CONTRADICTS if Stance.CONTRADICTS in said else Lamp.SUPPORTS
        elif method in coded:
            lamps[method] = Lamp.CODED
        elif not sources:
            lamps[method] = Lamp.NOT_COLLECTED
        else:
            lamps[method] = Lamp.SILENT if sources <= examined else Lamp.NOT_EXAMINED
    return lamps
