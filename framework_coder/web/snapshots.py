"""The study as it stands, loaded once for each state of the journal and shared by all requests."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable

    from framework_coder.project import Project, ProjectMatrix

MOST_THEN = 3
"""Matrices of earlier dates that are kept."""

MOST_KEPT = 8
"""Matrices, each with filters of its own, that are kept for one state."""


class Snapshots:
    """Keeps matrices by their filters until the journal has a newer entry."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._lock = Lock()
        self._entry = -1
        self._kept: dict[Hashable, ProjectMatrix] = {}
        self._then: dict[str, ProjectMatrix] = {}

    def name(self) -> str:
        """Return the name of the study, or of the project where it has none."""
        return self._project.design.name or Path(self._project.name).stem

    def as_at(self, until: str) -> "ProjectMatrix":
        """Return the matrix as it was at the end of a date before today, rebuilt from the journal once."""
        with self._lock:
            if until not in self._then:
                while len(self._then) >= MOST_THEN:
                    self._then.pop(next(iter(self._then)))
                with self._project.as_at(until) as then:
                    self._then[until] = then.matrix(with_text=False)
            return self._then[until]

    def matrix(self, **filters: Any) -> "ProjectMatrix":
        """Return the matrix under filters as it is now; takes the filters of `Project.matrix`."""
        key = tuple(sorted((name, repr(value)) for name, value in filters.items() if value))
        with self._lock:
            entry = self._project.history.newest()
            if entry != self._entry:
                self._entry, self._kept = entry, {}
            if key not in self._kept:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = self._project.matrix(**filters)
            return self._kept[key]
