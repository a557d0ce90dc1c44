"""The options of import and export, each declared once with its help."""

from pathlib import Path
from typing import Annotated

import typer

Incoming = Annotated[Path, typer.Argument(help="The file of the other tool, or an archive.", metavar="FILE")]
As = Annotated[
    str, typer.Option("--as", help="Its format; without it, told from the content.", metavar="KIND")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would come in; nothing is stored.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse a file that breaks the rules of its format.")]
Offsets = Annotated[
    str,
    typer.Option(
        "--offsets",
        help="How REFI-QDA positions count: codepoints or utf16; without it, told from the texts.",
        metavar="UNIT",
    ),
]
Newlines = Annotated[
    str,
    typer.Option(
        "--newlines",
        help="How REFI-QDA positions count CR LF: one or two; without it, told from the texts.",
        metavar="COUNT",
    ),
]
Sites = Annotated[
    str,
    typer.Option(
        "--sites",
        help="What its sites are: case, set:PREFIX (groups of sources) or variable:NAME.",
        metavar="WHAT",
    ),
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        help="Which column of a table is what, as in quote=Segment; repeat.",
        metavar="FIELD=COLUMN",
    ),
]
AcceptProposals = Annotated[
    bool,
    typer.Option(
        "--accept-proposals", help="Take the closest theme or source where none has the name given."
    ),
]

Outgoing = Annotated[Path, typer.Argument(help="Where to write it.", metavar="FILE")]
FormatName = Annotated[
    str, typer.Option("--format", help="The format; without it, that of the suffix.", metavar="KIND")
]
Dialect = Annotated[
    str,
    typer.Option(
        "--dialect", help="How REFI-QDA positions count for a tool: nvivo, crlf or atlas.", metavar="NAME"
    ),
]
NoFrameworkNote = Annotated[
    bool,
    typer.Option("--no-framework-note", help="Leave out the note that carries the matrix exactly."),
]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a file that is there.")]

Report = Annotated[
    Path | None,
    typer.Option("--report", help="Also write what was lost into this file: .txt or .json.", metavar="FILE"),
]
Setting = Annotated[
    list[str] | None,
    typer.Option("--set", help="An option of the format, as in dialect=nvivo; repeat.", metavar="NAME=VALUE"),
]
