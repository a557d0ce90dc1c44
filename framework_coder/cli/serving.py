"""The command that opens the web interface: serve."""

from typing import Annotated

import typer

from framework_coder.cli.options import ProjectOption, WhoOption, open_project

LARGEST_PORT = 65_535


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("serve")(serve)


def serve(
    project: ProjectOption = "",
    who: WhoOption = "",
    port: Annotated[
        int,
        typer.Option(
            "--port", min=0, max=LARGEST_PORT, metavar="NUMBER", help="Where to listen; 0 takes a free port."
        ),
    ] = 0,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="NAME", help="The address to listen at; only this machine unless given."
        ),
    ] = "127.0.0.1",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the link and open no browser.")
    ] = False,
) -> None:
    """Serve the project to a browser on this machine, until Ctrl+C."""
    from framework_coder.web.serving import serve as serve_project

    with open_project(project, who) as opened:

        def tell(link: str) -> None:
            print(f"Serving {opened.name} as {opened.who}. This link opens it, once:", flush=True)
            print(f"  {link}\nCtrl+C stops it.", flush=True)

        serve_project(opened, tell, host=host, port=port, is_opened=not no_browser)
