"""The frame of an import: design, coders, themes, framework versions, sites and what is planned at them."""

from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import select

from framework_coder.exchange.bundle import BundledSite
from framework_coder.model.codebook import Codebook, Theme, arrange
from framework_coder.model.design import Design, Method
from framework_coder.store.codebooks import (
    load_codebook,
    load_design,
    load_versions,
    note_coders,
    save_codebook,
    save_design,
)
from framework_coder.store.journal import identify
from framework_coder.store.packing import pack_codebook
from framework_coder.store.review_tables import GuidEntity
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.store.tables import PlannedSourceEntity, SiteEntity
from framework_coder.workflows.importing.conflicts import tell_of_sites, tell_of_themes
from framework_coder.workflows.importing.tally import Tally


def import_frame(tally: Tally) -> None:
    """Bring in all that sources, codings and claims refer to."""
    note_coders(tally.step, [tally.who, *filter(None, tally.bundle.coders)])
    _import_design(tally)
    _import_sites(tally)
    _import_themes(tally)
    _import_plan(tally)


def rows_by_guid(tally: Tally, kind: str) -> dict[str, str]:
    """Return the row that each foreign GUID of a kind stands for."""
    entity = GuidEntity
    found = tally.step.connection.execute(select(entity.guid, entity.row).where(entity.kind == kind))
    return dict(found.all())


def _import_design(tally: Tally) -> None:
    """Take over the design into an empty project; else add the methods that it does not know."""
    given, connection = tally.bundle.design, tally.step.connection
    if given is None:
        return
    here = load_design(connection)
    is_empty = not (load_sites(connection) or load_sources(connection) or len(load_codebook(connection)))
    if is_empty and tally.bundle.identity:
        save_design(tally.step, given)
        return
    design = replace(
        here,
        methods=(*here.methods, *_new_methods(here, given)),
        document_types=tuple(dict.fromkeys((*here.document_types, *given.document_types))),
        site_fields=(
            *here.site_fields,
            *(f for f in given.site_fields if f.id not in {own.id for own in here.site_fields}),
        ),
    )
    if design != here:
        save_design(tally.step, design)


def _new_methods(here: Design, given: Design) -> list[Method]:
    """Return the methods to add, not planned: the breadth of claims that stand must not change."""
    letters = {method.letter for method in here.methods}
    new = []
    for method in given.methods:
        if here.method(method.id) is None:
            letter = method.letter if method.letter not in letters else f"{method.letter}X"
            letters.add(letter)
            new.append(replace(method, letter=letter, planned=False))
    return new


def _import_sites(tally: Tally) -> None:
    sites = load_sites(tally.step.connection)
    by_guid = rows_by_guid(tally, "site")
    codes = {site.code.casefold(): site.id for site in sites}
    names = {site.name.casefold(): site.id for site in sites}
    by_number = {site.id: site for site in sites}
    is_other = tally.bundle.identity not in {"", identify(tally.step.connection)}
    new, known = list[tuple[str, BundledSite]](), []
    for site in tally.bundle.sites:
        number = (
            by_guid.get(tally.bundle.guids.get(("site", site.key), ""))
            or (None if is_other else codes.get(site.code.casefold()))
            or names.get(site.name.casefold())
        )
        if number:
            tally.rows["site"][site.key] = int(number)
            known.append((site, by_number[int(number)]))
            tally.known["site"] += 1
        else:
            new.append((_free_code(site, codes), site))
            codes[new[-1][0].casefold()] = 0
    tell_of_sites(tally, known)
    keys = tally.step.insert(
        SiteEntity,
        [
            {"code": code, "name": site.name, "position": place, "attributes": dict(site.attributes)}
            for place, (code, site) in enumerate(new, start=len(sites))
        ],
    )
    tally.rows["site"].update({site.key: key for key, (_, site) in zip(keys, new, strict=True)})
    tally.made["site"] += [site.key for _, site in new]
    tally.new["site"] += len(new)


def _free_code(site: BundledSite, taken: dict[str, int]) -> str:
    """Return the code given where it is free, or the next one of S01, S02 and so on."""
    if site.code and site.code.casefold() not in taken:
        return site.code
    return next(code for number in count(1) if (code := f"S{number:02}").casefold() not in taken)


