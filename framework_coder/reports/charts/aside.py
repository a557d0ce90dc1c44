"""Pictures drawn by an interpreter of their own: the renderer holds the one that it is called from."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile

from framework_coder.reports.charts.drawing import Chart, render_svg, renumber

_DRAW = """
import json, sys
charts = json.load(sys.stdin.buffer)
import vl_convert
drawn = [vl_convert.vegalite_to_svg(chart, allowed_base_urls=[]) for chart in charts]
sys.stdout.buffer.write(json.dumps(drawn).encode())
"""


@contextmanager
def draw_aside(charts: Sequence[Chart]) -> Iterator[Callable[[], list[str]]]:
    """Begin to draw; yield what waits for the pictures as SVG, the same that `render_svg` returns."""
    with TemporaryFile() as told, TemporaryFile() as drawn:
        told.write(json.dumps([dict(chart.spec) for chart in charts]).encode())
        told.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-P", "-c", _DRAW],
            stdin=told,
            stdout=drawn,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

        def collect() -> list[str]:
            if process.wait():  # it could not, so that this interpreter draws or says why it cannot either
                return [render_svg(chart) for chart in charts]
            drawn.seek(0)
            return [renumber(picture) for picture in json.load(drawn)]

        try:
            yield collect
        finally:
            process.kill()
            process.wait()
