"""How often themes occur: over sites, with denominators and with what stands behind each number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from framework_coder.model.codebook import Theme
from framework_coder.model.legend import CellState
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.model.study import Site
from framework_coder.model.triangulation import Status
from framework_coder.model.wording import count


@dataclass(frozen=True, slots=True)
class ThemeFrequency:
    """How many of the sites shown say something on a theme, and how well it is borne out.

    `coded` have a live coding at the theme or below it, `charted` a claim, `silent` were examined and say
    nothing, `not_applicable` were marked so; `examined` had every source read. `statuses` counts claims.
    `claims` and `codings` are the ids behind the numbers.
    """

    theme: Theme
    shown: tuple[Site, ...]
    coded: tuple[Site, ...]
    charted: tuple[Site, ...]
    examined: tuple[Site, ...]
    silent: tuple[Site, ...]
    not_applicable: tuple[Site, ...]
    statuses: Mapping[Status, int]
    claims: tuple[int, ...]
    codings: tuple[int, ...]

    def __str__(self) -> str:
        """Return `14 of 20 sites (14 of 18 examined; 2 not applicable)`."""
        read = {site.id for site in self.examined}
        both = sum(site.id in read for site in self.coded)
        parts = [f"{both} of {len(self.examined)} examined"]
        if self.not_applicable:
            parts.append(f"{len(self.not_applicable)} not applicable")
        return f"{len(self.coded)} of {count(len(self.shown), 'site')} ({'; '.join(parts)})"


def count_themes(matrix: Matrix) -> list[ThemeFrequency]:
    """Return the frequency of every theme shown, in column order."""
    return [_count(matrix, theme) for theme in matrix.themes]


def _count(matrix: Matrix, theme: Theme) -> ThemeFrequency:
    cells = {site.id: matrix.cells[site.id, theme.id] for site in matrix.sites}
    claims = [claim for cell in cells.values() for claim in cell.claims]

    def where(fits: Mapping[int, bool]) -> tuple[Site, ...]:
        return tuple(site for site in matrix.sites if fits[site.id])

    return ThemeFrequency(
        theme,
        shown=matrix.sites,
        coded=where({site: bool(cell.codings) for site, cell in cells.items()}),
        charted=where({site: bool(cell.claims) for site, cell in cells.items()}),
        examined=where({site: _is_examined(cell) for site, cell in cells.items()}),
        silent=where({site: cell.state is CellState.SILENT for site, cell in cells.items()}),
        not_applicable=where({s: cell.state is CellState.NOT_APPLICABLE for s, cell in cells.items()}),
        statuses=Counter(matrix.assessments[claim.id].status for claim in claims),
        claims=tuple(claim.id for claim in claims),
        codings=tuple(coding.id for cell in cells.values() for coding in cell.codings),
    )


def _is_examined(cell: Cell) -> bool:
    return bool(cell.sources) and cell.examined == cell.sources
