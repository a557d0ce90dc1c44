"""Write the reference pages that follow from the program itself; a test proves that they are up to date."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from framework_coder.cli.exits import MEANINGS
from framework_coder.cli.main import TRACE_VARIABLE, app
from framework_coder.cli.options import CODER_VARIABLE, PROJECT_VARIABLE
from framework_coder.model.attention import NEEDS
from framework_coder.model.claims import Stance
from framework_coder.model.codebook import Codebook
from framework_coder.model.design import Design
from framework_coder.model.legend import LAMP_MARKS, LEGEND, Lamp
from framework_coder.model.matrix import build_matrix
from framework_coder.model.study import Study
from framework_coder.model.triangulation import Flag
from framework_coder.project import ProjectMatrix
from framework_coder.project.frames import FRAMES
from framework_coder.reports.guide import FLAGS, LAMPS
from framework_coder.reports.whole import SCHEMA
from framework_coder.web.shortcuts import SHORTCUTS

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py (`make docs`); change the program, not this page. -->"


def write_pages() -> dict[Path, str]:
    """Return the text of every generated page by its path."""
    return {
        REFERENCE / "command-line.md": _join(_command_line()),
        REFERENCE / "tables.md": _join(_tables()),
        REFERENCE / "states-and-flags.md": _join(_states_and_flags()),
        REFERENCE / "frames.md": _join(_frames()),
        REFERENCE / "shortcuts.md": _join(_shortcuts()),
    }


def _shortcuts() -> Iterator[str]:
    yield from ("# Shortcuts of the browser", "", NOTE, "")
    yield "`?` lists those of the screen that you are on. A Mac's Command key does what Ctrl does here."
    for screen, keys in SHORTCUTS.items():
        yield from (
            "",
            f"## {screen.capitalize() or 'Everywhere'}",
            "",
            "| keys | what they do |",
            "|---|---|",
        )
        for each in keys:
            named = " + ".join(f"`{key.replace('Control', 'Ctrl')}`" for key in each.keys.split("+"))
            yield f"| {named} | {each.told} |"


def _join(lines: Iterable[str]) -> str:
    return "\n".join([NOTE, "", *lines]) + "\n"


def _draw(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    """Yield a Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield "| " + " | ".join(str(field).replace("|", "\\|") for field in row) + " |"
    yield ""


def _command_line() -> Iterator[str]:
    yield from (
        "# Command line",
        "",
        "`framework-coder COMMAND …`, or the same as `python -m framework_coder`. `--help` after any",
        "command shows what stands here. Every listing takes `--json` and `--csv`, which give all",
        "columns and whole fields; on a terminal long fields are shortened with `…`. Output into",
        "files and pipes is UTF-8.",
        "",
        "Long work shows its progress on standard error. Ctrl+C stops it after what is under way; a second",
        "Ctrl+C stops at once. Nothing is ever half-stored.",
        "",
        "## Exit codes",
        "",
    )
    yield from _draw(("code", "means"), ((int(code), meaning) for code, meaning in MEANINGS.items()))
    yield from ("## Environment", "")
    yield from _draw(
        ("variable", "stands for"),
        [
            (f"`{PROJECT_VARIABLE}`", "`--project`"),
            (f"`{CODER_VARIABLE}`", "`--who`"),
            (f"`{TRACE_VARIABLE}`", "if set, an unforeseen fault shows where in the program it arose"),
        ],
    )
    yield from _describe_commands(get_command(app), "framework-coder")


def _describe_commands(group: Any, called: str) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from (f"## `{called} {name}`", "", command.help, "")
            yield from _describe_commands(command, f"{called} {name}")
        else:
            yield from _describe(command, f"{called} {name}")


def _describe(command: Any, called: str) -> Iterator[str]:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    words = " ".join(map(_spell, arguments))
    level = "##" if called.count(" ") == 1 else "###"
    yield from (f"{level} `{called}`", "", *command.help.splitlines(), "")
    yield from ("```text", " ".join(f"{called} {words} [OPTIONS]".split()), "```", "")
    if arguments:
        yield from _draw(("argument", ""), ((f"`{each.metavar}`", each.help or "") for each in arguments))
    if options:
        yield from _draw(("option", "", "default"), map(_describe_option, options))


def _spell(argument: Any) -> str:
    shown = f"{argument.metavar}…" if argument.nargs == -1 else str(argument.metavar)
    return shown if argument.required else f"[{shown}]"


