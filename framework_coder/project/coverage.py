"""The coverage of a project: which source was examined for which theme, and what is still to be read."""

from collections.abc import Collection
from typing import Any

from framework_coder.model.bearings import Bearings
from framework_coder.model.examining import Examination, Standing, list_examinations
from framework_coder.model.rereading import Rereading, list_rereadings
from framework_coder.model.study import Examined
from framework_coder.project.selecting import choose
from framework_coder.project.session import Session
from framework_coder.store.study import load_coverage_study
from framework_coder.workflows.coverage import set_coverage, withdraw_coverage
from framework_coder.workflows.names import find_site, find_source


class ProjectCoverage:
    """What was examined, by source × theme × framework version."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def set(
        self,
        sources: Collection[str] = (),
        themes: Collection[str] = (),
        state: Examined | str = Examined.EXAMINED,
        *,
        sites: Collection[str] = (),
        why: str = "",
    ) -> int:
        """Record that sources (refs, or all of some sites) were examined for themes and those below.

        The theme `*` stands for all. One step; returns the number of pairs. Raises NoCoverageError or
        UnfrozenChangeError.
        """
        return set_coverage(
            self._session.engine,
            sources,
            themes,
            choose(Examined, state),
            sites=sites,
            who=self._session.who,
            why=why,
        )

    def withdraw(
        self,
        sources: Collection[str] = (),
        themes: Collection[str] = (),
        *,
        sites: Collection[str] = (),
        why: str = "",
    ) -> int:
        """Take back what holds for themes as they are now; return how many records."""
        return withdraw_coverage(
            self._session.engine, sources, themes, sites=sites, who=self._session.who, why=why
        )

    def show(
        self,
        *,
        sites: Collection[str] = (),
        sources: Collection[str] = (),
        themes: Collection[str] = (),
        standings: Collection[Standing | str] = (),
    ) -> list[Examination]:
        """Return how every source stands for every theme without any below it; no filter leaves all in."""
        with self._session.reading() as connection:
            study = load_coverage_study(connection)
        codes = {site.code: site.id for site in study.sites}
        refs = {source.ref: source.id for source in study.sources}
        found = list_examinations(
            Bearings(study),
            sites=[find_site(codes, code) for code in sites],
            sources=[find_source(refs, ref) for ref in sources],
            themes=themes,
        )
        return [each for each in found if not standings or each.standing in standings]

    def examined(self) -> dict[str, frozenset[str]]:
        """Return the themes without any below them for which each source (ref) is wholly examined now."""
        with self._session.reading() as connection:
            study = load_coverage_study(connection)
        bearings = Bearings(study)
        by_theme = {theme.id: bearings.examined(theme.id) for theme in study.codebook.leaves}
        return {
            source.ref: frozenset(theme for theme, sources in by_theme.items() if source.id in sources)
            for source in study.sources
        }

    def todo(self, **filters: Any) -> list[Examination]:
        """Return what is not wholly examined, or due again; takes the filters of `show`."""
        return self.show(standings=(Standing.AGAIN, Standing.PARTLY, Standing.NOT), **filters)

    def again(self) -> list[Rereading]:
        """Return the sources to examine again because a theme changed its meaning, theme by theme."""
        with self._session.reading() as connection:
            study = load_coverage_study(connection)
        return list_rereadings(study.coverage, study.frameworks)
