"""A study comes from another tool, or goes to one."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.bundling import bundle_project
from framework_coder.exchange.coding_tables import list_columns
from framework_coder.exchange.formats import (
    UnrecognisedFileError,
    choose_target,
    readable,
    recognise,
    writable,
)
from framework_coder.model.collecting import no_collection
from framework_coder.project.session import Session
from framework_coder.workflows.importing import BundleImport, import_bundle


class OccupiedTargetError(ConflictError):
    """A file that an export would replace."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already; choose another name, or say --replace.")


class UnwritableTargetError(BadInputError):
    """A place where an export cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be written ({reason}); choose another place.")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where, what the format could not hold, and what the writer decided."""

    path: Path
    losses: tuple[Loss, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def is_lossy(self) -> bool:
        """Whether anything stayed behind or was changed."""
        return bool(self.losses)


class ProjectExchange:
    """Imports files of other tools, and exports the project in their formats."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def import_(
        self, path: str | Path, *, kind: str = "", is_dry_run: bool = False, why: str = "", **options: Any
    ) -> BundleImport:
        """Store what a file of another tool holds and the project does not, as one step.

        The format is told from the content unless `kind` names it. A dry run returns the same and stores
        nothing. `options` are those of the format. Raises BadInputError, and then nothing is changed.
        """
        place = Path(path)
        format_ = recognise(place, kind)
        with no_collection():
            bundle = format_.read(place, options, self._session.engine)
        reason = why or f"{format_.title} {place.name}"
        return import_bundle(
            self._session.engine, bundle, who=self._session.who, why=reason, is_dry_run=is_dry_run
        )

    @staticmethod
    def recognise(path: str | Path) -> str:
        """Return the id of the format that a file is of by its content, empty where it is of none."""
        try:
            return recognise(Path(path)).id
        except UnrecognisedFileError:
            return ""

    @staticmethod
    def coding_columns(path: str | Path) -> tuple[list[str], dict[str, str]]:
        """Return the columns of a table, and of each field of a coding the one that is taken for it, or "".

        Raises FaultyFileError where it is no table.
        """
        return list_columns(Path(path))

    def export(
        self, path: str | Path, *, kind: str = "", replace: bool = False, **options: Any
    ) -> ExportReport:
        """Write the project in the format named, or that of the suffix; the file appears when it is whole.

        Raises OccupiedTargetError, UnwritableTargetError or BadInputError; then nothing is written.
        """
        place = Path(path)
        format_ = choose_target(place, kind)
        if place.exists() and not replace:
            raise OccupiedTargetError(place)
        engine = self._session.engine
        with no_collection():
            bundle = Bundle() if format_.is_exact else bundle_project(engine)
        part = place.with_name(f".{place.stem}.part-{os.getpid()}{place.suffix}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if format_.is_exact:
                losses = format_.write_project(engine, part, options)
            else:
                with no_collection():
                    losses = format_.write(bundle, part, options)
            _put(part, place)
        except OSError as error:
            raise UnwritableTargetError(place, error.strerror or str(error)) from error
        finally:
            _remove(part)
        return _report(place, bundle, losses)

    @staticmethod
    def formats() -> list[tuple[str, str, bool, bool]]:
        """Return id, title, whether it comes in and whether it goes out, of each format."""
        known = {each.id: each for each in (*readable(), *writable())}
        return [(each.id, each.title, each.reads, each.writes) for each in known.values()]


def _report(place: Path, bundle: Bundle, losses: list[Loss]) -> ExportReport:
    told = Bundle(losses=list(bundle.losses))
    for loss in losses:
        if loss not in bundle.losses:
            told.lose(loss.kind, loss.sentence, loss.count)
    return ExportReport(place, tuple(told.losses), tuple(bundle.choices))


def _put(part: Path, place: Path) -> None:
    if part.is_dir() and place.is_dir():
        aside = part.with_name(f"{part.name}.before")
        place.replace(aside)
        part.replace(place)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        part.replace(place)


def _remove(part: Path) -> None:
    with suppress(OSError):
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
