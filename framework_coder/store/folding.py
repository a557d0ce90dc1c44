"""Letters as the search index compares them: lower case, without accents, one for one."""

import unicodedata


class _Letters(dict[int, str]):
    """Folds each letter when it first comes up."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].lower()
        self[code] = folded = base if len(base) == 1 else letter
        return folded


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Return text of the same length in which `Café` reads `cafe`."""
    return text.translate(_LETTERS)
