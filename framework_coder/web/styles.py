"""Colours of states and themes as style sheets."""

import re

from framework_coder.model.codebook import Codebook
from framework_coder.model.legend import LEGEND

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_NAME = re.compile(r"[^A-Za-z0-9_-]")

FALLBACKS = (
    "#1b6ca8", "#b0562b", "#4f7d1f", "#8c3fa8", "#a3322f",
    "#157a6e", "#8a6d00", "#5b5bd0", "#a8327a", "#4a6572",
)  # fmt: skip
"""For themes without a colour of their own or of one above, in turn; all can be read on white."""


def name_theme(theme: str) -> str:
    """Return the class of a theme: its id with every other sign written as its number."""
    return "t-" + _NAME.sub(lambda found: f"_{ord(found.group()):x}_", theme)


def write_look(codebook: Codebook) -> str:
    """Return a style sheet with the colours of every state (`.s-…`) and theme (`.t-…`, as `--theme`).

    The highlights of a theme are `t-…`, `t-…-over` (a passage on another one: its line runs above the words,
    so that both can be seen) and `t-…-maybe` (proposed).
    """
    lines = [
        f".s-{state.value}{{--state:{look.background};--on-state:{look.foreground}}}"
        for state, look in LEGEND.items()
    ]
    light: list[str] = []
    dark: list[str] = []
    for place, theme in enumerate(codebook):
        colour = codebook.colour(theme.id)
        if not _COLOUR.fullmatch(colour):
            colour = FALLBACKS[place % len(FALLBACKS)]
        look = name_theme(theme.id)
        lines.append(f".{look}{{--theme:{colour}}}")
        light += _highlights(look, colour, "#1d1c1a")
        dark += _highlights(look, colour, "#eceae5")
    return "\n".join([*lines, *light, "@media (prefers-color-scheme: dark) {", *dark, "}"]) + "\n"


def _highlights(look: str, colour: str, ink: str) -> list[str]:
    """Return the rules of a theme's highlights, for words of a colour.

    Without variables: each block of a long text would have to look up its own for every theme.
    """
    wash = f"background-color:color-mix(in srgb,{colour} 18%,transparent)"
    line = f"color-mix(in srgb,{colour} 78%,{ink})"
    return [
        f"::highlight({look}){{{wash};text-decoration:underline 1px {line}}}",
        f"::highlight({look}-over){{{wash};text-decoration:overline 2px {line}}}",
        f"::highlight({look}-maybe){{text-decoration:underline dashed 2px {line}}}",
    ]
