"""The cells of a project: marks that a theme does not apply at a site."""

from framework_coder.model.study import NotApplicable
from framework_coder.project.session import Session
from framework_coder.store.claims import load_marks
from framework_coder.workflows.cells import mark_not_applicable, withdraw_mark


class ProjectCells:
    """What is said of cells as such."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def mark_not_applicable(self, site: str, theme: str, reason: str, *, why: str = "") -> None:
        """Say that a theme does not apply at a site, and why not; a mark that is there takes the new reason.

        Raises NoReasonError, ChartedCellError, UnknownSiteError or UnknownThemeError.
        """
        mark_not_applicable(self._session.engine, site, theme, reason, who=self._session.who, why=why)

    def withdraw(self, site: str, theme: str, *, why: str = "") -> None:
        """Take back that a theme does not apply at a site; raises NoMarkError."""
        withdraw_mark(self._session.engine, site, theme, who=self._session.who, why=why)

    def marks(self) -> tuple[NotApplicable, ...]:
        """Return the cells marked as not applicable."""
        with self._session.reading() as connection:
            return load_marks(connection)
