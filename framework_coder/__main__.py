"""Run the command line: `python -m framework_coder`."""

from framework_coder.cli import main

main()
