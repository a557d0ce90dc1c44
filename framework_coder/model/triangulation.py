"""The status of a claim, from who says what: the rule of method.md §4, exactly.

The unit is the claim. Only live evidence counts, and context never does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from framework_coder.model.claims import Adjudication, Stance
from framework_coder.model.design import Design, Originator
from framework_coder.model.independence import Witness, largest_independent
from framework_coder.model.study import Source

FAR_APART_YEARS = 5
"""`dated` and `period_gap` speak of more years than these."""


class Status(StrEnum):
    """How well a claim stands; the order of the members is the order from worst to best."""

    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    CONTESTED = "contested"
    QUALIFIED_ONLY = "qualified_only"
    SINGLE = "single"
    REPEATED = "repeated"
    CORROBORATED = "corroborated"
    RESOLVED = "resolved"
    TRIANGULATED = "triangulated"
    TRIANGULATED_ALL = "triangulated_all"

    @property
    def rank(self) -> int:
        """The place in the order from worst (0) to best."""
        return _RANKS[self]


_RANKS = {status: rank for rank, status in enumerate(Status)}


class Flag(StrEnum):
    """What to know beside a status."""

    PARTIAL = "partial"
    INFERRED_ONLY = "inferred_only"
    INTERNAL_ONLY = "internal_only"
    ONE_DOCUMENT_TYPE = "one_document_type"
    MULTI_INFORMANT = "multi_informant"
    DATED = "dated"
    UNDATED = "undated"
    PERIOD_GAP = "period_gap"
    DRIFTED = "drifted"
    COVERAGE = "coverage"
    STALE_FRAMEWORK = "stale_framework"
    STALE_ADJUDICATION = "stale_adjudication"


@dataclass(frozen=True, slots=True)
class Item:
    """A live evidence item: a coding of a source, with the origins that speak in it."""

    coding: int
    source: Source
    stance: Stance
    origins: frozenset[str]
    is_inferred: bool = False
    prominence: int | None = None

    @property
    def witness(self) -> Witness:
        """What independence is decided on."""
        return self.source.id, self.origins, self.source.method


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is true of the cell a claim stands in.

    `collected` are the planned methods with a source at the site; `examined` of `sources` sources were read
    for the theme; `newest` is the year of the site's newest source.
    """

    collected: frozenset[str] = frozenset()
    examined: int = 0
    sources: int = 0
    newest: int | None = None
    is_stale_framework: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """A claim's status and what it rests on.

    `independent` is g, `methods` is t, `planned` is k and `available` the planned methods collected at the
    site. `breadth` is the status of the support alone (shown beside RESOLVED), or None without support.
    """

    status: Status
    breadth: Status | None
    independent: int
    methods: int
    planned: int
    available: int
    supports: tuple[Item, ...] = ()
    qualifies: tuple[Item, ...] = ()
    contradicts: tuple[Item, ...] = ()
    flags: tuple[Flag, ...] = ()
    drifted: int = 0
    examined: int = 0
    sources: int = 0


def assess(
    items: Iterable[Item],
    design: Design,
    adjudication: Adjudication | None = None,
    surroundings: Surroundings = Surroundings(),
    drifted: int = 0,
) -> Assessment:
    """Return the assessment of a claim from its live evidence items.

    `drifted` counts the items left out because their quote no longer stands at its span.
    """
    supports, qualifies, contradicts = sides = _take_sides(items)
    planned = design.planned_ids
    breadth, g, t = measure_breadth(frozenset([item.witness for item in supports]), planned)
    status = _status(breadth, supports, qualifies, contradicts, adjudication)
    return Assessment(
        status=status,
        breadth=breadth,
        independent=g,
        methods=t,
        planned=len(planned),
        available=len(surroundings.collected),
        supports=supports,
        qualifies=qualifies,
        contradicts=contradicts,
        flags=_flags(status, sides, adjudication, surroundings, drifted),
        drifted=drifted,
        examined=surroundings.examined,
        sources=surroundings.sources,
    )


def judge(
    supports: Sequence[Item],
    qualifies: Sequence[Item],
    contradicts: Sequence[Item],
    planned: frozenset[str],
    adjudication: Adjudication | None = None,
) -> Status:
    """Return the status alone: what `assess` says of the same items, where only that is asked."""
    breadth, _, _ = measure_breadth(frozenset([item.witness for item in supports]), planned)
    return _status(breadth, supports, qualifies, contradicts, adjudication)


_Side = tuple[Item, ...]


def _take_sides(items: Iterable[Item]) -> tuple[_Side, _Side, _Side]:
    """Return what supports, qualifies and contradicts, each by source and coding."""
    sides: dict[Stance, list[Item]] = {stance: [] for stance in _STANCES}
    for item in sorted(items, key=_place):
        sides[item.stance].append(item)
    return (
        tuple(sides[Stance.SUPPORTS]),
        tuple(sides[Stance.QUALIFIES]),
        tuple(sides[Stance.CONTRADICTS]),
    )


_STANCES = tuple(Stance)


def _place(item: Item) -> tuple[int, int]:
    return item.source.id, item.coding


@lru_cache(maxsize=1 << 16)
def measure_breadth(witnesses: frozenset[Witness], planned: frozenset[str]) -> tuple[Status | None, int, int]:
    """Return the status of support alone (None without any), g and t.

    g and t are the sizes of the largest sets of pairwise independent witnesses, of any and of all different
    methods; only `planned` methods count for t.
    """
    g = largest_independent(witnesses)
    t = largest_independent((w for w in witnesses if w[2] in planned), one_of_each_class=True)
    if len({source for source, _, _ in witnesses}) <= 1:
        return (Status.SINGLE if witnesses else None), g, t
    return _grade(g, t, len(planned)), g, t


