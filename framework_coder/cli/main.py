"""The `framework-coder` command: its groups of commands, and what becomes of errors."""

import os
import sys
import traceback
from typing import Annotated, Any, NoReturn

import typer
import typer.core

from framework_coder import __version__
from framework_coder.cli import (
    analysing,
    charting,
    codebooks,
    coding,
    examining,
    exchanging,
    exploring,
    findings,
    history,
    keeping,
    memos,
    reviewing,
    running,
    serving,
    sources,
    workbooks,
)
from framework_coder.cli.exits import Exit, exit_code
from framework_coder.cli.streams import ReaderGoneError, flush_output, is_reader_gone, speak_utf8
from framework_coder.errors import CancelledError, FrameworkCoderError

TRACE_VARIABLE = "FRAMEWORK_CODER_TRACEBACK"


class StoppedError(CancelledError):
    """Ctrl+C, or an answer that never came."""

    def __init__(self) -> None:
        super().__init__("Stopped; nothing is half-stored.")


class _Commands(typer.core.TyperGroup):
    """Takes up what ends a command early, before Typer turns it into a bare exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError, typer.Abort) as error:
            raise StoppedError from error
        except OSError as error:
            if is_reader_gone(error):
                raise ReaderGoneError from error
            raise


app = typer.Typer(
    name="framework-coder",
    cls=_Commands,
    help="Framework analysis of documentary evidence: code sources, chart a site × theme matrix, "
    "and show what supports each cell. Everything stays on this machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (
    running,
    keeping,
    history,
    sources,
    codebooks,
    coding,
    charting,
    examining,
    exchanging,
    reviewing,
    analysing,
    exploring,
    findings,
    memos,
    workbooks,
    serving,
):
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
    speak_utf8()
    _quieten_libraries()
    code = _run()
    sys.exit(flush_output(code))


def _quieten_libraries() -> None:
    """Let no library write to standard error on its own: what matters is told by our own sentences."""
    import logging
    import warnings

    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _run() -> int:
    try:
        app(prog_name="framework-coder")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else Exit.DONE
    except ReaderGoneError:
        return Exit.DONE
    except FrameworkCoderError as error:
        return _tell(str(error), exit_code(error))
    except KeyboardInterrupt:
        return _tell(str(StoppedError()), Exit.CANCELLED)
    except OSError as error:
        named = error.filename or "The output"
        why = error.strerror or str(error)
        return _tell(f"{named} cannot be used ({why}); check the place and its free space.", Exit.BAD_INPUT)
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        return _tell_unforeseen(error)
    return Exit.DONE


def _tell(sentence: str, code: Exit) -> Exit:
    print(f"framework-coder: {sentence}", file=sys.stderr)
    return code


def _tell_unforeseen(error: Exception) -> Exit:
    if os.environ.get(TRACE_VARIABLE):
        traceback.print_exception(error)
    return _tell(
        f"Something unforeseen went wrong ({type(error).__name__}: {error}); please report it. "
        f"With {TRACE_VARIABLE}=1 in the environment the same command shows where.",
        Exit.BROKEN,
    )
