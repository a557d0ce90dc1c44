"""Change a coding: its span, its theme, its site, its memo."""

from typing import Any

from sqlalchemy import Engine, select

from framework_coder.errors import ConflictError
from framework_coder.model.codings import Coding
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.codings import CodingFilter, load_codings
from framework_coder.store.journal import Step
from framework_coder.store.sources import load_text
from framework_coder.store.tables import CodingEntity, EvidenceEntity, RevisionEntity
from framework_coder.workflows.coding import Names, SpanError, UnknownCodingError, coding_columns

Seen = tuple[int, int, str]
"""Start, end and theme of a coding as its editor saw it."""


class CitedElsewhereError(ConflictError):
    """A coding that claims of its site rest on, and that is to go to another site."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Coding {number} is evidence of a claim of its site; take it from the claim first, then move it."
        )


class StaleCodingError(ConflictError):
    """A coding that was changed since the editor saw it."""

    def __init__(self, number: int, standing: Coding) -> None:
        short = standing.quote if len(standing.quote) <= 60 else f"{standing.quote[:57]}…"  # noqa: PLR2004
        super().__init__(
            f"Coding {number} was changed meanwhile: it is “{short}” at {standing.theme} now. "
            "Nothing was overwritten; look at it and change it again."
        )


def edit_coding(
    engine: Engine,
    number: int,
    *,
    who: str,
    start: int | None = None,
    end: int | None = None,
    quote: str = "",
    theme: str | None = None,
    site: str | None = None,
    memo: str | None = None,
    seen: Seen | None = None,
    why: str = "",
) -> None:
    """Change what is given of a coding; its new words become its quote, which `quote`, where given, must be.

    `seen` is what the editor started from. Raises UnknownCodingError, SpanError, UnknownThemeError,
    CitedElsewhereError or StaleCodingError.
    """
    with Step(engine, who=who, action="edit coding", why=why) as step:
        if seen is not None:
            _check_seen(step, number, seen)
        entity = CodingEntity
        row = step.connection.execute(
            select(entity.source, entity.site, entity.start, entity.end, RevisionEntity.is_current)
            .join(RevisionEntity, RevisionEntity.id == entity.revision)
            .where(entity.id == number)
        ).first()
        if row is None:
            raise UnknownCodingError([number])
        values: dict[str, Any] = {}
        if start is not None or end is not None:
            values |= _span(step, row, start, end, quote)
        if theme is not None:
            values["theme"] = load_codebook(step.connection)[theme].id
        if site is not None:
            values |= _site(step, number, row, site)
        if memo is not None:
            values["memo"] = memo
        step.update(entity, {number: values})


def _check_seen(step: Step, number: int, seen: Seen) -> None:
    for coding in load_codings(step.connection, CodingFilter(numbers=[number])):
        if (coding.start, coding.end, coding.theme) != seen:
            raise StaleCodingError(number, coding)


def _span(step: Step, row: Any, start: int | None, end: int | None, quote: str) -> dict[str, Any]:
    if not row.is_current:
        raise SpanError("The coding stands on an older text; place it on the current one instead.")
    stored = load_text(step.connection, row.source)
    assert stored is not None
    begin, stop = row.start if start is None else start, row.end if end is None else end
    if quote and stored.text.text[begin:stop] != quote:
        raise SpanError(f"“{quote}” does not stand at {begin}:{stop}; look at the text again.")
    return coding_columns(stored, begin, stop)


def _site(step: Step, number: int, row: Any, code: str) -> dict[str, Any]:
    names = Names.load(step.connection)
    source = next(source for source in names.sources.values() if source.id == row.source)
    site = names.site_of(source, code)
    cited = select(EvidenceEntity.id).where(EvidenceEntity.coding == number)
    if site != row.site and step.connection.execute(cited).first():
        raise CitedElsewhereError(number)
    return {"site": site}
