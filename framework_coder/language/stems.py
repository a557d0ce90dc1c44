"""Words and their stems: what makes “referrals” and “referral” one, whatever their case and accents."""

import re
from unicodedata import combining, normalize

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
"""A word with the apostrophes inside it, or a number; hyphens part words."""

_POSSESSIVE = re.compile(r"['’]s?$")


_ABBREVIATIONS = re.compile(r"[A-Z]{2,}s|gps")


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def strip_accents(text: str) -> str:
    """Return the text without accents, of the same length."""
    return text if text.isascii() else _BEYOND_ASCII.sub(_plain_letter, text)


def fold(text: str) -> str:
    """Return the text in lower case and without accents, of the same length."""
    return strip_accents(text).lower()


def _plain_letter(found: re.Match[str]) -> str:
    """Return a letter without its accents, such that its lower case is one letter too."""
    letter = found[0]
    plain = next((part for part in normalize("NFD", letter) if not combining(part)), letter)
    return plain if len(plain.lower()) == 1 else letter.lower()[0]


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
