"""The `framework-coder` command: its groups of commands, and what becomes of errors."""

import sys
from typing import Annotated, NoReturn

import typer

from framework_coder import __version__
from framework_coder.cli import analysing, codebooks, coding, keeping, running, sources
from framework_coder.cli.exits import Exit, exit_code
from framework_coder.errors import FrameworkCoderError

app = typer.Typer(
    name="framework-coder",
    help="Framework analysis of documentary evidence: code sources, chart a site × theme matrix, "
    "and show what supports each cell. Everything stays on this machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (running, keeping, sources, codebooks, coding, analysing):
    module.add_to(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"framework-coder {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop."),
    ] = False,
) -> None:
    """Nothing to do before a command."""


def main() -> NoReturn:
    """Run the command line; an error is one sentence on standard error and an exit code."""
    try:
        app()
    except FrameworkCoderError as error:
        print(f"framework-coder: {error}", file=sys.stderr)
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        print("framework-coder: stopped; nothing is half-stored.", file=sys.stderr)
        sys.exit(Exit.CANCELLED)
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        sys.stderr.close()
        sys.exit(Exit.DONE)
    sys.exit(Exit.DONE)
