"""A matrix of a project: to look at, to take apart as DataFrames, and to save."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.attention import Attention, list_attention
from framework_coder.model.charting import ChartedClaim
from framework_coder.model.collecting import no_collection
from framework_coder.model.counting import Count, count_values
from framework_coder.model.examining import Examination, list_examinations
from framework_coder.model.explaining import Explanation, explain_cell, explain_claim
from framework_coder.model.legend import LEGEND, Appearance
from framework_coder.model.matrix import Cell, Density, Matrix
from framework_coder.model.pairing import Pairing, pair_up
from framework_coder.model.paragraphs import paragraph_writer
from framework_coder.model.view import View, look_at, look_like
from framework_coder.project.pack_texts import PackTexts
from framework_coder.project.saving import UnwritableReportError, replace_file
from framework_coder.project.selecting import check_view
from framework_coder.reports.tables import Table

if TYPE_CHECKING:
    import pandas as pd

    from framework_coder.project.exploring import MatrixExploring


ALL = "all"
"""In place of a table's name: every table, in one JSON file."""


class UnknownTableError(NotFoundError):
    """A table that a matrix does not have."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"A matrix has no table “{name}”; choose one of {', '.join(known)}.")


class UnknownShownClaimError(NotFoundError):
    """A claim that the study, or the part of it that the filters leave, does not have."""

    def __init__(self, claim: int) -> None:
        super().__init__(f"There is no claim {claim} here; `claim list` shows them.")


class UnknownCellError(NotFoundError):
    """A cell that the matrix does not show."""

    def __init__(self, site: str, theme: str) -> None:
        super().__init__(f"The matrix shows no cell {site} × {theme}; `matrix` lists sites and themes.")


class UnknownReportFormatError(BadInputError):
    """A file name whose ending does not say which report is meant."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” does not say which report is meant; end it with .xlsx (workbook), "
            ".docx (Word report), .html (audit pack), .md (text), .json or .csv (one table), or name a "
            "folder for all CSV files."
        )


class ProjectMatrix:
    """A matrix with its tables. `grid` has the cells, assessments and selection as plain values.

    `load_texts` reads the texts around the passages, for an audit pack; without it passages stand alone.
    """

    def __init__(self, grid: Matrix, load_texts: Callable[[], PackTexts] = PackTexts) -> None:
        self.grid = grid
        self.load_texts = load_texts

    @property
    def explore(self) -> "MatrixExploring":
        """What can be asked across the cells: frequencies, cross-tabulations, findings, charts."""
        from framework_coder.project.exploring import MatrixExploring

        return MatrixExploring(self.grid)

    def look(self, view: View) -> "ProjectMatrix":
        """Return the matrix as a view shows it: its rows and columns in order, its density and layout.

        `save` writes what the view shows. Raises UnknownFilterError or UnknownThemeError.
        """
        check_view(self.grid.study, view)
        return ProjectMatrix(look_at(self.grid, view), self.load_texts)

    def look_like(self, other: "ProjectMatrix") -> "ProjectMatrix":
        """Return this matrix with the rows, columns, gaps and layout of another one of the same study.

        So an anonymised matrix shows what the other one shows, in the same order, and names nothing more.
        """
        return ProjectMatrix(look_like(self.grid, other.grid), self.load_texts)

    def tables(self) -> dict[str, Table]:
        """Return every table by name: matrix, states, cells, claims, evidence, codings and those behind."""
        from framework_coder.reports.csv_files import list_tables

        return {table.name: table for table in list_tables(self.grid)}

    def table(self, name: str) -> Table:
        """Return one table; raises UnknownTableError."""
        tables = self.tables()
        if name not in tables:
            raise UnknownTableError(name, list(tables))
        return tables[name]

    def frame(self, name: str = "states") -> "pd.DataFrame":
        """Return a table as a DataFrame; `matrix` and `states` have a row a site and a column a theme.

        The columns of each table are described in docs/reference/tables.md.
        """
        import pandas as pd

        table = self.table(name)
        frame = pd.DataFrame(list(table.rows), columns=table.names)
        return frame.set_index("site") if name in {"matrix", "states"} else frame

    def dump_all(self) -> str:
        """Return every table as one JSON text; docs/reference/tables.md carries its schema."""
        from framework_coder.reports.whole import dump_whole

        return "".join(dump_whole(self.grid))

    def explain(self, claim: int) -> Explanation:
        """Return why a claim has its status, what does not count and what would raise it.

        `str` of it is one readable paragraph. Raises UnknownShownClaimError.
        """
        found = self.grid.bearings.claims.get(claim)
        if found is None:
            raise UnknownShownClaimError(claim)
        return explain_claim(self.grid.bearings, found)

    def charted(self, site: str, theme: str) -> tuple[ChartedClaim, ...]:
        """Return the claims of a cell with evidence, paragraphs and editions; raises UnknownCellError."""
        cell, grid = self._cell(site, theme), self.grid
        theirs = (coding for coding in grid.study.codings if coding.site == cell.site)
        write = paragraph_writer(grid.study.codebook, grid.study.sources, theirs)
        evidence = grid.bearings.evidence
        found = (ChartedClaim(claim, tuple(evidence.get(claim.id, ()))) for claim in cell.claims)
        return tuple(replace(charted, paragraph=write(charted).text) for charted in found)

    def explain_cell(self, site: str, theme: str) -> str:
        """Return why a cell shown has its state, as one paragraph; raises UnknownCellError."""
        return explain_cell(self.grid, self._cell(site, theme))

    def _cell(self, site: str, theme: str) -> Cell:
        number = next((each.id for each in self.grid.sites if each.code == site), 0)
        cell = self.grid.cells.get((number, theme))
        if cell is None:
            raise UnknownCellError(site, theme)
        return cell

    def pairings(self, claims: Iterable[int]) -> list[Pairing]:
        """Return how each pair of planned methods stands on some claims shown."""
        bearings = self.grid.bearings
        return list(pair_up(bearings, [bearings.claims[claim] for claim in claims]))

    def examinations(self, site: str, theme: str) -> list[Examination]:
        """Return how each source of a site stands for a theme without any below it, or for those below."""
        number = next((each.id for each in self.grid.sites if each.code == site), 0)
        return list(list_examinations(self.grid.bearings, sites=[number], themes=[theme]))

    def attention(self) -> Attention:
        """Return what needs attention, with denominators."""
        return list_attention(self.grid)

    def counts(self, name: str | None = None) -> list[Count]:
        """Return the counts of coded values (of one name, or all), each with its denominators and sites."""
        return count_values(self.grid.study, self.grid.selection, name)

    def save(self, place: str | Path, table: str = "") -> list[str]:
        """Write a report and return sentences on what its format could not hold (empty: nothing).

        `.xlsx` is the audit workbook, `.docx` the Word report, `.html` the audit pack (one file that opens
        offline, with the texts around the passages as the project has them now), `.md` Markdown; `.csv` and
        `.json` hold one `table` (`matrix` unless named), `.json` every table where it is `all`; a folder
        takes every table as CSV and keeps its other files. A file appears whole or not at all. Raises
        UnknownReportFormatError, UnknownTableError or UnwritableReportError.
        """
        path = Path(place)
        if path.suffix == "" or path.is_dir():
            return self._save_folder(path)
        writer = _WRITERS.get(path.suffix.lower())
        if writer is None:
            raise UnknownReportFormatError(path)
        return replace_file(path, lambda target: writer(self, target, table))

    def _save_folder(self, folder: Path) -> list[str]:
        from framework_coder.reports.csv_files import write_csv_files

        part = folder / f".part-{os.getpid()}"
        try:
            part.mkdir(parents=True, exist_ok=True)
            for path in write_csv_files(self.grid, part):
                path.replace(folder / path.name)
        except OSError as error:
            raise UnwritableReportError(folder, error.strerror or str(error)) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return []

    def _repr_html_(self) -> str:
        """Draw the grid of states in a notebook."""
        heads = "".join(f"<th>{escape(theme.label)}</th>" for theme in self.grid.themes)
        rows = []
        for site, cells in self.grid.rows():
            marks = "".join(_draw_mark(LEGEND[cell.state]) for cell in cells)
            rows.append(f"<tr><th>{escape(site.code)} {escape(site.name)}</th>{marks}</tr>")
        return f"<table><tr><th></th>{heads}</tr>{''.join(rows)}</table>"


