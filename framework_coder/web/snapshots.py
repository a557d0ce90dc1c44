"""The study as it stands, shared by all requests: kept between changes, renewed where something changed.

A change at some sites renews their cells only, in milliseconds; what reaches further has all built anew.
"""

import gc
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from framework_coder.model.view import View

if TYPE_CHECKING:
    from collections.abc import Hashable

    from framework_coder.project import Project, ProjectMatrix

MOST_THEN = 3
"""Matrices of earlier dates that are kept."""

MOST_KEPT = 8
"""Matrices, each with filters of its own, that are kept."""


class _Kept(NamedTuple):
    entry: int
    matrix: "ProjectMatrix"


class Snapshots:
    """Keeps matrices by their filters."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._lock = Lock()
        self._kept: dict[Hashable, _Kept] = {}
        self._then: dict[str, ProjectMatrix] = {}

    def name(self) -> str:
        """Return the name of the study, or of the project where it has none."""
        return self._project.design.name or Path(self._project.name).stem

    def warm(self) -> None:
        """Build what the first screens need."""
        self.matrix()

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
        return self.at(**filters)[1]

    def at(self, **filters: Any) -> "tuple[int, ProjectMatrix]":
        """Return the newest entry of the journal and the matrix under filters as it is then."""
        key = tuple(sorted((name, repr(value)) for name, value in filters.items() if value))
        with self._lock:
            entry = self._project.history.newest()
            kept = self._kept.pop(key, None)
            if kept is None or kept.entry != entry:
                kept = _Kept(entry, self._renew(kept) or self._build(**filters))
            self._kept[key] = kept  # last: what was asked for longest ago goes first
            if len(self._kept) > MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            return kept

    def _renew(self, kept: _Kept | None) -> "ProjectMatrix | None":
        return self._project.renew(kept.matrix, kept.entry) if kept else None

    def _build(self, **filters: Any) -> "ProjectMatrix":
        built = self._project.matrix(**filters)
        gc.freeze()  # a study is millions of objects without cycles: to go through them again delays answers
        return built

    def look(self, view: View) -> "tuple[int, ProjectMatrix]":
        """Return the newest entry and the matrix as a view shows it."""
        filters = {"methods": tuple(sorted(view.methods))} if view.methods else {}
        entry, whole = self.at(**filters)
        return entry, whole.look(view)
