"""What all charts share: the Vega-Lite frame, the look, and how a picture is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework_coder.reports.tables import Table

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, FAINT = "#26231f", "#d8d3ca"
ROW, WIDTH, PER_LETTER = 22, 620, 6.5
"""Pixels: the height of a row, the width of a chart's body, what a letter of a label takes."""


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
        "data": {"values": rows},
        "config": {
            "font": FONT,
            "axis": {"labelColor": INK, "titleColor": INK, "labelLimit": 260, "gridColor": "#eeebe5"},
            "legend": {"labelColor": INK, "titleColor": INK, "labelLimit": 260},
            "view": {"stroke": None},
        },
        **parts,
    }


def render_svg(chart: Chart) -> str:
    """Return the picture as SVG; nothing is fetched."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(chart.spec), allowed_base_urls=[]))


def render_png(chart: Chart, scale: float = 2.0) -> bytes:
    """Return the picture as PNG, `scale` pixels to a point."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(dict(chart.spec), scale=scale, allowed_base_urls=[]))
