"""Pages: Jinja templates that show something useful before scripts run, with their data beside them."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from framework_coder import __version__
from framework_coder.model.legend import LEGEND
from framework_coder.web.files import modules_behind, static_address
from framework_coder.web.payloads.base import Payload, ShortcutLine
from framework_coder.web.shortcuts import shortcuts_of

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
SCREENS = (
    ("home", "/", "Home"),
    ("sources", "/sources", "Sources"),
    ("codebook", "/codebook", "Codebook"),
    ("matrix", "/matrix", "Matrix"),
    ("triangulation", "/triangulation", "Triangulation"),
    ("explore", "/explore", "Explore"),
    ("reports", "/reports", "Reports"),
    ("journal", "/journal", "Journal"),
)
"""Each screen: its id, its address and its name, in the order of the navigation."""


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"version": __version__, "legend": LEGEND, "as_json": embed}
    made.globals |= {"static": static_address(), "modules_behind": modules_behind}
    return made


def embed(value: object) -> Markup:
    """Return JSON that can stand inside a script element: nothing in it ends the element."""
    if isinstance(value, Payload):
        text = value.model_dump_json()
    else:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign that could end the element is written as \uXXXX


def render(request: Request, name: str, title: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return the page of a screen (`home`), or of a part of one (`explore/findings`).

    `page` in `values` is the data that its script reads.
    """
    screen = name.partition("/")[0]
    project = request.app.state.project
    template = _environment().get_template(f"{name}.html")
    study, who = request.app.state.snapshots.name(), project.who
    shortcuts = [ShortcutLine(**each._asdict()).model_dump() for each in shortcuts_of(screen)]
    html = template.render(
        screen=screen, title=title, screens=SCREENS, study=study, who=who, shortcuts=shortcuts, **values
    )
    return HTMLResponse(html, status)
