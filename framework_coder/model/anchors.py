"""The quote and surroundings of a span, and how to find it again in changed text.

The ladder: the quote at its old position; the quote elsewhere, told apart by its surroundings; the same with
other white space between its words, then with other white space anywhere; a passage that resembles it.
Several equally good places are all returned: nobody guesses.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

CONTEXT = 32
"""Characters of text kept on each side of a quote."""

FUZZY_CUTOFF = 80.0
"""The least resemblance (rapidfuzz ratio, 0-100) at which a changed passage is offered."""

NEAR_BEST = 2.0
"""Fuzzy places within so many points of the best are offered beside it."""

_REACH = 24
"""How many characters an end of a fuzzy place may move."""

WEIGHT_QUOTE, WEIGHT_PREFIX, WEIGHT_SUFFIX, WEIGHT_POSITION = 50.0, 20.0, 20.0, 2.0
"""What each part is worth when two places compete."""

LEAST_RESEMBLANCE = 50.0
"""Below this nothing is offered at all for a quote that was lost."""

_WIDEST = 4
"""A passage between known surroundings may be so many times as long as the quote was."""

How = Literal["position", "exact", "fuzzy", "context", "remote"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote with up to 32 characters of text before and after it, and where it began (None: not known)."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A place for an anchor; `score` is 0-100, 100 where the quote stands there letter for letter."""

    start: int
    end: int
    how: How
    score: float


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of `text[start:end]`."""
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def find_anchor(text: str, anchor: Anchor) -> list[Found]:
    """Return the best places of an anchor: none where it is missing, several where they are equally good."""
    quote = anchor.quote
    if not quote.strip():
        return []
    start = anchor.start
    if start is not None and start >= 0 and text.startswith(quote, start):
        return [Found(start, start + len(quote), "position", 100.0)]
    exact = [Found(m, m + len(quote), "exact", 100.0) for m in _occurrences(text, quote)]
    if not exact:
        spans = _loose_occurrences(text, quote.split(), r"\s+") or _loose_occurrences(text, quote, r"\s*")
        exact = [Found(a, b, "exact", 100.0) for a, b in spans]
    return _best(text, anchor, exact) if exact else _find_fuzzy(text, anchor)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


_ALIKE = {"'": "['’‘ʼ]", '"': '["“”]', "-": "[-‐‑–—]"}
_ALIKE |= dict.fromkeys("’‘ʼ", _ALIKE["'"]) | dict.fromkeys("“”", _ALIKE['"'])
_ALIKE |= dict.fromkeys("‐‑–—", _ALIKE["-"])


def _loose_occurrences(text: str, parts: Iterable[str], gap: str) -> list[tuple[int, int]]:
    """Find parts of a quote one after the other, with any quotation marks and dashes in place of their own.

    Between words any white space may stand; between letters too, since some tools put a space where the
    type of letters changes ("the cl inic").
    """
    plain = (
        "".join(_ALIKE.get(char, re.escape(char)) for char in part if not char.isspace()) for part in parts
    )
    return [match.span() for match in re.finditer(gap.join(filter(None, plain)), text)]


def _best(text: str, anchor: Anchor, places: list[Found]) -> list[Found]:
    """Keep the places whose surroundings fit best."""
    if len(places) <= 1:
        return places
    scored = [(_fit(text, anchor, place), place) for place in places]
    top = max(score for score, _ in scored)
    return [place for score, place in scored if score > top - 1e-6]


def _fit(text: str, anchor: Anchor, place: Found) -> float:
    from rapidfuzz import fuzz

    score = WEIGHT_QUOTE * place.score / 100
    if anchor.prefix:
        before = text[max(0, place.start - len(anchor.prefix) - 1) : place.start]
        score += WEIGHT_PREFIX * fuzz.partial_ratio(anchor.prefix.strip(), before.strip()) / 100
    if anchor.suffix:
        after = text[place.end : place.end + len(anchor.suffix) + 1]
        score += WEIGHT_SUFFIX * fuzz.partial_ratio(anchor.suffix.strip(), after.strip()) / 100
    if anchor.start is not None:
        score += WEIGHT_POSITION * (1 - min(1.0, abs(place.start - anchor.start) / max(1, len(text))))
    return score


def _find_fuzzy(text: str, anchor: Anchor) -> list[Found]:
    """Find passages of whole words that resemble the quote, at or above the cutoff."""
    from rapidfuzz import fuzz

    found: set[Found] = set()
    rest = [(0, len(text))]
    while rest:
        low, high = rest.pop()
        if high - low < len(anchor.quote) // 2:
            continue
        match = fuzz.partial_ratio_alignment(anchor.quote, text[low:high], score_cutoff=FUZZY_CUTOFF - 10)
        if match is None or match.dest_start == match.dest_end:
            continue
        start, end = low + match.dest_start, low + match.dest_end
        place = _settle(text, anchor.quote, start, end)
        if place.score >= FUZZY_CUTOFF:
            found.add(place)
            # what is left never holds the match itself, wherever its ends have settled: it grows smaller
            rest += [(low, min(place.start, start)), (max(place.end, end), high)]
    best = max((place.score for place in found), default=0.0)
    near = [place for place in found if place.score >= best - NEAR_BEST]
    return _best(text, anchor, sorted(near, key=lambda place: place.start))


def _settle(text: str, quote: str, start: int, end: int) -> Found:
    """Move both ends over a few words to where the passage resembles the quote most."""
    from rapidfuzz import fuzz

    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    words = [(low + m.start(), low + m.end()) for m in re.finditer(r"\w+|[^\w\s]", text[low:high])]
    starts = [a for a, _ in words if abs(a - start) <= _REACH] or [start]
    ends = [b for _, b in words if abs(b - end) <= _REACH] or [end]
    places = ((fuzz.ratio(quote, text[a:b]), a, b) for a in starts for b in ends if a < b)
    score, a, b = max(places, key=lambda place: (place[0], -place[1]), default=(0.0, start, end))
    return Found(a, b, "fuzzy", score)


def find_candidates(text: str, anchor: Anchor) -> list[Found]:
    """Return what a person may choose from for an anchor that has no sure place, best first.

    Beyond `find_anchor`: the passage that stands between the words that stood around the quote (`context`),
    however little of the quote is left, or else the passage that resembles the quote most (`remote`).
    """
    found = find_anchor(text, anchor)
    if not found:
        nearest = _find_between(text, anchor) or _find_remote(text, anchor.quote)
        found = [nearest] if nearest else []
    near = anchor.start or 0
    return sorted(found, key=lambda place: (-place.score, abs(place.start - near)))


def _find_between(text: str, anchor: Anchor) -> Found | None:
    """Return the passage between the old surroundings, where both stand in the text not too far apart."""
    from rapidfuzz import fuzz

    before, after = anchor.prefix.strip(), anchor.suffix.strip()
    if not before or not after:
        return None
    left = fuzz.partial_ratio_alignment(before, text, score_cutoff=FUZZY_CUTOFF)
    if left is None:
        return None
    rest = text[left.dest_end : left.dest_end + _WIDEST * (len(anchor.quote) + CONTEXT)]
    right = fuzz.partial_ratio_alignment(after, rest, score_cutoff=FUZZY_CUTOFF)
    if right is None or not rest[: right.dest_start].strip():
        return None
    passage = rest[: right.dest_start]
    start = left.dest_end + len(passage) - len(passage.lstrip())
    end = left.dest_end + len(passage.rstrip())
    return Found(start, end, "context", fuzz.ratio(anchor.quote, text[start:end]))


def _find_remote(text: str, quote: str) -> Found | None:
    from rapidfuzz import fuzz

    match = fuzz.partial_ratio_alignment(quote, text, score_cutoff=LEAST_RESEMBLANCE)
    if match is None or match.dest_start == match.dest_end:
        return None
    place = _settle(text, quote, match.dest_start, match.dest_end)
    is_like = place.score >= LEAST_RESEMBLANCE and text[place.start : place.end].strip()
    return Found(place.start, place.end, "remote", place.score) if is_like else None
