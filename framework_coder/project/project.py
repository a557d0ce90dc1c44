"""Project: one study, in one file or one database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from framework_coder.model.anonymity import anonymise
from framework_coder.model.attention import Attention
from framework_coder.model.collecting import no_collection
from framework_coder.model.design import Design
from framework_coder.model.matrix import build_matrix
from framework_coder.model.renewing import renew_matrix
from framework_coder.model.study import Study
from framework_coder.project.apart import SECONDS, Apart
from framework_coder.project.archiving import restore_project
from framework_coder.project.cells import ProjectCells
from framework_coder.project.claims import ProjectClaims
from framework_coder.project.codebook import ProjectCodebook
from framework_coder.project.codings import ProjectCodings
from framework_coder.project.coverage import ProjectCoverage
from framework_coder.project.exchange import ProjectExchange
from framework_coder.project.findings import ProjectFindings
from framework_coder.project.history import ProjectHistory
from framework_coder.project.matrix import ProjectMatrix
from framework_coder.project.memos import ProjectMemos
from framework_coder.project.pack_texts import load_pack_texts
from framework_coder.project.reviews import ProjectReviews
from framework_coder.project.selecting import Wish, select
from framework_coder.project.session import Session, login_name
from framework_coder.project.sites import ProjectSites
from framework_coder.project.sources import ProjectSources
from framework_coder.project.workbooks import ProjectWorkbooks
from framework_coder.store.backups import back_up
from framework_coder.store.checking import CheckFinding, check
from framework_coder.store.codebooks import load_design
from framework_coder.store.engine import name_of
from framework_coder.store.log import Change, LogEntry, LogFilter, load_changes, load_log
from framework_coder.store.opening import open_store
from framework_coder.store.renewing import find_reach, renew_study
from framework_coder.store.rewinding import entry_at, rewind
from framework_coder.store.search import Hit, search
from framework_coder.store.study import load_study
from framework_coder.workflows.names import find_site, find_source
from framework_coder.workflows.projects import change_design, create_project

if TYPE_CHECKING:
    import pandas as pd


class Project:
    """An open project; use it in a `with` block, or call `close`.

    Every change is one transaction with an entry in the journal in the name of `who`, by default the name
    that the user is logged in with.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.sites = ProjectSites(session)
        self.sources = ProjectSources(session)
        self.codebook = ProjectCodebook(session)
        self.codings = ProjectCodings(session)
        self.coverage = ProjectCoverage(session)
        self.reviews = ProjectReviews(session)
        self.claims = ProjectClaims(session)
        self.findings = ProjectFindings(session)
        self.workbooks = ProjectWorkbooks(session)
        self.cells = ProjectCells(session)
        self.history = ProjectHistory(session)
        self.memos = ProjectMemos(session)
        self.exchange = ProjectExchange(session)

    @classmethod
    def create(cls, place: str | Path, *, design: Design | None = None, who: str = "") -> Self:
        """Make a project at a path (`study.fwc`) or a `postgresql://` URL where nothing is yet."""
        who = who or login_name()
        return cls(Session(create_project(place, design or Design(), who=who), who))

    @classmethod
    def open(cls, place: str | Path, *, who: str = "") -> Self:
        """Open a project; raises where there is none, or where this release cannot open it."""
        return cls(Session(open_store(place), who or login_name()))

    @classmethod
    def from_archive(cls, path: str | Path, place: str | Path, *, who: str = "") -> Self:
        """Make a project from an archive (folder or ZIP), the same in every row, where nothing is yet.

        Its journal goes on where that of the archived project ended. Raises FaultyArchiveError,
        NewerArchiveError or ProjectExistsError, and then nothing is left behind.
        """
        return cls(Session(restore_project(path, place), who or login_name()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self.sources.close()
        self._session.engine.dispose()

    def apart(self, *, seconds: float = SECONDS) -> Apart:
        """Return a process that works on this project and can be ended; `close` it."""
        return Apart(self._session, seconds=seconds)

    @property
    def name(self) -> str:
        """The path, or the URL without its password."""
        return name_of(self._session.engine)

    @property
    def who(self) -> str:
        """The coder in whose name changes are made."""
        return self._session.who

    @property
    def design(self) -> Design:
        """What the study planned."""
        with self._session.reading() as connection:
            return load_design(connection)

    def change_design(self, design: Design, *, why: str = "") -> None:
        """Put another design in place of the project's."""
        change_design(self._session.engine, design, who=self.who, why=why)

    def study(self, *, with_text: bool = True) -> Study:
        """Return everything that analysis needs, as it is now; without text it loads faster."""
        with self._session.reading() as connection:
            return load_study(connection, with_text=with_text)

    def matrix(
        self,
        *,
        sites: Collection[str] = (),
        where: Mapping[str, str | Collection[str]] | None = None,
        themes: Collection[str] = (),
        methods: Collection[str] = (),
        coders: Collection[str] = (),
        states: Collection[str] = (),
        columns: Sequence[str] | None = None,
        with_text: bool = True,
        anonymous: bool = False,
    ) -> ProjectMatrix:
        """Return the site × theme matrix, or the part of it that the filters leave.

        `where` maps site attributes to a value or several; a theme includes those below it; `methods` and
        `coders` limit the codings and evidence that count; `columns` names the themes to show, in order.
        `anonymous` replaces the names that the project knows of sites whose attribute `anonymous` is yes.
        Without text, quotes and places are empty and a large study loads faster: enough for states.
        Raises UnknownFilterError or UnknownThemeError.
        """
        wish = Wish(sites, where or {}, themes, methods, coders, states)
        with no_collection():
            named = self.study(with_text=with_text)
            study = anonymise(named) if anonymous else named
            grid = build_matrix(study, select(study, wish), columns)
            return ProjectMatrix(grid, lambda: load_pack_texts(self._session, named, grid))

    def renew(self, matrix: ProjectMatrix, since: int) -> ProjectMatrix | None:
        """Return a matrix of this project as it is now, reading only what changed after an entry.

        `since` is the newest entry when the matrix was built; its rows and columns stay. None where more than
        the cells of some sites changed: then `matrix` builds it anew.
        """
        grid = matrix.grid
        with no_collection():
            with self._session.reading() as connection:
                reach = find_reach(connection, grid.study, since)
                if reach is None:
                    return None
                study = renew_study(connection, grid.study, reach)
            renewed = renew_matrix(grid, study, reach.sites, reread=reach.sources)
        return ProjectMatrix(renewed, lambda: load_pack_texts(self._session, study, renewed))

    def touched(self, matrix: ProjectMatrix, since: int) -> frozenset[str] | None:
        """Return the codes of the sites whose cells changes after an entry can alter; None: all of them."""
        with self._session.reading() as connection:
            reach = find_reach(connection, matrix.grid.study, since)
        codes = {site.id: site.code for site in matrix.grid.study.sites}
        return None if reach is None else frozenset(codes[site] for site in reach.sites if site in codes)

    def audit(self, **filters: Any) -> Attention:
        """Return what needs attention, each kind with its denominator; takes the filters of `matrix`."""
        return self.matrix(**filters).attention()

    def counts(self, name: str | None = None, **filters: Any) -> "pd.DataFrame":
        """Return the counts of coded values with denominators, one a row; takes the filters of `matrix`."""
        frame = self.matrix(**filters).frame("counts")
        return frame if name is None else frame[frame["name"] == name].reset_index(drop=True)

    def frame(self, name: str) -> "pd.DataFrame":
        """Return everything of one kind as a DataFrame, whatever a matrix shows; raises UnknownFrameError.

        The names are those of `frames`, and `blocks` and `segments`, which hold the texts.
        """
        from framework_coder.project.framing import frame_of

        return frame_of(self, name)

    def frames(self) -> dict[str, "pd.DataFrame"]:
        """Return all DataFrames by name, those with whole texts apart; docs/reference/frames.md says more."""
        from framework_coder.project.frames import FRAMES
        from framework_coder.project.framing import TEXTS, frame_of

        return {name: frame_of(self, name) for name in FRAMES if name not in TEXTS}

    def search(
        self,
        query: str,
        *,
        sites: Collection[str] = (),
        sources: Collection[str] = (),
        methods: Collection[str] = (),
        limit: int = 100,
    ) -> list[Hit]:
        """Return where words stand: `words`, `"exact phrase"`, `begin*`, `-not`, `OR`.

        `sites` are codes, `sources` refs, `methods` ids. One hit for each block, in the order of the sources.
        """
        site_numbers = {site.code: site.id for site in self.sites.list()} if sites else {}
        source_numbers = {source.ref: source.id for source in self.sources.list()} if sources else {}
        chosen_sites = [find_site(site_numbers, code) for code in sites]
        chosen_sources = [find_source(source_numbers, ref) for ref in sources]
        with self._session.reading() as connection:
            return search(
                connection, query, sites=chosen_sites, sources=chosen_sources, methods=methods, limit=limit
            )

    def log(
        self,
        *,
        who: str = "",
        since: str = "",
        until: str = "",
        site: str = "",
        source: str = "",
        theme: str = "",
        cell: tuple[str, str] | None = None,
        claim: int | None = None,
        action: str = "",
        limit: int = 100,
    ) -> list[LogEntry]:
        """Return the journal's newest entries, newest first; `since` and `until` are ISO dates, inclusive.

        `cell` is a site's code and a theme's id that one change is about; `claim` the number of a claim;
        `action` any part of what was done.
        """
        sites = {s.code: s.id for s in self.sites.list()}
        chosen = LogFilter(
            who=who,
            since=since,
            until=until,
            site=find_site(sites, site) if site else None,
            source=self.sources.get(source).id if source else None,
            theme=theme,
            cell=(find_site(sites, cell[0]), self.codebook.show()[cell[1]].id) if cell else None,
            claim=claim,
            action=action,
        )
        with self._session.reading() as connection:
            return load_log(connection, chosen, limit=limit)

    def changes(self, entry: int) -> list[Change]:
        """Return what an entry of the journal changed, row by row."""
        with self._session.reading() as connection:
            return load_changes(connection, entry)

    @contextmanager
    def as_at(self, until: str) -> Iterator["Project"]:
        """Give this project as it was at the end of an ISO date (or month, or year), to look at.

        It is a copy that goes when the block ends; `save_as_at` keeps one. Raises NotADateError or
        NothingYetError.
        """
        with TemporaryDirectory(prefix="framework-coder-", ignore_cleanup_errors=True) as folder:
            self.save_as_at(until, Path(folder) / "then.fwc")
            with Project.open(Path(folder) / "then.fwc", who=self.who) as then:
                yield then

    def save_as_at(self, until: str, path: str | Path) -> Path:
        """Write this project as it was at the end of a date to a project file where nothing is yet."""
        with self._session.reading() as connection:
            entry = entry_at(connection, until)
        rewind(self._session.engine, entry, Path(path).absolute()).dispose()
        return Path(path)

    def check(self) -> list[CheckFinding]:
        """Return what does not hold in the project; nothing where it is whole."""
        with self._session.reading() as connection:
            return check(connection)

    def backup(self, path: str | Path, *, replace: bool = False) -> Path:
        """Copy the project, and check the copy, before it bears its name; return its path."""
        back_up(self._session.engine, Path(path), replace=replace)
        return Path(path)
