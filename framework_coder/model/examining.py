"""What has been examined, source by source and theme by theme, and what is still to be done."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from framework_coder.model.bearings import Bearings
from framework_coder.model.codebook import Theme
from framework_coder.model.rereading import Rereading, list_rereadings
from framework_coder.model.study import Coverage, Examined, Source


class Standing(StrEnum):
    """How a source stands for a theme as it is now."""

    EXAMINED = "examined"
    PARTLY = "partly"
    AGAIN = "again"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Examination:
    """How a source stands for a theme; `last` is its newest record, `again` why it is due again."""

    source: Source
    theme: Theme
    standing: Standing
    last: Coverage | None = None
    again: Rereading | None = None


def list_examinations(
    bearings: Bearings,
    *,
    sites: Collection[int] = (),
    sources: Collection[int] = (),
    themes: Collection[str] = (),
) -> Iterator[Examination]:
    """Yield every source with every active theme that has none below it; an empty field leaves all in."""
    study = bearings.study
    chosen = [
        source
        for source in study.sources
        if (not sources or source.id in sources) and (not sites or set(sites).intersection(source.sites))
    ]
    numbers = {source.id for source in chosen}
    coverage = [row for row in study.coverage if row.source in numbers]
    due = {(one.source, one.theme): one for one in list_rereadings(coverage, study.frameworks)}
    newest: dict[tuple[int, str], Coverage] = {}
    for row in coverage:
        spot = (row.source, row.theme)
        if spot not in newest or (row.version, row.made_on) >= (newest[spot].version, newest[spot].made_on):
            newest[spot] = row
    within = {below for theme in themes for below in study.codebook.descendants(theme)}
    leaves = [theme for theme in study.codebook.leaves if not themes or theme.id in within]
    for source in chosen:
        for theme in leaves:
            spot = (source.id, theme.id)
            yield _examination(bearings, source, theme, newest.get(spot), due.get(spot))


def _examination(
    bearings: Bearings, source: Source, theme: Theme, last: Coverage | None, again: Rereading | None
) -> Examination:
    if source.id in bearings.examined(theme.id):
        return Examination(source, theme, Standing.EXAMINED, last)
    if again is not None:
        return Examination(source, theme, Standing.AGAIN, again.last, again)
    is_partly = last is not None and last.state is not Examined.NOT
    return Examination(source, theme, Standing.PARTLY if is_partly else Standing.NOT, last)
