"""The passages that a cell can cite: from citation to coding and back, and completed as one types.

What a citation means, first match: the coding of that number; a coding at exactly that place in the cell's
theme or below; one at a wider place (`[D07]`, `[D07 p4]`) there; the same at the site's other themes. Of
several there, what somebody chose goes before what a questionnaire's structure gave. Several codings of one
passage are one: the cell's own theme, then the older one. Where one passage holds all the others, as a whole
paragraph does, it is meant. Otherwise nobody guesses: `#412` says which.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import islice

from framework_coder.model.citations import Citation, reads_back, write_token
from framework_coder.model.codebook import Codebook
from framework_coder.model.codings import Coding, CodingOrigin, CodingState
from framework_coder.model.sources import Locator
from framework_coder.model.spelling import closest
from framework_coder.model.study import Source

EXCERPT = 80
"""Characters of a quote that a candidate shows."""

FEW = 500
"""Up to so many candidates with the typed beginning are sorted; of more, the best are looked for in order."""


@dataclass(frozen=True, slots=True)
class Unfound:
    """Why a citation leads to no coding; `is_uncoded` where its place is one that nobody has coded yet."""

    sentence: str
    meant: str = ""
    is_uncoded: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coding that may be cited: the token that means it, the beginning of its quote, and its theme."""

    token: str
    coding: int
    quote: str
    theme: str
    is_charted: bool = False


