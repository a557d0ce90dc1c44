"""Cut the blocks of a source into sentences and speaker turns that tile them.

A splitter of our own on the idea of spaCy's sentencizer (end marks, then exceptions), since making tokens
only to find full stops takes three times as long and knows no “Dr.”: `docs/decisions/021-sentences.md`.
"""

import re
from collections.abc import Iterator

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
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?:\[?\d{1,3}(?:[,–-]\d{1,3})*\]?(?=\s+[\"'“‘(]?[A-Z]))?\s+(?=\S)"
    r"|(?P<wide>[。！？؟।]+[”’」』)]*)\s*(?=\S)"
    r"|\n(?P<item>[^\S\n]*(?:\n\s*(?=\S)|(?=[•●▪◦‣·*–-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)))"
)
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
    return tuple(
        Segment(start, end, kind, ordinal)
        for ordinal, block in enumerate(blocks)
        for start, end, kind in _parts(text, block)
    )


def split_sentences(text: str, start: int, end: int) -> list[int]:
    """Return where the sentences of `text[start:end]` begin; the first is `start`."""
    starts = [start]
    for found in _CANDIDATE.finditer(text, start, end):
        if found["mark"] is None or _ends_sentence(text, starts[-1], found, end):
            starts.append(found.end())
    return starts


def _parts(text: str, block: Block) -> Iterator[tuple[int, int, SegmentKind]]:
    kind = SegmentKind.SENTENCE
    if block.kind is BlockKind.TURN:
        kind, starts = SegmentKind.TURN, [block.start]
    else:
        starts = _split_turns(text, block)
        if starts:
            kind = SegmentKind.TURN
        else:
            starts = split_sentences(text, block.start, block.end)
    for start, end in zip(starts, [*starts[1:], block.end], strict=True):
        yield start, end, kind


def _split_turns(text: str, block: Block) -> list[int]:
    """Return where the turns inside a block begin; none where fewer than two lines name a speaker."""
    if text.find("\n", block.start, block.end) < 0:
        return []
    starts = [found.start() for found in _SPEAKER.finditer(text, block.start, block.end)]
    if len(starts) < 2:  # noqa: PLR2004 - a lone label is a heading or a field
        return []
    return starts if starts[0] == block.start else [block.start, *starts]


def _ends_sentence(text: str, begin: int, found: "re.Match[str]", end: int) -> bool:
    """Say whether the end mark found really ends the sentence that began at `begin`."""
    opened = _OPENERS.match(text, found.end(), end)
    after = opened.end() if opened else found.end()
    following = text[after] if after < end else text[found.end()]
    if following.islower():
        return False
    if found["mark"] != ".":
        return True
    at = found.start()
    head = text[max(begin, at - _LONGEST_WORD) : at].rsplit(None, 1)
    word = head[-1].lstrip("\"'“‘«([*_/") if head else ""
    if _LIST_NUMBER.fullmatch(text, begin, at) and not found["close"]:
        return False
    if found["close"] and not _is_abbreviation(word):
        return True
    return _ends_after(word, following, _next_word(text, after, end))


def _next_word(text: str, start: int, end: int) -> str:
    found = _WORD.match(text, start, end)
    return found[0].rstrip(".").lower() if found else ""


def _is_abbreviation(word: str) -> bool:
    return word.lower() in NEVER_LAST or word.lower() in SELDOM_LAST


def _ends_after(word: str, following: str, next_word: str) -> bool:
    """Say whether a full stop after `word`, before a capital or a digit, ends a sentence."""
    key = word.lower()
    if key in NEVER_LAST:
        return False
    if key in BEFORE_NUMBER:
        return not following.isdigit()
    if key in MAY_BE_LAST:
        return following.isalpha() and next_word not in DAYS_AND_MONTHS
    if key in SELDOM_LAST or _INITIALS.fullmatch(word):
        return next_word in STARTERS
    return True
