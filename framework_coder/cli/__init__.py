"""The command line. Commands import the facade when they run, so that `--help` answers at once."""

from framework_coder.cli.main import main

__all__ = ["main"]
