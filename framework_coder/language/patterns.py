"""Token patterns of themes: checked, compiled for spaCy's Matcher, passed over where they cannot match."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.language.segmenter import split_sentences
from framework_coder.language.stems import Stems, fold, strip_accents
from framework_coder.model.codebook import Codebook

Pattern = tuple[dict[str, Any], ...]

_GAP = re.compile(r"\s+")
_LITERAL = ("LOWER", "TEXT", "ORTH", "NORM")
_MAY_BE_ABSENT = frozenset({"?", "*", "!"})


class PatternError(BadInputError):
    """A token pattern that spaCy's Matcher does not know."""

    def __init__(self, theme: str, ordinal: int, pattern: object, why: str) -> None:
        shown = json.dumps(pattern, ensure_ascii=False, default=str)
        super().__init__(
            f"Theme “{theme}”: pattern {ordinal} ({shown}) is no token pattern: {why}. "
            "Correct it in the codebook; the keys are those of spaCy's Matcher, and STEM."
        )


@dataclass(frozen=True, slots=True)
class Needed:
    """What a block must hold for one token of a pattern: one of the texts, or one of the stems."""

    texts: tuple[str, ...]
    stems: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A compiled pattern: its theme, its number, what it needs, and spaCy's matcher for it alone."""

    theme: str
    ordinal: int
    needed: tuple[Needed, ...]
    matcher: Any
    uses_stems: bool


@dataclass(frozen=True, slots=True)
class PatternMatch:
    """Where pattern number `ordinal` (from 1) of a theme matches."""

    theme: str
    ordinal: int
    start: int
    end: int


class PatternMatcher:
    """Finds the token patterns of a codebook in a block of text."""

    def __init__(self, codebook: Codebook, stems: Stems) -> None:
        self._stems = stems
        self._patterns: list[_Pattern] = []
        self._wanted_stems: set[str] = set()
        found = [
            (theme.id, ordinal, pattern)
            for theme in codebook.active
            for ordinal, pattern in enumerate(theme.rules.patterns, start=1)
        ]
        if found:
            import spacy

            self._nlp = spacy.blank("en")
            self._patterns = [self._compile(*one) for one in found]

    def _compile(self, theme: str, ordinal: int, pattern: Pattern) -> _Pattern:
        from spacy.matcher import Matcher

        # One matcher a pattern: spaCy tests every pattern of a matcher at every token.
        matcher = Matcher(self._nlp.vocab, validate=True)
        try:
            matcher.add("pattern", [[self._translate(token) for token in pattern]])
        except Exception as error:
            raise PatternError(theme, ordinal, pattern, _first_line(error)) from error
        uses_stems = any(key.upper() == "STEM" for token in pattern for key in token)
        return _Pattern(theme, ordinal, self._find_needed(pattern), matcher, uses_stems)

    def find(self, text: str, stems: frozenset[str]) -> Iterator[PatternMatch]:
        """Yield the matches in a text that has these stems, each inside one sentence.

        White space of any length is one space to a pattern.
        """
        lowered = fold(text)
        likely = _likely(self._patterns, lowered, stems)
        if not likely:
            return
        needs_stems = any(need.stems for pattern in likely for need in pattern.needed)
        starts = split_sentences(text, 0, len(text))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            sentence = text[start:end]
            own = frozenset(self._stems.of(sentence)) if needs_stems else stems
            for match in self._find_in(sentence, _likely(likely, lowered[start:end], own)):
                yield replace(match, start=start + match.start, end=start + match.end)

    def _find_in(self, sentence: str, likely: list[_Pattern]) -> Iterator[PatternMatch]:
        if not likely:
            return
        squeezed, places = _squeeze(sentence)
        doc = self._nlp.make_doc(squeezed)
        if any(pattern.uses_stems for pattern in likely):
            self._set_stems(doc)
        for pattern in likely:
            for first, last in _longest(pattern.matcher(doc)):
                start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
                yield PatternMatch(pattern.theme, pattern.ordinal, places[start], places[end - 1] + 1)

    def _set_stems(self, doc: Any) -> None:
        """Put the stems that patterns ask for where the matcher looks; it insists on there being some."""
        doc[0].lemma_ = " "
        for token in doc:
            stem = self._stems[token.text]
            if stem in self._wanted_stems:
                token.lemma_ = stem

    def _translate(self, token: dict[str, Any]) -> dict[str, Any]:
        """Return a token condition as spaCy knows it: stems stand in the lemma, which is empty otherwise."""
        if not isinstance(token, dict):
            raise TypeError("every token is a mapping of conditions")
        translated = {}
        for key, condition in token.items():
            if key.upper() == "STEM":
                self._wanted_stems.update(self._stems[word] for word in _words_of(condition, "NOT_IN"))
                translated["LEMMA"] = _map_texts(condition, lambda word: self._stems[word])
            elif key.upper() in _LITERAL:
                # The text is folded but for its case, so the conditions are too.
                change = fold if key.upper() == "LOWER" else strip_accents
                translated[key] = _map_texts(condition, change)
            else:
                translated[key] = condition
        return translated

    def _find_needed(self, pattern: Pattern) -> tuple[Needed, ...]:
        """Return what must be there for a pattern to match, the rarest first: long words are rare."""
        needed = []
        for token in pattern:
            if str(token.get("OP", "1")) in _MAY_BE_ABSENT or str(token.get("OP", "1")).startswith(
                ("{0", "{,")
            ):
                continue
            for key, condition in token.items():
                words = _words_of(condition)
                if words and key.upper() == "STEM":
                    needed.append(Needed((), frozenset(self._stems[word] for word in words)))
                elif words and key.upper() in _LITERAL[:3]:
                    needed.append(Needed(tuple(fold(word) for word in words)))
        return tuple(sorted(needed, key=lambda need: -min(map(len, need.texts or need.stems))))


