"""Record what was examined: sources × themes at the current framework version."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError
from framework_coder.model.codebook import Codebook
from framework_coder.model.codebook_diff import settled_since
from framework_coder.model.study import Examined, Source
from framework_coder.store.codebooks import (
    current_version,
    load_codebook,
    load_frameworks,
    note_coders,
)
from framework_coder.store.journal import Step, now
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.store.tables import CoverageEntity
from framework_coder.workflows.names import find_site, find_source


class NoCoverageError(BadInputError):
    """Coverage of no source, or of no theme."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Name {what}; coverage is of sources for themes.")


class UnfrozenChangeError(BadInputError):
    """Coverage of a theme whose meaning is changing: no version says yet what it was examined for."""

    def __init__(self, themes: Collection[str]) -> None:
        super().__init__(
            f"The meaning of {', '.join(sorted(themes))} has changed since the last framework version; "
            "freeze a version first (`codebook freeze`), so that it is known what was examined."
        )


def set_coverage(
    engine: Engine,
    sources: Collection[str],
    themes: Collection[str],
    state: Examined = Examined.EXAMINED,
    *,
    sites: Collection[str] = (),
    who: str,
    why: str = "",
) -> int:
    """Record that sources were examined for themes and all active themes below; return the number of pairs.

    `sources` are refs, and all sources of `sites`; the theme `*` stands for all. Raises NoCoverageError,
    UnfrozenChangeError, UnknownSourceError, UnknownSiteError or UnknownThemeError.
    """
    with Step(engine, who=who, action="record coverage", why=why) as step:
        chosen, below = _choose(step.connection, sources, sites, themes)
        _check_frozen(step.connection, below)
        version = current_version(step.connection)
        note_coders(step, [who])
        pairs = [(source.id, theme, version, who) for source in chosen for theme in below]
        row = {"state": state.value, "made_on": now()[:10]}
        store_coverage(step, {pair: row for pair in pairs})  # noqa: C420 - rows are not written to
    return len(pairs)


def store_coverage(step: Step, wanted: dict[tuple[int, str, int, str], dict[str, Any]]) -> None:
    """Write the state and date of (source, theme, version, coder), whether it is there or not."""
    entity = CoverageEntity
    keys = step.connection.execute(
        select(entity.id, entity.source, entity.theme, entity.version, entity.coder)
    )
    there = {(source, theme, version, coder): key for key, source, theme, version, coder in keys}
    step.update(entity, {there[spot]: row for spot, row in wanted.items() if spot in there})
    names = ("source", "theme", "version", "coder")
    new = [(spot, row) for spot, row in wanted.items() if spot not in there]
    step.insert(entity, [{**dict(zip(names, spot, strict=True)), **row} for spot, row in new])


def withdraw_coverage(
    engine: Engine,
    sources: Collection[str],
    themes: Collection[str],
    *,
    sites: Collection[str] = (),
    who: str,
    why: str = "",
) -> int:
    """Take back what holds for themes as they are now, whoever recorded it; return how many records.

    What was examined for an older meaning of a theme stays as history.
    """
    with Step(engine, who=who, action="withdraw coverage", why=why) as step:
        chosen, below = _choose(step.connection, sources, sites, themes)
        since = settled_since(load_frameworks(step.connection))
        row = CoverageEntity
        numbers = {source.id for source in chosen}
        rows = step.connection.execute(select(row.id, row.source, row.theme, row.version))
        gone = [
            key
            for key, source, theme, version in rows
            if source in numbers and theme in below and version >= since.get(theme, 0)
        ]
        step.delete(row, gone)
    return len(gone)


def _check_frozen(connection: Connection, themes: Iterable[str]) -> None:
    """Refuse themes that changed after the last frozen version, once there is one."""
    since, version = settled_since(load_frameworks(connection)), current_version(connection)
    changed = {theme for theme in themes if since.get(theme, 0) > version}
    if changed and version:
        raise UnfrozenChangeError(changed)


def _choose(
    connection: Connection, refs: Collection[str], sites: Collection[str], themes: Collection[str]
) -> tuple[list[Source], list[str]]:
    """Return the sources and the themes that are meant, each once."""
    sources = load_sources(connection)
    by_ref = {source.ref: source for source in sources}
    codes = {site.code: site.id for site in load_sites(connection)}
    numbers = {find_site(codes, code) for code in sites}
    named = {find_source(by_ref, ref).id for ref in refs}
    chosen = [s for s in sources if s.id in named or numbers.intersection(s.sites)]
    if not chosen:
        raise NoCoverageError("sources, or a site that has some")
    below = choose_themes(load_codebook(connection), themes)
    if not below:
        raise NoCoverageError("themes (* stands for all)")
    return chosen, below


def choose_themes(book: Codebook, themes: Collection[str]) -> list[str]:
    """Return the active themes named and all active ones below them; `*` stands for all."""
    if "*" in themes:
        return [theme.id for theme in book.active]
    named = {below for theme in themes for below in book.descendants(theme)}
    return [theme.id for theme in book.active if theme.id in named]
