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

MOST_WORKERS = 256
LARGEST = 2**31 - 1
"""No option takes a larger number."""

ProjectOption = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        help="The project file or postgresql:// address; without it, the only *.fwc file here.",
        metavar="PROJECT",
        envvar=PROJECT_VARIABLE,
        show_default=False,
    ),
]
WhoOption = Annotated[
    str,
    typer.Option(
        "--who",
        help="In whose name; without it, your login name.",
        metavar="NAME",
        envvar=CODER_VARIABLE,
        show_default=False,
    ),
]
WhyOption = Annotated[
    str, typer.Option("--why", help="The reason, for the journal.", metavar="REASON", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
SiteOption = Annotated[
    list[str] | None,
    typer.Option("--site", "-s", help="Only this site (its code); repeat for several.", metavar="CODE"),
]
ThemeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--theme",
        "-t",
        help="Only this theme (its id) and those below it; repeat for several.",
        metavar="THEME",
    ),
]
MethodOption = Annotated[
    list[str] | None,
    typer.Option("--method", "-m", help="Only this method; repeat for several.", metavar="METHOD"),
]
CoderOption = Annotated[
    list[str] | None, typer.Option("--coder", help="Only this coder; repeat for several.", metavar="NAME")
]
SourcesOption = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only this source (D07); repeat for several.", metavar="REF"),
]
StateOption = Annotated[
    list[str] | None,
    typer.Option("--state", help="Only cells in this state; repeat for several.", metavar="STATE"),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        "-w",
        help="Only sites with this attribute, as in tier=primary; repeat for more.",
        metavar="NAME=VALUE",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=0,
        max=MOST_WORKERS,
        metavar="NUMBER",
        help="Processes that share the work; one a core unless given, 0 uses this one.",
    ),
]
LimitOption = Annotated[
    int, typer.Option("--limit", "-n", min=1, max=LARGEST, metavar="NUMBER", help="How many at most.")
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


class BadPairError(BadInputError):
    """An option's value that is not of the form name=value."""

    def __init__(self, option: str, text: str) -> None:
        super().__init__(f"{option} {text}: write an attribute and a value, as in tier=primary.")


class BadDateError(BadInputError):
    """An option's value that is no date."""

    def __init__(self, option: str, text: str) -> None:
        super().__init__(f"{option} {text}: write a date as 2016-02-01, 2016-02 or 2016.")


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


def read_where(filters: list[str] | None, option: str = "--where") -> dict[str, list[str]]:
    """Return name=value pairs as a mapping of name to the values given; raises BadPairError."""
    found: dict[str, list[str]] = {}
    for text in filters or ():
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadPairError(option, text)
        found.setdefault(name.strip(), []).append(value.strip())
    return found


def read_date(text: str, option: str) -> str:
    """Return a date given to the day, the month or the year; raises BadDateError."""
    from framework_coder.model.dates import PartialDate

    try:
        return str(PartialDate.parse(text))
    except ValueError as error:
        raise BadDateError(option, text) from error


def check_filters(
    opened: "Project", sites: list[str] | None = None, methods: list[str] | None = None
) -> None:
    """Raise UnknownFilterError where a filter names a site or a method that the project does not have."""
    from framework_coder.project.selecting import check_names

    if sites:
        check_names("site", sites, {site.code for site in opened.sites.list()})
    if methods:
        check_names("method", methods, {method.id for method in opened.design.methods})


def as_typed(path: object) -> str:
    """Return a path as it can be typed on a command line."""
    return f'"{path}"' if " " in str(path) else str(path)


def program_as_typed() -> str:
    """Return how this program is typed here: by its name where the shell finds it, else as it was started."""
    import shutil
    import sys

    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return f"{as_typed(Path(sys.executable).name)} -m framework_coder"
    if shutil.which("framework-coder") or not started.is_file():
        return "framework-coder"
    here = Path.cwd()
    return as_typed(started.relative_to(here) if started.is_relative_to(here) else started)
