"""Imports from the browser: files are gathered, decided on, and read in a thread; one import at a time."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from threading import Lock, Thread
from typing import TYPE_CHECKING

from framework_coder.errors import BadInputError, ConflictError, FrameworkCoderError
from framework_coder.project import FileOutcome, Incoming
from framework_coder.web.foreign import propose_kind, take_foreign, tell_foreign
from framework_coder.web.payloads.imports import FileChoice, ImportFile, ImportJob, NewFile
from framework_coder.web.payloads.sources import Option
from framework_coder.web.uploads import Folder, NoSuchUploadError, Upload, check_size, check_sizes, plain_name

if TYPE_CHECKING:
    from framework_coder.project import ImportReport, Project

MANY_SITES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods")
"""Suffixes of files whose rows or sheets may each name a site."""

IMPORT, SKIP, REVISE, TAKE = "import", "skip", "revise", "take"
DROPPED = "left out"


class ImportRunsError(ConflictError):
    """An import, while another one runs."""

    def __init__(self) -> None:
        super().__init__("Another import is running in this project; wait until it is done, or cancel it.")


class UndecidedFileError(BadInputError):
    """A file that may be a newer version of a source."""

    def __init__(self, name: str, ref: str) -> None:
        super().__init__(
            f"Decide on {name}: replace the text of {ref}, import it as another source, or leave it out."
        )


class NoSiteError(BadInputError):
    """A file that nobody has given a site."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Choose the site that {name} belongs to, or leave the file out.")


@dataclass
class Dropped:
    """One file of an import."""

    number: int
    name: str
    size: int
    site: str
    method: str
    state: str = "waiting"
    told: str = ""
    ref: str = ""
    action: str = IMPORT
    kinds: list[Option] = field(default_factory=list)
    upload: Upload | None = None


class Import:
    """One import, from the list of its files to what came of each; it is the progress of its own reading."""

    def __init__(self, project: "Project", files: Sequence[NewFile]) -> None:
        check_sizes([file.size for file in files])
        self.id = secrets.token_urlsafe(12)
        self.state, self.told = "gathering", ""
        self.done = self.total = 0
        self._project, self._folder = project, Folder()
        self._is_cancelled = False
        names = _tell_apart([plain_name(file.name) for file in files])
        folders = _folders(names)
        places = [
            (site or folder, method)
            for folder, (site, method) in zip(folders, project.sources.propose(names), strict=True)
        ]
        self.files = [
            Dropped(number, name, file.size, *place)
            for number, (name, file, place) in enumerate(zip(names, files, places, strict=True))
        ]

    def begin_file(self, number: int) -> Upload:
        """Return where the bytes of a file go; raises NoSuchUploadError."""
        if self.state != "gathering" or not 0 <= number < len(self.files):
            raise NoSuchUploadError
        file = self.files[number]
        if file.state != "waiting":
            raise NoSuchUploadError
        check_size(file.name, file.size)
        return self._folder.begin(file.name)

    def end_file(self, number: int, upload: Upload) -> None:
        """Take note of a file that is here, and propose what to do with it."""
        file = self.files[number]
        file.upload, file.state, file.size = upload, "sent", upload.size
        sources = self._project.sources
        file.kinds, kind = propose_kind(file.name, upload.path, self._project)
        if held := sources.held_by(upload.sha256):
            file.ref, file.action = held[0], SKIP
            file.told = (
                f"The same file is here already as {held[0]}. Skip it, or import it for another site too."
            )
        elif kind:
            file.action = f"{TAKE}:{kind}"
            file.told = tell_foreign(self._project, upload.path, kind)
        elif older := self._find_older(file):
            file.ref, file.action = older, ""
            file.told = f"{older} has the same name. Is this a newer version of it, or another source?"

    def _find_older(self, file: Dropped) -> str:
        name = PurePosixPath(file.name).name.casefold()
        sites = {site.id: site.code for site in self._project.sites.list()}
        for source in self._project.sources.list():
            is_here = not file.site or file.site in {sites[each] for each in source.sites}
            if is_here and PurePosixPath(source.path).name.casefold() == name:
                return source.ref
        return ""

    def drop_file(self, number: int) -> None:
        """Leave a file out."""
        if self.state != "gathering" or not 0 <= number < len(self.files):
            raise NoSuchUploadError
        file = self.files[number]
        file.state, file.action = DROPPED, SKIP
        if file.upload:
            file.upload.drop()
            file.upload = None

    def start(self, choices: Sequence[FileChoice]) -> None:
        """Begin to read what was chosen; raises NoSiteError before anything is changed."""
        if self.state != "gathering":
            raise NoSuchUploadError
        for choice in choices:
            if not 0 <= choice.number < len(self.files):
                raise NoSuchUploadError
            file = self.files[choice.number]
            if file.upload is None:
                continue
            site = choice.site.strip()
            if not choice.action:
                raise UndecidedFileError(file.name, file.ref)
            if choice.action == IMPORT and not site and not file.name.lower().endswith(MANY_SITES):
                raise NoSiteError(file.name)
            file.action, file.site, file.method = choice.action, site, choice.method
        self._make_sites()
        self.state = "running"
        Thread(target=self._run, name="import", daemon=True).start()

    def _make_sites(self) -> None:
        known = {site.code for site in self._project.sites.list()}
        wanted = (file.site for file in self.files if file.upload and file.action == IMPORT)
        for code in dict.fromkeys(wanted):
            if code and code not in known:
                self._project.sites.add(code, why="import of files")

    def _run(self) -> None:
        state = "failed"
        try:
            self._take_over()
            self._revise()
            self._read()
            state = "cancelled" if self._is_cancelled else "done"
        except FrameworkCoderError as error:
            self.told = str(error)
        except Exception as error:
            logging.getLogger("uvicorn.error").exception("import", exc_info=error)
            self.told = "Something went wrong that was not foreseen; what was read is kept."
        finally:
            self._folder.close()
            self.state = state

    def _chosen(self, action: str) -> list[tuple[Dropped, Upload]]:
        return [
            (file, file.upload)
            for file in self.files
            if file.upload and file.action.partition(":")[0] == action
        ]

    def _take_over(self) -> None:
        for file, upload in self._chosen(TAKE):
            if self._is_cancelled:
                file.state = FileOutcome.NOT_REACHED
                continue
            try:
                file.told = take_foreign(self._project, upload.path, file.action.partition(":")[2], file.name)
                file.state = "taken over"
            except FrameworkCoderError as error:
                file.state, file.told = FileOutcome.REFUSED, str(error).replace(upload.path.name, file.name)

    def _revise(self) -> None:
        for file, upload in self._chosen(REVISE):
            if self._is_cancelled:
                file.state = FileOutcome.NOT_REACHED
                continue
            try:
                made = self._project.sources.revise(file.ref, upload.path, name=file.name)
            except FrameworkCoderError as error:
                file.state, file.told = FileOutcome.REFUSED, str(error).replace(upload.path.name, file.name)
            else:
                file.state = "revised"
                file.told = (
                    f"{file.ref} has a new text: {len(made.carried)} codings stand, "
                    f"{len(made.drifted)} drifted."
                )

    def _read(self) -> None:
        chosen = self._chosen(IMPORT)
        if not chosen:
            return
        for file, _ in chosen:
            file.state = "reading"
        report = self._project.sources.ingest_files(
            [
                Incoming(file.name, upload.path, (file.site,) if file.site else (), file.method)
                for file, upload in chosen
            ],
            progress=self,
        )
        self._note(report)

    def _note(self, report: "ImportReport") -> None:
        by_name = {file.name: file for file in self.files}
        told: dict[int, list[str]] = {}
        for outcome in report.files:
            if file := by_name.get(outcome.path):
                file.state, file.ref = outcome.outcome, outcome.ref or file.ref
                told.setdefault(file.number, []).append(outcome.why)
        for number, sentences in told.items():
            self.files[number].told = " ".join(filter(None, sentences))
        self.told = f"{report}."

    def begin(self, what: str, total: int) -> None:
        """Say how many files follow (progress)."""
        del what
        self.total = total

    def advance(self, steps: int = 1, note: str = "") -> None:
        """Note a file that was read (progress)."""
        self.done += steps
        for file in self.files:
            if file.name == note:
                file.state = "stored"

    def is_cancelled(self) -> bool:
        """Say whether the user asked to stop."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Stop: what was read is kept, the rest is left."""
        self._is_cancelled = True
        if self.state == "gathering":
            self.state = "cancelled"
            self._folder.close()

    def tell(self) -> ImportJob:
        """Return where it stands."""
        sites = [Option(value=s.code, label=f"{s.code} {s.name}") for s in self._project.sites.list()]
        methods = [Option(value=m.id, label=m.label) for m in self._project.design.methods]
        files = [_tell(file) for file in self.files]
        return ImportJob(
            id=self.id,
            state=self.state,
            told=self.told,
            done=self.done,
            total=self.total,
            files=files,
            sites=sites,
            methods=methods,
        )


