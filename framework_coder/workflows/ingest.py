"""Import source files: read them in parallel, keep what was read, and say what came of each."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine, select

from framework_coder.errors import FrameworkCoderError
from framework_coder.exchange.rows import SourceRow
from framework_coder.model.progress import Progress, Silent
from framework_coder.readers.worker import WorkerPool
from framework_coder.store.journal import Step
from framework_coder.store.tables import DerivationEntity, SourceEntity
from framework_coder.workflows.import_report import FileOutcome, ImportReport, Outcome, join_notes
from framework_coder.workflows.intake import Intake, Known
from framework_coder.workflows.names import suggest_name
from framework_coder.workflows.reading import Prepared, Reading, prepare

MOST_WAITING = 200
"""So many files may overtake a slow one; then they are stored first, and it is numbered after them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """In place of a result: the file is in the project, or was met before in this import."""

    sha256: str


Result = tuple[Prepared, ...] | FrameworkCoderError | Seen


def ingest(
    engine: Engine,
    rows: Sequence[SourceRow],
    folder: Path,
    *,
    who: str,
    why: str = "",
    passwords: tuple[str, ...] = (),
    workers: int | None = None,
    progress: Progress | None = None,
    places: Sequence[Path] = (),
) -> ImportReport:
    """Import the files of register rows, whose paths are below `folder`, and return what came of each.

    Where `places` are given, one a row, the files lie there, and their paths are only what they are called.
    A bad file does not stop the rest. Sources are stored in batches, each whole or not at all; where the
    user cancels, what was read is kept and the report says which files were not reached.
    """
    progress = progress or Silent()
    known = Known.load(engine)
    known.reserved = {row.ref for row in rows if row.ref}
    importing = _Import(Intake(engine, known, who=who, why=why), known, rows, folder, places)
    jobs = importing.plan(passwords)
    progress.begin("Reading files", len(jobs))
    try:
        with WorkerPool(workers) as pool:
            ready: dict[int, Result] = {}
            results = pool.run(prepare, importing.to_read(jobs, ready), name_of=lambda job: job.name)
            numbered = ((job.number, result) for job, result in results)
            for number, result in in_order(numbered, ready, progress.is_cancelled):
                importing.take(jobs[number], result)
                progress.advance(1, jobs[number].name)
    except KeyboardInterrupt:
        importing.intake.flush()  # what was read is kept, whichever way the user stops
        raise
    importing.intake.flush()
    first = importing.intake.first_entry
    notes = link_derivations(engine, rows, importing.refs(), who=who, why=why, part_of=first)
    return importing.report(notes, is_cancelled=progress.is_cancelled())


def in_order(
    results: Iterator[tuple[int, Result]], ready: dict[int, Result], is_cancelled: Callable[[], bool]
) -> Iterator[tuple[int, Result]]:
    """Yield results by number, so that sources are numbered as they were listed, however fast each is read.

    `ready` takes results that wait for an earlier one. Once cancelled, what is there is yielded and no more.
    """
    following = 0
    for number, result in results:
        ready[number] = result
        while following in ready or len(ready) > MOST_WAITING:
            first = min(ready)
            yield first, ready.pop(first)
            following = max(following, first + 1)
        if is_cancelled():
            break
    for number in sorted(ready):
        yield number, ready.pop(number)


