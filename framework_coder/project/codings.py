"""The codings of a project."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.recorded import read_codings
from framework_coder.exchange.rows import CodingRow
from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.progress import Progress
from framework_coder.project.frames import columns_of, make_frame
from framework_coder.project.session import Session
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.codings import CodingFilter, load_codings
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.workflows.coding import (
    CodingImport,
    UnknownCodingError,
    add_coding,
    import_codings,
    remove_codings,
    set_state,
)
from framework_coder.workflows.drifting import (
    Drifted,
    accept_candidates,
    let_go,
    list_drifted,
    place_coding,
)
from framework_coder.workflows.names import find_site, find_source
from framework_coder.workflows.recoding import edit_coding
from framework_coder.workflows.suggesting import Suggestions, suggest

if TYPE_CHECKING:
    import builtins

    import pandas as pd


class ProjectCodings:
    """Passages indexed at themes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        source: str,
        theme: str,
        *,
        start: int | None = None,
        end: int | None = None,
        quote: str = "",
        site: str = "",
        memo: str = "",
        why: str = "",
        once: bool = False,
    ) -> Coding:
        """Code a passage of a source (its ref), by span, by quote, or by both, which must agree.

        `once`: where you coded this passage at this theme already, that coding is returned as it is.
        """
        number = add_coding(
            self._session.engine, source, theme,
            who=self._session.who, site=site, start=start, end=end, quote=quote, memo=memo, why=why,
            once=once,
        )  # fmt: skip
        return self.get(number)

    def import_(
        self, rows: Iterable[CodingRow], *, why: str = "", progress: Progress | None = None
    ) -> CodingImport:
        """Store codings by their quotes; what is missing or ambiguous is listed, never guessed."""
        return import_codings(self._session.engine, rows, who=self._session.who, why=why, progress=progress)

    def suggest(
        self,
        *,
        themes: Collection[str] = (),
        sources: Collection[str] = (),
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Suggestions:
        """Propose codings by the matching rules of the themes."""
        with self._session.reading() as connection:
            numbers = {source.ref: source.id for source in load_sources(connection)}
        return suggest(
            self._session.engine,
            who=self._session.who,
            themes=tuple(themes),
            sources=[find_source(numbers, ref) for ref in sources],
            workers=workers,
            progress=progress,
        )

    def edit(
        self,
        number: int,
        *,
        start: int | None = None,
        end: int | None = None,
        quote: str = "",
        theme: str | None = None,
        site: str | None = None,
        memo: str | None = None,
        seen: tuple[int, int, str] | None = None,
        why: str = "",
    ) -> Coding:
        """Change the span, theme, site or memo of a coding; what is None stays.

        `seen` is the start, end and theme that the editor started from: where they are others by now,
        StaleCodingError says so and nothing is overwritten. Raises UnknownCodingError, SpanError,
        UnknownThemeError or CitedElsewhereError.
        """
        edit_coding(
            self._session.engine, number, who=self._session.who, start=start, end=end, quote=quote,
            theme=theme, site=site, memo=memo, seen=seen, why=why,
        )  # fmt: skip
        return self.get(number)

    def get(self, number: int) -> Coding:
        """Return one coding; raises UnknownCodingError."""
        with self._session.reading() as connection:
            found = load_codings(connection, CodingFilter(numbers=[number]))
        if not found:
            raise UnknownCodingError([number])
        return found[0]

    def accept(self, numbers: Collection[int], *, theme: str | None = None, why: str = "") -> None:
        """Let proposals count, at another theme where one is named."""
        set_state(
            self._session.engine, numbers, CodingState.ACCEPTED, who=self._session.who, theme=theme, why=why
        )

    def reject(self, numbers: Collection[int], *, why: str = "") -> None:
        """Set codings aside; they are kept and not proposed again."""
        set_state(self._session.engine, numbers, CodingState.REJECTED, who=self._session.who, why=why)

    def drifted(self, *, sources: Collection[str] = ()) -> tuple[Drifted, ...]:
        """Return the codings whose quote the current text lacks, each with the passages that come nearest."""
        with self._session.reading() as connection:
            known = {source.ref: source.id for source in load_sources(connection)}
            return list_drifted(connection, sources=[find_source(known, ref) for ref in sources])

    def place(self, number: int, start: int, end: int, *, quote: str = "", why: str = "") -> None:
        """Put a drifted coding on `start:end` of the current text; `quote`, where given, must stand there."""
        place_coding(self._session.engine, number, start, end, who=self._session.who, quote=quote, why=why)

    def accept_candidate(self, *numbers: int, why: str = "") -> None:
        """Put drifted codings on the passages that come nearest; raises NoCandidateError where unsure."""
        accept_candidates(self._session.engine, numbers, who=self._session.who, why=why)

    def let_go(self, *numbers: int, why: str = "") -> None:
        """Set drifted codings aside as rejected: the newer text does not say it any more."""
        let_go(self._session.engine, numbers, who=self._session.who, why=why)

    def remove(self, numbers: Collection[int], *, why: str = "") -> None:
        """Take codings away; the journal keeps them."""
        remove_codings(self._session.engine, numbers, who=self._session.who, why=why)

    def list(
        self,
        *,
        sites: Collection[str] = (),
        sources: Collection[str] = (),
        themes: Collection[str] = (),
        coders: Collection[str] = (),
        states: Collection[CodingState] = (),
    ) -> tuple[Coding, ...]:
        """Return codings in the order in which they were made; a theme includes all below it."""
        with self._session.reading() as connection:
            site_numbers = {site.code: site.id for site in load_sites(connection)}
            source_numbers = {source.ref: source.id for source in load_sources(connection)}
            book = load_codebook(connection)
            chosen = CodingFilter(
                sites=[find_site(site_numbers, code) for code in sites],
                sources=[find_source(source_numbers, ref) for ref in sources],
                themes=[below for theme in themes for below in book.descendants(theme)],
                coders=coders,
                states=states,
            )
            return load_codings(connection, chosen)

    def import_file(
        self, path: str | Path, *, why: str = "", progress: Progress | None = None
    ) -> CodingImport:
        """Store the codings of a CSV or XLSX file with source, theme and quote; raises FaultyFileError."""
        file = Path(path)
        faults = Faults(file.name)
        with self._session.reading() as connection:
            codes = {site.id: site.code for site in load_sites(connection)}
            sources = {s.ref: [codes[site] for site in s.sites] for s in load_sources(connection)}
            themes = {theme.id for theme in load_codebook(connection)}
        rows = read_codings(file, faults, sources, themes, self._session.who)
        refuse([faults])
        return self.import_(rows, why=why or f"from {file.name}", progress=progress)

    def rows(self, **chosen: Any) -> "builtins.list[dict[str, Any]]":
        """Return one mapping a coding; takes what `list` takes.

        Keys: `coding` (number), `source` (ref), `site` (code), `theme`, `start`, `end` (code points),
        `quote`, `place` (`p4 ¶2`), `coder`, `origin`, `state`, `score`, `reason`, `made_on`, `is_drifted`.
        """
        with self._session.reading() as connection:
            codes = {site.id: site.code for site in load_sites(connection)}
            refs = {source.id: source.ref for source in load_sources(connection)}
        return [_row(coding, codes, refs) for coding in self.list(**chosen)]

    def frame(self, **chosen: Any) -> "pd.DataFrame":
        """Return the rows as a DataFrame; takes what `list` takes."""
        return make_frame("codings", self.rows(**chosen))

    def import_frame(self, frame: "pd.DataFrame", *, why: str = "", is_dry_run: bool = False) -> CodingImport:
        """Store the codings of a DataFrame with the columns `source`, `theme` and `quote`.

        `site`, `start`, `before`, `after`, `coder`, `made_on`, `state`, `memo` and `id` may be given, and
        whatever else `frame` has. They are placed as those of a file; what is here already is passed over.
        Raises FaultyFileError, which names each row at fault, counted from 1; then nothing is changed.
        """
        from framework_coder.project.framing import take_codings

        return take_codings(self._session, frame, why=why or "from a frame", is_dry_run=is_dry_run)


COLUMNS = columns_of("codings")


def _row(coding: Coding, codes: dict[int, str], refs: dict[int, str]) -> dict[str, Any]:
    same = ("theme", "start", "end", "quote", "coder", "score", "reason", "made_on", "is_drifted")
    return {
        "coding": coding.id,
        "source": refs[coding.source],
        "site": codes[coding.site],
        "place": str(coding.locator),
        "origin": coding.origin.value,
        "state": coding.state.value,
        **{name: getattr(coding, name) for name in same},
    }
