"""Cut the blocks of a source into sentences and speaker turns that tile them.

A splitter of our own on the idea of spaCy's sentencizer (end marks, then exceptions), since making tokens
only to find full stops takes three times as long and knows no “Dr.”: `docs/decisions/021-sentences.md`.
"""

import re
from collections.abc import Iterable

from framework_coder.language.abbreviations import (
    BEFORE_NUMBER,
    DAYS_AND_MONTHS,
    MAY_BE_LAST,
    NEVER_LAST,
    SELDOM_LAST,
    STARTERS,
)
from framework_coder.model.sources import Block, BlockKind, Segment, SegmentKind

_CANDIDATE = re.compile(
    r"[.!?…。！？؟।\n](?:"
    r"(?<=[.!?…])(?P<more>[.!?…]*)(?P<close>[\"'”’»)\]]*)"
    r"(?:\[?\d{1,3}(?:[,–-]\d{1,3})*\]?(?=\s+[\"'“‘(]?[A-Z]))?\s+(?=\S)"
    r"|(?<=[。！？؟।])[。！？؟।]*[”’」』)]*\s*(?=\S)"
    r"|(?<=\n)[^\S\n]*(?:\n\s*(?=\S)|(?=[•●▪◦‣·*–-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)))"
)
"""It begins with one set of signs, so that the engine skips to them; `more` are end marks after the first."""

_OPENING = frozenset("\"'“‘«([*_")
_OPENERS = re.compile(r"[\"'“‘«(\[*_]*")
_WORD = re.compile(r"[\w’'.-]*")
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlc]{1,5}|[IVXLC]{1,5})")
_INITIALS = re.compile(r"(?:[A-Za-z]\.?-?)*(?<![A-Za-z])[A-Za-z]|(?:[A-Za-z]{1,3}\.)+[A-Za-z]{1,3}")
_SPEAKER = re.compile(r"(?m)^[A-Z][\w.'’ -]{0,30}(?: ?\([^()\n]{1,30}\))?:\s")
_LONGEST_WORD = 24


def segment(text: str, blocks: tuple[Block, ...]) -> tuple[Segment, ...]:
    """Return the sentences and speaker turns of all blocks, in order.

    The segments of a block cover it without a gap; white space belongs to the segment before it. A block
    of kind `turn` is one turn, and so is each labelled line of a block with two or more of them.
    """
    numbers = iter(cut(text, ((block.start, block.end, block.kind) for block in blocks)))
    kinds = tuple(SegmentKind)
    pieces = zip(numbers, numbers, numbers, numbers, strict=True)
    return tuple(Segment(start, end, kinds[kind], block) for start, end, kind, block in pieces)


def cut(text: str, blocks: Iterable[tuple[int, int, str]]) -> list[int]:
    """Return what `segment` returns as numbers, for blocks given by start, end and kind.

    There are four for each segment: start, end, place of its kind in `SegmentKind`, and block.
    """
    numbers: list[int] = []
    for ordinal, (first, last, block) in enumerate(blocks):
        starts = [first] if block == BlockKind.TURN else _split_turns(text, first, last)
        kind = 1 if starts else 0
        begin, *others = starts or split_sentences(text, first, last)
        for end in others:
            numbers += (begin, end, kind, ordinal)
            begin = end
        numbers += (begin, last, kind, ordinal)
    return numbers


def split_sentences(text: str, start: int, end: int) -> list[int]:
    """Return where the sentences of `text[start:end]` begin; the first is `start`."""
    starts = [start]
    for found in _CANDIDATE.finditer(text, start, end):
        if found["more"] is None or _ends_sentence(text, starts[-1], found, end):
            starts.append(found.end())
    return starts


def _split_turns(text: str, start: int, end: int) -> list[int]:
    """Return where the turns inside a block begin; none where fewer than two lines name a speaker."""
    if text.find("\n", start, end) < 0:
        return []
    starts = [found.start() for found in _SPEAKER.finditer(text, start, end)]
    if len(starts) < 2:  # noqa: PLR2004 - a lone label is a heading or a field
        return []
    return starts if starts[0] == start else [start, *starts]


def _ends_sentence(text: str, begin: int, found: "re.Match[str]", end: int) -> bool:
    """Say whether the end mark found really ends the sentence that began at `begin`."""
    after = found.end()
    following = text[after]
    if following in _OPENING:
        opened = _OPENERS.match(text, after, end)
        after = opened.end() if opened else after
        following = text[after] if after < end else following
    if following.islower():
        return False
    at = found.start()
    if text[at] != "." or found["more"]:
        return True
    head = text[max(begin, at - _LONGEST_WORD) : at].rsplit(None, 1)
    word = head[-1].lstrip("\"'“‘«([*_/") if head else ""
    if found["close"]:
        if not _is_abbreviation(word):
            return True
    elif len(head) < 2 and _LIST_NUMBER.fullmatch(text, begin, at):  # noqa: PLR2004 - a word before it, or none
        return False
    return _ends_after(word, following, text, after, end)


def _next_word(text: str, start: int, end: int) -> str:
    found = _WORD.match(text, start, end)
    return found[0].rstrip(".").lower() if found else ""


def _is_abbreviation(word: str) -> bool:
    return word.lower() in NEVER_LAST or word.lower() in SELDOM_LAST


def _ends_after(word: str, following: str, text: str, after: int, end: int) -> bool:
    """Say whether a full stop after `word`, before a capital or a digit at `after`, ends a sentence."""
    key = word.lower()
    if key not in _SPECIAL and not _is_initials(word):
        return True
    if key in NEVER_LAST:
        return False
    if key in BEFORE_NUMBER:
        return not following.isdigit()
    if key in MAY_BE_LAST:
        return following.isalpha() and _next_word(text, after, end) not in DAYS_AND_MONTHS
    return _next_word(text, after, end) in STARTERS


_SPECIAL = frozenset((*NEVER_LAST, *BEFORE_NUMBER, *MAY_BE_LAST, *SELDOM_LAST))


def _is_initials(word: str) -> bool:
    """Say whether a word is initials; longer ones have a point or a hyphen."""
    may_be = len(word) == 1 or "." in word or "-" in word
    return may_be and _INITIALS.fullmatch(word) is not None
