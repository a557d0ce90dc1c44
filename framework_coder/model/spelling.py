"""The known name that a mistyped one was probably meant to be."""

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that resembles `word` most, or None where none resembles it."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else None
