"""The sites of a project."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from framework_coder.exchange.rows import PlannedRow, SiteRow
from framework_coder.model.study import Site
from framework_coder.project.frames import make_frame
from framework_coder.project.session import Session
from framework_coder.store.sources import load_sites
from framework_coder.workflows.names import find_site
from framework_coder.workflows.sites import add_sites, edit_plan, edit_site, plan_sources

if TYPE_CHECKING:
    import builtins

    import pandas as pd

    from framework_coder.project.framing import FrameImport


class ProjectSites:
    """The rows of the matrix."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, code: str, name: str = "", *, why: str = "", **attributes: str) -> Site:
        """Add a site, or change the one with that code; attributes are those of the design."""
        self.add_all([SiteRow(0, code, name or code, attributes)], why=why)
        return self.get(code)

    def add_all(self, rows: Iterable[SiteRow], *, why: str = "") -> None:
        """Add sites in order; one that is there already takes the name and the attributes given."""
        add_sites(self._session.engine, rows, who=self._session.who, why=why)

    def edit(self, code: str, *, was: Mapping[str, str] | None = None, why: str = "", **fields: str) -> Site:
        """Change the name (`name`) or attributes of a site, as one step, and return the site.

        `was` gives what they held when the writer began; raises StaleSiteError where one holds
        something else, or SiteFieldError where a value is not allowed, and then nothing is changed.
        """
        edit_site(self._session.engine, code, fields, was=was, who=self._session.who, why=why)
        return self.get(code)

    def edit_plan(
        self, code: str, method: str, *, was: Mapping[str, str] | None = None, why: str = "", **fields: str
    ) -> None:
        """Change the number planned (`count`) or the `reason` of a gap, of one method at one site."""
        edit_plan(self._session.engine, code, method, fields, was=was, who=self._session.who, why=why)

    def plan(self, rows: Iterable[PlannedRow], *, why: str = "") -> None:
        """Set how many sources are planned by site and method, and why fewer were collected."""
        plan_sources(self._session.engine, rows, who=self._session.who, why=why)

    def list(self) -> tuple[Site, ...]:
        """Return the sites in display order."""
        with self._session.reading() as connection:
            return load_sites(connection)

    def get(self, code: str) -> Site:
        """Return a site by its code; raises UnknownSiteError."""
        return find_site({site.code: site for site in self.list()}, code)

    def rows(self) -> "builtins.list[dict[str, str]]":
        """Return one mapping a site: `site` (code), `name`, then its attributes."""
        return [{"site": site.code, "name": site.name, **site.attributes} for site in self.list()]

    def frame(self) -> "pd.DataFrame":
        """Return the rows as a DataFrame; a column an attribute."""
        return make_frame("sites", self.rows())

    def import_frame(
        self, frame: "pd.DataFrame", *, why: str = "", is_dry_run: bool = False
    ) -> "FrameImport":
        """Add or change the sites of a DataFrame: `site` (code), `name`, and a column an attribute.

        A site that is here keeps the attributes that the frame does not name, or leaves empty. Raises
        FaultyFileError, which names each row at fault, counted from 1; then nothing is changed.
        """
        from framework_coder.project.framing import take_sites

        counts, rows = take_sites(self._session, frame)
        if rows and not is_dry_run:
            self.add_all(rows, why=why or "from a frame")
        return counts
