"""Code passages: by span, by quote, or many from a file; settle proposals; take codings away."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError, CancelledError, NotFoundError
from framework_coder.exchange.rows import CodingRow
from framework_coder.model.anchors import Anchor, Found, find_anchor, make_anchor
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.model.collecting import no_collection
from framework_coder.model.progress import Progress, Silent
from framework_coder.model.sources import SourceText, locate
from framework_coder.model.study import Source
from framework_coder.store.codebooks import load_codebook, note_coders
from framework_coder.store.codings import names_of_codings
from framework_coder.store.journal import Step, now
from framework_coder.store.packing import pack_locator
from framework_coder.store.sources import Stored, load_sites, load_sources, load_text
from framework_coder.store.tables import CodingEntity, EvidenceEntity
from framework_coder.workflows.memos import release_memos
from framework_coder.workflows.names import find_site, find_source, suggest_name


class SpanError(BadInputError):
    """A span that is not in the text, or a quote that is not at it."""


class UnplacedQuoteError(BadInputError):
    """A quote that stands nowhere, or in several places."""


class UnknownCodingError(NotFoundError):
    """A coding that the project does not have."""

    def __init__(self, numbers: Collection[int]) -> None:
        super().__init__(
            f"There is no coding {', '.join(map(str, sorted(numbers)))}; `code list` shows them."
        )


class ImportStoppedError(CancelledError):
    """The user stopped an import of codings."""

    def __init__(self) -> None:
        super().__init__("Stopped; no coding was imported.")


class CodingInUseError(BadInputError):
    """A coding that claims rest on."""

    def __init__(self, numbers: Collection[int]) -> None:
        super().__init__(
            f"Coding {', '.join(map(str, sorted(numbers)))} is evidence of a claim; reject it instead, "
            "or take it from the claim first."
        )


@dataclass(frozen=True, slots=True)
class Names:
    """Codes and refs of a project, and what they stand for."""

    sites: Mapping[str, int]
    codes: Mapping[int, str]
    sources: Mapping[str, Source]
    themes: Collection[str]

    @classmethod
    def load(cls, connection: Connection) -> "Names":
        """Return the names that a project knows now."""
        sites = load_sites(connection)
        return cls(
            sites={site.code: site.id for site in sites},
            codes={site.id: site.code for site in sites},
            sources={source.ref: source for source in load_sources(connection)},
            themes={theme.id for theme in load_codebook(connection)},
        )

    def site_of(self, source: Source, code: str) -> int:
        """Return the site that is meant: the one named, else the only one of the source; raises SpanError."""
        if code:
            site = find_site(self.sites, code)
            if site in source.sites:
                return site
            raise SpanError(f"{source.ref} does not belong to site {code}; name one of its own sites.")
        if len(source.sites) == 1:
            return source.sites[0]
        codes = ", ".join(self.codes[site] for site in source.sites)
        raise SpanError(f"{source.ref} belongs to {codes}; say which site the passage is about.")


def coding_columns(stored: Stored, start: int, end: int) -> dict[str, Any]:
    """Return the columns that a span of a text gives; raises SpanError where it is not in the text."""
    text = stored.text.text
    if not 0 <= start < end <= len(text):
        raise SpanError(f"There is no passage {start}:{end}; the text has {len(text):,} characters.")
    if not text[start:end].strip():
        raise SpanError(f"The passage {start}:{end} is only white space; choose one with words.")
    anchor = make_anchor(text, start, end)
    return {
        "source": stored.source,
        "revision": stored.revision,
        "start": start,
        "end": end,
        "quote": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "locator": pack_locator(locate(stored.text.blocks, stored.text.pages, start)),
    }


def add_coding(
    engine: Engine,
    ref: str,
    theme: str,
    *,
    who: str,
    site: str = "",
    start: int | None = None,
    end: int | None = None,
    quote: str = "",
    memo: str = "",
    why: str = "",
    once: bool = False,
) -> int:
    """Code a passage, by its span, by its quote, or by both, which must agree; return the coding's number.

    `once`: where the coder's accepted coding of the passage at the theme is there, its number is returned and
    nothing is made.
    """
    with Step(engine, who=who, action="code", why=why) as step:
        names = Names.load(step.connection)
        source = find_source(names.sources, ref)
        load_codebook(step.connection)[theme]  # raises where there is no such theme
        stored = load_text(step.connection, source.id)
        assert stored is not None
        start, end = _span(stored.text, ref, start, end, quote)
        row = {
            **coding_columns(stored, start, end),
            "site": names.site_of(source, site),
            "theme": theme,
            "coder": who,
            "origin": CodingOrigin.MANUAL.value,
            "state": CodingState.ACCEPTED.value,
            "made_on": now()[:10],
            "memo": memo,
        }
        if once and (number := _find_same(step.connection, row)) is not None:
            return number
        note_coders(step, [who])
        return int(step.insert(CodingEntity, [row])[0])


def _find_same(connection: Connection, row: Mapping[str, Any]) -> int | None:
    """Return the number of the coding that says what a new one would."""
    columns = CodingEntity.__table__.c
    names = ("source", "revision", "site", "theme", "start", "end", "coder", "state")
    same = [columns[name] == row[name] for name in names]
    return connection.execute(select(columns.id).where(*same).order_by(columns.id).limit(1)).scalar()


def _span(source: SourceText, ref: str, start: int | None, end: int | None, quote: str) -> tuple[int, int]:
    if start is not None and end is not None:
        if quote and source.text[start:end] != quote:
            raise SpanError(f"The quote does not stand at {start}:{end} of {ref}; leave out one of the two.")
        return start, end
    if not quote:
        raise SpanError("A coding needs a start and an end, or a quote.")
    found = find_anchor(source.text, Anchor(quote, start=start))
    if fault := _fault(found, quote, ref):
        raise UnplacedQuoteError(fault)
    return found[0].start, found[0].end


def _fault(found: Sequence[Found], quote: str, ref: str) -> str:
    short = quote if len(quote) <= 60 else f"{quote[:57]}…"  # noqa: PLR2004 - what fits a line
    if not found:
        return f"“{short}” does not stand in {ref}; copy it from the source's text."
    if len(found) > 1:
        starts = ", ".join(str(place.start) for place in found[:5])
        return (
            f"“{short}” stands {len(found)} times in {ref} (at {starts}); give its start, or words beside it."
        )
    return ""


def set_state(
    engine: Engine,
    numbers: Collection[int],
    state: CodingState,
    *,
    who: str,
    theme: str | None = None,
    why: str = "",
) -> None:
    """Accept or reject codings, or make them proposals again; `theme`, where given, is theirs from now on.

    Raises UnknownCodingError or UnknownThemeError.
    """
    with Step(engine, who=who, action=f"{state.value} codings", why=why) as step:
        _check_there(step.connection, numbers)
        values = {"state": state.value}
        if theme is not None:
            values["theme"] = load_codebook(step.connection)[theme].id
        step.update(CodingEntity, dict.fromkeys(numbers, values))


def remove_codings(engine: Engine, numbers: Collection[int], *, who: str, why: str = "") -> None:
    """Take codings away; one that a claim rests on must be taken from the claim first. Memos on them stay."""
    with Step(engine, who=who, action="remove codings", why=why) as step:
        _check_there(step.connection, numbers)
        used = step.connection.execute(
            select(EvidenceEntity.coding).where(EvidenceEntity.coding.in_(list(numbers)))
        ).scalars()
        if in_use := set(used):
            raise CodingInUseError(in_use)
        release_memos(step, coding=numbers)
        step.delete(CodingEntity, list(numbers))


def _check_there(connection: Connection, numbers: Collection[int]) -> None:
    there = connection.execute(select(CodingEntity.id).where(CodingEntity.id.in_(list(numbers)))).scalars()
    if missing := set(numbers) - set(there):
        raise UnknownCodingError(missing)


@dataclass(frozen=True, slots=True)
class CodingProblem:
    """A row that was not stored, and why."""

    line: int
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CodingImport:
    """What came of rows: the number of each coding by the row's id, and what needs a look.

    `placed_by_resemblance` has a sentence for each quote that stands in the text in other words.
    """

    numbers: Mapping[str, int]
    problems: tuple[CodingProblem, ...] = ()
    placed_by_resemblance: tuple[CodingProblem, ...] = ()
    already_there: int = 0
    added: int = 0


class _TriedError(Exception):
    """A dry run is over: let go of everything."""


def import_codings(
    engine: Engine,
    rows: Iterable[CodingRow],
    *,
    who: str,
    why: str = "",
    progress: Progress | None = None,
    is_dry_run: bool = False,
    by_place: bool = False,
) -> CodingImport:
    """Store codings whose quotes are found for sure: at the start given, word for word, or by resemblance.

    What is missing or ambiguous is listed in the result and never guessed. A row whose id was imported
    before is passed over; with `by_place` so is one that is here under any id: the same passage, theme, site
    and coder. All that is stored is one journal entry; a dry run stores nothing. Raises ImportStoppedError.
    """
    progress = progress or Silent()
    rows = sorted(rows, key=lambda row: row.source)
    progress.begin("Placing quotes", len(rows))
    with (
        suppress(_TriedError),
        no_collection(),
        Step(engine, who=who, action="import codings", why=why) as step,
    ):
        placing = _Placing(step.connection, who, by_place=by_place)
        for ref, group in groupby(rows, key=lambda row: row.source):
            of_source = list(group)
            placing.place(step.connection, ref, of_source)
            progress.advance(len(of_source), ref)
            if progress.is_cancelled():
                raise ImportStoppedError
        placed = sorted(placing.placed, key=lambda pair: pair[0].line)
        note_coders(step, [row["coder"] for _, row in placed])
        keys = step.insert(CodingEntity, [row for _, row in placed])
        if is_dry_run:
            raise _TriedError
    numbers = {given.id: int(key) for (given, _), key in zip(placed, keys, strict=True) if given.id}
    there = {name: number for name, number in placing.known.items() if name in placing.seen}
    return CodingImport(
        numbers | there,
        tuple(sorted(placing.problems, key=_line)),
        tuple(sorted(placing.resembling, key=_line)),
        len(placing.seen) + placing.again,
        len(placed),
    )


def _line(problem: CodingProblem) -> int:
    return problem.line


_PLACE = ("revision", "start", "end", "theme", "site", "coder")


def _count_places(connection: Connection) -> Counter[tuple[Any, ...]]:
    """Return how many codings there are of each passage, theme, site and coder."""
    rows = connection.execute(select(*(getattr(CodingEntity, name) for name in _PLACE)))
    return Counter(map(tuple, rows))


class _Placing:
    """Finds the place of each row's quote, source by source."""

    def __init__(self, connection: Connection, who: str, *, by_place: bool) -> None:
        self._who, self._today = who, now()[:10]
        self._names = Names.load(connection)
        self._there = _count_places(connection) if by_place else Counter[tuple[Any, ...]]()
        self.known = names_of_codings(connection)
        self.again = 0
        self.seen: set[str] = set()
        self.placed: list[tuple[CodingRow, dict[str, Any]]] = []
        self.problems: list[CodingProblem] = []
        self.resembling: list[CodingProblem] = []

    def place(self, connection: Connection, ref: str, rows: Sequence[CodingRow]) -> None:
        """Find the quotes of one source's rows."""
        source = self._names.sources.get(ref)
        stored = load_text(connection, source.id) if source else None
        for row in rows:
            if row.id and row.id in self.known:
                self.seen.add(row.id)
            elif source is None or stored is None:
                hint = suggest_name(ref, self._names.sources)
                self._refuse(row, f"There is no source “{ref}”.{hint}")
            elif row.theme not in self._names.themes:
                hint = suggest_name(row.theme, self._names.themes)
                self._refuse(row, f"There is no theme “{row.theme}”.{hint}")
            else:
                self._place(row, source, stored)

    def _place(self, row: CodingRow, source: Source, stored: Stored) -> None:
        found = find_anchor(stored.text.text, Anchor(row.quote, row.before, row.after, row.start))
        if fault := _fault(found, row.quote, source.ref):
            self._refuse(row, fault)
            return
        place = found[0]
        try:
            site = self._names.site_of(source, row.site)
            columns = coding_columns(stored, place.start, place.end)
        except (BadInputError, NotFoundError) as error:
            self._refuse(row, str(error))
            return
        whole = columns | self._said(row, site, place)
        spot = tuple(whole[name] for name in _PLACE)
        if self._there[spot]:  # a passage coded twice is there twice
            self._there[spot] -= 1
            self.again += 1
            return
        if place.how == "fuzzy":
            self._look_at(row, place, columns["quote"])
        self.placed.append((row, whole))

    def _said(self, row: CodingRow, site: int, place: Found) -> dict[str, Any]:
        is_alike = place.how == "fuzzy"
        return {
            "site": site,
            "theme": row.theme,
            "coder": row.coder or self._who,
            "origin": CodingOrigin.IMPORT.value,
            "state": row.state.value,
            "score": round(place.score, 1) if is_alike else None,
            "reason": f"placed by resemblance; the file says “{row.quote}”" if is_alike else "",
            "made_on": row.made_on or self._today,
            "memo": row.memo,
            "name": row.id,
        }

    def _refuse(self, row: CodingRow, sentence: str) -> None:
        self.problems.append(CodingProblem(row.line, row.id, sentence))

    def _look_at(self, row: CodingRow, place: Found, quote: str) -> None:
        sentence = f"“{row.quote}” stands in {row.source} as “{quote}” ({place.score:.0f} % alike)."
        self.resembling.append(CodingProblem(row.line, row.id, sentence))
