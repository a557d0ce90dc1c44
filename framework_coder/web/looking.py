"""Look at a file and take it over: what runs in the process that reads files of other tools."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framework_coder.errors import FrameworkCoderError
from framework_coder.web.foreign import (
    COLUMN,
    MATRIX,
    NEVER_SOURCES,
    PASSED,
    READ_TOO,
    WORKBOOK,
    read_settings,
    show_settings,
    suffix_of,
)
from framework_coder.web.payloads.imports import (
    CountLine,
    Difference,
    FieldDifference,
    Look,
    LossLine,
    Setting,
)
from framework_coder.web.payloads.sources import Option

if TYPE_CHECKING:
    from framework_coder.model.merging import ClaimChange, Comparison
    from framework_coder.project import Project

Settings = Mapping[str, str]


def recognise(project: "Project", path: Path) -> Look | None:
    """Return what a file would bring as what its content says that it is; None where it is a source."""
    _stay_beside(path)
    if suffix_of(path.name) in READ_TOO:
        return None
    if project.workbooks.recognise(path):
        return look_at(project, path, WORKBOOK, {})
    kind = project.exchange.recognise(path)
    if kind == "codebook" and suffix_of(path.name) not in NEVER_SOURCES:
        return None  # a table of names is a source more often
    return look_at(project, path, kind, {}) if kind else None


def look_at(project: "Project", path: Path, kind: str, settings: Settings) -> Look:
    """Return what a file would bring as a kind, or what is wrong with it; nothing is changed."""
    _stay_beside(path)
    try:
        look = _work(project, path, kind, settings, is_tried=True)
    except FrameworkCoderError as error:
        faults = [str(each) for each in getattr(error, "faults", ())] or str(error).splitlines()
        look = _tell(kind, "Nothing of it can come in as it is.", faults=faults)
    return look.model_copy(update={"settings": _settings(project, path, kind, settings)})


def take_over(project: "Project", path: Path, kind: str, settings: Settings, decided: dict[int, str]) -> Look:
    """Store what a file brings as one step, and return what that was."""
    _stay_beside(path)
    return _work(project, path, kind, settings, is_tried=False, decided=decided)


def revise(project: "Project", path: Path, ref: str, name: str) -> str:
    """Put a file in place of a source's text as one step, and say what became of its codings."""
    _stay_beside(path)
    return f"{ref} has a new text: {project.sources.revise(ref, path, name=name, workers=0)}."


def _stay_beside(path: Path) -> None:
    """Keep temporary files where they go with the import, however this process ends."""
    tempfile.tempdir = str(path.parent)


def _work(
    project: "Project",
    path: Path,
    kind: str,
    settings: Settings,
    *,
    is_tried: bool,
    decided: dict[int, str] | None = None,
) -> Look:
    if kind == WORKBOOK:
        if is_tried:
            return _show_comparison(project.workbooks.compare(path))
        return _show_comparison(project.workbooks.apply(path, decided=decided), is_done=True)
    options = read_settings(kind, settings)
    if kind == MATRIX:
        return _take_matrix(project, path, options, is_tried=is_tried)
    why = "" if is_tried else f"from {path.name}"
    found = project.exchange.import_(path, kind=kind, is_dry_run=is_tried, why=why, **options)
    kinds = dict.fromkeys((*found.new, *found.known))
    counts = [(kind, found.new.get(kind, 0), found.known.get(kind, 0)) for kind in kinds]
    losses = [LossLine(kind=each.kind, count=each.count, sentence=each.sentence) for each in found.losses]
    return _tell(
        kind, _sum_up(counts, is_tried=is_tried), counts=counts, choices=list(found.choices), losses=losses
    )


def _take_matrix(project: "Project", path: Path, options: dict[str, Any], *, is_tried: bool) -> Look:
    take = project.workbooks.preview_matrix if is_tried else project.workbooks.import_matrix
    found = take(path, **options)
    counts = [("claims without evidence", len(found.claims), found.known)]
    return _tell(MATRIX, _sum_up(counts, is_tried=is_tried), counts=counts)