def excerpt(text: str, length: int = EXCERPT) -> str:
    """Return the beginning of a text on one line, `…` where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


class Passages:
    """The codings of a site as one of its cells sees them, looked up by source and place.

    `cited` are codings that the claim at hand cites already: they stay whatever became of them since.
    `charted` are those that a claim of the cell cites.
    """

    def __init__(
        self,
        theme: str,
        book: Codebook,
        sources: Iterable[Source],
        codings: Iterable[Coding],
        *,
        site: int,
        cited: Collection[int] = (),
        charted: Collection[int] = (),
    ) -> None:
        self._theme, self._below = theme, frozenset(book.descendants(theme))
        self._sources = {source.ref: source for source in sources}
        self._refs: Mapping[int, str] = {source.id: ref for ref, source in self._sources.items()}
        self._site, self._cited, self._charted = site, frozenset(cited), frozenset(charted)
        self._places: dict[int, dict[str, list[Coding]]] = {}
        self.codings = {coding.id: coding for coding in codings if coding.site == site}

    @cached_property
    def _of_source(self) -> dict[int, list[Coding]]:
        found: dict[int, list[Coding]] = defaultdict(list)
        for coding in self.codings.values():
            found[coding.source].append(coding)
        return dict(found)

    def _at(self, source: int, place: Locator) -> list[Coding]:
        """Return the codings of a source at a place, and at the narrower ones in it."""
        if source not in self._places:
            there: dict[str, list[Coding]] = defaultdict(list)
            for coding in self._of_source.get(source, ()):
                for around in _places_around(coding.locator):
                    there[around].append(coding)
            self._places[source] = dict(there)
        return self._places[source].get(str(place).casefold(), [])

    def find(self, citation: Citation) -> Coding | Unfound:
        """Return the coding that a citation means, or why there is none."""
        if citation.coding is not None:
            return self._find_number(citation, citation.coding)
        source = self._sources[citation.ref]
        if self._site not in source.sites:
            meant = closest(citation.ref, [s.ref for s in self._sources.values() if self._site in s.sites])
            place = str(citation.place)
            return Unfound(f"{citation.ref} is a source of another site", f"{meant} {place}" if meant else "")
        there = self._at(source.id, citation.place)
        live = [coding for coding in there if coding.is_live]
        for of_theme in (True, False):
            for exact in (True, False):
                found = [c for c in live if self._fits(c, citation, of_theme=of_theme, exact=exact)]
                if found:
                    return self._choose(found)
        return self._refuse(there[0]) if there else self._miss(source, citation)

    def _fits(self, coding: Coding, citation: Citation, *, of_theme: bool, exact: bool) -> bool:
        is_exact = str(coding.locator).casefold() == str(citation.place).casefold()
        return (coding.theme in self._below) is of_theme and is_exact is exact

    def _find_number(self, citation: Citation, number: int) -> Coding | Unfound:
        coding = self.codings.get(number)
        if coding is None:
            return Unfound(f"there is no coding {number} of this site")
        ref, place = self._refs[coding.source], str(citation.place).casefold()
        if citation.ref not in ("", ref) or place not in ("", *_places_around(coding.locator)):
            return Unfound(f"coding {number} stands at {ref} {coding.locator}", self.token_of(coding))
        if coding.is_live or number in self._cited:
            return coding
        return self._refuse(coding)

    def _choose(self, found: list[Coding]) -> Coding | Unfound:
        found = [c for c in found if c.origin is not CodingOrigin.STRUCTURE] or found
        start, end = min(c.start for c in found), max(c.end for c in found)
        widest = [c for c in found if (c.start, c.end) == (start, end)]
        if widest:
            return min(widest, key=lambda c: (c.theme != self._theme, c.id))
        several = ", ".join(f"#{c.id} “{excerpt(c.quote, 40)}”" for c in found[:5])
        meant = f"{self._refs[found[0].source]} {found[0].locator} #{found[0].id}"
        return Unfound(f"several passages stand there ({several}); say which, as in [{meant}]")

    def _refuse(self, coding: Coding) -> Unfound:
        return Unfound(explain_refusal(coding))

    def _miss(self, source: Source, citation: Citation) -> Unfound:
        near = _nearest(citation.place, [c for c in self._of_source.get(source.id, ()) if c.is_live])
        there = self.find(Citation(source.ref, _bare(near.locator))) if near else None
        meant = self.token_of(there if isinstance(there, Coding) else near) if near else ""
        is_uncoded = bool(str(citation.place))
        return Unfound("no passage of this site is coded there", meant, is_uncoded)

    def token_of(self, coding: Coding) -> str:
        """Return the shortest token that means this coding and no other, without stance."""
        ref = self._refs[coding.source]
        plain = write_token(ref, coding.locator)
        if not reads_back(plain, ref, coding.locator):
            return f"#{coding.id}"
        place = _bare(coding.locator)
        found = self.find(Citation(ref, place))
        is_meant = isinstance(found, Coding) and found.id == coding.id
        return plain if is_meant else write_token(ref, coding.locator, coding.id)

    @cached_property
    def _citable(self) -> list[tuple[str, Coding]]:
        """What can be cited, best first, each with the words that begin as its token does.

        Uncharted passages of the cell come first, then charted ones, then those of other themes.
        """
        order = {source: place for place, source in enumerate(self._refs)}
        live = [coding for coding in self.codings.values() if coding.is_live]
        live.sort(
            key=lambda c: (c.theme not in self._below, c.id in self._charted, order[c.source], c.start, c.id)
        )
        refs = self._refs
        return [(write_token(refs[c.source], c.locator, c.id).casefold(), c) for c in live]

    @cached_property
    def _sorted(self) -> list[tuple[str, int]]:
        return sorted((words, rank) for rank, (words, _) in enumerate(self._citable))

    def complete(self, typed: str, limit: int = 20) -> tuple[Candidate, ...]:
        """Return what may be meant by a citation that is being typed: uncharted passages of the cell first.

        `typed` is the text up to the cursor, or the citation's beginning alone.
        """
        begun = _beginning(typed)
        low = bisect_left(self._sorted, (begun,))
        high = bisect_left(self._sorted, (begun + chr(0x10FFFF),))
        if high - low > FEW:
            fits = (coding for words, coding in self._citable if words.startswith(begun))
            return tuple(map(self._candidate, islice(fits, limit)))
        ranks = nsmallest(limit, (rank for _, rank in self._sorted[low:high]))
        return tuple(self._candidate(self._citable[rank][1]) for rank in ranks)

    def _candidate(self, coding: Coding) -> Candidate:
        token, is_charted = f"[{self.token_of(coding)}]", coding.id in self._charted
        return Candidate(token, coding.id, excerpt(coding.quote), coding.theme, is_charted)


def explain_refusal(coding: Coding) -> str:
    """Return why a coding cannot be evidence, or nothing where it can."""
    number = coding.id
    if coding.state is CodingState.PROPOSED:
        return f"coding {number} is only proposed; accept it first (`code accept {number}`)"
    if coding.state is CodingState.REJECTED:
        return f"coding {number} was rejected; accept it first if that was wrong (`code accept {number}`)"
    if coding.is_drifted:
        return f"the quote of coding {number} no longer stands in the current text; place it again first"
    return ""


@lru_cache(maxsize=20_000)
def _places_around(locator: Locator) -> frozenset[str]:
    """Return the place itself and the wider ones that hold it, as citations write them."""
    place = _bare(locator)
    wider = {place, Locator(), Locator(page=place.page), Locator(cell=place.cell)}
    if place.page:
        wider.add(Locator(paragraph=place.paragraph, row=place.row))
    return frozenset(str(each).casefold() for each in wider)


def _nearest(place: Locator, codings: Iterable[Coding]) -> Coding | None:
    """Return the coding nearest to a place on its page, else the one whose place is spelled most alike."""
    all_of_them = list(codings)
    on_page = [c for c in all_of_them if c.locator.page == place.page and c.locator.paragraph]
    if place.paragraph and on_page:
        wanted = place.paragraph
        return min(on_page, key=lambda c: (abs((c.locator.paragraph or 0) - wanted), c.start, c.id))
    spelled = {str(c.locator): c for c in all_of_them}
    return spelled.get(closest(str(place), spelled) or "")


def _bare(locator: Locator) -> Locator:
    """Return what a citation keeps of a place."""
    if locator.cell:
        return Locator(sheet=locator.sheet, cell=locator.cell)
    return Locator(locator.page, locator.paragraph, row=None if locator.paragraph else locator.row)


_LONG_FORMS = (
    (re.compile(r"\bpara(?:graph)?\.?\s*(?=\d|$)"), "¶"),
    (re.compile(r"¶\s+"), "¶"),
    (re.compile(r"\bp(?:age)?\.?\s+(?=\d)|\bp(?:age|\.)(?=\d)"), "p"),
    (re.compile(r"\br(?:ow)?\.?\s+(?=\d)|\br(?:ow|\.)(?=\d)"), "r"),
)


def _beginning(typed: str) -> str:
    """Return the citation that is being typed, in the spelling of tokens."""
    begun = re.split(r"[\[;]", typed)[-1].casefold()
    for form, short in _LONG_FORMS:
        begun = form.sub(short, begun)
    return re.sub(r"\s+", " ", begun).lstrip()
