"""The sources of a project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from framework_coder.exchange.rows import SourceRow
from framework_coder.model.pages import SourcePages
from framework_coder.model.progress import Progress
from framework_coder.model.sources import Segment, SourceText
from framework_coder.model.study import Source
from framework_coder.project.frames import columns_of, make_frame
from framework_coder.project.pages import ProjectPages
from framework_coder.project.session import Session
from framework_coder.store.codebooks import load_design
from framework_coder.store.sources import (
    Original,
    Size,
    Stored,
    load_holdings,
    load_original,
    load_sites,
    load_sizes,
    load_sources,
    load_text,
)
from framework_coder.workflows.import_report import ImportReport
from framework_coder.workflows.ingest import ingest
from framework_coder.workflows.names import find_source
from framework_coder.workflows.placing import place_files, propose_places
from framework_coder.workflows.registering import edit_source
from framework_coder.workflows.revising import Revised, revise

if TYPE_CHECKING:
    import builtins

    import pandas as pd

    from framework_coder.project.framing import FrameImport


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to import: what it is called, where it lies, and what is known of it."""

    name: str
    path: Path
    sites: tuple[str, ...]
    method: str
    document_type: str = ""


class ProjectSources:
    """Documents, questionnaires and meeting records."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pages = ProjectPages(session)
        self._sizes: dict[int, Size] = {}

    def sizes(self) -> Mapping[int, Size]:
        """Return how many pages and words each source has, by its number; counted once for each text."""
        with self._session.reading() as connection:
            self._sizes = load_sizes(connection, self._sizes)
        return self._sizes

    def ingest(
        self,
        paths: str | Path | Sequence[str | Path],
        *,
        site: str = "",
        method: str = "",
        passwords: Iterable[str] = (),
        workers: int | None = None,
        progress: Progress | None = None,
        why: str = "",
    ) -> ImportReport:
        """Import files and folders; a site or method that is not given is read off each path.

        A bad file does not stop the rest: the report says what came of each.
        """
        given = [paths] if isinstance(paths, str | Path) else paths
        with self._session.reading() as connection:
            design, sites = load_design(connection), load_sites(connection)
        base, rows = place_files([Path(path) for path in given], design, sites, site=site, method=method)
        return self.ingest_register(
            rows, base, passwords=passwords, workers=workers, progress=progress, why=why
        )

    def ingest_register(
        self,
        rows: Sequence[SourceRow],
        folder: str | Path,
        *,
        passwords: Iterable[str] = (),
        workers: int | None = None,
        progress: Progress | None = None,
        why: str = "",
    ) -> ImportReport:
        """Import the files of register rows, whose paths are below `folder`."""
        return ingest(
            self._session.engine,
            rows,
            Path(folder),
            who=self._session.who,
            why=why,
            passwords=tuple(passwords),
            workers=workers,
            progress=progress,
        )

    def propose(self, names: Sequence[str]) -> "builtins.list[tuple[str, str]]":
        """Return the site's code and the method that the path of each file speaks of; no file is opened."""
        with self._session.reading() as connection:
            return propose_places(names, load_design(connection), load_sites(connection))

    def held_by(self, sha256: str) -> "builtins.list[str]":
        """Return the refs of the sources that were read from a file with these bytes."""
        with self._session.reading() as connection:
            return [each.ref for each in load_holdings(connection) if each.sha256 == sha256]

    def ingest_files(
        self,
        files: Sequence[Incoming],
        *,
        workers: int | None = None,
        progress: Progress | None = None,
        why: str = "",
    ) -> ImportReport:
        """Import files that lie elsewhere than their names say, as one step; the report has them by name."""
        rows = [
            SourceRow(0, file.name, file.sites, file.method, document_type=file.document_type)
            for file in files
        ]
        return ingest(
            self._session.engine,
            rows,
            Path(),
            who=self._session.who,
            why=why,
            workers=workers,
            progress=progress,
            places=[file.path for file in files],
        )

    def revise(
        self,
        ref: str,
        path: str | Path,
        *,
        passwords: Iterable[str] = (),
        workers: int = 1,
        why: str = "",
        name: str = "",
    ) -> Revised:
        """Put a corrected or newer file in place of a source's; codings follow their quotes.

        The report says of each coding whether it was placed, moved or drifted; of those that drifted,
        `project.codings.drifted()` lists what the new text has instead.
        """
        return revise(
            self._session.engine,
            ref,
            Path(path),
            who=self._session.who,
            why=why,
            passwords=tuple(passwords),
            workers=workers,
            name=name,
        )

    def edit(
        self,
        ref: str,
        *,
        was: Mapping[str, str | Sequence[str]] | None = None,
        why: str = "",
        **fields: str | Sequence[str],
    ) -> Source:
        """Change what the register says of a source, as one step, and return the source.

        Fields: `title`, `sites` (codes), `method`, `document_type`, `produced_on`, `originator`,
        `informants`, `authors`, `derived_from` (refs), `url`; of several values a list, or text with `;`
        between. `was` gives what fields held when the writer began. Raises StaleSourceError where one holds
        something else, or RegisterFieldError where a value is not allowed; then nothing is changed.
        """
        edit_source(
            self._session.engine,
            ref,
            {name: _as_text(value) for name, value in fields.items()},
            was={name: _as_text(value) for name, value in (was or {}).items()},
            who=self._session.who,
            why=why,
        )
        return self.get(ref)

    def list(self) -> tuple[Source, ...]:
        """Return the sources in the order of their import."""
        with self._session.reading() as connection:
            return load_sources(connection)

    def get(self, ref: str) -> Source:
        """Return a source by its ref (`D07`); raises UnknownSourceError."""
        return find_source({source.ref: source for source in self.list()}, ref)

    def text(self, ref: str) -> SourceText:
        """Return the text of a source with its blocks, pages, metadata and warnings."""
        return self._stored(ref).text

    def read(self, ref: str) -> tuple[SourceText, tuple[Segment, ...]]:
        """Return the text of a source and its segments, loaded together."""
        stored = self._stored(ref)
        return stored.text, stored.segments

    def segments(self, ref: str) -> tuple[Segment, ...]:
        """Return the sentences and speaker turns of a source."""
        return self._stored(ref).segments

    def original(self, ref: str) -> Original:
        """Return the file of a source, byte for byte as it was imported."""
        source = self.get(ref)
        with self._session.reading() as connection:
            original = load_original(connection, source.id)
        assert original is not None
        return original

    def page_words(self, ref: str) -> SourcePages:
        """Return the pages of a source that is a PDF, and where each word of its text stands on them.

        A box is given only for letters that are certainly those of the text. Raises NoPagesError where the
        source is not a PDF, and `UnreadableFileError` where its file can no longer be opened.
        """
        stored = self._stored(ref)
        return self._pages.words(ref, stored.source, stored.text)

    def page_image(self, ref: str, number: int, scale: float = 1.0) -> bytes:
        """Return page `number` (from 1) of a source that is a PDF as a PNG, `scale` pixels a point.

        Raises NoPagesError, NoSuchPageError or ScaleError. A picture of more than 16 million pixels is made
        smaller.
        """
        return self._pages.picture(ref, self.get(ref).id, number, scale)

    def close(self) -> None:
        """Let go of what draws pages."""
        self._pages.close()

    def _stored(self, ref: str) -> Stored:
        source = self.get(ref)
        with self._session.reading() as connection:
            stored = load_text(connection, source.id)
        assert stored is not None
        return stored

    def rows(self) -> "builtins.list[dict[str, str]]":
        """Return one mapping a source.

        Keys: `ref`, `title`, `method`, `document_type`, `sites` (codes, `;` between), `produced_on`,
        `originator`, `informants`, `authors`, `derived_from` (refs), `url`, `path`.
        """
        with self._session.reading() as connection:
            codes = {site.id: site.code for site in load_sites(connection)}
            sources = load_sources(connection)
        refs = {source.id: source.ref for source in sources}
        return [_row(source, codes, refs) for source in sources]

    def frame(self) -> "pd.DataFrame":
        """Return the rows as a DataFrame."""
        return make_frame("sources", self.rows())

    def import_frame(
        self, frame: "pd.DataFrame", *, why: str = "", is_dry_run: bool = False
    ) -> "FrameImport":
        """Change what the register says of sources, from a DataFrame with `ref` and columns of `frame`.

        Title, document type, date, originator, informants, authors and address can change; a column that is
        not there is left alone. Raises FaultyFileError, which names each row at fault, counted from 1.
        """
        from framework_coder.project.framing import change_sources, take_sources

        counts, changes = take_sources(self._session, self.rows(), frame)
        if not is_dry_run:
            change_sources(self._session, changes, why or "from a frame")
        return counts


def _as_text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


COLUMNS = columns_of("sources")


def _row(source: Source, codes: dict[int, str], refs: dict[int, str]) -> dict[str, str]:
    return {
        "ref": source.ref,
        "title": source.title,
        "method": source.method,
        "document_type": source.document_type,
        "sites": "; ".join(codes[site] for site in source.sites),
        "produced_on": str(source.produced_on),
        "originator": source.originator,
        "informants": "; ".join(source.informants),
        "authors": "; ".join(source.authors),
        "derived_from": "; ".join(refs[root] for root in source.derived_from),
        "url": source.url,
        "path": source.path,
    }
