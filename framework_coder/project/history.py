"""What happened in a project: the steps, undo and redo."""

from framework_coder.project.session import Session
from framework_coder.store.journal import now
from framework_coder.store.log import newest_entry
from framework_coder.store.steps import load_steps
from framework_coder.workflows.undoing import Undone, redo, undo


class ProjectHistory:
    """The steps of the journal: one entry each, or all entries of one long work such as an import."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def undo(self, entry: int | None = None, *, why: str = "") -> Undone:
        """Take back the newest of one's own steps that stands, or the step of an entry, whoever made it.

        Raises UndoConflictError where later steps rest on it; nothing is changed then.
        """
        return undo(self._session.engine, who=self._session.who, entry=entry, why=why)

    def redo(self, entry: int | None = None, *, why: str = "") -> Undone:
        """Bring back what was undone last, until one's next change; or the undone step of an entry."""
        return redo(self._session.engine, who=self._session.who, entry=entry, why=why)

    def newest(self) -> int:
        """Return the number of the newest entry: while it is the same, nothing has changed."""
        with self._session.reading() as connection:
            return newest_entry(connection)

    @staticmethod
    def today() -> str:
        """Return the date of today as the journal counts it: in UTC, ISO."""
        return now()[:10]

    def standing(self, until: str = "") -> tuple[int, ...]:
        """Return the first entries of the steps that stand, or stood at the end of an ISO date (or month)."""
        with self._session.reading() as connection:
            steps = load_steps(connection, until=until)
        return tuple(step.entry for step in steps.values() if step.is_standing)
