"""The commands that open the web interface: serve, and open, which also makes a project of a folder."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.options import ProjectOption, WhoOption, WorkersOption, open_project
from framework_coder.cli.progress import watched

if TYPE_CHECKING:
    from framework_coder.project import Project

LARGEST_PORT = 65_535


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("serve")(serve)
    app.command("open")(open_)


PortOption = Annotated[
    int,
    typer.Option(
        "--port", min=0, max=LARGEST_PORT, metavar="NUMBER", help="Where to listen; 0 takes a free port."
    ),
]
NoBrowserOption = Annotated[bool, typer.Option("--no-browser", help="Print the link and open no browser.")]


def serve(
    project: ProjectOption = "",
    who: WhoOption = "",
    port: PortOption = 0,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="NAME", help="The address to listen at; only this machine unless given."
        ),
    ] = "127.0.0.1",
    no_browser: NoBrowserOption = False,
) -> None:
    """Serve the project to a browser on this machine, until Ctrl+C."""
    with open_project(project, who) as opened:
        _serve(opened, host=host, port=port, is_opened=not no_browser)


def open_(
    study: Annotated[
        str,
        typer.Argument(
            help="A project file, a study folder, or a folder whose sub-folders are sites; without it, the "
            "project of this folder.",
            metavar="STUDY",
            show_default=False,
        ),
    ] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    port: PortOption = 0,
    workers: WorkersOption = None,
    no_browser: NoBrowserOption = False,
) -> None:
    """Open a study in the browser. Of a folder that has no project yet one is made beside it."""
    place = study or project
    if study and "://" not in study:
        place = _find_or_make(study, who, workers)
    with open_project(place, who) as opened:
        _serve(opened, port=port, is_opened=not no_browser)


def _find_or_make(study: str, who: str, workers: int | None) -> str:
    """Return the project of a path; what was left out of a new one goes to standard error."""
    from framework_coder.project import find_or_make

    with watched() as progress:
        found = find_or_make(study, who=who, workers=workers, progress=progress)
    if found.is_new:
        print(f"Made {found.project}.", flush=True)
    for problem in found.problems:
        print(f"Left out: {problem}", file=sys.stderr)
    return str(found.project)


def _serve(opened: "Project", *, port: int, is_opened: bool, host: str = "127.0.0.1") -> None:
    from framework_coder.web.serving import serve as serve_project

    def tell(link: str) -> None:
        print(f"Serving {opened.name} as {opened.who}. This link opens it, once:", flush=True)
        print(f"  {link}\nCtrl+C stops it.", flush=True)

    serve_project(opened, tell, host=host, port=port, is_opened=is_opened)
