"""Words and their stems: what makes “referrals” and “referral” one, whatever their case and accents."""

import re
from unicodedata import combining, normalize

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
"""A word with the apostrophes inside it, or a number; hyphens part words."""

_POSSESSIVE = re.compile(r"['’]s?$")


_ABBREVIATIONS = re.compile(r"[A-Z]{2,}s|gps")


def fold(text: str) -> str:
    """Return the text in lower case and without accents, of the same length."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_letter, text))


def _fold_letter(letter: str) -> str:
    plain = [part for part in normalize("NFD", letter.lower()) if not combining(part)]
    return plain[0] if plain else letter


class Stems(dict[str, str]):
    """The stem of each word asked for, worked out once (Snowball's English stemmer)."""

    def __init__(self) -> None:
        import snowballstemmer

        self._stem = snowballstemmer.stemmer("english").stemWord

    def __missing__(self, word: str) -> str:
        bare = _POSSESSIVE.sub("", word).replace("’", "'")
        if _ABBREVIATIONS.fullmatch(bare):  # GPs, CCGs: the stemmer leaves words without a vowel alone
            bare = bare[:-1]
        stem = self[word] = str(self._stem(fold(bare)))
        return stem

    def of(self, text: str) -> list[str]:
        """Return the stems of the words of a text, in order."""
        return [self[word] for word in WORD.findall(text)]