class _Import:
    """One import: which rows wait for which file, and what came of each row."""

    def __init__(
        self,
        intake: Intake,
        known: Known,
        rows: Sequence[SourceRow],
        folder: Path,
        places: Sequence[Path] = (),
    ) -> None:
        self.intake = intake
        self._places = places or [folder / row.path for row in rows]
        self._known, self._rows = known, rows
        self._waiting: dict[int, list[int]] = {}
        self._outcomes: dict[int, list[FileOutcome]] = {}

    def plan(self, passwords: tuple[str, ...]) -> list[Reading]:
        """Return the files to read, each once; rows that cannot be are refused here."""
        numbers: dict[Path, int] = {}
        readings: list[Reading] = []
        for place, row in enumerate(self._rows):
            if fault := self._find_fault(row):
                self._note(place, Outcome.REFUSED, why=fault)
                continue
            path = self._places[place]
            if path not in numbers:
                numbers[path] = len(readings)
                sites = tuple(self._known.site_names)
                readings.append(Reading(len(readings), path, row.path, passwords, sites))
            self._waiting.setdefault(numbers[path], []).append(place)
        return readings

    def _find_fault(self, row: SourceRow) -> str:
        known = self._known
        if not row.sites and not known.sites:
            return "The project has no sites yet; add them first."
        for code in row.sites:
            if code not in known.sites:
                return f"There is no site “{code}”.{suggest_name(code, known.sites)}"
        if known.design.method(row.method) is None:
            methods = ", ".join(method.id for method in known.design.methods)
            return f"“{row.method}” is not a method of the study; the methods are {methods}."
        if row.document_type and row.document_type not in known.design.document_types:
            types = ", ".join(known.design.document_types)
            return f"“{row.document_type}” is not a document type; they are {types}."
        return ""

    def to_read(self, readings: Iterable[Reading], ready: dict[int, Result]) -> Iterator[Reading]:
        """Yield the files that must be read; of those seen before, `ready` is told at once."""
        seen = set(self._known.held)
        for job in readings:
            try:
                sha256 = _hash_file(job.path)
            except OSError:
                yield job  # its reader says what is wrong with it
                continue
            if sha256 in seen:
                ready[job.number] = Seen(sha256)
            else:
                seen.add(sha256)
                yield job

    def take(self, job: Reading, result: Result) -> None:
        """Store what came of a file, or note why not, for each row that waits for it."""
        places = self._waiting[job.number]
        if isinstance(result, FrameworkCoderError):
            for place in places:
                self._note(
                    place, Outcome.REFUSED, why=str(result).replace(job.path.name, Path(job.name).name)
                )
        elif isinstance(result, Seen):
            self._take_seen(places, result.sha256)
        else:
            self._take_read(job, places, result)

    def _take_seen(self, places: Iterable[int], sha256: str) -> None:
        if self.intake.is_waiting(sha256):
            self.intake.flush()
        held = self._known.held.get(sha256, {})
        for place in places:
            row = self._rows[place]
            parts = [row.part] if row.part in held else [] if row.part else sorted(held)
            for part in parts:
                self._share(place, *held[part])
            if not parts:
                self._note(place, Outcome.REFUSED, why="It is the same file as one that was refused.")

    def _share(self, place: int, source: int, ref: str) -> None:
        """Let the source of a file that is there already belong to the row's sites too."""
        row = self._rows[place]
        codes = [code for code in row.sites if self._known.sites[code] not in self._known.sites_of[source]]
        for code in codes:
            self.intake.link(source, self._known.sites[code])
        if codes:
            why = f"It is the same file as {ref}, which belongs to {', '.join(codes)} too now."
            self._note(place, Outcome.SHARED, ref, why)
        else:
            self._note(place, Outcome.SKIPPED, ref, f"It is the same file as {ref}, which is there already.")

    def _take_read(self, job: Reading, places: Iterable[int], parts: tuple[Prepared, ...]) -> None:
        try:
            content = job.path.read_bytes()
        except OSError as error:
            content, why = b"", error.strerror or str(error)
        else:
            why = "it changed while it was being read; import it again"
        is_same = hashlib.sha256(content).hexdigest() == parts[0].sha256
        for place in places:
            if not is_same:
                self._note(place, Outcome.REFUSED, why=f"{job.name}: {why}.")
                continue
            for part in self._parts_of(place, parts):
                self._store(place, part, content)

    def _parts_of(self, place: int, parts: tuple[Prepared, ...]) -> list[Prepared]:
        wanted = self._rows[place].part.casefold()
        found = [part for part in parts if not wanted or part.part.casefold() == wanted]
        if not found:
            names = ", ".join(part.part for part in parts if part.part) or "none"
            self._note(place, Outcome.REFUSED, why=f"It has no sheet or row “{wanted}”; it has {names}.")
        return found

    def _store(self, place: int, prepared: Prepared, content: bytes) -> None:
        row = self._rows[place]
        if not row.sites:
            row = replace(row, sites=self._known.sites_named(prepared.part))
        if len(self._parts_named(place)) > 0 and row.ref:
            row = replace(row, ref="")
        if not row.sites:
            why = f"Nothing says which site {prepared.part or 'it'} belongs to; name the site."
            self._note(place, Outcome.REFUSED, why=why)
        elif row.ref in self._known.refs:
            why = f"{row.ref} is there already with another file; revise it, or give this one another ref."
            self._note(place, Outcome.REFUSED, why=why)
        else:
            ref = self.intake.add(row, prepared, content)
            outcome = Outcome.READ_WITH_WARNINGS if prepared.warnings else Outcome.READ
            self._note(place, outcome, ref, join_notes(prepared.warnings))

    def _parts_named(self, place: int) -> list[FileOutcome]:
        return [outcome for outcome in self._outcomes.get(place, []) if outcome.ref]

    def _note(self, place: int, outcome: Outcome, ref: str = "", why: str = "") -> None:
        row = self._rows[place]
        path = f"{row.path}#{row.part}" if row.part else row.path
        self._outcomes.setdefault(place, []).append(FileOutcome(path, outcome, ref, why))

    def refs(self) -> dict[int, str]:
        """Return the ref of the source that each row came to, by the row's place."""
        return {place: found[0].ref for place, found in self._outcomes.items() if found[0].ref}

    def report(self, notes: Sequence[str], *, is_cancelled: bool) -> ImportReport:
        """Return what came of every row."""
        for place in range(len(self._rows)):
            if place not in self._outcomes:
                self._note(place, Outcome.NOT_REACHED, why="The import was stopped before it.")
        files = [outcome for place in sorted(self._outcomes) for outcome in self._outcomes[place]]
        intake = self.intake
        return ImportReport(tuple(files), intake.codings, intake.proposals, tuple(notes), is_cancelled)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def link_derivations(
    engine: Engine,
    rows: Sequence[SourceRow],
    refs: Mapping[int, str],
    *,
    who: str,
    why: str = "",
    part_of: int | None = None,
) -> list[str]:
    """Store what the register says of derivations, as part of the import; name each that leads nowhere."""
    if not any(row.derived_from for row in rows):
        return []
    with Step(engine, who=who, action="link derivations", why=why, part_of=part_of) as step:
        numbers = dict(step.connection.execute(select(SourceEntity.ref, SourceEntity.id)).all())
        entity = DerivationEntity
        known = set(step.connection.execute(select(entity.source, entity.derived_from)))
        wanted = [
            (refs[place], root)
            for place, row in enumerate(rows)
            if place in refs
            for root in row.derived_from
        ]
        pairs = {
            (numbers[ref], numbers[root]): None for ref, root in wanted if root in numbers and ref in numbers
        }
        new = [{"source": a, "derived_from": b} for a, b in pairs if (a, b) not in known and a != b]
        step.insert(entity, new)
    return [
        f"{ref} derives from {root}, which the project does not have."
        for ref, root in wanted
        if root not in numbers
    ]
