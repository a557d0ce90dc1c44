"""Colours of states and themes as style sheets."""

import re

from framework_coder.model.codebook import Codebook
from framework_coder.model.legend import LEGEND

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_NAME = re.compile(r"[^A-Za-z0-9_-]")


def name_theme(theme: str) -> str:
    """Return the class of a theme: its id with every other sign written as its number."""
    return "t-" + _NAME.sub(lambda found: f"_{ord(found.group()):x}_", theme)


def write_look(codebook: Codebook) -> str:
    """Return a style sheet with the colours of every state (`.s-…`) and theme (`.t-…`, as `--theme`)."""
    lines = [
        f".s-{state.value}{{--state:{look.background};--on-state:{look.foreground}}}"
        for state, look in LEGEND.items()
    ]
    for theme in codebook:
        colour = codebook.colour(theme.id)
        if _COLOUR.fullmatch(colour):
            look = name_theme(theme.id)
            lines.append(f".{look}{{--theme:{colour}}}")
            lines.append(
                f"::highlight({look}){{background-color:color-mix(in srgb,{colour} 26%,transparent)}}"
            )
    return "\n".join(lines) + "\n"