def _import_themes(tally: Tally) -> None:
    """Find each theme by its GUID, its id or its path of labels; add the others below their parents."""
    bundle, book = tally.bundle, load_codebook(tally.step.connection)
    if not len(book) and len(bundle.codebook):
        save_codebook(tally.step, bundle.codebook)
        tally.rows["theme"].update({theme.id: theme.id for theme in bundle.codebook})
        tally.made["theme"] += [theme.id for theme in bundle.codebook]
        tally.new["theme"] += len(bundle.codebook)
        return
    merged, known = book, list[tuple[Theme, Theme]]()
    by_guid = rows_by_guid(tally, "theme")
    paths = {book.path(theme.id).casefold(): theme.id for theme in reversed(book.active)}
    for theme in bundle.codebook:
        guid = bundle.guids.get(("theme", theme.id), "")
        found = (
            by_guid.get(guid)
            or _same(theme, bundle.codebook, book)
            or paths.get(bundle.codebook.path(theme.id).casefold())
        )
        if found is None:
            found = _free_id(theme.id, merged)
            parent = tally.rows["theme"].get(theme.parent or "")
            added = replace(theme, id=found, parent=parent, merged_into=None, split_from=None)
            merged = Codebook(arrange((*merged.themes, added)), merged.name)
            tally.made["theme"].append(theme.id)
            tally.new["theme"] += 1
        else:
            tally.known["theme"] += 1
            known.append((theme, merged[found]))
        tally.rows["theme"][theme.id] = found
    tell_of_themes(tally, known)
    if merged is not book:
        save_codebook(tally.step, _with_links(merged, bundle.codebook, tally))


def _with_links(merged: Codebook, given: Codebook, tally: Tally) -> Codebook:
    """Let new themes name what they were merged into or split from by the ids here."""
    here = tally.rows["theme"]
    of = {here[name]: given[name] for name in tally.made["theme"]}
    themes = tuple(
        replace(
            theme,
            merged_into=here.get(of[theme.id].merged_into or ""),
            split_from=here.get(of[theme.id].split_from or ""),
        )
        if theme.id in of
        else theme
        for theme in merged
    )
    return Codebook(themes, merged.name)


def _same(theme: Theme, given: Codebook, book: Codebook) -> str | None:
    """Return the theme of the same id, unless it is another one that only happens to be called so."""
    if theme.id not in book:
        return None
    alike = (
        book[theme.id].label.casefold() == theme.label.casefold() or not given.name or given.name == book.name
    )
    return theme.id if alike else None


def _free_id(wanted: str, book: Codebook) -> str:
    if wanted not in book:
        return wanted
    return next(name for number in count(2) if (name := f"{wanted}_{number}") not in book)


def next_versions(tally: Tally) -> list[dict[str, Any]]:
    """Return the frozen versions to keep as they were: those of the bundle, where the project has none."""
    versions = tally.bundle.versions
    there = load_versions(tally.step.connection)
    if [(n, book) for n, _, _, _, book in versions] == [(v.number, v.codebook) for v in there]:
        tally.known["framework version"] += len(versions)
        return []
    if versions and there:
        told = "stayed behind: the project has versions of its own"
        tally.lose("framework versions", told, len(versions))
        return []
    note_coders(tally.step, [by for _, _, by, _, _ in versions])
    tally.new["framework version"] += len(versions)
    return [
        {"number": n, "frozen_at": at, "frozen_by": by, "reason": why, "snapshot": pack_codebook(book)}
        for n, at, by, why, book in versions
    ]


def _import_plan(tally: Tally) -> None:
    entity = PlannedSourceEntity
    rows = tally.step.connection.execute(select(entity.site, entity.method, entity.id))
    there = {(site, method): key for site, method, key in rows}
    given = [
        (f"{site} {method}", (number, method), {"site": number, "method": method, "count": n, "reason": why})
        for site, method, n, why in tally.bundle.plan
        if (number := tally.find("site", site)) is not None
    ]
    tally.settle("planned source", entity, given, there)
