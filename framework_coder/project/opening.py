"""Find the project that a path speaks of, or make one of the folder that lies there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from framework_coder.errors import BadInputError, CancelledError, NotFoundError
from framework_coder.exchange.rows import SiteRow, SourceRow
from framework_coder.exchange.study_folder import read_study_folder
from framework_coder.model.design import Design
from framework_coder.model.progress import Progress, Silent
from framework_coder.project.project import Project
from framework_coder.project.running import RunReport, import_study
from framework_coder.project.staging import publish, staging
from framework_coder.workflows.placing import list_files, propose_places

SUFFIX = ".fwc"
STUDY_FILE = "study.yaml"


class NothingToOpenError(NotFoundError):
    """A path where nothing is."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"There is nothing at {place}; name a project file, a study folder or a folder of files."
        )


class NotAStudyError(BadInputError):
    """A file that is no project."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"{place.name} is a file, but no project ({SUFFIX}); name the project file, or the folder in "
            "which the study's files lie."
        )


class WhichProjectError(BadInputError):
    """A folder with several projects."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        super().__init__(f"There are several projects in {folder} ({', '.join(names)}); name one of them.")


class OpeningCancelledError(CancelledError):
    """The making of a project was stopped."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"Stopped; {place.name} was not made.")


@dataclass(slots=True)
class Opened:
    """The project that was found or made, and sentences on what was left out of it."""

    project: Path
    is_new: bool = False
    problems: list[str] = field(default_factory=list)


def find_or_make(
    place: str | Path, *, who: str = "", workers: int | None = None, progress: Progress | None = None
) -> Opened:
    """Return the project at a path; of a folder that has none, one is made beside it (`study.fwc`).

    A study folder (`study.yaml`) is read as `run` reads it; in any other folder each sub-folder is a site and
    its files are the sources. The project appears when it is whole. Raises NothingToOpenError,
    NotAStudyError, WhichProjectError, OpeningCancelledError, NothingToImportError, or what a study folder is
    refused for.
    """
    path = Path(place).absolute()
    if path.is_file():
        if path.suffix.lower() != SUFFIX:
            raise NotAStudyError(path)
        return Opened(path)
    if not path.is_dir():
        raise NothingToOpenError(Path(place))
    inside = sorted(each.name for each in path.glob(f"*{SUFFIX}") if not each.name.startswith("."))
    if len(inside) > 1:
        raise WhichProjectError(Path(place), inside)
    target = path / inside[0] if inside else path.with_name(path.name + SUFFIX)
    if target.exists():
        return Opened(target)
    return _make(path, target, who, workers, progress or Silent())


def _make(folder: Path, target: Path, who: str, workers: int | None, progress: Progress) -> Opened:
    make = _make_of_study if (folder / STUDY_FILE).is_file() else _make_of_files
    with staging(target.parent) as draft:
        try:
            problems = make(folder, draft / target.name, who, workers, progress)
        except CancelledError as error:
            raise OpeningCancelledError(target) from error
        if progress.is_cancelled():
            raise OpeningCancelledError(target)
        publish(draft, target.parent, (), target.name)
    return Opened(target, is_new=True, problems=problems)


def _make_of_study(folder: Path, draft: Path, who: str, workers: int | None, progress: Progress) -> list[str]:
    study = read_study_folder(folder)
    report = RunReport(draft)
    with Project.create(draft, design=study.design, who=who or study.coder) as project:
        import_study(project, study, report, workers, progress)
    return report.problems


def _make_of_files(folder: Path, draft: Path, who: str, workers: int | None, progress: Progress) -> list[str]:
    """Make a project of a folder: a site a sub-folder; without sub-folders the folder is the one site."""
    paths = [file.relative_to(folder) for file, _ in list_files([folder])]
    codes = list(dict.fromkeys(path.parts[0] for path in paths if len(path.parts) > 1))
    loose = "" if codes else folder.name
    with Project.create(draft, design=Design(name=folder.name), who=who) as project:
        project.sites.add_all(
            [SiteRow(0, code, code, {}) for code in codes or [loose]], why="a sub-folder each"
        )
        names = [path.as_posix() for path in paths]
        placed = propose_places(names, project.design, project.sites.list())
        sites = [path.parts[0] if len(path.parts) > 1 else loose for path in paths]
        rows = [
            SourceRow(0, name, (site,) if site else (), method)
            for name, site, (_, method) in zip(names, sites, placed, strict=True)
        ]
        report = project.sources.ingest_register(
            rows, folder, workers=workers, progress=progress, why=f"folder {folder.name}"
        )
    return [f"{file.path}: {file.why}" for file in report.refused]
