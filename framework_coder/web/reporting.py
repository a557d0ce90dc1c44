"""Reports and exports of the project, each made in a temporary folder, from which the browser fetches it."""

import re
import secrets
import shutil
import unicodedata
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from framework_coder.errors import CancelledError, NotFoundError
from framework_coder.web.payloads.reports import ReportWish

if TYPE_CHECKING:
    from framework_coder.project import Apart, Project

MOST_KEPT = 6
"""Reports that can still be fetched."""

MOST_STOPPED = 20
"""Tickets of stopped reports that are remembered, for one that waits for another."""

SECONDS = 600.0
"""A report may take that long."""


class NoSuchReportError(NotFoundError):
    """A report that was never made, or is not kept any longer."""

    def __init__(self) -> None:
        super().__init__("This report is not kept any longer; make it again.")


class StoppedReportError(CancelledError):
    """A report that was stopped before it began."""

    def __init__(self, title: str) -> None:
        super().__init__(f"{title} was stopped; nothing of it was kept.")


class UnknownReportError(NotFoundError):
    """A kind of report that there is not."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no report “{kind}”; choose one of {', '.join(KINDS)}.")


Write = Callable[["Project", Path, ReportWish], list[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report: what it is for, what it leaves out, and how it is written."""

    title: str
    suffix: str
    told: str
    leaves: str
    write: Write
    is_anonymised: bool = False
    dialects: tuple[tuple[str, str], ...] = ()


def _save(project: "Project", path: Path, wish: ReportWish) -> list[str]:
    return project.matrix(anonymous=wish.anonymous).save(path)


def _save_tables(project: "Project", path: Path, wish: ReportWish) -> list[str]:
    folder = path.with_suffix("")
    folder.mkdir()
    told = project.matrix(anonymous=wish.anonymous).save(folder)
    shutil.make_archive(str(folder), "zip", folder)
    shutil.rmtree(folder)
    return told


def _save_whole(project: "Project", path: Path, wish: ReportWish) -> list[str]:
    return project.matrix(anonymous=wish.anonymous).save(path, "all")


def _export(kind: str) -> Write:
    def write(project: "Project", path: Path, wish: ReportWish) -> list[str]:
        options: dict[str, Any] = {"dialect": wish.dialect} if wish.dialect else {}
        made = project.exchange.export(path, kind=kind, **options)
        return [f"{loss.sentence} ({loss.count})" for loss in made.losses] + list(made.choices)

    return write


def _back_up(project: "Project", path: Path, wish: ReportWish) -> list[str]:
    del wish
    project.backup(path)
    return []


_NO_NAMES = "Names are not replaced: keep it as safe as the project."
_DIALECTS = (
    ("", "any tool"),
    ("nvivo", "NVivo"),
    ("crlf", "tools that count line ends twice"),
    ("atlas", "ATLAS.ti"),
)
_READ = {
    "workbook": Kind(
        "Audit workbook",
        ".xlsx",
        "Matrix, claims, evidence and codings in a spreadsheet.",
        "Rules of themes, whole texts and original files are left out.",
        _save,
        is_anonymised=True,
    ),
    "word": Kind(
        "Word report",
        ".docx",
        "Sites and themes in words, with citations, for readers and for member checks.",
        "Passages that no claim cites, coders, whole texts and original files are left out.",
        _save,
        is_anonymised=True,
    ),
    "pack": Kind(
        "Audit pack",
        ".html",
        "One page that opens offline: every cell down to its passages, for an auditor.",
        "Original files, and sources that nothing shown rests on, are left out.",
        _save,
        is_anonymised=True,
    ),
    "markdown": Kind(
        "Markdown",
        ".md",
        "The matrix with claims and their passages as plain text.",
        "Passages that no claim cites, the register, whole texts and original files are left out.",
        _save,
        is_anonymised=True,
    ),
}
_ANALYSE = {
    "csv": Kind(
        "All tables as CSV",
        ".zip",
        "Every table of the matrix, for R, Stata or a spreadsheet.",
        "Attributes of sites, rules of themes, whole texts and original files are left out.",
        _save_tables,
        is_anonymised=True,
    ),
    "json": Kind(
        "Everything as JSON",
        ".json",
        "Every table in one file, for scripts.",
        "Attributes of sites, rules of themes, whole texts and original files are left out.",
        _save_whole,
        is_anonymised=True,
    ),
    "annotations": Kind(
        "W3C Web Annotations",
        ".jsonld",
        "Codings with their quotes, for annotation tools and repositories.",
        "Claims, coverage, proposals, whole texts and original files are left out. " + _NO_NAMES,
        _export("annotations"),
    ),
}
_GO_ON = {
    "refi": Kind(
        "REFI-QDA project",
        ".qdpx",
        "Sources, themes and codings for NVivo, MAXQDA, ATLAS.ti and others.",
        "The journal, and original files other than Word and PDF, are left out. " + _NO_NAMES,
        _export("refi"),
        dialects=_DIALECTS,
    ),
    "qdc": Kind(
        "REFI-QDA codebook",
        ".qdc",
        "Themes only, for any tool that reads REFI-QDA.",
        "Matching rules, aliases and earlier versions are left out.",
        _export("qdc"),
    ),
    "codebook-yaml": Kind(
        "Codebook as YAML",
        ".yaml",
        "Themes with definitions and rules, to keep or to begin another study with.",
        "Retired themes and earlier versions are left out.",
        _export("codebook"),
    ),
    "codebook-xlsx": Kind(
        "Codebook as a spreadsheet",
        ".xlsx",
        "Themes with definitions, to discuss in a team.",
        "Retired themes and earlier versions are left out.",
        _export("codebook"),
    ),
    "codebook-docx": Kind(
        "Codebook as a Word file",
        ".docx",
        "Themes with definitions, for an appendix.",
        "Retired themes and earlier versions are left out.",
        _export("codebook"),
    ),
}
_KEEP = {
    "archive": Kind(
        "Project archive",
        ".zip",
        "All of the project in open formats, to deposit and to restore from.",
        "Nothing is left out. " + _NO_NAMES,
        _export("archive"),
    ),
    "backup": Kind(
        "Backup copy",
        ".fwc",
        "The project file as it is now, checked.",
        "Nothing is left out. " + _NO_NAMES,
        _back_up,
    ),
}
GROUPS = (
    ("To read and to check", _READ),
    ("To analyse elsewhere", _ANALYSE),
    ("To keep", _KEEP),
    ("To go on in another tool", _GO_ON),
)
"""Kinds of reports under the heads of the screen."""

