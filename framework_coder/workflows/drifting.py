"""Codings whose quote a newer text does not have: what it has instead, and what people decide."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import ConflictError
from framework_coder.model.anchors import Anchor, Found, find_candidates
from framework_coder.model.codings import CodingState
from framework_coder.model.sources import Locator, locate
from framework_coder.store.journal import Step
from framework_coder.store.packing import unpack_locator
from framework_coder.store.sources import Stored, load_text
from framework_coder.store.tables import CodingEntity, RevisionEntity, SourceEntity
from framework_coder.workflows.coding import SpanError, UnknownCodingError, coding_columns


class Outcome(StrEnum):
    """What became of a coding when its source got a newer text."""

    PLACED = "placed"
    MOVED = "moved"
    DRIFTED = "drifted"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage `start:end` of the newer text; `score` is its resemblance to the old quote, 0 to 100."""

    start: int
    end: int
    quote: str
    score: float
    how: str
    locator: Locator = Locator()


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of a coding: its old quote, and where it stands now or might stand, best first."""

    coding: int
    outcome: Outcome
    quote: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The passage that comes nearest, where there is one."""
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True, slots=True)
class Drifted:
    """A coding that waits for a decision: what it was, and what the current text has instead, best first."""

    coding: int
    source: int
    ref: str
    site: int
    theme: str
    quote: str
    locator: Locator
    state: CodingState
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The passage that comes nearest, where there is one."""
        return self.candidates[0] if self.candidates else None


class NotDriftedError(ConflictError):
    """A decision on a coding that stands at its span."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Coding {number} has not drifted: its quote stands in the current text. To code another "
            "passage, use `code add`; to set this one aside, `code reject`."
        )


class NoCandidateError(ConflictError):
    """A drifted coding for which no passage, or more than one, offers itself."""

    def __init__(self, number: int, equal: Sequence[Candidate]) -> None:
        starts = ", ".join(f"{each.start}:{each.end}" for each in equal[:5])
        why = f"{len(equal)} passages come equally near ({starts})" if equal else "no passage comes near it"
        super().__init__(
            f"Coding {number}: {why}; say where it stands with `code place {number} START END`, "
            f"or let it go with `code let-go {number}`."
        )


def select_anchors(connection: Connection, *conditions: Any) -> Sequence[Any]:
    """Return what is needed to find codings again: id, quote, prefix, suffix, start, in order."""
    row = CodingEntity
    query = select(row.id, row.quote, row.prefix, row.suffix, row.start).where(*conditions)
    return connection.execute(query.order_by(row.id)).all()


def candidate_of(stored: Stored, place: Found) -> Candidate:
    """Return a place as a passage of a text."""
    text = stored.text
    where = locate(text.blocks, text.pages, place.start)
    return Candidate(
        place.start, place.end, text.text[place.start : place.end], round(place.score, 1), place.how, where
    )


def find_passages(stored: Stored, anchor: Anchor) -> tuple[Candidate, ...]:
    """Return the passages of a text that may stand for an anchor, best first."""
    return tuple(candidate_of(stored, place) for place in find_candidates(stored.text.text, anchor))


def list_drifted(
    connection: Connection, *, sources: Collection[int] = (), codings: Collection[int] = ()
) -> tuple[Drifted, ...]:
    """Return drifted codings, source by source, each with its candidates.

    `codings` names some; without it they are all that nobody has let go.
    """
    row = CodingEntity
    query = (
        select(row, SourceEntity.ref)
        .join(RevisionEntity, RevisionEntity.id == row.revision)
        .join(SourceEntity, SourceEntity.id == row.source)
        .where(RevisionEntity.is_current.is_(False))
        .order_by(row.source, row.id)
        .with_only_columns(*row.__table__.columns, SourceEntity.ref)
    )
    if sources:
        query = query.where(row.source.in_(list(sources)))
    if codings:
        query = query.where(row.id.in_(list(codings)))
    else:
        query = query.where(row.state != CodingState.REJECTED.value)
    found: list[Drifted] = []
    for source, rows in groupby(connection.execute(query).all(), key=lambda each: int(each.source)):
        stored = load_text(connection, source)
        assert stored is not None
        found += [_drifted(each, stored) for each in rows]
    return tuple(found)


def _drifted(row: Any, stored: Stored) -> Drifted:
    return Drifted(
        coding=row.id,
        source=row.source,
        ref=row.ref,
        site=row.site,
        theme=row.theme,
        quote=row.quote,
        locator=unpack_locator(row.locator),
        state=CodingState(row.state),
        candidates=find_passages(stored, Anchor(row.quote, row.prefix, row.suffix, row.start)),
    )


def place_coding(
    engine: Engine, number: int, start: int, end: int, *, who: str, quote: str = "", why: str = ""
) -> None:
    """Put a drifted coding on a passage of the current text, whose words become its quote.

    `quote`, where given, must stand there. Raises SpanError, NotDriftedError or UnknownCodingError.
    """
    with Step(engine, who=who, action="place coding", why=why) as step:
        row = _open(step.connection, number)
        stored = load_text(step.connection, row.source)
        assert stored is not None
        if quote and stored.text.text[start:end] != quote:
            raise SpanError(f"“{quote}” does not stand at {start}:{end}; look at the current text again.")
        step.update(CodingEntity, {number: coding_columns(stored, start, end)})


def accept_candidates(engine: Engine, numbers: Collection[int], *, who: str, why: str = "") -> None:
    """Put each drifted coding on the passage that comes nearest; all of them or none.

    Raises NoCandidateError where none does, or several do alike; NotDriftedError or UnknownCodingError.
    """
    with Step(engine, who=who, action="accept candidates", why=why) as step:
        for number in numbers:
            _open(step.connection, number)
        moves: dict[int | str, dict[str, Any]] = {}
        for drifted in list_drifted(step.connection, codings=numbers):
            equal = [each for each in drifted.candidates if each.score == drifted.candidates[0].score]
            if len(equal) != 1:
                raise NoCandidateError(drifted.coding, equal)
            stored = load_text(step.connection, drifted.source)
            assert stored is not None
            moves[drifted.coding] = coding_columns(stored, equal[0].start, equal[0].end)
        step.update(CodingEntity, moves)


def let_go(engine: Engine, numbers: Collection[int], *, who: str, why: str = "") -> None:
    """Set drifted codings aside: the newer text does not say it any more. They are kept as rejected.

    Raises NotDriftedError or UnknownCodingError.
    """
    with Step(engine, who=who, action="let codings go", why=why) as step:
        for number in numbers:
            _open(step.connection, number)
        state = {"state": CodingState.REJECTED.value}
        step.update(CodingEntity, dict.fromkeys(numbers, state))


def _open(connection: Connection, number: int) -> Any:
    coding = CodingEntity
    row = connection.execute(
        select(coding.source, RevisionEntity.is_current)
        .join(RevisionEntity, RevisionEntity.id == coding.revision)
        .where(coding.id == number)
    ).first()
    if row is None:
        raise UnknownCodingError([number])
    if row.is_current:
        raise NotDriftedError(number)
    return row
