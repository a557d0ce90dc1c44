"""Imports from the browser: files are gathered, decided on, and read in a thread; one import at a time."""

import logging
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from threading import Lock, Thread
from typing import TYPE_CHECKING

from framework_coder.errors import BadInputError, CancelledError, ConflictError, FrameworkCoderError
from framework_coder.project import FileOutcome, Incoming
from framework_coder.web.dropped import (
    DROPPED,
    IMPORT,
    LOOKING,
    READING,
    REVISE,
    SENT,
    SKIP,
    TAKE,
    TAKING,
    Dropped,
    find_folders,
    tell_apart,
    tell_file,
)
from framework_coder.web.foreign import ARCHIVE, NEVER_SOURCES, READ_TOO, list_kinds, suffix_of
from framework_coder.web.looks import Looks
from framework_coder.web.payloads.imports import FileChoice, FileLook, ImportJob, Look, NewFile
from framework_coder.web.payloads.sources import Option
from framework_coder.web.uploads import Folder, NoSuchUploadError, Upload, check_size, check_sizes, plain_name

if TYPE_CHECKING:
    from framework_coder.project import ImportReport, Project

MANY_SITES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods")
"""Suffixes of files whose rows or sheets may each name a site."""


TELL_LATE = "{} was stopped late; the journal says whether it was stored, whole, and undoes it."
TELL_ARCHIVE = (
    "This is an archive of a whole project. In a terminal it is restored exactly, as a new project: "
    "framework-coder import {} --project NEW.fwc. Here its study can be merged into this one."
)
NOT_KNOWN = "This is no source, and nothing that can be taken over."


class ImportRunsError(ConflictError):
    """An import, while another one runs."""

    def __init__(self) -> None:
        super().__init__("Another import is running in this project; wait until it is done, or cancel it.")


class UndecidedFileError(BadInputError):
    """A file that may be a newer version of a source."""

    def __init__(self, name: str, ref: str) -> None:
        super().__init__(
            f"Decide on {name}: replace the text of {ref}, import it as another source, or leave it out."
            if ref
            else f"Decide on {name}: what it is to be taken over as, or leave it out."
        )


class NoSiteError(BadInputError):
    """A file that nobody has given a site."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Choose the site that {name} belongs to, or leave the file out.")


class StillLookedAtError(ConflictError):
    """A file whose look is not over yet."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is still being looked at; wait until that is done, or leave the file out.")