KINDS: dict[str, Kind] = {**_READ, **_ANALYSE, **_GO_ON, **_KEEP}


def write_report(project: "Project", path: Path, wish: ReportWish) -> list[str]:
    """Write a report and return what it could not hold; runs in a process that can be ended."""
    return KINDS[wish.kind].write(project, path, wish)


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was made."""

    path: Path
    name: str
    losses: tuple[str, ...]


class Reports:
    """Makes reports and keeps the last few until the program ends."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._lock = Lock()
        self._folder: TemporaryDirectory[str] | None = None
        self._kept: dict[str, Report] = {}
        self._making, self._apart = "", cast("Apart | None", None)
        self._stopped: deque[str] = deque(maxlen=MOST_STOPPED)

    def make(self, wish: ReportWish, study: str) -> str:
        """Make a report and return its key; raises UnknownReportError or what the report is refused for."""
        kind = KINDS.get(wish.kind)
        if kind is None:
            raise UnknownReportError(wish.kind)
        with self._lock, closing(self._project.apart(seconds=SECONDS)) as apart:
            if wish.ticket and wish.ticket in self._stopped:
                raise StoppedReportError(kind.title)
            self._making, self._apart = wish.ticket, apart
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="framework-coder-", ignore_cleanup_errors=True)
            key = secrets.token_urlsafe(12)
            path = Path(self._folder.name) / f"report-{secrets.token_hex(6)}{kind.suffix}"
            try:
                losses = apart.do(write_report, path, wish, name=kind.title)
            finally:
                self._making, self._apart = "", None
            is_anonymous = wish.anonymous and kind.is_anonymised
            self._kept[key] = Report(path, name_file(study, wish.kind, kind.suffix, is_anonymous), (*losses,))
            while len(self._kept) > MOST_KEPT:
                self._kept.pop(next(iter(self._kept))).path.unlink(missing_ok=True)
            return key

    def stop(self, ticket: str) -> None:
        """Stop the making of the report of a ticket, or keep it from beginning."""
        self._stopped.append(ticket)
        if self._making == ticket and self._apart is not None:
            self._apart.stop()

    def get(self, key: str) -> Report:
        """Return a report that was made; raises NoSuchReportError."""
        if key not in self._kept:
            raise NoSuchReportError
        return self._kept[key]


def name_file(study: str, kind: str, suffix: str, is_anonymous: bool) -> str:
    """Return what a report is called; an anonymous one does not bear the study's name, which may tell."""
    plain = unicodedata.normalize("NFKD", study).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "study"
    return f"{'anonymous' if is_anonymous else word}-{kind}{suffix}"
