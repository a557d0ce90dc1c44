"""What a project has already, for files that name its sources and themes and have no texts themselves."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from sqlalchemy import Engine, select

from framework_coder.exchange.bundle import Bundle, BundledSite, BundledSource
from framework_coder.exchange.bundling import bundle_project
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.store.engine import reading
from framework_coder.store.tables import RevisionEntity, SiteEntity, SourceEntity, SourceSiteEntity

LEAST_ALIKE = 70.0
"""The resemblance (rapidfuzz, 0-100) from which a name is proposed for another."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for: one thing, or else a sentence that says why none is taken, and a proposal."""

    key: str = ""
    why: str = ""
    proposal: str = ""


@dataclass
class Here:
    """The names of a project; `accepts` lets the closest name stand where none is the same."""

    engine: Engine
    accepts: bool = False
    bundle: Bundle = field(init=False)
    _asked: dict[str, Named] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bundle = bundle_project(self.engine)

    @property
    def codebook(self) -> Codebook:
        """The themes of the project, as they are now."""
        return self.bundle.codebook

    def source(self, key: str) -> BundledSource:
        """Return a source by its reference."""
        return next(source for source in self.bundle.sources if source.key == key)

    def find_theme(self, name: str) -> Named:
        """Return the theme of that id, label, alias or path of labels; the closest one is proposed."""
        if name not in self._asked:
            self._asked[name] = self._find_theme(name)
        return self._asked[name]

    def _find_theme(self, name: str) -> Named:
        wanted = _fold(name.strip().lstrip("#"))
        found = self._themes.get(wanted, ())
        if len(found) == 1:
            return Named(found[0])
        if found:
            listed = ", ".join(found)
            return Named(why=f"“{name}” is the name of several themes ({listed}); use the id of one")
        close = _closest(wanted, self._themes)
        return self._propose(name, "theme", {theme for each in close for theme in self._themes[each]})

    def find_source(self, name: str) -> Named:
        """Return the source of that reference, title or file name, with or without its ending."""
        found = self._sources.get(_fold(name), ()) or self._sources.get(_fold(PurePath(name).stem), ())
        if len(found) == 1:
            return Named(found[0])
        if found:
            listed = ", ".join(found)
            return Named(why=f"“{name}” is the name of several sources ({listed}); use the reference of one")
        close = _closest(_fold(name), self._sources)
        proposed = {source for each in close for source in self._sources[each]}
        return self._propose(name, "source", proposed)

    def find_site(self, name: str) -> Named:
        """Return the site of that code or name."""
        folded = _fold(name)
        found = [s.key for s in self.bundle.sites if folded in {_fold(s.code), _fold(s.name)}]
        return Named(found[0]) if found else Named(why=f"there is no site “{name}”")

    def find_text(self, text: str) -> str:
        """Return the reference of the source whose current text this is, or nothing."""
        return known_texts(self.engine).get(hash_text(text), "")

    def complete(self, bundle: Bundle) -> Bundle:
        """Return a bundle of codings with the themes, sites and coders that they name."""
        used = {coding.theme for coding in bundle.codings}
        used |= {above for theme in used for above in self.codebook.ancestors(theme)}
        bundle.codebook = Codebook(tuple(t for t in self.codebook if t.id in used), self.codebook.name)
        sites = {coding.site for coding in bundle.codings}
        sites |= {site for source in bundle.sources if not source.ref for site in source.sites}
        bundle.sites += [site for site in self.bundle.sites if site.key in sites]
        bundle.coders = sorted({coding.coder for coding in bundle.codings if coding.coder})
        return bundle

    def _propose(self, name: str, kind: str, proposed: set[str]) -> Named:
        if len(proposed) != 1:
            return Named(why=f"there is no {kind} “{name}”")
        key = next(iter(proposed))
        shown = f"“{self._label(key)}” [{key}]" if kind == "theme" else f"“{self.source(key).title}” [{key}]"
        if self.accepts:
            return Named(key, why=f"“{name}” was taken for {shown}", proposal=key)
        return Named(why=f"there is no {kind} “{name}”; the closest is {shown}", proposal=key)

    def _label(self, key: str) -> str:
        return self.codebook[key].label

    @cached_property
    def _themes(self) -> Mapping[str, tuple[str, ...]]:
        book = self.codebook
        return _index((theme.id, name) for theme in book.active for name in _names(theme, book))

    @cached_property
    def _sources(self) -> Mapping[str, tuple[str, ...]]:
        pairs: list[tuple[str, str]] = []
        for source in self.bundle.sources:
            files = [PurePath(path).name for path in (source.path, source.file_name) if path]
            names = (source.ref, source.title, *files, *(PurePath(file).stem for file in files))
            pairs += [(source.key, name) for name in names if name]
        return _index(pairs)


def known_texts(engine: Engine) -> dict[str, str]:
    """Return the reference of the first source of each text, by the hash of the text."""
    query = (
        select(RevisionEntity.text_sha256, SourceEntity.ref)
        .join(SourceEntity, RevisionEntity.source == SourceEntity.id)
        .where(RevisionEntity.is_current)
        .order_by(SourceEntity.id.desc())
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return {row.text_sha256: row.ref for row in rows}


def home_sites(engine: Engine | None) -> dict[str, tuple[BundledSite, ...]]:
    """Return the sites of the first source of each text, in their order, by the hash of the text."""
    if engine is None:
        return {}
    query = (
        select(RevisionEntity.text_sha256, RevisionEntity.source, SiteEntity.code, SiteEntity.name)
        .join(SourceSiteEntity, SourceSiteEntity.source == RevisionEntity.source)
        .join(SiteEntity, SiteEntity.id == SourceSiteEntity.site)
        .where(RevisionEntity.is_current)
        .order_by(RevisionEntity.source, SourceSiteEntity.id)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    first: dict[str, int] = {}
    found: dict[str, tuple[BundledSite, ...]] = {}
    for sha256, source, code, name in rows:
        if first.setdefault(sha256, source) == source:
            found[sha256] = (*found.get(sha256, ()), BundledSite(f"here {code}", name, code))
    return found


def hash_text(text: str) -> str:
    """Return what a text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


def _names(theme: Theme, book: Codebook) -> list[str]:
    """Return what a theme may be called; its path with the marks that other tools put between names."""
    path = book.path(theme.id)
    paths = [path.replace(" › ", mark) for mark in (" › ", " > ", "\\", "\\\\", "/", " / ", "::", " - ")]
    return [theme.id, theme.label, *theme.aliases, *paths]


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the keys that each name stands for; a key is its own name and no other's."""
    found: dict[str, dict[str, None]] = {}
    for key, name in pairs:
        found.setdefault(_fold(name), {})[key] = None
    return {name: (name,) if name in keys else tuple(keys) for name, keys in found.items()}


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _closest(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that resemble a name most."""
    from rapidfuzz import fuzz, process

    found = process.extract(name, list(known), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=5)
    return [each[0] for each in found if each[1] == found[0][1]]


def unassigned(name: str) -> BundledSite:
    """Return the site of a new source that no one has put at a site."""
    return BundledSite("new site", name)