class FaultyTakeOverError(BadInputError):
    """A file that cannot come in as it is."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} cannot come in as it is; mend what is told of it and drop it again, change how it is "
            "taken over, or leave it out."
        )


class UndecidedClaimsError(BadInputError):
    """Claims that a workbook and the project both changed."""

    def __init__(self, name: str, claims: Sequence[int]) -> None:
        named = ", ".join(map(str, claims))
        super().__init__(
            f"Decide for {name} whose text holds: the workbook's or the project's (claim {named})."
        )


class Import:
    """One import, from the list of its files to what came of each; it is the progress of its own reading."""

    def __init__(self, project: "Project", files: Sequence[NewFile]) -> None:
        check_sizes([file.size for file in files])
        self.id = secrets.token_urlsafe(12)
        self.state, self.told = "gathering", ""
        self.done = self.total = 0
        self._project, self._folder = project, Folder()
        self._is_cancelled = False
        self._looks = Looks(project, self._settle)
        names = tell_apart([plain_name(file.name) for file in files])
        folders = find_folders(names)
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
        file = self._open_file(number)
        if file.state != "waiting":
            raise NoSuchUploadError
        check_size(file.name, file.size)
        return self._folder.begin(file.name)

    def end_file(self, number: int, upload: Upload) -> None:
        """Take note of a file that is here, and propose what to do with it; it is ready only then."""
        file = self.files[number]
        file.upload, file.size = upload, upload.size
        file.kinds = list_kinds(self._project, file.name)
        if held := self._project.sources.held_by(upload.sha256):
            file.ref, file.action = held[0], SKIP
            file.told = (
                f"The same file is here already as {held[0]}. Skip it, or import it for another site too."
            )
        elif file.kinds and suffix_of(file.name) not in READ_TOO:
            self._looks.begin(file)
            return
        else:
            self._propose_older(file)
        file.state = SENT

    def look(self, number: int, wish: FileLook) -> None:
        """Look at a file as what is wished; raises NoSuchUploadError."""
        file = self._open_file(number)
        kinds = {f"{TAKE}:{each.value}" for each in file.kinds}
        if file.upload is None or file.state not in {SENT, LOOKING} or wish.action not in kinds:
            raise NoSuchUploadError
        file.action, file.settings = wish.action, dict(wish.settings)
        self._looks.begin(file)

    def _settle(self, file: Dropped, look: Look | None, told: str) -> None:
        """Propose what the look at a file says; `told` says why there is none."""
        file.look, file.told = look, told or (look.told if look else "")
        if look is not None and look.kind == ARCHIVE and not file.kind:
            file.action, file.told = "", f"{TELL_ARCHIVE.format(PurePosixPath(file.name).name)} {file.told}"
        elif look is not None:
            file.action = f"{TAKE}:{look.kind}"
        elif told:
            file.action = SKIP if suffix_of(file.name) in NEVER_SOURCES else ""
        elif suffix_of(file.name) in NEVER_SOURCES:
            file.action, file.told = SKIP, NOT_KNOWN
        else:
            self._propose_older(file)
        file.state = SENT

    def _propose_older(self, file: Dropped) -> None:
        if older := self._find_older(file):
            file.ref, file.action = older, ""
            file.told = f"{older} has the same name. Is this a newer version of it, or another source?"

    def _open_file(self, number: int) -> Dropped:
        if self.state != "gathering" or not 0 <= number < len(self.files):
            raise NoSuchUploadError
        return self.files[number]

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
        file = self._open_file(number)
        file.state, file.action = DROPPED, SKIP
        self._looks.leave(file)
        if file.upload:
            file.upload.drop()
            file.upload = None

    def start(self, choices: Sequence[FileChoice]) -> None:
        """Begin to read what was chosen; raises NoSiteError before anything is changed."""
        if self.state != "gathering":
            raise NoSuchUploadError
        for file in self.files:
            if file.state == LOOKING:
                raise StillLookedAtError(file.name)
        for choice in choices:
            file = self._open_file(choice.number)
            if file.upload is not None:
                _decide(file, choice)
        for file in self.files:
            if file.action == SKIP:
                file.state, file.look = DROPPED, None
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
            self._do_apart(TAKE, TAKING, self._take_over)
            self._do_apart(REVISE, READING, self._revise)
            self._read()
            state = "cancelled" if self._is_cancelled else "done"
        except FrameworkCoderError as error:
            self.told = str(error)
        except Exception as error:
            logging.getLogger("uvicorn.error").exception("import", exc_info=error)
            self.told = "Something went wrong that was not foreseen; what was read is kept."
        finally:
            self._looks.close()
            self._folder.close()
            self.state = state

    def _chosen(self, action: str) -> list[tuple[Dropped, Upload]]:
        return [
            (file, file.upload)
            for file in self.files
            if file.upload and file.action.partition(":")[0] == action
        ]

    def _do_apart(self, action: str, state: str, does: Callable[[Dropped, Path], None]) -> None:
        """Do what was chosen with each file of an action, in the process that can be ended."""
        for file, upload in self._chosen(action):
            if self._is_cancelled:
                file.state = FileOutcome.NOT_REACHED
                continue
            file.state, before = state, self._project.history.newest()
            try:
                does(file, upload.named())
            except CancelledError as error:
                is_sure = self._project.history.newest() == before  # else it may have been through already
                file.state = FileOutcome.NOT_REACHED
                file.told = str(error) if is_sure else TELL_LATE.format(file.name)
            except FrameworkCoderError as error:
                file.state, file.told = FileOutcome.REFUSED, str(error)

    def _take_over(self, file: Dropped, path: Path) -> None:
        file.look = self._looks.take(file, path)
        file.state, file.told = "taken over", file.look.told
        self.told += f"{file.name} was taken over. "

    def _revise(self, file: Dropped, path: Path) -> None:
        file.told = self._looks.revise(file, path)
        file.state = "revised"

    def _read(self) -> None:
        chosen = self._chosen(IMPORT)
        if not chosen:
            return
        for file, _ in chosen:
            file.state = READING
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
        self.told += f"{report}. "

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
            self._looks.close()
            self._folder.close()
        else:
            self._looks.stop()

    def tell(self) -> ImportJob:
        """Return where it stands."""
        sites = [Option(value=s.code, label=f"{s.code} {s.name}") for s in self._project.sites.list()]
        methods = [Option(value=m.id, label=m.label) for m in self._project.design.methods]
        files = [tell_file(file) for file in self.files]
        return ImportJob(
            id=self.id,
            state=self.state,
            told=self.told.strip(),
            done=self.done,
            total=self.total,
            files=files,
            sites=sites,
            methods=methods,
        )


def _decide(file: Dropped, choice: FileChoice) -> None:
    """Note what is to become of a file, or raise what is still to be decided."""
    site = choice.site.strip()
    if not choice.action:
        raise UndecidedFileError(file.name, file.ref)
    if choice.action == IMPORT and not site and not file.name.lower().endswith(MANY_SITES):
        raise NoSiteError(file.name)
    if choice.action.startswith(TAKE):
        if file.look is not None and choice.action != f"{TAKE}:{file.look.kind}":
            raise StillLookedAtError(file.name)
        if file.look is None or file.look.faults:
            raise FaultyTakeOverError(file.name)
        open_ones = [each.claim for each in file.look.differences if each.sides]
        if undecided := [claim for claim in open_ones if claim not in choice.decided]:
            raise UndecidedClaimsError(file.name, undecided)
        file.decided = dict(choice.decided)
    file.action, file.site, file.method = choice.action, site, choice.method


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