def _describe_option(option: Any) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in option.opts)
    value = "" if option.is_flag else f" `{option.metavar}`"
    default = "" if option.is_flag or option.default in (None, "") else f"`{option.default}`"
    return names + value, option.help, default


def _tables() -> Iterator[str]:
    yield from (
        "# Tables",
        "",
        "The tables of a matrix: as sheets of the workbook, as CSV files (`matrix --out FOLDER`), on",
        "standard output (`matrix --table NAME --csv`) and as DataFrames",
        "(`project.matrix().frame(NAME)`). CSV files are UTF-8 with a byte order mark; text that a",
        "spreadsheet would take for a formula has an apostrophe before it.",
        "",
    )
    design = Design()
    methods = {method.id for method in design.planned_methods}
    matrix = ProjectMatrix(build_matrix(Study(design, Codebook(), version=1)))
    for name, table in matrix.tables().items():
        yield from (f"## `{name}`", "")
        yield from _draw(("column", "holds"), ((f"`{c.name}`", c.meaning) for c in table.columns))
        if name in {"matrix", "states"}:
            what = "its claims with their citations" if name == "matrix" else "its state"
            yield from (f"Then one column a theme, called by the theme's id: of each cell, {what}.", "")
        if methods & set(table.names):
            yield from ("The last columns are the planned methods of the study.", "")
    yield from (
        "## All tables in one JSON file",
        "",
        "`matrix --out study.json --table all` writes every table above into one file, each column with its",
        "title and its meaning, beside the study and the filters. A row is an object with a field for each",
        "column. The file has this [JSON Schema](https://json-schema.org/):",
        "",
        "```json",
        json.dumps(SCHEMA, indent=2),
        "```",
    )


def _frames() -> Iterator[str]:
    yield from (
        "# Frames",
        "",
        "`project.frame(NAME)` gives everything of one kind as a pandas DataFrame, whatever a matrix",
        "shows; `project.frames()` gives all of them but `blocks` and `segments`, which hold the texts.",
        "Columns have the pandas types below: a number or a truth that is not there is `<NA>`. Frames of",
        "what a matrix shows, with states and counts, are in [tables](tables.md).",
        "",
        "Four kinds come in again: `project.sites.import_frame`, `project.sources.import_frame`,",
        "`project.codings.import_frame` and `project.claims.import_frame(claims, evidence, coverage)`.",
        "Each is one step that undo takes back, tells with `is_dry_run=True` what it would do, and stores",
        "nothing twice. A row at fault is named by its place, counted from 1, and then nothing is stored.",
        "",
    )
    for name, columns in FRAMES.items():
        yield from (f"## `{name}`", "")
        rows = ((f"`{column.name}`", f"`{column.dtype}`", column.meaning) for column in columns)
        yield from _draw(("column", "type", "holds"), rows)
        if name == "sites":
            yield from ("Then one column an attribute of the sites, as text.", "")


def _states_and_flags() -> Iterator[str]:
    yield from (
        "# States, flags and lamps",
        "",
        "The same words and letters stand on every screen and in every export.",
        "",
        "## States of claims and cells",
        "",
        "A cell is as weak as its weakest key claim; where it has no claim it says why.",
        "",
    )
    looks = ((f"`{state}`", look.letter, look.label, look.definition) for state, look in LEGEND.items())
    yield from _draw(("state", "letter", "label", "means"), looks)
    yield from ("## Flags", "", "Flags stand beside a status and never change it.", "")
    yield from _draw(("flag", "means"), ((f"`{flag}`", FLAGS[flag]) for flag in Flag))
    yield from ("## Lamps", "", "What one method contributes to a cell.", "")
    yield from _draw(
        ("lamp", "mark", "means"),
        ((f"`{lamp}`", LAMP_MARKS[lamp].strip() or "(blank)", LAMPS[lamp]) for lamp in Lamp),
    )
    yield from ("## Stances", "", ", ".join(f"`{stance}`" for stance in Stance) + ".", "")
    yield from ("## What needs attention", "", "`audit` lists these, most pressing first.", "")
    needs = ((f"`{need}`", kind.title, kind.unit, kind.advice) for need, kind in NEEDS.items())
    yield from _draw(("need", "title", "counted in", "what to do"), needs)


if __name__ == "__main__":
    for path, text in write_pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {path}.")
