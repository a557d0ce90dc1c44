"""Colours that can be told apart: the next one is the farthest from those in use, as the eye sees distance.

Distances are Euclidean in Oklab (B. Ottosson, 2020), where equal steps look about equal.
"""

import math
from collections.abc import Collection, Iterable
from functools import cache

Lab = tuple[float, float, float]

LIGHTNESSES, CHROMAS, HUES = (0.47, 0.56, 0.65), (0.10, 0.15), 24
"""The candidates: dark enough on white, light enough on black; hues in equal steps."""

GREY: Lab = (0.6, 0.0, 0.0)
"""The colour of a theme without one."""


def propose_colour(taken: Iterable[str]) -> str:
    """Return the candidate (`#1a2b3c`) whose nearest neighbour among the colours taken is farthest away."""
    used = [to_lab(colour) for colour in taken if colour] + [GREY]
    return max(_candidates(), key=lambda colour: min(math.dist(to_lab(colour), other) for other in used))


def propose_colours(number: int, taken: Collection[str] = ()) -> list[str]:
    """Return so many colours, each chosen when those before it are taken."""
    found: list[str] = []
    for _ in range(number):
        found.append(propose_colour((*taken, *found)))
    return found


def to_lab(colour: str) -> Lab:
    """Return a colour `#1a2b3c` as Oklab."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


DARK_ENCODED, DARK_LINEAR = 0.04045, 0.0031308
"""Below these sRGB is a straight line (IEC 61966-2-1)."""


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= DARK_ENCODED else ((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    return float(12.92 * part if part <= DARK_LINEAR else 1.055 * part ** (1 / 2.4) - 0.055)


@cache
def _candidates() -> tuple[str, ...]:
    made = (
        _from_lab((light, chroma * math.cos(angle), chroma * math.sin(angle)))
        for light in LIGHTNESSES
        for chroma in CHROMAS
        for angle in (2 * math.pi * hue / HUES for hue in range(HUES))
    )
    return tuple(dict.fromkeys(colour for colour in made if colour))


def _from_lab(lab: Lab) -> str:
    """Return the colour, or nothing where no screen shows it."""
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    if not all(0 <= part <= 1 for part in parts):
        return ""
    return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in parts)
