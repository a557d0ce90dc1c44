"""Match questions of a questionnaire to themes, by the words shared with label, question and aliases."""

# ruff: noqa: SIM905 - a word list is read and changed more easily as words

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framework_coder.language.stems import Stems
from framework_coder.model.codebook import Codebook, Theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLEAR_SCORE = 70.0
"""A match is clear from this score on …"""

CLEAR_DISTANCE = 12.0
"""… if the next theme's score is at least so much lower."""

LEAST_SCORE = 55.0
"""Below this a question has no theme."""

COMMON = 0.3
"""Words that more than this part of the themes use (service, patient) tell none of them apart."""

WEIGHT_SHARED, WEIGHT_WHOLE = 0.6, 0.4
"""What the score is made of: how much of the shorter text the longer one has, and how alike both are."""

GROUP_PENALTY = 15.0
"""Taken off the score of a theme with themes below it, unless the words are all the same."""

ALL_THE_SAME = 99.0

MOST_HEAD_WORDS = 6
"""What stands before a colon is compared on its own too, up to so many words: “Aims: what was …”."""

NO_THEME = "no theme uses these words"

_NUMBERING = re.compile(
    r"^\s*(?:(?:q(?:uestion)?|item|section|part)\s*)?"
    r"[(\[]?(?:\d{1,3}(?:[.\-]\d{1,3})*\s*[a-z]?|[a-z]|[ivx]{1,5})[.):\]]+\s*"
    r"|^\s*q(?:uestion)?\s*\d{1,3}\s*[a-z]?\b[\s.:)–-]*",
    re.IGNORECASE,
)
_STOP_WORDS = frozenset(
    "a an and any are as at be been being by can could describe did do does doing done during each else for"
    " from give had has have he her how i if in into is it its like list many me more most much of on or"
    " other our out over own please say she should so some such tell than that the their them then there"
    " these they this to up us was we were what when where which who whom why will with would you your about"
    " after also yet".split()
)


@dataclass(frozen=True, slots=True)
class QuestionMatch:
    """The theme nearest to a question, None where none is near; `score` is 0-100.

    `is_clear` says whether the answer may be coded without asking; `reason` names what was compared.
    """

    theme: str | None
    score: float
    is_clear: bool
    reason: str


def strip_numbering(question: str) -> str:
    """Return a question without the number in front of it (`Q4.`, `3.2)`, `(b)`), unless nothing is left."""
    rest = _NUMBERING.sub("", question, count=1).strip()
    return rest or question.strip()


def match_questions(questions: Sequence[str], codebook: Codebook) -> list[QuestionMatch]:
    """Return for each question the nearest active theme.

    Words are compared by stem and without stop words, by rapidfuzz's token ratios; a question worded just as
    the codebook's is a clear match whatever else is near.
    """
    themes = codebook.active
    variants = [
        (theme, text) for theme in themes for text in (theme.question, theme.label, *theme.aliases) if text
    ]
    import numpy as np

    if not questions or not variants:
        return [QuestionMatch(None, 0.0, is_clear=False, reason=NO_THEME) for _ in questions]
    stems = Stems()
    common = _common_stems(themes, stems)
    bare = [strip_numbering(question) for question in questions]
    asked = [_content(question, stems, common) for question in bare]
    heads = [_content(_head(question), stems, common) for question in bare]
    known = [_content(text, stems, common) for _, text in variants]
    scores = np.maximum(_compare(asked, known), _compare(heads, known))
    leaves = {theme.id for theme in codebook.leaves}
    is_group = np.array([theme.id not in leaves for theme, _ in variants])
    scores -= GROUP_PENALTY * (is_group & (scores < ALL_THE_SAME))
    return [_judge(scores[row], asked[row], known, variants) for row in range(len(questions))]


def _head(question: str) -> str:
    """Return what stands before a colon, where that is short; else the whole question."""
    head, colon, _ = question.partition(":")
    return head if colon and len(head.split()) <= MOST_HEAD_WORDS else question


def _common_stems(themes: Sequence[Theme], stems: Stems) -> frozenset[str]:
    """Return the stems that tell no theme from another."""
    counts: Counter[str] = Counter()
    for theme in themes:
        counts.update(
            {stem for text in (theme.question, theme.label, *theme.aliases) for stem in stems.of(text)}
        )
    return frozenset(stem for stem, count in counts.items() if count > max(2.0, COMMON * len(themes)))


def _content(text: str, stems: Stems, common: frozenset[str]) -> str:
    """Return the stems that carry meaning; all of them where none does."""
    words = stems.of(text)
    kept = [word for word in words if word not in _STOP_WORDS and word not in common]
    return " ".join(kept or [word for word in words if word not in _STOP_WORDS] or words)


def _compare(asked: list[str], known: list[str]) -> "NDArray[np.float64]":
    """Return a score for each question and each wording of a theme."""
    import numpy as np
    from rapidfuzz import fuzz, process

    shared = process.cdist(asked, known, scorer=fuzz.token_set_ratio, dtype=np.float64)
    whole = process.cdist(asked, known, scorer=fuzz.token_sort_ratio, dtype=np.float64)
    scores: NDArray[np.float64] = WEIGHT_SHARED * shared + WEIGHT_WHOLE * whole
    return scores


def _judge(
    scores: "NDArray[np.float64]", asked: str, known: list[str], variants: list[tuple[Theme, str]]
) -> QuestionMatch:
    """Return the best theme of one question, and whether it is clearly the best."""
    best: dict[str, int] = {}
    for index, (theme, _) in enumerate(variants):
        if theme.id not in best or scores[index] > scores[best[theme.id]]:
            best[theme.id] = index
    first, *rest = sorted(best.values(), key=lambda index: -scores[index])
    score = round(float(scores[first]), 1)
    if score < LEAST_SCORE or not asked:
        return QuestionMatch(None, score, is_clear=False, reason=NO_THEME)
    theme, wording = variants[first]
    lead = score - float(scores[rest[0]]) if rest else score
    reason = f"like “{wording}”"
    if lead < CLEAR_DISTANCE:
        reason += f", but also like “{variants[rest[0]][1]}” ({variants[rest[0]][0].id})"
    is_clear = score >= CLEAR_SCORE and (
        lead >= CLEAR_DISTANCE or _is_only_same(asked, known, variants, first)
    )
    return QuestionMatch(theme.id, score, is_clear, reason)


def _is_only_same(asked: str, known: list[str], variants: list[tuple[Theme, str]], first: int) -> bool:
    """Whether the question has just the words of one theme's wording, and of no other theme's."""
    same = {
        variants[index][0].id
        for index, text in enumerate(known)
        if sorted(text.split()) == sorted(asked.split())
    }
    return same == {variants[first][0].id}