def _sum_up(counts: list[tuple[str, int, int]], *, is_tried: bool) -> str:
    new = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number, _ in counts if number)
    known = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, _, number in counts if number)
    here = f"; here already: {known}" if known else ""
    return f"{'Would bring' if is_tried else 'Brought'} {new or 'nothing new'}{here}."


def _tell(
    kind: str,
    told: str,
    *,
    counts: list[tuple[str, int, int]] | None = None,
    choices: list[str] | None = None,
    losses: list[LossLine] | None = None,
    faults: list[str] | None = None,
    differences: list[Difference] | None = None,
) -> Look:
    lines = [
        CountLine(kind=kind.replace("_", " "), new=new, known=known) for kind, new, known in counts or ()
    ]
    return Look(
        kind=kind,
        told=told,
        counts=lines,
        choices=choices or [],
        losses=losses or [],
        faults=faults or [],
        settings=[],
        differences=differences or [],
    )


def _show_comparison(found: "Comparison", *, is_done: bool = False) -> Look:
    if is_done or found.is_empty:
        return _tell(WORKBOOK, found.summary)
    differences = [
        Difference(
            mark="added",
            claim=0,
            place=f"{each.site} × {each.said['theme']}",
            told=f"row {each.line}{f', cites {each.cites}' if each.cites else ''}",
            fields=[
                FieldDifference(name=name, base="", given=text, now="")
                for name, text in each.said.items()
                if text and name != "theme"
            ],
            sides=[],
        )
        for each in found.additions
    ]
    differences += [_show_change(each) for each in (*found.edits, *found.deletions)]
    return _tell(WORKBOOK, found.summary, differences=differences)


def _show_change(change: "ClaimChange") -> Difference:
    told = "deleted in the workbook" if change.is_deleted else "edited"
    if change.is_gone:
        told = "edited, but deleted in the project meanwhile; write it as a new claim, with an empty number"
    elif change.is_conflict:
        told += ", and changed in the project meanwhile"
    elif change.is_deleted:
        told += f": {change.now['summary']}"
    sides = ["project"] if change.is_gone else ["workbook", "project"]
    return Difference(
        mark="deleted" if change.is_deleted else "edited",
        claim=change.claim,
        place=f"{change.site} × {change.now.get('theme', '')}".removesuffix(" × "),
        told=told,
        fields=[
            FieldDifference(name=each.name, base=each.base, given=each.given, now=each.now)
            for each in change.fields
        ],
        sides=sides if change.is_conflict else [],
    )


def _settings(project: "Project", path: Path, kind: str, given: Settings) -> list[Setting]:
    """Return what can be said of a file of a kind, its columns first."""
    try:
        columns = _columns(project, path, kind, given)
    except FrameworkCoderError:  # what is wrong with the file is told already
        columns = []
    return [*columns, *show_settings(kind, given)]


def _columns(project: "Project", path: Path, kind: str, given: Settings) -> list[Setting]:
    if kind == "codings":
        header, taken = project.exchange.coding_columns(path)
        names = [Option(value=PASSED, label="–"), *(Option(value=each, label=each) for each in header)]
        taken = {field: name or PASSED for field, name in taken.items()}
        told = "Column of the table"
    elif kind == MATRIX:
        taken = project.workbooks.headings(path)
        themes = project.codebook.show()
        names = [Option(value="", label="decide …"), Option(value=PASSED, label="pass over")]
        names += [Option(value=each.id, label=themes.path(each.id)) for each in themes.active]
        told = "Theme of the column"
    else:
        return []
    return [
        Setting(
            name=f"{COLUMN}{name}",
            label=name.replace("_", " ") if kind == "codings" else name,
            told=told,
            kind="choice",
            value=given.get(f"{COLUMN}{name}") or value,
            options=names,
        )
        for name, value in taken.items()
    ]
