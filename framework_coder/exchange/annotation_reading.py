"""Annotations onto the texts of a project: by their place where the quote stands there, else by the quote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine

from framework_coder.exchange.annotation_tree import Annotation, Spot, Tag, list_annotations
from framework_coder.exchange.annotation_writing import Addresses
from framework_coder.exchange.bundle import (
    Bundle,
    BundledCoding,
    BundledMemo,
    BundledSource,
    BundledTarget,
)
from framework_coder.exchange.bundling import bundle_project
from framework_coder.exchange.naming import make_theme_id
from framework_coder.model.anchors import Anchor, find_anchor
from framework_coder.model.codebook import Codebook, Theme, ThemeOrigin
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.model.dates import PartialDate
from framework_coder.model.wording import count

_SHOWN = 60
_LAST_PLAIN = "\uffff"
"""The last character that every tool counts once."""


def read_annotations(tree: Any, engine: Engine, source: str = "") -> Bundle:
    """Return the annotations of a tree as codings and memos on the project's sources.

    `source` is the reference of the one that annotations are on whose own source is not known here.
    """
    return _Reading(bundle_project(engine), source).read(tree)


@dataclass
class _Placed:
    """A passage found: its span, and how surely."""

    start: int
    end: int
    quote: str
    score: float | None = None
    reason: str = ""


@dataclass
class _Reading:
    """Turns annotations into things of a bundle; `here` is the project."""

    here: Bundle
    source: str
    bundle: Bundle = field(default_factory=Bundle)
    themes: dict[str, Theme] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    positions: int = 0
    resembling: int = 0

    def __post_init__(self) -> None:
        addresses = Addresses(self.here)
        book = self.here.codebook
        self.known = {theme.id: theme for theme in book}
        self.by_address = {addresses.of("theme", theme.id): theme.id for theme in book}
        self.by_name = {
            name.casefold(): theme.id
            for theme in reversed(book.active)
            for name in (book.path(theme.id), theme.label, theme.id)
        }
        self.sources = {source.key: source for source in self.here.sources}
        self.names = self._name_sources(addresses)
        self.hashes: dict[str, str] = {}
        self.coded: set[tuple[Any, ...]] = set()

    def _name_sources(self, addresses: Addresses) -> dict[str, str]:
        """Return the source of each name that is one source's only."""
        found: dict[str, set[str]] = {}
        for source in self.here.sources:
            files = (PurePosixPath(source.path).name, source.file_name)
            stems = (PurePosixPath(name).stem for name in files)
            names = (addresses.of("source", source.key), source.key, source.url, source.title, *files, *stems)
            for name in filter(None, names):
                found.setdefault(name.casefold(), set()).add(source.key)
        return {name: min(keys) for name, keys in found.items() if len(keys) == 1}

    def read(self, tree: Any) -> Bundle:
        """Return the bundle; only sources, sites and themes that are needed are in it."""
        waiting: dict[str, list[tuple[Annotation, Spot]]] = {}
        for annotation in list_annotations(tree):
            if annotation is None:
                self.bundle.lose("pages", "of annotations lie elsewhere and were not fetched")
                continue
            if not annotation.spots:
                self.bundle.lose("annotations", "have no target")
            for spot in annotation.spots:
                source = self._find(spot)
                if source is None:
                    told = "are on a source that this project does not have (say which with --set source=D07)"
                    self.bundle.lose("annotations", told)
                else:
                    waiting.setdefault(source.key, []).append((annotation, spot))
        for source in self.here.sources:
            if found := waiting.get(source.key):
                text = source.load().text
                for annotation, spot in found:
                    self._take(annotation, spot, source, text)
        return self._close(waiting)

    def _close(self, used: Mapping[str, object]) -> Bundle:
        bundle = self.bundle
        bundle.sources = [source for source in self.here.sources if source.key in used]
        sites = {site for source in bundle.sources for site in source.sites}
        bundle.sites = [site for site in self.here.sites if site.key in sites]
        bundle.codebook = Codebook(tuple(self.themes.values()))
        if self.positions:
            told = count(self.positions, "annotation gives", "annotations give")
            bundle.choices.append(f"{told} a position without a quote; it counts code points.")
        if self.resembling:
            told = count(self.resembling, "passage stands", "passages stand")
            bundle.choices.append(f"{told} in the text in slightly other words; look at them.")
        return bundle

    def _find(self, spot: Spot) -> BundledSource | None:
        """Return the source by its address or a name, else by its text, else the one that was named."""
        addressed = next((name for name in spot.names if name.startswith("urn:uuid:")), "")
        if addressed in self.names:
            return self.sources[self.names[addressed]]
        if spot.sha256 and not self.hashes:
            for source in reversed(self.here.sources):
                self.hashes[sha256(source.load().text.encode()).hexdigest()] = source.key
        if spot.sha256 in self.hashes:
            return self.sources[self.hashes[spot.sha256]]
        for name in spot.names:
            for called in (name, *_endings(name)):
                if called.casefold() in self.names:
                    return self.sources[self.names[called.casefold()]]
        return self.sources.get(self.source)

    def _take(self, annotation: Annotation, spot: Spot, source: BundledSource, text: str) -> None:
        if not annotation.tags:
            self._take_comment(annotation, spot, source)
            return
        if not spot.exact and spot.start is None:
            self.bundle.lose("annotations", "are on a whole source, and a coding is a passage")
            return
        placed = self._place(spot, text)
        if isinstance(placed, str):
            self.bundle.lose("annotations", placed)
            return
        for tag in annotation.tags:
            theme = self._theme(tag)
            spot_of = (id(annotation), source.key, theme, placed.start, placed.end)
            if spot_of not in self.coded:  # targets or bodies that say the same twice
                self.coded.add(spot_of)
                self._code(annotation, placed, source, theme)

    def _take_comment(self, annotation: Annotation, spot: Spot, source: BundledSource) -> None:
        """Keep a comment without a tag as a memo on its source."""
        if not annotation.comments:
            self.bundle.lose("annotations", "have neither a tag nor a comment")
            return
        said = "\n\n".join(annotation.comments)
        text = f"{said}\n\n“{spot.exact}” ({source.ref})" if spot.exact else said
        title = " ".join((spot.exact or said).split())[:_SHOWN]
        made_on = _day(annotation.created)
        target = BundledTarget(source=source.key)
        key = f"memo {len(self.bundle.memos) + 1}"
        self.bundle.memos.append(
            BundledMemo(key, title, text, author=annotation.creator, made_on=made_on, targets=(target,))
        )

    def _place(self, spot: Spot, text: str) -> _Placed | str:
        if not spot.exact:
            start, end = spot.start or 0, spot.end or 0
            if not 0 <= start < end <= len(text) or not text[start:end].strip():
                return "have a position outside their text, and no quote"
            self.positions += 1
            if max(text[:end]) > _LAST_PLAIN:
                told = "without a quote stand behind emoji or the like, which many tools count twice"
                self.bundle.lose("positions", f"{told}: look at them")
            return _Placed(start, end, text[start:end])
        found = find_anchor(text, Anchor(spot.exact, spot.prefix, spot.suffix, spot.start))
        if not found:
            return "have a quote that does not stand in their source"
        if len(found) > 1:
            return "have a quote that stands in several places, and nothing tells them apart"
        place = found[0]
        placed = _Placed(place.start, place.end, text[place.start : place.end])
        if place.how == "fuzzy":
            self.resembling += 1
            placed.score = round(place.score, 1)
            placed.reason = f"placed by resemblance; the annotation says “{spot.exact}”"
        return placed

    def _theme(self, tag: Tag) -> str:
        """Return the id of a tag's theme; one that is not known here is a new one."""
        named = (name for name in (tag.label, *_endings(tag.iri)) if name)
        found = (
            self.by_address.get(tag.iri)
            or (tag.theme if tag.theme in self.known else None)
            or next(
                (self.by_name[name.casefold()] for name in named if name.casefold() in self.by_name), None
            )
        )
        if found is None:
            label = tag.label or next(iter(_endings(tag.iri)), tag.theme or tag.iri)
            found = make_theme_id(label, None, self.known)
            theme = Theme(found, label, origin=ThemeOrigin.EMERGENT)
            self.known[found] = theme
            self.by_name[label.casefold()] = found
            if tag.iri:
                self.by_address[tag.iri] = found
        self.themes[found] = replace(self.known[found], parent=None, merged_into=None, split_from=None)
        return found

    def _code(self, annotation: Annotation, placed: _Placed, source: BundledSource, theme: str) -> None:
        own, key = annotation.own, f"{annotation.id or 'annotation'} {len(self.bundle.codings)}"
        site, score = str(own.get("site", "")), own.get("score")
        if annotation.id.startswith("urn:uuid:") and not own:
            self.bundle.guids["coding", key] = annotation.id.removeprefix("urn:uuid:").upper()
        self.bundle.codings.append(
            BundledCoding(
                key=key,
                source=source.key,
                theme=theme,
                start=placed.start,
                end=placed.end,
                quote=placed.quote,
                site=site if site in source.sites else "",
                coder=annotation.creator,
                made_on=own["madeOn"] if _is_date(own.get("madeOn")) else _day(annotation.created),
                memo="\n\n".join(annotation.comments),
                state=_choose(CodingState, own.get("state"), CodingState.ACCEPTED),
                origin=_choose(CodingOrigin, own.get("origin"), CodingOrigin.IMPORT),
                score=placed.score if placed.score is not None else _number(score),
                reason=placed.reason or str(own.get("reason", "")),
            )
        )


def _choose(kind: Any, value: Any, default: Any) -> Any:
    return kind(value) if isinstance(value, str) and value in set(kind) else default


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not value:
        return False
    try:
        PartialDate(value)
    except ValueError:
        return False
    return True


def _day(moment: str) -> str:
    """Return the date of a moment, where it is one."""
    return moment[:10] if _is_date(moment[:10]) else ""


def _endings(address: str) -> Iterator[str]:
    """Yield what an address ends with, which may be the name of a file."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    for part in (parts.fragment, parts.path):
        name = unquote(part).rstrip("/").rpartition("/")[2].rpartition(":")[2]
        if name:
            yield name
            if (stem := PurePosixPath(name).stem) != name:
                yield stem
