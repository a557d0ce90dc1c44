"""Sources that are alike: found, confirmed as one origin, or kept apart."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.copies import CopyProposal, propose_copies
from framework_coder.model.resemblance import Overlap, find_resemblances, read_texts
from framework_coder.model.study import Source
from framework_coder.store.codebooks import note_coders
from framework_coder.store.journal import Step, Where, now
from framework_coder.store.review_tables import SeparationEntity
from framework_coder.store.sources import load_sources, load_texts
from framework_coder.store.study import load_study
from framework_coder.store.tables import DerivationEntity
from framework_coder.workflows.names import find_source


class LikenessError(BadInputError):
    """Two sources that cannot be said to derive from each other, or to be apart."""


class NoDerivationError(NotFoundError):
    """A derivation to take back that is not there."""

    def __init__(self, copy: str, root: str) -> None:
        super().__init__(f"{copy} is not recorded as derived from {root}; `sources` shows what is.")


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that two sources share, letter for letter in each, with where each begins (code points)."""

    copy_start: int
    copy_quote: str
    root_start: int
    root_quote: str
    ratio: float


@dataclass(frozen=True, slots=True)
class LikeSources:
    """Two sources that are alike and not yet decided on: what is shared, and which probably copies which.

    The shares are parts of each text, 0 to 1.
    """

    copy: Source
    root: Source
    why: str
    share_of_copy: float
    share_of_root: float
    passages: tuple[SharedPassage, ...]


def find_like_sources(connection: Connection, sites: Collection[int] = ()) -> list[LikeSources]:
    """Return the pairs of sources that share passages and are not decided on, the most alike first.

    `sites` (numbers) limits the search to their sources, which is faster.
    """
    study = load_study(connection, with_text=False)
    chosen = [s.id for s in study.sources if not sites or set(sites).intersection(s.sites)]
    readings = read_texts((stored.source, stored.text) for stored in load_texts(connection, chosen))
    texts = {reading.source: reading.text for reading in readings}
    sources = {source.id: source for source in study.sources}
    proposals = propose_copies(study, find_resemblances(readings))
    return [_show(proposal, sources, texts) for proposal in proposals]


def _show(proposal: CopyProposal, sources: dict[int, Source], texts: dict[int, str]) -> LikeSources:
    found = proposal.resemblance
    is_copy_first = proposal.copy == found.first
    shares = (found.share_of_first, found.share_of_second)
    return LikeSources(
        copy=sources[proposal.copy],
        root=sources[proposal.root],
        why=proposal.why,
        share_of_copy=shares[not is_copy_first],
        share_of_root=shares[is_copy_first],
        passages=tuple(
            _quote(overlap, texts[proposal.copy], texts[proposal.root], is_copy_first=is_copy_first)
            for overlap in found.overlaps
        ),
    )


def _quote(overlap: Overlap, copy: str, root: str, *, is_copy_first: bool) -> SharedPassage:
    spans = (overlap.first, overlap.second) if is_copy_first else (overlap.second, overlap.first)
    in_copy, in_root = spans
    return SharedPassage(in_copy.start, in_copy.of(copy), in_root.start, in_root.of(root), overlap.ratio)


def derive(engine: Engine, copy: str, root: str, *, who: str, why: str = "") -> None:
    """Confirm that a source derives from another (refs): from now on they count as one origin."""
    with Step(engine, who=who, action="confirm derivation", why=why) as step:
        source, origin = _find_two(step.connection, copy, root)
        if source.id in _behind(step.connection, origin.id):
            raise LikenessError(f"{root} derives from {copy} already; take that back first.")
        entity = DerivationEntity
        spot = (entity.source == source.id, entity.derived_from == origin.id)
        key = step.connection.execute(select(entity.id).where(*spot)).scalar()
        if key is None:
            step.insert(entity, [{"source": source.id, "derived_from": origin.id, "is_confirmed": True}])
        else:
            step.update(entity, {key: {"is_confirmed": True}})
        step.delete(SeparationEntity, separations(step.connection, source.id, origin.id))


def underive(engine: Engine, copy: str, root: str, *, who: str, why: str = "") -> None:
    """Take back that a source derives from another; raises NoDerivationError."""
    with Step(engine, who=who, action="withdraw derivation", why=why) as step:
        source, origin = _find_two(step.connection, copy, root)
        entity = DerivationEntity
        spot = (entity.source == source.id, entity.derived_from == origin.id)
        keys = step.connection.execute(select(entity.id).where(*spot)).scalars().all()
        if not keys:
            raise NoDerivationError(copy, root)
        step.delete(entity, keys)


def keep_apart(engine: Engine, one: str, other: str, reason: str, *, who: str, why: str = "") -> None:
    """Record that two sources that are alike do not copy each other; they are not proposed again."""
    if not reason.strip():
        raise LikenessError("Two sources that are alike are only kept apart for a reason; give it (--why).")
    with Step(engine, who=who, action="keep sources apart", why=why or reason) as step:
        low, high = sorted(_find_two(step.connection, one, other), key=lambda source: source.id)
        is_derived = high.id in _behind(step.connection, low.id) or low.id in _behind(
            step.connection, high.id
        )
        if is_derived:
            raise LikenessError(f"{one} and {other} are recorded as derived; take that back first.")
        note_coders(step, [who])
        row = {"reason": reason.strip(), "coder": who, "made_on": now()[:10]}
        keys = separations(step.connection, low.id, high.id)
        step.update(SeparationEntity, dict.fromkeys(keys, row))
        if not keys:
            pair = {"source": low.id, "other": high.id}
            step.insert(SeparationEntity, [{**pair, **row}], about=[Where(source=high.id)])


def _find_two(connection: Connection, one: str, other: str) -> tuple[Source, Source]:
    sources = {source.ref: source for source in load_sources(connection)}
    found = find_source(sources, one), find_source(sources, other)
    if found[0] == found[1]:
        raise LikenessError(f"{one} is one source; name two.")
    return found


def _behind(connection: Connection, source: int) -> set[int]:
    """Return what a source derives from, as far as it goes back."""
    roots = {each.id: each.derived_from for each in load_sources(connection)}
    found: set[int] = set()
    waiting = [source]
    while waiting:
        fresh = set(roots[waiting.pop()]) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def separations(connection: Connection, one: int, other: int) -> list[int]:
    """Return the keys of what keeps two sources apart."""
    row, (low, high) = SeparationEntity, sorted((one, other))
    query = select(row.id).where(row.source == low, row.other == high)
    return list(connection.execute(query).scalars())
