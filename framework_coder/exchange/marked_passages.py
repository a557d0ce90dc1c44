"""Passages that a reader marked in a copy of a document, with the names of themes in the notes on them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine

from framework_coder.exchange.bundle import Bundle, BundledCoding, BundledSource
from framework_coder.exchange.here import Here, Named, unassigned
from framework_coder.model.anchors import find_anchor, make_anchor
from framework_coder.model.sources import SourceText

TAKES = ("source", "site", "accept_proposals")
UNASSIGNED = "Unassigned"
_SHOWN = 60
"""Letters of a note that are shown."""


class Marked(NamedTuple):
    """A passage `start:end` of the copy's text, who marked it, when, and what the note says."""

    start: int
    end: int
    author: str
    made_on: str
    note: str


def bundle_marks(
    path: Path, text: SourceText, marks: Iterable[Marked], options: Mapping[str, Any], engine: Engine
) -> Bundle:
    """Return the marks as codings by those who made them.

    A note says one theme or several, with `;` between them (or `,` or `/`, where each part is a theme); what
    stands after a colon, or on later lines, is the memo. Only a theme's own id, label, alias or path is
    taken; other names are listed with the closest one, which the option `accept_proposals` takes.
    The copy is the source of equal text, else the one that `source` names or that has its file name, else a
    new source (at the site that `site` names).
    """
    here = Here(engine, accepts=bool(options.get("accept_proposals")))
    bundle = Bundle(name=path.stem)
    marking = _Marking(here, bundle, text, _choose_source(here, bundle, path, text, options), options)
    for mark in marks:
        marking.code(mark)
    return here.complete(bundle)


def _choose_source(
    here: Here, bundle: Bundle, path: Path, text: SourceText, options: Mapping[str, Any]
) -> BundledSource:
    wanted = str(options.get("source", "")).strip()
    named = here.find_source(wanted or path.name)
    key = "" if wanted else here.find_text(text.text)
    if not key and named.key and (wanted or not named.proposal):
        key = named.key
        bundle.choices.append(f"{path.name} is taken for a copy of {key} ({here.source(key).title}).")
    if wanted and not key:
        bundle.lose("sources", named.why)
    if key:
        source = here.source(key)
    else:
        source = _new_source(bundle, path, text, str(options.get("site", "")).strip(), here)
    bundle.sources.append(source)
    return source


def _new_source(bundle: Bundle, path: Path, text: SourceText, site: str, here: Here) -> BundledSource:
    known = here.find_site(site).key if site else ""
    if not known:
        known = "new site"
        bundle.sites.append(unassigned(site or UNASSIGNED))
        bundle.choices.append(
            f"{path.name} is a new source, at the site “{site or UNASSIGNED}”; --set site=NAME names another."
        )
    content = path.read_bytes()
    return BundledSource(
        key=f"new {path.name}",
        title=text.metadata.title or path.stem,
        load=lambda: text,
        original=lambda: content,
        file_name=path.name,
        media_type=text.media_type,
        sites=(known,),
    )


class _Marking:
    """Turns marks into codings of one source."""

    def __init__(
        self, here: Here, bundle: Bundle, copy: SourceText, source: BundledSource, options: Mapping[str, Any]
    ) -> None:
        self._here, self._bundle, self._source = here, bundle, source
        self._copy = copy.text
        self._text = source.load().text
        site = str(options.get("site", "")).strip()
        found = here.find_site(site).key if site else ""
        self._site = found if found in source.sites else ""

    def code(self, mark: Marked) -> None:
        """Add the codings of one mark, or say why there are none."""
        if not mark.note.strip():
            self._bundle.lose("comments", "say nothing, and so name no theme")
            return
        span = self._place(mark)
        if span is None:
            return
        names, memo = read_note(mark.note, self._here)
        for name in names:
            found = self._here.find_theme(name)
            self._tell(found)
            if found.key:
                self._add(mark, span, found.key, memo)

    def _add(self, mark: Marked, span: tuple[int, int], theme: str, memo: str) -> None:
        self._bundle.codings.append(
            BundledCoding(
                key=str(len(self._bundle.codings)),
                source=self._source.key,
                theme=theme,
                start=span[0],
                end=span[1],
                quote=self._text[slice(*span)],
                site=self._site,
                coder=mark.author,
                made_on=mark.made_on,
                memo=memo,
            )
        )

    def _tell(self, found: Named) -> None:
        if found.key and found.why:
            self._bundle.choices.append(f"{found.why[0].upper()}{found.why[1:]}.")
        elif found.why:
            advice = "; --accept-proposals takes it" if found.proposal else ""
            self._bundle.lose("comments", f"name no theme: {found.why}{advice}")

    def _place(self, mark: Marked) -> tuple[int, int] | None:
        """Return the passage in the stored text, white space at its ends left out; None where not sure."""
        quote = self._copy[mark.start : mark.end]
        start = mark.start + len(quote) - len(quote.lstrip())
        end = mark.start + len(quote.rstrip())
        if start >= end:
            self._bundle.lose("comments", f"stand on no words of the text: {_shown(mark)}")
            return None
        if self._copy == self._text:
            return start, end
        found = find_anchor(self._text, make_anchor(self._copy, start, end))
        sure = [place for place in found if place.how != "fuzzy"]
        if len(sure) != 1:
            why = f"stand on words that {self._source.key} does not have, or has twice"
            self._bundle.lose("comments", f"{why}: {_shown(mark)}")
            return None
        return sure[0].start, sure[0].end


def read_note(note: str, here: Here) -> tuple[list[str], str]:
    """Return the names of themes in a note, and the memo after them."""
    first, _, later = note.strip().partition("\n")
    if whole := _themes(first, here):
        return whole, later.strip()
    names, colon, memo = first.partition(":")
    parts = _themes(names, here) or _split(names, ";") if colon else _split(first, ";")
    return parts, "\n".join(filter(None, (memo.strip(), later.strip())))


def _themes(names: str, here: Here) -> list[str]:
    """Return the parts of names that are all themes, divided at a sign that people put between them."""
    for signs in (";", ";,", ";,/"):
        parts = _split(names, signs)
        if all(here.find_theme(part).key and not here.find_theme(part).proposal for part in parts):
            return parts
    return []


def _split(names: str, signs: str) -> list[str]:
    parts = (name.strip().rstrip(".,") for name in re.split(f"[{signs}]", names))
    return [part for part in parts if part] or [names.strip()]


def _shown(mark: Marked) -> str:
    note = " ".join(mark.note.split())
    return f"“{note if len(note) <= _SHOWN else f'{note[:_SHOWN]}…'}”"
