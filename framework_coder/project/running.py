"""The main job: from a study folder to a project file and its audited matrix."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError, CancelledError, ConflictError, FrameworkCoderError
from framework_coder.exchange.rows import CoverageRow, EvidenceRow, Reviewing, StudyFolder
from framework_coder.exchange.study_folder import read_study_folder
from framework_coder.model.attention import Attention
from framework_coder.model.progress import Progress, Silent
from framework_coder.project.project import Project
from framework_coder.project.staging import publish, settle, staging
from framework_coder.workflows.coding import CodingImport
from framework_coder.workflows.import_report import ImportReport

PROJECT_NAME = "study.fwc"
_RECORDED = "recorded analysis"


class OccupiedFolderError(ConflictError):
    """A folder that holds a project already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already; choose another --out folder, or say --replace.")


class NoExampleError(BadInputError):
    """An installation without the example study."""

    def __init__(self) -> None:
        super().__init__("The example study is not part of this installation; install framework-coder again.")


class RunCancelledError(CancelledError):
    """The main job was stopped."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Stopped; nothing was written to {path.parent}.")


@dataclass(slots=True)
class RunReport:
    """What a run made: the project, the reports, what came of each file, and what was left open.

    `problems` are sentences: files refused, quotes not found, evidence that could not be linked.
    """

    project: Path
    outputs: list[Path] = field(default_factory=list)
    reading: ImportReport | None = None
    coding: CodingImport | None = None
    attention: Attention | None = None
    sites: int = 0
    themes: int = 0
    sources: int = 0
    codings: int = 0
    claims: int = 0
    evidence: int = 0
    problems: list[str] = field(default_factory=list)


def find_example() -> Path:
    """Return the folder of the example study, of this installation or of the checkout it runs from."""
    package = Path(str(files("framework_coder")))
    places = (package / "examples" / "documents", package.parent / "documents")
    for place in places:
        if (place / "integrated-care" / "study.yaml").is_file():
            return place / "integrated-care"
    raise NoExampleError


def run_study(
    folder: str | Path,
    out: str | Path,
    *,
    who: str = "",
    workers: int | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Read a study folder, import all of it, and write the project and its reports into `out`.

    The project appears under its name only when it and its reports are whole; until then a project that is
    there stays as it is. Raises FaultyFileError, NoStudyFolderError, OccupiedFolderError, UnwritableOutError,
    ProjectInUseError, or RunCancelledError, and then nothing is left behind.
    """
    study = read_study_folder(Path(folder))
    place = Path(out) / PROJECT_NAME
    if place.exists():
        if not replace:
            raise OccupiedFolderError(place)
        settle(place)
    report = RunReport(place)
    progress = progress or Silent()
    with staging(place.parent) as draft:
        try:
            with Project.create(draft / PROJECT_NAME, design=study.design, who=who or study.coder) as project:
                import_study(project, study, report, workers, progress)
                files = _write_reports(project, report, draft, progress)
        except CancelledError as error:
            raise RunCancelledError(place) from error
        publish(draft, place.parent, files, PROJECT_NAME)
    return report


def is_as_made(out: str | Path) -> bool:
    """Say whether `out` holds a project that nobody has worked on since `run_study` made it."""
    try:
        with Project.open(Path(out) / PROJECT_NAME) as project:
            return [entry.why for entry in project.log(limit=1)] == [_RECORDED]
    except FrameworkCoderError:
        return False


def _stop_if_asked(progress: Progress) -> None:
    if progress.is_cancelled():
        raise CancelledError


def import_study(
    project: Project, study: StudyFolder, report: RunReport, workers: int | None, progress: Progress
) -> None:
    """Import all that a study folder holds; the report takes what came of it."""
    project.codebook.load(study.codebook, why="a priori framework")
    project.codebook.freeze(why="a priori framework")
    _grow_framework(project, study)
    project.sites.add_all(study.sites)
    project.sites.plan(study.plan)
    report.reading = project.sources.ingest_register(
        study.sources, study.path, workers=workers, progress=progress, why="study folder"
    )
    report.problems += [f"{file.path}: {file.why}" for file in report.reading.refused]
    report.problems += report.reading.notes
    _stop_if_asked(progress)
    report.coding = project.codings.import_(study.codings, why=_RECORDED, progress=progress)
    report.problems += [
        f"codings.csv, line {problem.line}: {problem.sentence}" for problem in report.coding.problems
    ]
    _revise(project, study, report, workers)
    evidence = list(_linkable(study.evidence, report.coding, report.problems))
    charted = project.claims.import_(
        study.claims,
        evidence,
        _covering(project, study.coverage, report.problems),
        study.marks,
        codings=report.coding.numbers,
        why=_RECORDED,
    )
    report.claims, report.evidence = charted.claims, charted.evidence
    if study.reviewing != Reviewing():
        reviewing = _reviewable(project, study.reviewing, report)
        project.reviews.import_(reviewing, codings=report.coding.numbers, why=_RECORDED)


