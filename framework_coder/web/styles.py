"""Colours of states and themes as style sheets."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from framework_coder.model.codebook import Codebook
from framework_coder.model.design import Method
from framework_coder.model.legend import LEGEND, Lamp

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_PLAIN = "/:=' .,"
"""Signs of a picture that stand in an address as they are."""
_NAME = re.compile(r"[^A-Za-z0-9_-]")


def name_theme(theme: str) -> str:
    """Return the class of a theme: its id with every other sign written as its number."""
    return "t-" + _NAME.sub(lambda found: f"_{ord(found.group()):x}_", theme)


def write_look(codebook: Codebook, methods: Sequence[Method] = ()) -> str:
    """Return a style sheet with the colours of every state (`.s-…`) and theme (`.t-…`, as `--theme`).

    Cells of the grid have their colours (`.is-…`) and the lamps of planned methods (`.m0-supports` …) without
    properties that their content would inherit, which costs as much as laying them out.
    """
    lines = [
        f".s-{state.value}{{--state:{look.background};--on-state:{look.foreground}}}"
        for state, look in LEGEND.items()
    ]
    lines += [
        f"td.is-{state.value}>b{{background-color:{look.background};color:{look.foreground}}}"
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
    return "\n".join((*lines, *_write_lamps(methods))) + "\n"


_ACROSS, _DOWN, _WIDE = 5, 4, 13
"""Pixels: of the lamps from the right and from the bottom of a cell, and of a lamp."""


def _write_lamps(methods: Sequence[Method]) -> Iterator[str]:
    last = len(methods) - 1
    images = ",".join(f"var(--m{place},none)" for place in range(len(methods)))
    places = ",".join(
        f"right {_ACROSS + (last - place) * (_WIDE + 2)}px bottom {_DOWN}px" for place in range(len(methods))
    )
    for place in range(len(methods)):  # not inherited: the elements within a cell keep sharing their styles
        yield f'@property --m{place}{{syntax:"*";inherits:false}}'
    yield f".grid td{{background-image:{images or 'none'};background-position:{places or '0 0'}}}"
    for is_dark in (False, True):
        rules = "".join(
            f".m{place}-{lamp.value}{{--m{place}:{_draw_lamp(lamp, method.letter, is_dark=is_dark)}}}"
            for place, method in enumerate(methods)
            for lamp in Lamp
        )
        yield f"@media screen and (prefers-color-scheme:dark){{{rules}}}" if is_dark else rules


def _draw_lamp(lamp: Lamp, letter: str, *, is_dark: bool) -> str:
    """Return a lamp as a picture: filled, split, outlined, plain, dotted, or none."""
    if lamp is Lamp.NOT_COLLECTED:
        return "none"
    deep, against, bright, soft = "#1b5e63", "#b8402f", "#7cc4c8" if is_dark else "#1b5e63", "#8a857b"
    fill, edge, ink, more = {
        Lamp.SUPPORTS: (deep, deep, "#fff", ""),
        Lamp.CONTRADICTS: (deep, against, "#fff", f"<path d='M12.5 1v11.5H1z' fill='{against}'/>"),
        Lamp.CODED: ("none", bright, bright, ""),
        Lamp.SILENT: ("none", soft, soft, ""),
        Lamp.NOT_EXAMINED: ("none", soft, soft, ""),
    }[lamp]
    dots = " stroke-dasharray='1 1.6'" if lamp is Lamp.NOT_EXAMINED else ""
    wide = 1.6 if lamp is Lamp.CODED else 1
    picture = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{_WIDE}' height='{_WIDE}'>"
        f"<rect x='.5' y='.5' width='12' height='12' rx='2.5' fill='{fill}' stroke='{edge}'"
        f" stroke-width='{wide}'{dots}/>{more}<text x='6.5' y='9.6' text-anchor='middle' font-weight='700'"
        f" font-family='sans-serif' font-size='8.5' fill='{ink}'>{escape(letter)}</text></svg>"
    )
    return f'url("data:image/svg+xml,{quote(picture, safe=_PLAIN)}")'