def _draw_mark(look: Appearance) -> str:
    style = f"background:{look.background};color:{look.foreground}"
    return f'<td title="{escape(look.label)}" style="{style}">{escape(look.letter)}</td>'


def _write_workbook(matrix: ProjectMatrix, path: Path, _table: str) -> list[str]:
    from xlsxwriter.exceptions import XlsxWriterException

    from framework_coder.reports.workbook import write_workbook

    try:
        return write_workbook(matrix.grid, path)
    except XlsxWriterException as error:  # what the writer makes of an OSError
        raise OSError(str(error)) from error


def _write_word(matrix: ProjectMatrix, path: Path, _table: str) -> list[str]:
    from framework_coder.reports.word import parts_of, write_report

    return write_report(matrix.grid, path, parts=parts_of(matrix.grid))


def _write_pack(matrix: ProjectMatrix, path: Path, _table: str) -> list[str]:
    from framework_coder.reports.webpage import write_audit_pack

    with no_collection():
        around = matrix.load_texts()
    return write_audit_pack(matrix.grid, path, texts=around.texts, rewrite=around.rewrite)


def _write_markdown(matrix: ProjectMatrix, path: Path, _table: str) -> list[str]:
    from framework_coder.reports.markdown import render_markdown

    path.write_text(render_markdown(matrix.grid), encoding="utf-8")
    return []


def _write_csv(matrix: ProjectMatrix, path: Path, table: str) -> list[str]:
    from framework_coder.reports.csv_files import write_csv_file

    usual = "states" if matrix.grid.layout.density is Density.STATUS else "matrix"
    write_csv_file(matrix.table(table or usual), path)
    return []


def _write_json(matrix: ProjectMatrix, path: Path, table: str) -> list[str]:
    from framework_coder.reports.csv_files import dump_json
    from framework_coder.reports.whole import write_whole

    if table == ALL:
        write_whole(matrix.grid, path)
        return []
    path.write_text(dump_json(matrix.table(table or "matrix")), encoding="utf-8")
    return []


_WRITERS: dict[str, Callable[[ProjectMatrix, Path, str], list[str]]] = {
    ".xlsx": _write_workbook,
    ".docx": _write_word,
    ".html": _write_pack,
    ".md": _write_markdown,
    ".csv": _write_csv,
    ".json": _write_json,
}