def _grow_framework(project: Project, study: StudyFolder) -> None:
    """Freeze a second version with what came out of the reading, if anything did."""
    for story in study.emergent:
        project.codebook.add(story.theme, who=story.made_by, why=story.reason)
    for reworded in study.rewordings:
        words: dict[str, Any] = dict(reworded.fields)
        project.codebook.edit(reworded.theme, who=reworded.made_by, why=reworded.reason, **words)
    if study.emergent or study.rewordings:
        project.codebook.freeze(why="emergent themes added")


def _revise(project: Project, study: StudyFolder, report: RunReport, workers: int | None) -> None:
    """Put newer files in place of older ones; say of each that cannot be."""
    few = 1 if workers is None else min(workers, 1)
    for row in study.revisions:
        try:
            project.sources.revise(row.source, Path(study.path) / row.path, workers=few, why=row.reason)
        except FrameworkCoderError as error:
            report.problems.append(f"revisions.csv, line {row.line}: {error}")


def _reviewable(project: Project, given: Reviewing, report: RunReport) -> Reviewing:
    """Return what can be stored; say of each memo on what was not read that it is left out."""
    assert report.coding is not None
    refs = {source.ref for source in project.sources.list()}
    memos, apart = [], []
    for memo in given.memos:
        if (memo.source and memo.source not in refs) or (
            memo.coding and memo.coding not in report.coding.numbers
        ):
            report.problems.append(
                f"memos.csv, line {memo.line}: {memo.source or memo.coding} is not in the project, so memo "
                f"“{memo.title}” is left out."
            )
        else:
            memos.append(memo)
    for pair in given.separations:
        if {pair.source, pair.other} <= refs:
            apart.append(pair)
        else:
            report.problems.append(
                f"kept-apart.csv, line {pair.line}: {pair.source} or {pair.other} was not read."
            )
    return replace(given, memos=tuple(memos), separations=tuple(apart))


def _linkable(
    rows: Iterable[EvidenceRow], coding: CodingImport, problems: list[str]
) -> Iterable[EvidenceRow]:
    """Yield the links whose coding was placed; say of each other one that it was left out."""
    for row in rows:
        if row.coding in coding.numbers:
            yield row
        else:
            problems.append(
                f"evidence.csv, line {row.line}: coding “{row.coding}” was not placed, "
                f"so claim “{row.claim}” is without it."
            )


def _covering(project: Project, rows: Iterable[CoverageRow], problems: list[str]) -> list[CoverageRow]:
    """Return the coverage of the sources that were read; say of each other source that it covers nothing."""
    refs = {source.ref for source in project.sources.list()}
    found = list(rows)
    missing = Counter(row.source for row in found if row.source not in refs)
    problems += [
        f"coverage.csv: {ref} was not read, so {count} {'row' if count == 1 else 'rows'} on it are left out."
        for ref, count in missing.items()
    ]
    return [row for row in found if row.source in refs]


def _write_reports(project: Project, report: RunReport, draft: Path, progress: Progress) -> list[Path]:
    """Write the reports into a folder; return their files, as paths below it."""
    matrix = project.matrix()
    report.sites, report.themes = len(matrix.grid.sites), len(matrix.grid.themes)
    report.sources, report.codings = len(matrix.grid.study.sources), len(matrix.grid.study.codings)
    report.attention = matrix.attention()
    names = ("matrix.xlsx", "matrix.md", "report.docx", "audit.html", "csv")
    progress.begin("Writing reports", len(names))
    for name in names:
        _stop_if_asked(progress)
        report.problems += matrix.save(draft / name)
        report.outputs.append(report.project.parent / name)
        progress.advance(1, name)
    _stop_if_asked(progress)
    tables = sorted(path.relative_to(draft) for path in (draft / "csv").iterdir())
    return [*(Path(name) for name in names[:-1]), *tables]
