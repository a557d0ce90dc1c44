"""Propose codings by the rules of themes: phrases compared by word stem, and token patterns.

A match proposes the sentence that holds it (the sentences, where it spans several), since that is what an
analyst would code; the reason keeps the words that matched. A phrase is looked for in the stems of all words;
spaCy, which takes a hundred times as long, sees only blocks that hold what a pattern needs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from framework_coder.errors import BadInputError
from framework_coder.language.patterns import PatternMatcher
from framework_coder.language.segmenter import split_sentences
from framework_coder.language.stems import WORD, Stems
from framework_coder.model.codebook import Codebook
from framework_coder.model.sources import Block, BlockKind

_BETWEEN = re.compile(r"[\s'’\"“”‘(),/–—‑-]*")


class EmptyPhraseError(BadInputError):
    """A phrase without a word."""

    def __init__(self, theme: str, phrase: str) -> None:
        super().__init__(
            f"Theme “{theme}”: the phrase “{phrase}” has no word in it; correct or remove it in the codebook."
        )


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A passage `text[start:end]` that the rules of a theme propose, and why: `phrase “…”: “words found”`."""

    theme: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    theme: str
    text: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Words that match, and why."""

    theme: str
    start: int
    end: int
    reason: str


def compile_rules(codebook: Codebook) -> "RuleMatcher":
    """Return a matcher for the rules of all active themes.

    Raises `BadInputError` that names the theme and the pattern or phrase which cannot be used.
    """
    return RuleMatcher(codebook)


class RuleMatcher:
    """The rules of a codebook, ready to be applied to any number of sources."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._stems = Stems()
        self._order = {theme.id: ordinal for ordinal, theme in enumerate(codebook.active)}
        self._phrases = self._index_phrases(codebook)
        self._patterns = PatternMatcher(codebook, self._stems)

    def __reduce__(self) -> tuple[object, ...]:
        return compile_rules, (self._codebook,)  # what spaCy holds is built again, not sent

    def find(self, text: str, blocks: Iterable[Block]) -> list[RuleMatch]:
        """Return what the rules propose, in the order of the text, then of the codebook.

        Marginal blocks and questions are passed over. One theme proposes a passage once, with all reasons.
        """
        matches: list[RuleMatch] = []
        for block in blocks:
            if not block.is_marginal and block.kind is not BlockKind.QUESTION:
                found = list(self._find_in(text[block.start : block.end]))
                if found:
                    matches += self._propose(text, block, found)
        return sorted(matches, key=lambda match: (match.start, match.end, self._order[match.theme]))

    def _index_phrases(self, codebook: Codebook) -> dict[str, list[_Phrase]]:
        """Return the phrases by the stem of their first word."""
        phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for theme in codebook.active:
            for phrase in theme.rules.phrases:
                stems = self._stems.of(phrase)
                if not stems:
                    raise EmptyPhraseError(theme.id, phrase)
                phrases[stems[0]].append(_Phrase(theme.id, phrase, tuple(stems[1:])))
        return dict(phrases)

    def _find_in(self, text: str) -> Iterator[_Found]:
        """Yield all matches in a block's text."""
        stems = self._stems.of(text)
        distinct = frozenset(stems)
        if not self._phrases.keys().isdisjoint(distinct):
            yield from self._find_phrases(text, stems)
        for match in self._patterns.find(text, distinct):
            words = _shown(text, match.start, match.end)
            yield _Found(match.theme, match.start, match.end, f"pattern {match.ordinal}: “{words}”")

    def _find_phrases(self, text: str, stems: list[str]) -> Iterator[_Found]:
        places: list[tuple[int, int]] = []
        for first, stem in enumerate(stems):
            for phrase in self._phrases.get(stem, ()):
                last = first + 1 + len(phrase.rest)
                if tuple(stems[first + 1 : last]) != phrase.rest:
                    continue
                places = places or [found.span() for found in WORD.finditer(text)]
                if _is_unbroken(text, places[first:last]):
                    start, end = places[first][0], places[last - 1][1]
                    reason = f"phrase “{phrase.text}”: “{_shown(text, start, end)}”"
                    yield _Found(phrase.theme, start, end, reason)

    def _propose(self, text: str, block: Block, found: list[_Found]) -> list[RuleMatch]:
        """Return a match for each theme and passage, its reasons joined."""
        borders = [*split_sentences(text, block.start, block.end), block.end]
        reasons: dict[tuple[str, int, int], list[str]] = defaultdict(list)
        for one in sorted(found, key=lambda one: (one.start, one.end)):
            low, high = block.start + one.start, block.start + one.end
            start = max(border for border in borders if border <= low)
            end = min(border for border in borders if border >= high)
            held = reasons[one.theme, start, start + len(text[start:end].rstrip())]
            if one.reason not in held:
                held.append(one.reason)
        return [
            RuleMatch(theme, start, end, "; ".join(held)) for (theme, start, end), held in reasons.items()
        ]


def _is_unbroken(text: str, places: list[tuple[int, int]]) -> bool:
    """Whether no full stop or the like stands between the words of a phrase."""
    return all(_BETWEEN.fullmatch(text, before[1], after[0]) for before, after in pairwise(places))


def _shown(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
