"""Help: every shortcut, every state and flag, the words of the method, and the tour."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from framework_coder.model.legend import LEGEND
from framework_coder.web.pages import SCREENS, render
from framework_coder.web.shortcuts import SHORTCUTS

router = APIRouter()

WORDS = (
    ("site", "a row of the matrix: the organisation studied"),
    ("source", "one document, questionnaire or meeting record of a site, or of several"),
    ("method", "how a source was obtained"),
    ("theme", "a column: a topic of the framework, there from the start or emerged from the material"),
    ("coding", "a passage of a source put under a theme, for a site, by a coder"),
    ("cell", "a site and a theme"),
    ("claim", "one statement written in a cell: what the evidence says here"),
    ("evidence", "a coding linked to a claim as supporting, qualifying or contradicting it, or as context"),
    ("coverage", "whether a source has been examined for a theme"),
    ("finding", "a statement across sites that rests on claims"),
)


@router.get("/help", include_in_schema=False)
def show_help(request: Request) -> HTMLResponse:
    """Show the help."""
    names = {id_: name for id_, _, name in SCREENS} | {"": "Everywhere", "reader": "Reader"}
    groups = [(names.get(screen, screen.capitalize()), keys) for screen, keys in SHORTCUTS.items()]
    return render(request, "help", "Help", groups=groups, looks=list(LEGEND.items()), words=WORDS)
