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

FALLBACKS = (
    "#1b6ca8", "#b0562b", "#4f7d1f", "#8c3fa8", "#a3322f",
    "#157a6e", "#8a6d00", "#5b5bd0", "#a8327a", "#4a6572",
)  # fmt: skip
"""For themes without a colour of their own or of one above, in turn; all can be read on white."""


def name_theme(theme: str) -> str:
    """Return the class of a theme: its id with every other sign written as its number."""
    return "t-" + _NAME.sub(lambda found: f"_{ord(found.group()):x}_", theme)


def write_look(codebook: Codebook, methods: Sequence[Method] = ()) -> str:
    """Return a style sheet with the colours of every state (`.s-…`) and theme (`.t-…`, as `--theme`).

    The highlights of a theme are `t-…`, `t-…-over` (a passage on another one: its line runs above the words,
    so that both can be seen) and `t-…-maybe` (proposed). Cells of the grid have their colours (`.is-…`) and
    the lamps of planned methods as pictures (`.m0-supports` …) without properties that their content would
    inherit, which costs as much as laying them out.
    """
    lines = [
        f".s-{state.value}{{--state:{look.background};--on-state:{look.foreground}}}"
        for state, look in LEGEND.items()
    ]
    lines += [
        f"td.is-{state.value}>b{{background-color:{look.background};color:{look.foreground}}}"
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
    coloured = (*lines, *light, "@media (prefers-color-scheme: dark) {", *dark, "}")
    return "\n".join((*coloured, *_write_lamps(methods))) + "\n"


def _highlights(look: str, colour: str, ink: str) -> list[str]:
    """Return the rules of a theme's highlights, for words of a colour.

    Without variables, and on the text as a whole, from which its blocks inherit them: otherwise each block of
    a long text, and each cell of the matrix, would have to look up its own for every theme.
    """
    wash = f"background-color:color-mix(in srgb,{colour} 18%,transparent)"
    line = f"color-mix(in srgb,{colour} 78%,{ink})"
    return [
        f"#text::highlight({look}){{{wash};text-decoration:underline 1px {line}}}",
        f"#text::highlight({look}-over){{{wash};text-decoration:overline 2px {line}}}",
        f"#text::highlight({look}-maybe){{text-decoration:underline dashed 2px {line}}}",
    ]


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
