"""Options that many commands share, and how they find the project."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.errors import BadInputError, NotFoundError

if TYPE_CHECKING:
    from framework_coder.project import Project

PROJECT_VARIABLE = "FRAMEWORK_CODER_PROJECT"
CODER_VARIABLE = "FRAMEWORK_CODER_CODER"

ProjectOption = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        help="The project file or postgresql:// address; without it, the only *.fwc file here.",
        envvar=PROJECT_VARIABLE,
        show_default=False,
    ),
]
WhoOption = Annotated[
    str,
    typer.Option(
        "--who",
        help="In whose name; without it, your login name.",
        envvar=CODER_VARIABLE,
        show_default=False,
    ),
]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, for the journal.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
SiteOption = Annotated[
    list[str] | None, typer.Option("--site", "-s", help="Only this site (its code); repeat for several.")
]
ThemeOption = Annotated[
    list[str] | None,
    typer.Option("--theme", "-t", help="Only this theme (its id) and those below it; repeat for several."),
]
MethodOption = Annotated[
    list[str] | None, typer.Option("--method", "-m", help="Only this method; repeat for several.")
]
CoderOption = Annotated[
    list[str] | None, typer.Option("--coder", help="Only this coder; repeat for several.")
]
StateOption = Annotated[
    list[str] | None, typer.Option("--state", help="Only cells in this state; repeat for several.")
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where", "-w", help="Only sites with this attribute, as in tier=primary; repeat for more."
    ),
]


class NoProjectError(NotFoundError):
    """No project was named and none lies in the folder."""

    def __init__(self) -> None:
        super().__init__(
            "There is no project (*.fwc) in this folder; name one with -p, "
            "or make one with `framework-coder init`."
        )


class SeveralProjectsError(BadInputError):
    """Several projects lie in the folder."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"There are several projects here ({', '.join(names)}); name one with -p.")


class BadFilterError(BadInputError):
    """A filter that is not of the form name=value."""

    def __init__(self, text: str) -> None:
        super().__init__(f"--where {text}: write an attribute and a value, as in tier=primary.")


def find_project(place: str) -> str:
    """Return the project named, or the only one in this folder."""
    if place:
        return place
    found = sorted(path.name for path in Path().glob("*.fwc") if not path.name.startswith("."))
    if not found:
        raise NoProjectError
    if len(found) > 1:
        raise SeveralProjectsError(found)
    return found[0]


def open_project(place: str, who: str = "") -> "Project":
    """Open the project that a command works on."""
    from framework_coder.project import Project

    return Project.open(find_project(place), who=who or os.environ.get(CODER_VARIABLE, ""))


def read_where(filters: list[str] | None) -> dict[str, list[str]]:
    """Return attribute filters as a mapping of attribute to the values wanted."""
    found: dict[str, list[str]] = {}
    for text in filters or ():
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadFilterError(text)
        found.setdefault(name.strip(), []).append(value.strip())
    return found
