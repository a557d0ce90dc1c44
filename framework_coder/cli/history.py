"""Commands on the history of a project: log, undo, redo."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    LimitOption,
    ProjectOption,
    WhoOption,
    WhyOption,
    open_project,
    read_date,
)

if TYPE_CHECKING:
    from framework_coder.project import Undone

EntryArgument = Annotated[
    int | None,
    typer.Argument(
        help="The number of an entry, as `log` shows it; without it, the newest step of your own.",
        min=1,
        max=LARGEST,
        metavar="ENTRY",
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("log")(log)
    app.command("undo")(undo)
    app.command("redo")(redo)
    app.command("as-at")(as_at)


def log(
    project: ProjectOption = "",
    who: Annotated[str, typer.Option("--who", help="Only what this coder did.", metavar="NAME")] = "",
    since: Annotated[
        str, typer.Option("--since", help="From this date on (2016-02-01, 2016-02 or 2016).", metavar="DATE")
    ] = "",
    until: Annotated[str, typer.Option("--until", help="To this date, included.", metavar="DATE")] = "",
    site: Annotated[
        str, typer.Option("--site", "-s", help="Only what concerns this site.", metavar="CODE")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", help="Only what concerns this source (D07).", metavar="REF")
    ] = "",
    theme: Annotated[
        str,
        typer.Option(
            "--theme",
            "-t",
            help="Only what concerns this theme; with --site, only what concerns their cell.",
            metavar="THEME",
        ),
    ] = "",
    claim: Annotated[
        int | None,
        typer.Option("--claim", help="Only what concerns this claim.", min=1, max=LARGEST, metavar="NUMBER"),
    ] = None,
    action: Annotated[
        str, typer.Option("--action", help="Only what was done so, as in “import”.", metavar="WORDS")
    ] = "",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show the journal, newest first. Who changed what, when and why, and what was undone."""
    since, until = read_date(since, "--since"), read_date(until, "--until")
    about = {"cell": (site, theme)} if site and theme else {"site": site, "theme": theme}
    with open_project(project) as opened:
        entries = opened.log(
            who=who, since=since, until=until, source=source, claim=claim, action=action, limit=limit, **about
        )
    shown = ["id", "made_at", "who", "action", "state", "words", "why"]
    columns = [*shown, "changes", "undoes", "is_undone", "hash"]
    rows = [{name: getattr(entry, name) for name in columns} for entry in entries]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(rows, columns, form, empty="Nothing fits.", shown=shown)


def undo(
    entry: EntryArgument = None, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Take back a step. One change, or a whole import; refused where later work rests on it."""
    with open_project(project, who) as opened:
        _print(opened.history.undo(entry, why=why))


def redo(
    entry: EntryArgument = None, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Bring back what was undone last, or the undone step of an entry."""
    with open_project(project, who) as opened:
        _print(opened.history.redo(entry, why=why))


def as_at(
    until: Annotated[
        str,
        typer.Argument(
            metavar="DATE", help="The project at the end of this date (2016-02-01, 2016-02, 2016)."
        ),
    ],
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="The project file to write; nothing may be there yet.")
    ],
    project: ProjectOption = "",
) -> None:
    """Write the project as it was at a date. It is rebuilt from the journal, as a project file of its own."""
    until = read_date(until, "DATE")
    with open_project(project) as opened:
        opened.save_as_at(until, path)
    print(f"Wrote {path}: the project as it was at the end of {until}.")


def _print(made: "Undone") -> None:
    verb = "Brought back" if made.is_redo else "Took back"
    print(f"{verb} entry {made.step} ({made.who}, {made.action}); this is entry {made.entry}.")
