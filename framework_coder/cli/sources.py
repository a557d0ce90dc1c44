"""Commands on sources: ingest, sources, source revise."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.drifting import DRIFT_COLUMNS, drift_row
from framework_coder.cli.exits import Exit
from framework_coder.cli.listing import Format, choose_format, print_rows
from framework_coder.cli.options import (
    CsvOption,
    JsonOption,
    MethodOption,
    ProjectOption,
    SiteOption,
    WhoOption,
    WhyOption,
    WorkersOption,
    check_filters,
    open_project,
)
from framework_coder.cli.progress import watched

if TYPE_CHECKING:
    from framework_coder.project import ImportReport

PasswordOption = Annotated[
    list[str] | None,
    typer.Option("--password", help="A password to try on locked files; repeat for more.", metavar="WORD"),
]
_COLUMNS = ["path", "outcome", "ref", "why"]

source = typer.Typer(no_args_is_help=True, help="Change a source.")


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("ingest")(ingest)
    app.command("sources")(sources)
    app.add_typer(source, name="source")


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to import.", metavar="FILE")],
    project: ProjectOption = "",
    site: Annotated[
        str,
        typer.Option(
            "--site",
            "-s",
            help="The site they belong to; without it, read off the folders' names.",
            metavar="CODE",
        ),
    ] = "",
    method: Annotated[
        str,
        typer.Option(
            "--method", "-m", help="How they were obtained (document, meeting …).", metavar="METHOD"
        ),
    ] = "",
    password: PasswordOption = None,
    ask: Annotated[
        bool, typer.Option("--ask-password", help="Ask for a password, so that it is not seen.")
    ] = False,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Import source files. They are read in parallel; a bad file does not stop the rest."""
    asked = [typer.prompt("Password", hide_input=True, err=True)] if ask else []
    with open_project(project, who) as opened, watched() as progress:
        check_filters(opened, [site] if site else None, [method] if method else None)
        report = opened.sources.ingest(
            list(paths),
            site=site,
            method=method,
            passwords=[*(password or ()), *asked],
            workers=workers,
            progress=progress,
            why=why,
        )
    print_report(report, choose_format(as_json=as_json, as_csv=as_csv))
    _end(report)


def _end(report: "ImportReport") -> None:
    """Leave with the exit code of an import."""
    if report.is_cancelled:
        print("Stopped; what was read is kept, and the same command goes on from there.", file=sys.stderr)
        sys.exit(Exit.CANCELLED)
    if report.refused:
        sys.exit(Exit.WITH_PROBLEMS)


def print_report(report: "ImportReport", form: Format) -> None:
    """Print what came of each file, then the sum."""
    rows = [{name: getattr(file, name) for name in _COLUMNS} for file in report.files]
    print_rows(rows, _COLUMNS, form, empty="There was no file to import.")
    if form is Format.TABLE:
        for note in report.notes:
            print(note)
        coded = f"; {report.codings} answers coded by their question, {report.proposals} proposed"
        print(f"{report}{coded if report.codings or report.proposals else ''}.")


def sources(
    project: ProjectOption = "",
    site: SiteOption = None,
    method: MethodOption = None,
    text: Annotated[
        str, typer.Option("--text", help="Print the text of this source (D07) instead.", metavar="REF")
    ] = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the sources, or print the text of one."""
    from framework_coder.project.sources import COLUMNS

    with open_project(project) as opened:
        if text:
            print(opened.sources.text(text).text)
            return
        check_filters(opened, site, method)
        rows = opened.sources.rows()
    if site:
        rows = [row for row in rows if set(site) & set(row["sites"].split("; "))]
    if method:
        rows = [row for row in rows if row["method"] in method]
    print_rows(
        rows,
        COLUMNS,
        choose_format(as_json=as_json, as_csv=as_csv),
        empty="No source fits."
        if site or method
        else "No sources; import some with `framework-coder ingest FOLDER`.",
        shown=["ref", "sites", "method", "document_type", "produced_on", "title"],
    )


@source.command("revise")
def revise(
    ref: Annotated[str, typer.Argument(help="The source (D07).", metavar="REF")],
    file: Annotated[Path, typer.Argument(help="The corrected or newer file.", metavar="FILE")],
    project: ProjectOption = "",
    password: PasswordOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Put a newer file in place of a source's. Codings follow their quotes, or are listed as drifted."""
    with open_project(project, who) as opened:
        made = opened.sources.revise(ref, file, passwords=password or (), why=why)
    form = choose_format(as_json=as_json, as_csv=as_csv)
    rows = [drift_row(each) | {"outcome": str(each.outcome)} for each in made.codings]
    shown = ["coding", "outcome", "quote", "score", "passage"]
    print_rows(rows, ["coding", "outcome", *DRIFT_COLUMNS], form, empty=f"{ref} has no codings.", shown=shown)
    if form is Format.TABLE:
        print(f"{ref} has revision {made.number} now: {made}.")  # fmt: skip
        if made.drifted:
            print(f"Next: framework-coder code drifted --source {ref}")
