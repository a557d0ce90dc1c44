"""Workbooks that come back: claims edited in a spreadsheet program, and matrices made elsewhere."""

from collections.abc import Mapping
from pathlib import Path

from framework_coder.exchange.edited_workbook import recognise
from framework_coder.exchange.framework_matrix import list_headings
from framework_coder.model.merging import Comparison
from framework_coder.project.session import Session
from framework_coder.store.codebooks import load_codebook
from framework_coder.workflows.matrix_import import MatrixImport, import_matrix, preview_matrix
from framework_coder.workflows.round_trip import Side, apply_workbook, compare_workbook


class ProjectWorkbooks:
    """Takes over what was changed in the claims of an audit workbook, and matrices made elsewhere."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @staticmethod
    def recognise(path: str | Path) -> bool:
        """Say whether a file is an audit workbook of a project, edited or not."""
        return recognise(Path(path))

    def headings(self, path: str | Path) -> dict[str, str]:
        """Return the headings of a framework matrix with the id of the theme each names, or "".

        Raises FaultyFileError where the file is no table.
        """
        with self._session.reading() as connection:
            return list_headings(Path(path), load_codebook(connection))

    def compare(self, path: str | Path) -> Comparison:
        """Return what an edited workbook would change, and where the project changed meanwhile too.

        Raises FaultyFileError with all that was not understood, or OtherProjectError.
        """
        return compare_workbook(self._session.engine, Path(path))

    def apply(
        self,
        path: str | Path,
        *,
        decided: Mapping[int, Side | str] | None = None,
        rest: Side | str | None = None,
        why: str = "",
    ) -> Comparison:
        """Take over the changes of an edited workbook as one step, and return what they were.

        `decided` says of each claim in conflict whose text holds, `workbook` or `project`; `rest` of those
        that it does not name. Raises UndecidedError where one is open, and then nothing is changed.
        """
        return apply_workbook(
            self._session.engine,
            Path(path),
            who=self._session.who,
            decided={claim: Side(side) for claim, side in (decided or {}).items()},
            rest=None if rest is None else Side(rest),
            why=why,
        )

    def preview_matrix(
        self, path: str | Path, *, columns: Mapping[str, str] | None = None, is_split: bool = False
    ) -> MatrixImport:
        """Return the claims that a framework matrix made elsewhere would bring; nothing is stored."""
        return preview_matrix(self._session.engine, Path(path), columns=columns or {}, is_split=is_split)

    def import_matrix(
        self,
        path: str | Path,
        *,
        columns: Mapping[str, str] | None = None,
        is_split: bool = False,
        why: str = "",
    ) -> MatrixImport:
        """Store a framework matrix made elsewhere (sites down, themes across) as claims without evidence.

        `columns` gives the theme's id of a heading that does not name it, or "" to pass a column over;
        `is_split` makes each paragraph a claim. Raises FaultyFileError with all that was not understood.
        """
        return import_matrix(
            self._session.engine,
            Path(path),
            who=self._session.who,
            columns=columns or {},
            is_split=is_split,
            why=why,
        )