def _tell_apart(names: list[str]) -> list[str]:
    """Return the names, with a number at those that stand twice."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        path = PurePosixPath(name)
        found.append(name if seen[name] == 1 else str(path.with_stem(f"{path.stem} ({seen[name]})")))
    return found


def _folders(names: list[str]) -> list[str]:
    """Return of each file the folder that tells it from the others, else the one it lies in."""
    parents = [PurePosixPath(name).parts[:-1] for name in names]
    shared = 0
    while parents and all(len(each) > shared and each[shared] == parents[0][shared] for each in parents):
        shared += 1
    return [each[shared] if len(each) > shared else each[-1] if each else "" for each in parents]


def _tell(file: Dropped) -> ImportFile:
    actions = [Option(value=IMPORT, label="Import as a source")]
    if not file.action:
        actions.insert(0, Option(value="", label="Decide …"))
    if file.ref and file.state == "sent":
        actions.append(Option(value=REVISE, label=f"Replace the text of {file.ref}"))
    actions += [Option(value=f"{TAKE}:{kind.value}", label=kind.label) for kind in file.kinds]
    actions.append(Option(value=SKIP, label="Leave out"))
    return ImportFile(
        number=file.number,
        name=file.name,
        size=file.size,
        state=file.state,
        told=file.told,
        ref=file.ref,
        site=file.site,
        method=file.method,
        action=file.action,
        actions=actions,
    )


class Imports:
    """The import of a project; a new one takes the place of one that was not started."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._lock = Lock()
        self._current: Import | None = None

    def begin(self, files: Sequence[NewFile]) -> Import:
        """Begin to gather files; raises ImportRunsError or OversizedUploadError."""
        with self._lock:
            if self._current and self._current.state == "running":
                raise ImportRunsError
            made = Import(self._project, files)
            if self._current:
                self._current.cancel()
            self._current = made
            return made

    def get(self, key: str) -> Import:
        """Return an import; raises NoSuchUploadError."""
        if self._current is None or self._current.id != key:
            raise NoSuchUploadError
        return self._current
