"""A study with its cross-references worked out once: who belongs to whom, and what was examined."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property, partial

from framework_coder.model.claims import Adjudication, Claim, Evidence, Stance
from framework_coder.model.codings import Coding
from framework_coder.model.collecting import no_collection
from framework_coder.model.pairing import Pairing, pair_up
from framework_coder.model.selection import Selection
from framework_coder.model.study import Coverage, Examined, Site, Source, Study
from framework_coder.model.triangulation import (
    Assessment,
    Item,
    Surroundings,
    assess,
    document_origin,
    find_origins,
    narrow,
    person_origin,
)
from framework_coder.model.wording import cite

_OF_REGISTER = {"sites", "sources", "origins", "origin_names", "spoken", "sources_of", "sources_by_method",
                "planned", "_active_below"}  # fmt: skip
_OF_COVERAGE = {"recorded", "_examined", "stale"}


class Bearings:
    """Look-ups over a study, limited to the codings that a selection lets count; built when asked for."""

    def __init__(self, study: Study, selection: Selection = Selection()) -> None:
        self.study = study
        self.selection = selection

    def inherit(self, older: "Bearings") -> "Bearings":
        """Take over what an older study's bearings worked out of the register, which must be the same."""
        self.__dict__.update({name: older.__dict__[name] for name in _OF_REGISTER & older.__dict__.keys()})
        return self

    def inherit_coverage(self, older: "Bearings", part: "Bearings", sources: Collection[int]) -> None:
        """Take over who examined what; of some sources, whose coverage changed, as `part` has it."""
        if not sources:
            kept = _OF_COVERAGE & older.__dict__.keys()
            self.__dict__.update({name: older.__dict__[name] for name in kept})
            return
        renew = partial(_renew, sources=set(sources))
        self.recorded = (
            renew(older.recorded[0], part.recorded[0]), renew(older.recorded[1], part.recorded[1])
        )  # fmt: skip
        self.stale = renew(older.stale, part.stale)

    def take_assessments(self, found: Mapping[int, Assessment]) -> None:
        """Take the assessments of all claims, which were worked out already."""
        self.assessments = {claim.id: found[claim.id] for claim in self.study.claims if claim.id in found}

    @cached_property
    def sites(self) -> dict[int, Site]:
        """Sites by id."""
        return {site.id: site for site in self.study.sites}

    @cached_property
    def sources(self) -> dict[int, Source]:
        """Sources by id."""
        return {source.id: source for source in self.study.sources}

    @cached_property
    def codings(self) -> dict[int, Coding]:
        """Codings by id, those that count under the selection."""
        if not (self.selection.methods or self.selection.coders):
            return {coding.id: coding for coding in self.study.codings}
        return {
            coding.id: coding
            for coding in self.study.codings
            if self.selection.counts(self.sources[coding.source].method, coding.coder)
        }

    @cached_property
    def claims(self) -> dict[int, Claim]:
        """Claims by id; a filter of methods or coders hides those that it takes all evidence from."""
        hidden = {
            link.claim for link in self.study.evidence if link.coding not in self.codings
        } - self.evidence.keys()
        return {claim.id: claim for claim in self.study.claims if claim.id not in hidden}

    @cached_property
    def evidence(self) -> dict[int, list[Evidence]]:
        """Evidence by claim, where its coding counts."""
        found: dict[int, list[Evidence]] = defaultdict(list)
        for link in self.study.evidence:
            if link.coding in self.codings:
                found[link.claim].append(link)
        return dict(found)

    @cached_property
    def charted(self) -> frozenset[int]:
        """The ids of codings that some claim cites."""
        return frozenset(link.coding for link in self.study.evidence)

    @cached_property
    def adjudications(self) -> dict[int, Adjudication]:
        """The last adjudication of each claim."""
        return {decision.claim: decision for decision in self.study.adjudications}

    @cached_property
    def origins(self) -> dict[int, frozenset[str]]:
        """Origins by source."""
        return find_origins(self.study.sources, self.study.design)

    @cached_property
    def origin_names(self) -> dict[str, str]:
        """What people and documents are called, by origin."""
        sources = self.study.sources
        people = {person_origin(name): name for s in sources for name in (*s.informants, *s.authors)}
        return people | {document_origin(source.ref): source.ref for source in sources}

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The methods some source of which has informants."""
        return frozenset(source.method for source in self.study.sources if source.informants)

    @cached_property
    def filtered_out(self) -> Counter[int]:
        """How many links of evidence the selection leaves out, by claim."""
        return Counter(link.claim for link in self.study.evidence if link.coding not in self.codings)

    @cached_property
    def sources_of(self) -> dict[int, list[Source]]:
        """The sources of each site that count under the selection, in register order."""
        found: dict[int, list[Source]] = {site.id: [] for site in self.study.sites}
        for source in self.study.sources:
            if not self.selection.methods or source.method in self.selection.methods:
                for site in source.sites:
                    found[site].append(source)
        return found

    @cached_property
    def collected_items(self) -> dict[int, list[Item]]:
        """For each site the items that its sources would be if they supported a claim."""
        return {
            site: [Item(0, source, Stance.SUPPORTS, self.origins[source.id]) for source in sources]
            for site, sources in self.sources_of.items()
        }

    @cached_property
    def sources_by_method(self) -> dict[int, dict[str, set[int]]]:
        """For each site the ids of its sources by planned method, in the methods' order."""
        methods = [method.id for method in self.study.design.planned_methods]
        return {
            site: {method: {s.id for s in sources if s.method == method} for method in methods}
            for site, sources in self.sources_of.items()
        }

    @cached_property
    def planned(self) -> frozenset[str]:
        """The ids of the planned methods."""
        return self.study.design.planned_ids

    @cached_property
    def _active_below(self) -> dict[str, tuple[str, ...]]:
        book = self.study.codebook
        return {t.id: tuple(c.id for c in book.children(t.id) if not c.is_retired) for t in book}

    @cached_property
    def recorded(self) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """The sources with whole and current coverage by theme, and those with less than that.

        What a coder recorded later holds in place of what the same coder recorded before.
        """
        newest: dict[tuple[int, str, str], Coverage] = {}
        for row in self.study.coverage:
            spot = (row.source, row.theme, row.coder)
            if spot not in newest or row.version >= newest[spot].version:
                newest[spot] = row
        whole: dict[str, set[int]] = defaultdict(set)
        short: dict[str, set[int]] = defaultdict(set)
        for row in newest.values():
            is_whole = row.state is Examined.EXAMINED and row.version >= self._settled_since(row.theme)
            (whole if is_whole else short)[row.theme].add(row.source)
        return whole, short

    @cached_property
    def _examined(self) -> dict[str, set[int]]:
        return {}

    def examined(self, theme: str) -> set[int]:
        """Return the ids of the sources read for a theme and all active themes below it, as they are now."""
        if theme not in self._examined:
            whole, short = self.recorded
            below = self._active_below[theme]
            found = (self.sources.keys() - (short[theme] - whole[theme])) if below else whole[theme]
            for child in below:
                found = found & self.examined(child)
            self._examined[theme] = found
        return self._examined[theme]

    @cached_property
    def stale(self) -> dict[str, set[int]]:
        """The sources examined for a theme that has changed its meaning since, and not again, by theme."""
        found: dict[str, set[int]] = defaultdict(set)
        again = self.recorded[0]
        for row in self.study.coverage:
            if row.state is not Examined.NOT and row.version < self._settled_since(row.theme):
                found[row.theme].add(row.source)
        return defaultdict(set, {theme: sources - again[theme] for theme, sources in found.items()})

    def _settled_since(self, theme: str) -> int:
        return self.study.settled_since.get(theme, self.study.version)

    def surroundings(self, site: int, theme: str) -> Surroundings:
        """Return what is true of a cell whatever its claims say."""
        sources = self.sources_of[site]
        examined = self.examined(theme)
        stale: set[int] = set().union(*(self.stale[t] for t in self.study.codebook.descendants(theme)))
        years = [year for source in sources if (year := source.produced_on.year) is not None]
        return Surroundings(
            frozenset(source.method for source in sources) & self.planned,
            sum(source.id in examined for source in sources),
            len(sources),
            max(years, default=None),
            any(source.id in stale for source in sources),
        )

    @cached_property
    def assessments(self) -> dict[int, Assessment]:
        """The assessment of every claim, by id."""
        with no_collection():
            return self._assess()

    def _assess(self) -> dict[int, Assessment]:
        around: dict[tuple[int, str], Surroundings] = {}
        found: dict[int, Assessment] = {}
        for claim in self.claims.values():
            place = (claim.site, claim.theme)
            if place not in around:
                around[place] = self.surroundings(*place)
            cited = [self.codings[link.coding] for link in self.evidence.get(claim.id, ())]
            drifted = sum([coding.is_drifted for coding in cited])
            found[claim.id] = assess(
                self.items(claim.id),
                self.study.design,
                self.adjudications.get(claim.id),
                around[place],
                drifted,
            )
        return found

    @cached_property
    def pairings(self) -> dict[int, list[Pairing]]:
        """How each pair of planned methods stands on every claim, by the id of the claim."""
        with no_collection():
            found: dict[int, list[Pairing]] = {claim: [] for claim in self.claims}
            for pairing in pair_up(self, self.claims.values()):
                found[pairing.claim].append(pairing)
            return found

    @cached_property
    def _tokens(self) -> dict[int, str]:
        return {}

    def cite(self, coding: Coding) -> str:
        """Return the citation token of a coding: `[D07 p4 ¶2]`."""
        if coding.id not in self._tokens:
            self._tokens[coding.id] = cite(self.sources[coding.source], coding)
        return self._tokens[coding.id]

    def items(self, claim: int) -> list[Item]:
        """Return the live evidence items of a claim, context included."""
        links = self.evidence.get(claim, ())
        return [self.read_item(link) for link in links if self.codings[link.coding].is_live]

    def read_item(self, link: Evidence) -> Item:
        """Return the item that a link stands for, whether or not its coding is live."""
        source = self.sources[self.codings[link.coding].source]
        origins = narrow(self.origins[source.id], link.origins)
        return Item(link.coding, source, link.stance, origins, link.is_inferred, link.prominence)


def _renew(
    older: Mapping[str, set[int]], newer: Mapping[str, set[int]], sources: set[int]
) -> dict[str, set[int]]:
    """Return sources by theme, with what is known anew of some of them in place of what was."""
    found: dict[str, set[int]] = defaultdict(set)
    for theme in older.keys() | newer.keys():
        found[theme] = (older.get(theme, set()) - sources) | (newer.get(theme, set()) & sources)
    return found
