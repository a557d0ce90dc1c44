"""Propose codings by the matching rules of the themes."""

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from framework_coder.errors import FrameworkCoderError
from framework_coder.model.codebook import Codebook, MatchingRules
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.model.progress import Progress, Silent
from framework_coder.readers.worker import WorkerPool
from framework_coder.store.codebooks import load_codebook, note_coders
from framework_coder.store.codings import spans_by_spot
from framework_coder.store.engine import reading
from framework_coder.store.journal import Step, now
from framework_coder.store.sources import Stored, load_sources, load_texts
from framework_coder.store.tables import CodingEntity
from framework_coder.workflows.coding import coding_columns

if TYPE_CHECKING:
    from framework_coder.language.rules import RuleMatcher


@dataclass(frozen=True, slots=True)
class _Task:
    """A text, whole or some of its blocks, and the pickled codebook: a worker compiles the rules once."""

    stored: Stored
    codebook: bytes


@dataclass(frozen=True, slots=True)
class Suggestions:
    """How many codings were proposed, over how many sources; `problems` names sources that failed."""

    proposed: int
    sources: int
    problems: tuple[str, ...] = ()
    is_cancelled: bool = False


def suggest(
    engine: Engine,
    *,
    who: str,
    themes: Sequence[str] = (),
    sources: Sequence[int] = (),
    workers: int | None = None,
    progress: Progress | None = None,
    why: str = "",
) -> Suggestions:
    """Propose the sentences in which a theme's rules match, with the rules as reason, in one journal entry.

    A passage inside one that is coded at the theme already, in whatever state, is not proposed again.
    `themes` and `sources` (numbers) narrow the work down. Progress counts sources, or the parts of a
    single one. Cancelled, nothing is stored.
    """
    progress = progress or Silent()
    with reading(engine) as connection:
        book = load_codebook(connection)
        chosen = [s for s in load_sources(connection) if not sources or s.id in sources]
    rules = pickle.dumps(_with_rules(book, themes))
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    refs, sites = {s.id: s.ref for s in chosen}, {s.id: s.sites for s in chosen}
    with reading(engine) as connection, WorkerPool(workers, time_limit=120) as pool:
        tasks: Iterable[_Task] = (
            _Task(each, rules) for each in load_texts(connection, [s.id for s in chosen])
        )
        if len(chosen) == 1:  # nothing else would show how far it is
            tasks = [part for task in tasks for part in _parts(task)]
            progress.begin("Applying rules", len(tasks))
        else:
            progress.begin("Applying rules", len(chosen))
        for task, found in pool.run(_find, tasks, name_of=lambda task: refs[task.stored.source]):
            if isinstance(found, FrameworkCoderError):
                problems.append(str(found))
            else:
                rows += [{**row, "site": site} for row in found for site in sites[task.stored.source]]
            progress.advance(1, refs[task.stored.source])
            if progress.is_cancelled():
                return Suggestions(0, 0, tuple(problems), is_cancelled=True)
    proposed = _store(engine, rows, who=who, why=why)
    return Suggestions(proposed, len(chosen), tuple(problems))


def _parts(task: _Task) -> list[_Task]:
    """Return a text in parts of neighbouring blocks, each with as little else as rules and places need."""
    text = task.stored.text
    bare, blocks, found, first = replace(text, warnings=(), comments=()), text.blocks, [], 0
    for number, block in enumerate(blocks):
        if block.end - blocks[first].start >= PART or number + 1 == len(blocks):
            part = replace(bare, blocks=blocks[first : number + 1])
            found.append(replace(task, stored=replace(task.stored, text=part, segments=())))
            first = number + 1
    return found


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """What rules would propose: so many passages in so many of the sources looked at, the first as examples.

    An example is the ref of its source, start, end (code points) and quote. `is_whole` says that all sources
    were looked at in the time given.
    """

    passages: int
    sources: int
    looked_at: int
    is_whole: bool
    examples: tuple[tuple[str, int, int, str], ...]


EXAMPLES = 12
PART = 100_000
"""Characters of a long text between two looks at whether the work is cancelled."""


def try_rules(engine: Engine, theme: str, rules: MatchingRules, *, seconds: float) -> RuleTrial:
    """Apply rules to the texts, one after another until the time is over; nothing is stored.

    Raises BadInputError where the rules cannot be used.
    """
    with reading(engine) as connection:
        book = _with_rules(load_codebook(connection), [theme]).change(theme, rules=rules)
        refs = {source.id: source.ref for source in load_sources(connection)}
        packed, until = pickle.dumps(book), monotonic() + seconds
        passages, sources, looked_at = 0, 0, 0
        examples: list[tuple[str, int, int, str]] = []
        for stored in load_texts(connection, list(refs)):
            if monotonic() > until:
                break
            found = [row for row in _find(_Task(stored, packed)) if row["theme"] == theme]
            passages, sources, looked_at = passages + len(found), sources + bool(found), looked_at + 1
            ref = refs[stored.source]
            examples += [(ref, row["start"], row["end"], row["quote"]) for row in found]
    return RuleTrial(passages, sources, looked_at, looked_at == len(refs), tuple(examples[:EXAMPLES]))


def _with_rules(book: Codebook, themes: Sequence[str]) -> Codebook:
    """Return the codebook in which only the chosen active themes are active: the others propose nothing."""
    wanted = {below for theme in themes for below in book.descendants(theme)} if themes else None
    for theme in book.active:
        if wanted is not None and theme.id not in wanted and theme.rules != type(theme.rules)():
            book = book.change(theme.id, rules=type(theme.rules)())
    return book


def _store(engine: Engine, rows: list[dict[str, Any]], *, who: str, why: str) -> int:
    made = {
        "coder": who,
        "origin": CodingOrigin.RULE.value,
        "state": CodingState.PROPOSED.value,
        "made_on": now()[:10],
    }
    with Step(engine, who=who, action="suggest codings", why=why) as step:
        spans = spans_by_spot(step.connection, {row["source"] for row in rows})
        new = [row | made for row in rows if not _is_coded(row, spans)]
        note_coders(step, [who] if new else [])
        new.sort(key=lambda row: (row["source"], row["start"], row["theme"], row["site"]))
        step.insert(CodingEntity, new)
    return len(new)


def _is_coded(row: dict[str, Any], spans: dict[tuple[int, int, str], list[tuple[int, int]]]) -> bool:
    there = spans.get((row["source"], row["site"], row["theme"]), ())
    return any(start <= row["start"] and row["end"] <= end for start, end in there)


@lru_cache(maxsize=1)
def _matcher(codebook: bytes) -> "RuleMatcher":
    from framework_coder.language.rules import compile_rules

    return compile_rules(pickle.loads(codebook))  # noqa: S301 - our own process packed it


def _find(task: _Task) -> list[dict[str, Any]]:
    """Return coding columns of the passages that match: one for each theme and passage."""
    text = task.stored.text
    found: dict[tuple[int, int, str], list[str]] = {}
    for match in _matcher(task.codebook).find(text.text, text.blocks):
        reasons = found.setdefault((match.start, match.end, match.theme), [])
        if match.rule not in reasons:
            reasons.append(match.rule)
    return [
        {**coding_columns(task.stored, start, end), "theme": theme, "reason": "; ".join(reasons)}
        for (start, end, theme), reasons in sorted(found.items())
    ]
