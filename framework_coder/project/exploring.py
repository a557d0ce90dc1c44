"""Explore a matrix: how often, what with what, where not, when; findings and charts."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.cooccurrence import CoOccurrence, count_cooccurrences
from framework_coder.model.crosstabs import CrossTable, cross, list_facets
from framework_coder.model.finding_counts import FindingAssessment, assess_findings
from framework_coder.model.frequencies import ThemeFrequency, count_themes
from framework_coder.model.matrix import Matrix
from framework_coder.model.negatives import NegativeCase, find_negative_cases
from framework_coder.model.timeline import Event, list_events
from framework_coder.project.saving import replace_file
from framework_coder.project.selecting import check_names
from framework_coder.reports.charts import Chart, draw_charts, render_png, render_svg
from framework_coder.reports.csv_files import dump_csv, write_csv_file
from framework_coder.reports.exploring import (
    draw_cross,
    list_cooccurrences,
    list_cross,
    list_frequencies,
    list_negative_cases,
    list_passages,
)
from framework_coder.reports.exploring import list_events as list_event_rows
from framework_coder.reports.tables import Table

__all__ = ["MatrixExploring", "Table"]


class UnknownChartError(NotFoundError):
    """A chart that a matrix does not have."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        there = f"choose one of {', '.join(known)}" if known else "it has nothing to draw yet"
        super().__init__(f"The matrix has no chart “{name}”; {there}.")


class UnknownGroupError(NotFoundError):
    """A row or column that a cross-tabulation does not have."""

    def __init__(self, table: CrossTable, row: str, column: str) -> None:
        rows, columns = "; ".join(table.rows), "; ".join(table.columns)
        super().__init__(
            f"There is no cell “{row}” × “{column}”; the rows are {rows}, the columns {columns}."
        )


class BadPictureError(BadInputError):
    """A file name whose ending is not that of a picture."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is not the name of a picture; end it with .svg or .png.")


class MatrixExploring:
    """What can be asked across the cells of a matrix; every number knows what stands behind it."""

    def __init__(self, grid: Matrix) -> None:
        self._grid = grid

    def frequencies(self) -> list[ThemeFrequency]:
        """Return how often each theme shown occurs over the sites, with denominators."""
        return count_themes(self._grid)

    def facets(self) -> list[str]:
        """Return what sites can be grouped by: `attribute:tier`, `value:aim`, `theme:…`, `state:…`."""
        return list_facets(self._grid)

    def cross(self, rows: str, columns: str) -> CrossTable:
        """Return sites by two facets; raises UnknownFacetError."""
        return cross(self._grid, rows, columns)

    def cooccurrences(self, themes: Collection[str] = ()) -> list[CoOccurrence]:
        """Return the pairs of themes that meet in the same words, most often first."""
        for theme in themes:
            self._grid.study.codebook[theme]  # raises where there is no such theme
        return count_cooccurrences(self._grid, themes)

    def negative_cases(self, name: str, value: str) -> list[NegativeCase]:
        """Return every site with its standing to a coded value, the most telling first.

        Raises UnknownFilterError where no claim carries such a value.
        """
        values = {v.name for claim in self._grid.study.claims for v in claim.values}
        check_names("coded value", [name], values)
        texts = {v.text for claim in self._grid.study.claims for v in claim.values if v.name == name}
        check_names(name, [value], texts)
        return find_negative_cases(self._grid, name, value)

    def events(self, names: Collection[str] = ()) -> list[Event]:
        """Return what happened when, to the precision that is known."""
        return list_events(self._grid, names)

    def findings(self) -> list[FindingAssessment]:
        """Return the findings with their counts and what stands against them."""
        return assess_findings(self._grid)

    def passages(self, *, claims: Collection[int] = (), codings: Collection[int] = ()) -> Table:
        """Return the passages behind numbers: those of the codings, and all evidence of the claims."""
        bearings = self._grid.bearings
        wanted = set(codings) | {link.coding for claim in claims for link in bearings.evidence.get(claim, ())}
        return list_passages(self._grid, [c for c in bearings.codings.values() if c.id in wanted])

    def passages_behind(self, table: CrossTable, row: str, column: str) -> Table:
        """Return the passages behind a cell of a cross-tabulation; raises UnknownGroupError."""
        if (row, column) not in table.cells:
            raise UnknownGroupError(table, row, column)
        count = table.cells[row, column]
        return self.passages(claims=count.claims, codings=count.codings)

    def cross_table(self, table: CrossTable, *, as_grid: bool = True) -> Table:
        """Return a cross-tabulation as a grid of counts, or one cell a row with what stands behind it."""
        return draw_cross(table) if as_grid else list_cross(table)

    def cooccurrence_table(self, themes: Collection[str] = ()) -> Table:
        """Return `cooccurrences` as a table."""
        return list_cooccurrences(self._grid, self.cooccurrences(themes))

    def negative_table(self, name: str, value: str) -> Table:
        """Return `negative_cases` as a table."""
        return list_negative_cases(self.negative_cases(name, value))

    def event_table(self, names: Collection[str] = ()) -> Table:
        """Return `events` as a table."""
        return list_event_rows(self.events(names))

    def frequency_table(self) -> Table:
        """Return `frequencies` as a table."""
        return list_frequencies(self.frequencies())

    @staticmethod
    def as_csv(table: Table) -> bytes:
        """Return a table as CSV that Excel opens as it is."""
        return dump_csv(table)

    def charts(self) -> list[Chart]:
        """Return the charts, each with the table that it draws."""
        return draw_charts(self._grid)

    def chart(self, name: str) -> Chart:
        """Return one chart; raises UnknownChartError."""
        drawn = {chart.name: chart for chart in self.charts()}
        if name not in drawn:
            raise UnknownChartError(name, drawn)
        return drawn[name]

    def save_charts(
        self, folder: str | Path, names: Collection[str] = (), *, suffix: str = ".svg"
    ) -> list[Path]:
        """Write charts (all, unless named) into a folder, each with its table as CSV; return the paths."""
        drawn = [self.chart(name) for name in names] or self.charts()
        paths = []
        for chart in drawn:
            picture, rows = Path(folder) / f"{chart.name}{suffix}", Path(folder) / f"{chart.name}.csv"
            self._write(chart, picture)
            replace_file(rows, partial(write_csv_file, chart.table))
            paths += [picture, rows]
        return paths

    def draw(self, name: str, kind: str = "svg") -> bytes:
        """Return a chart as `svg` or `png`; raises UnknownChartError or BadPictureError."""
        return _draw(self.chart(name), Path(f"{name}.{kind}"))

    def _write(self, chart: Chart, place: Path) -> None:
        content = _draw(chart, place)
        replace_file(place, lambda part: part.write_bytes(content))


def _draw(chart: Chart, place: Path) -> bytes:
    if place.suffix.lower() not in {".svg", ".png"}:
        raise BadPictureError(place)
    return render_svg(chart).encode() if place.suffix.lower() == ".svg" else render_png(chart)