def _grade(g: int, t: int, k: int) -> Status:
    if g == 1:
        return Status.REPEATED
    if t <= 1:
        return Status.CORROBORATED
    return Status.TRIANGULATED if t < k else Status.TRIANGULATED_ALL


def _status(
    breadth: Status | None,
    supports: Sequence[Item],
    qualifies: Sequence[Item],
    contradicts: Sequence[Item],
    adjudication: Adjudication | None,
) -> Status:
    if breadth is None and contradicts:
        return Status.CONTRADICTED
    if breadth is None:
        return Status.QUALIFIED_ONLY if qualifies else Status.UNSUPPORTED
    if not contradicts:
        return breadth
    is_settled = adjudication is not None and not is_stale(adjudication, supports, contradicts)
    return Status.RESOLVED if is_settled else Status.CONTESTED


def is_stale(adjudication: Adjudication, supports: Iterable[Item], contradicts: Iterable[Item]) -> bool:
    """Say whether either side differs from what the decision was made on, or no reason was given."""
    return (
        not adjudication.reason.strip()
        or {item.coding for item in supports} != adjudication.supports
        or {item.coding for item in contradicts} != adjudication.contradicts
    )


_FLAGS = tuple(Flag)
"""Going through an enumeration takes longer than going through a tuple."""

_INTERNAL = {Originator.SERVICE.value, Originator.PARENT_ORGANISATION.value}


def _flags(
    status: Status,
    sides: tuple[Sequence[Item], Sequence[Item], Sequence[Item]],
    adjudication: Adjudication | None,
    around: Surroundings,
    drifted: int,
) -> tuple[Flag, ...]:
    supports, qualifies, contradicts = sides
    is_adjudication_stale = adjudication is not None and bool(supports) and bool(contradicts)
    holds = {
        Flag.PARTIAL: bool(qualifies) and status is not Status.QUALIFIED_ONLY,
        **_support_flags(status, supports, around),
        Flag.PERIOD_GAP: _spread_years((*supports, *contradicts)) > FAR_APART_YEARS,
        Flag.DRIFTED: drifted > 0,
        Flag.COVERAGE: around.examined < around.sources,
        Flag.STALE_FRAMEWORK: around.is_stale_framework,
        Flag.STALE_ADJUDICATION: is_adjudication_stale and status is Status.CONTESTED,
    }
    return tuple([flag for flag in _FLAGS if holds[flag]])


def _support_flags(status: Status, supports: Sequence[Item], around: Surroundings) -> dict[Flag, bool]:
    sources = {item.source.id: item.source for item in supports}.values()
    years = [source.produced_on.year for source in sources]
    newest = max((year for year in years if year is not None), default=None)
    types = {source.document_type for source in sources}
    return {
        Flag.INFERRED_ONLY: bool(supports) and all(item.is_inferred for item in supports),
        Flag.INTERNAL_ONLY: bool(supports) and all(source.originator in _INTERNAL for source in sources),
        Flag.ONE_DOCUMENT_TYPE: len(sources) > 1 and len(types) == 1 and "" not in types,
        Flag.MULTI_INFORMANT: status is Status.SINGLE and _informants_heard(supports) > 1,
        Flag.DATED: newest is not None
        and around.newest is not None
        and around.newest - newest > FAR_APART_YEARS,
        Flag.UNDATED: None in years,
    }


def _informants_heard(supports: Sequence[Item]) -> int:
    people = {person_origin(name) for item in supports for name in item.source.informants}
    return len(people & frozenset().union(*(item.origins for item in supports)))


def _spread_years(items: Sequence[Item]) -> int:
    years = [year for item in items if (year := item.source.produced_on.year) is not None]
    return max(years) - min(years) if years else 0


def person_origin(name: str) -> str:
    """Return the origin that a person is, however the name is spaced or capitalised."""
    return f"person:{' '.join(name.casefold().split())}"


def document_origin(ref: str) -> str:
    """Return the origin that a root document is."""
    return f"source:{ref.casefold()}"


def find_origins(sources: Iterable[Source], design: Design) -> dict[int, frozenset[str]]:
    """Return the origins of every source: its people and root documents, through all it derives from.

    The people behind a document are behind each copy of it, else a copy of a report would count as
    independent of the report's own author. A source that derives from none is its own root; where sources
    derive from each other in a circle, each of them is a root of all.
    """
    by_id = {source.id: source for source in sources}
    return {source.id: _origins_of(source, by_id, design) for source in by_id.values()}


def _origins_of(source: Source, by_id: Mapping[int, Source], design: Design) -> frozenset[str]:
    behind = [by_id[i] for i in _ancestry(source.id, by_id)]
    roots = [s for s in behind if not any(i in by_id for i in s.derived_from)] or behind
    people = {
        name for s in behind for name in (*s.informants, *(s.authors if design.authors_are_origins else ()))
    }
    return frozenset({document_origin(root.ref) for root in roots} | {person_origin(name) for name in people})


def _ancestry(source_id: int, by_id: Mapping[int, Source]) -> list[int]:
    """Return a source and everything it derives from, each once."""
    seen: list[int] = []
    waiting = [source_id]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.append(current)
            waiting.extend(i for i in by_id[current].derived_from if i in by_id)
    return seen


def narrow(origins: frozenset[str], names: Iterable[str] | None) -> frozenset[str]:
    """Return the origins left when only `names` (people or source references) speak; all where none fits."""
    if names is None:
        return origins
    named = {origin for name in names for origin in (person_origin(name), document_origin(name))}
    return origins & named or origins
