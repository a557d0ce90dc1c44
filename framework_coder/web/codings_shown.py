"""What the reader shows of codings and themes, as its scripts get it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.collecting import no_collection
from framework_coder.web.payloads.reader import Coded, ReaderCoding, ReaderCodings, ReaderTheme
from framework_coder.web.styles import name_theme

if TYPE_CHECKING:
    from framework_coder.model.codebook import Codebook
    from framework_coder.model.study import Source
    from framework_coder.project import Project


def show_codings(project: "Project", source: "Source") -> ReaderCodings:
    """Return the codings of a source as they are now: accepted ones and proposals, not those set aside."""
    with no_collection():
        return _show(project, source)


def _show(project: "Project", source: "Source") -> ReaderCodings:
    entry = project.history.newest()
    codes = {site.id: site.code for site in project.sites.list()}
    found = [c for c in project.codings.list(sources=[source.ref]) if c.state is not CodingState.REJECTED]
    here = [coding for coding in found if not coding.is_drifted]
    targets = {target for memo in project.memos.list() for target in memo.targets}
    noted = {target.coding for target in targets} & {coding.id for coding in here}
    return ReaderCodings(
        entry=entry,
        themes=show_themes(project.codebook.show(), {coding.theme for coding in found}),
        codings=[show_coding(coding, codes[coding.site]) for coding in here],
        noted=sorted(number for number in noted if number is not None),
        memos=sum(target.source == source.id for target in targets),
        drifted=len(found) - len(here),
        examined=sorted(project.coverage.examined()[source.ref]),
    )


def show_coding(coding: Coding, site: str) -> ReaderCoding:
    """Return a coding; the reason is told of proposals only, since thousands are sent."""
    is_proposed = coding.state is CodingState.PROPOSED
    return ReaderCoding(
        id=coding.id,
        theme=coding.theme,
        site=site,
        start=coding.start,
        end=coding.end,
        coder=coding.coder,
        origin=coding.origin.value,
        state=coding.state.value,
        score=coding.score if is_proposed else None,
        reason=coding.reason if is_proposed else "",
    )


def tell_coded(project: "Project", coding: Coding) -> Coded:
    """Return a coding that was just made or changed."""
    site = next(site.code for site in project.sites.list() if site.id == coding.site)
    return Coded(entry=project.history.newest(), coding=show_coding(coding, site))


def show_themes(book: "Codebook", used: Collection[str] = ()) -> list[ReaderTheme]:
    """Return the active themes, and the retired ones that are used."""
    leaves = {theme.id for theme in book.leaves}
    return [
        ReaderTheme(
            id=theme.id,
            label=theme.label,
            path=book.path(theme.id),
            look=name_theme(theme.id),
            depth=book.depth(theme.id),
            parent=theme.parent or "",
            definition=theme.definition,
            is_active=not theme.is_retired,
            is_leaf=theme.id in leaves,
            is_emergent=theme.origin.value == "emergent",
        )
        for theme in book
        if not theme.is_retired or theme.id in used
    ]
