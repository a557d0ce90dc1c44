"""Token patterns of themes: checked, compiled for spaCy's Matcher, passed over where they cannot match."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.language.stems import Stems, fold
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

    def is_met(self, lowered: str, stems: frozenset[str]) -> bool:
        """Whether a block, in folded letters and with these stems, holds it."""
        return not self.stems.isdisjoint(stems) or any(text in lowered for text in self.texts)


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
        self._needed: list[tuple[Needed, ...]] = []
        self._keys: dict[str, tuple[str, int]] = {}
        self._uses_stems = False
        patterns = [
            (theme.id, ordinal, pattern)
            for theme in codebook.active
            for ordinal, pattern in enumerate(theme.rules.patterns, start=1)
        ]
        if patterns:
            self._compile(patterns)

    def _compile(self, patterns: list[tuple[str, int, Pattern]]) -> None:
        import spacy
        from spacy.matcher import Matcher

        self._nlp = spacy.blank("en")
        self._matcher = Matcher(self._nlp.vocab, validate=True)
        for theme, ordinal, pattern in patterns:
            key = f"{theme} {ordinal}"
            try:
                self._matcher.add(key, [[self._translate(token) for token in pattern]])
            except Exception as error:
                raise PatternError(theme, ordinal, pattern, _first_line(error)) from error
            self._keys[key] = (theme, ordinal)
            self._needed.append(self._find_needed(pattern))

    def may_match(self, lowered: str, stems: frozenset[str]) -> bool:
        """Whether any pattern can match a text with these folded letters and stems."""
        return any(all(need.is_met(lowered, stems) for need in needed) for needed in self._needed)

    def find(self, text: str) -> Iterator[PatternMatch]:
        """Yield the longest matches in a text; white space of any length is one space to a pattern."""
        folded, places = _squeeze(text)
        doc = self._nlp.make_doc(folded)
        if self._uses_stems:
            for token in doc:
                token.lemma_ = self._stems[token.text]
        for key, first, last in self._longest(doc):
            theme, ordinal = self._keys[self._nlp.vocab.strings[key]]
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
            yield PatternMatch(theme, ordinal, places[start], places[end - 1] + 1)

    def _longest(self, doc: Any) -> Iterator[tuple[int, int, int]]:
        """Yield for each pattern its matches that lie in no other match of the same pattern."""
        found = sorted(self._matcher(doc), key=lambda match: (match[0], match[1], -match[2]))
        before = (-1, 0, 0)
        for match in found:
            if match[0] != before[0] or match[2] > before[2]:
                yield match
                before = match

    def _translate(self, token: dict[str, Any]) -> dict[str, Any]:
        """Return a token condition as spaCy knows it: stems stand in the lemma, which is empty otherwise."""
        if not isinstance(token, dict):
            raise TypeError("every token is a mapping of conditions")
        translated = {}
        for key, condition in token.items():
            if key.upper() == "STEM":
                self._uses_stems = True
                translated["LEMMA"] = _map_texts(condition, lambda word: self._stems[word])
            elif key.upper() in _LITERAL:
                # The text is folded but for its case, so the conditions are too.
                change = fold if key.upper() == "LOWER" else _strip_accents
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


def _words_of(condition: object) -> list[str]:
    """Return the words of which one must be there: a text, or those of IN."""
    if isinstance(condition, str):
        return [condition]
    if isinstance(condition, dict) and set(condition) == {"IN"}:
        return [word for word in condition["IN"] if isinstance(word, str)]
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


def _strip_accents(text: str) -> str:
    """Return the text without accents, of the same length and case."""
    if text.isascii():
        return text
    return "".join(
        (plain.upper() if letter.isupper() else plain) if len(plain) == 1 else letter
        for letter, plain in zip(text, fold(text), strict=True)
    )


def _squeeze(text: str) -> tuple[str, range | list[int]]:
    """Return the text without accents and with single spaces, and where each character of it stood."""
    plain = _strip_accents(text)
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
