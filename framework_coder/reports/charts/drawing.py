"""What all charts share: the Vega-Lite frame, the look, and how a picture is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework_coder.reports.tables import Table

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, FAINT = "#26231f", "#d8d3ca"
ROW, WIDTH, PER_LETTER = 22, 620, 6.5
"""Pixels: the height of a row, the width of a chart's body, what a letter of a label takes."""


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


_IDS = re.compile(r'(?<=\bid=")(?:gradient_|clip)\d+(?=")')
_NAMED = re.compile(r'(\bid="|url\(#)(gradient_|clip)(\d+)')


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: what it shows in words, the table behind it, and its Vega-Lite specification."""

    name: str
    title: str
    caption: str
    table: Table
    spec: Mapping[str, Any]


def frame(chart_title: str, rows: list[dict[str, Any]], **parts: Any) -> dict[str, Any]:
    """Return a specification in the common look; `parts` are the rest of it."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": chart_title, "anchor": "start", "fontSize": 14, "color": INK},
        "background": "#ffffff",
        "data": {"values": [{name: _clean(value) for name, value in row.items()} for row in rows]},
        "config": {
            "font": FONT,
            "axis": {"labelColor": INK, "titleColor": INK, "labelLimit": 260, "gridColor": "#eeebe5"},
            "legend": {"labelColor": INK, "titleColor": INK, "labelLimit": 260},
            "view": {"stroke": None},
        },
        **parts,
    }


def _clean(value: Any) -> Any:
    """Return a value with a mark in place of what no picture can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def render_svg(chart: Chart) -> str:
    """Return the picture as SVG, the same each time; nothing is fetched."""
    import vl_convert

    return renumber(str(vl_convert.vegalite_to_svg(dict(chart.spec), allowed_base_urls=[])))


def renumber(svg: str) -> str:
    """Return a picture with its ids numbered from 1: the library counts on over all that it ever drew."""
    numbers: dict[str, int] = {}
    for name in _IDS.findall(svg):
        numbers.setdefault(name, len(numbers) + 1)
    return _NAMED.sub(lambda found: f"{found[1]}{found[2]}{numbers.get(found[2] + found[3], found[3])}", svg)


def render_png(chart: Chart, scale: float = 2.0) -> bytes:
    """Return the picture as PNG, `scale` pixels to a point."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(dict(chart.spec), scale=scale, allowed_base_urls=[]))
