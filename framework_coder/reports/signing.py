"""Sums over what cells say, by which an edited sheet is told from one that was only sorted or saved again."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from operator import mul
from zlib import crc32

_SIZE = 1 << 32
_BETWEEN = "\ue000"
"""Stands between texts that are gone through together, in a fraction of the time that one by one takes."""


def sign(values: Iterable[Hashable]) -> int:
    """Return a number that these values make in whatever order; white space and empty ones count nothing."""
    counted = Counter(values)
    total: int = sum(map(mul, map(crc32, _bare(list(counted))), counted.values()))
    return total % _SIZE


def add(one: int, other: int) -> int:
    """Return what the values of both make."""
    return (one + other) % _SIZE


def sign_apart(values: Iterable[object]) -> str:
    """Return four digits for each of these values, in their order."""
    return "".join(f"{crc32(bare) & 0xFFFF:04x}" for bare in _bare(list(values)))


def _bare(values: Sequence[object]) -> list[bytes]:
    """Return values without what spreadsheet programs change of themselves: 1.0 for "1", white space."""
    if not values:
        return []
    texts = [value if isinstance(value, str) else _write(value) for value in values]
    together = _BETWEEN.join(texts)
    if together.count(_BETWEEN) >= len(texts):
        together = _BETWEEN.join(text.replace(_BETWEEN, "") for text in texts)
    return "".join(together.split()).encode("utf-8", "replace").split(_BETWEEN.encode())


def _write(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    return str(value)
