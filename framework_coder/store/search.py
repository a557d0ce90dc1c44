"""Search the blocks of all current texts: words, "exact phrases", beginnings* and -exclusions, OR.

Letters are compared without case and accents. The index is SQLite's FTS5 or PostgreSQL's GIN on tsvector;
both are asked the same question and give the same hits, in the order of the sources and their texts.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, TextClause, func, select, text
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

from framework_coder.model.sources import MARGINAL, Locator
from framework_coder.store.folding import fold
from framework_coder.store.packing import Locators
from framework_coder.store.queries import Alternative, parse_query
from framework_coder.store.tables import BlockEntity, RevisionEntity, SourceEntity, SourceSiteEntity

CONTEXT = 60
"""Characters shown on each side of a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words of a query stand: `text[start:end]` of the source, with a little text around them.

    The text around begins and ends with whole words; `also` are the spans of further words of the query in
    it. `ref` and `title` are the source's; `is_marginal` says that it is a running head, navigation or the
    like.
    """

    source: int
    ref: str
    title: str
    block: int
    locator: Locator
    start: int
    end: int
    before: str
    words: str
    after: str
    is_marginal: bool
    also: tuple[tuple[int, int], ...] = ()

    def parts(self) -> Iterator[tuple[str, bool]]:
        """Yield the text around and the words, in pieces; each with whether it was looked for."""
        shown, low = f"{self.before}{self.words}{self.after}", self.start - len(self.before)
        at = 0
        for start, end in ((self.start, self.end), *self.also):
            yield shown[at : start - low], False
            yield shown[start - low : end - low], True
            at = end - low
        yield shown[at:], False


def add_to_index(connection: Connection, words: Iterable[tuple[int, str]]) -> None:
    """Index blocks: the number of each, and its text."""
    if connection.dialect.name == "sqlite":
        rows = list(words)
        add = "INSERT INTO block_words (rowid, words) VALUES (?, ?)"
    else:
        rows = [(block, " ".join(_TOKEN.findall(fold(found)))) for block, found in words]
        add = "INSERT INTO block_words (block, words) VALUES (%s, to_tsvector('simple', %s))"
    if rows:
        connection.exec_driver_sql(add, rows)


_TOKEN = re.compile(r"[^\W_]+")


def remove_from_index(connection: Connection, words: Iterable[tuple[int, str]]) -> None:
    """Take blocks out of the index, each with the text it was indexed with, before they are deleted."""
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL takes the words of a block away with it
    rows = [{"block": block, "words": found} for block, found in words]
    remove = "INSERT INTO block_words (block_words, rowid, words) VALUES ('delete', :block, :words)"
    if rows:
        connection.execute(text(remove), rows)


def search(
    connection: Connection,
    query: str,
    *,
    sites: Collection[int] = (),
    sources: Collection[int] = (),
    methods: Collection[str] = (),
    limit: int = 100,
) -> list[Hit]:
    """Return at most `limit` hits, one for each block that fits, at the first of its words.

    Raises EmptyQueryError where the query has no word that must occur.
    """
    alternatives = parse_query(query)
    found = _select_blocks(connection, alternatives).limit(limit)
    if sources:
        found = found.where(SourceEntity.id.in_(list(sources)))
    if methods:
        found = found.where(SourceEntity.method.in_(list(methods)))
    if sites:
        of_sites = select(SourceSiteEntity.source).where(SourceSiteEntity.site.in_(list(sites)))
        found = found.where(SourceEntity.id.in_(of_sites))
    pattern, places = _pattern(alternatives), Locators()
    return [_hit(row, pattern, places) for row in connection.execute(found)]


def _select_blocks(connection: Connection, alternatives: tuple[Alternative, ...]) -> Select[Any]:
    block, revision, source = BlockEntity, RevisionEntity, SourceEntity
    least = func.max if connection.dialect.name == "sqlite" else func.greatest
    low = least(block.start - CONTEXT - 1, 0)
    length = block.end + CONTEXT + 1 - low
    index, key = _index(connection, alternatives)
    return (
        select(
            source.id, source.ref, source.title, block.id.label("block"), block.locator, block.kind,
            block.start, block.end, low.label("low"),
            func.substr(revision.text, low + 1, length).label("around"),
        )
        .select_from(index)
        .join(block, block.id == key)
        .join(revision, revision.id == block.revision)
        .join(source, source.id == revision.source)
        .where(revision.is_current)
        .order_by(block.id)
    )  # fmt: skip


def _index(connection: Connection, alternatives: tuple[Alternative, ...]) -> tuple[Any, Any]:
    """Return the blocks that the index finds, and their key."""
    if connection.dialect.name == "sqlite":
        match: TextClause = text("block_words MATCH :query").bindparams(query=_fts5(alternatives))
        words = sql_table("block_words", sql_column("rowid"))
        found = select(words.c.rowid.label("block")).where(match).subquery("found")
    else:
        match = text("words @@ to_tsquery('simple', :query)").bindparams(query=_tsquery(alternatives))
        words = sql_table("block_words", sql_column("block"))
        found = select(words.c.block.label("block")).where(match).subquery("found")
    return found, found.c.block


def _fts5(alternatives: tuple[Alternative, ...]) -> str:
    """Write the query as FTS5 reads it."""

    def term(words: tuple[str, ...], is_prefix: bool) -> str:
        return f'"{" ".join(words)}"' + ("*" if is_prefix else "")

    return " OR ".join(
        "("
        + " AND ".join(term(t.words, t.is_prefix) for t in alternative.wanted)
        + "".join(f" NOT {term(t.words, t.is_prefix)}" for t in alternative.unwanted)
        + ")"
        for alternative in alternatives
    )


def _tsquery(alternatives: tuple[Alternative, ...]) -> str:
    """Write the query as PostgreSQL reads it."""

    def term(words: tuple[str, ...], is_prefix: bool) -> str:
        return "(" + " <-> ".join(words) + (":*" if is_prefix else "") + ")"

    return " | ".join(
        "("
        + " & ".join(
            [term(t.words, t.is_prefix) for t in alternative.wanted]
            + [f"!{term(t.words, t.is_prefix)}" for t in alternative.unwanted]
        )
        + ")"
        for alternative in alternatives
    )


def _pattern(alternatives: tuple[Alternative, ...]) -> re.Pattern[str]:
    """Return what finds any wanted term in folded text."""
    terms = {
        r"[\W_]+".join(t.words) + (r"[^\W_]*" if t.is_prefix else "")
        for alternative in alternatives
        for t in alternative.wanted
    }
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})(?![^\W_])")


def _hit(row: Any, pattern: re.Pattern[str], places: Locators) -> Hit:
    around, low = row.around, row.low
    folded, first, last = fold(around), row.start - low, row.end - low
    found = pattern.search(folded, first, last)
    start, end = found.span() if found else (first, last)
    before = from_word(around[max(0, start - CONTEXT - 1) : start])
    after = from_word(around[end : end + CONTEXT + 1][::-1])[::-1]
    also = pattern.finditer(folded, end, min(last, end + len(after)))
    return Hit(
        source=row.id,
        ref=row.ref,
        title=row.title,
        block=row.block,
        locator=places[row.locator],
        start=low + start,
        end=low + end,
        before=before,
        words=around[start:end],
        after=after,
        is_marginal=row.kind in MARGINAL,
        also=tuple((low + each.start(), low + each.end()) for each in also),
    )


def from_word(text: str) -> str:
    """Return the end of a text from the first whole word on, at most `CONTEXT` characters."""
    if len(text) <= CONTEXT:
        return text
    part = _WORD_START.search(text)
    return text[part.start() :] if part else text[1:]


_WORD_START = re.compile(r"(?<=\s)\S")