def _first_line(error: Exception) -> str:
    errors = getattr(error, "errors", None)
    if isinstance(errors, dict) and errors:
        first = next(iter(errors.values()))
        return "; ".join(map(str, first if isinstance(first, list) else [first])).rstrip(".")
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__


def _likely(patterns: list[_Pattern], lowered: str, stems: frozenset[str]) -> list[_Pattern]:
    """Return the patterns whose needs a text, in folded letters and with these stems, meets."""
    likely = []
    for pattern in patterns:  # plain loops: this is asked millions of times a corpus
        for need in pattern.needed:
            for text in need.texts:
                if text in lowered:
                    break
            else:
                if need.stems.isdisjoint(stems):
                    break
        else:
            likely.append(pattern)
    return likely


def _longest(matches: Any) -> Iterator[tuple[int, int]]:
    """Yield the first and last tokens of matches that lie in no other match."""
    reach = 0
    for start, end in sorted(
        ((start, end) for _, start, end in matches), key=lambda match: (match[0], -match[1])
    ):
        if end > reach:
            yield start, end
            reach = end


def _words_of(condition: object, *more: str) -> list[str]:
    """Return the words of which one must be there: a text, or those of IN (and of these lists too)."""
    if isinstance(condition, str):
        return [condition]
    if isinstance(condition, dict) and set(condition) <= {"IN", *more}:
        return [word for words in condition.values() for word in words if isinstance(word, str)]
    return []


def _map_texts(condition: Any, change: Any) -> Any:
    """Return a condition with its texts changed; a regular expression is left as it is."""
    if isinstance(condition, str):
        return change(condition)
    if isinstance(condition, dict):
        return {
            key: [change(word) if isinstance(word, str) else word for word in value]
            if key in {"IN", "NOT_IN"} and isinstance(value, list)
            else value
            for key, value in condition.items()
        }
    return condition


def _squeeze(text: str) -> tuple[str, range | list[int]]:
    """Return the text without accents and with single spaces, and where each character of it stood."""
    plain = strip_accents(text)
    if "\n" not in plain and "  " not in plain:
        return plain, range(len(plain))
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for gap in _GAP.finditer(plain):
        parts += (plain[end : gap.start()], " ")
        places += (*range(end, gap.start()), gap.start())
        end = gap.end()
    parts.append(plain[end:])
    places += range(end, len(plain))
    return "".join(parts), places
