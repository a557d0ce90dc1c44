"""Lists, counts and citation tokens as a sentence needs them."""

from collections.abc import Iterable

from framework_coder.model.codings import Coding
from framework_coder.model.study import Source


def join(words: Iterable[str], last: str = "and") -> str:
    """Return `a`, `a and b` or `a, b and c`."""
    *before, end = list(words) or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


def count(number: int, one: str, many: str = "") -> str:
    """Return `1 source` or `3,000 sources`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def cite(source: Source, coding: Coding) -> str:
    """Return the citation token of a coding: `[D07 p4 ¶2]`."""
    place = str(coding.locator)
    return f"[{source.ref} {place}]" if place else f"[{source.ref}]"
