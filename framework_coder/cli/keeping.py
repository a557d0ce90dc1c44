"""Commands that keep a project: init, sites, log, check, backup."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from framework_coder.cli.exits import Exit
from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    CsvOption,
    JsonOption,
    ProjectOption,
    WhoOption,
    WhyOption,
    open_project,
    read_where,
)


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("init")(init)
    app.command("sites")(sites)
    app.command("log")(log)
    app.command("check")(check)
    app.command("backup")(backup)


def init(
    place: Annotated[
        str, typer.Argument(help="The project file to make (study.fwc), or a postgresql:// address.")
    ],
    name: Annotated[str, typer.Option("--name", help="What the study is called.")] = "",
    codebook: Annotated[
        str, typer.Option("--codebook", "-c", help="A codebook file to load (YAML, CSV, XLSX).")
    ] = "",
    who: WhoOption = "",
) -> None:
    """Make an empty project."""
    from framework_coder.model.design import Design
    from framework_coder.project import Project, read_codebook

    book = read_codebook(Path(codebook)) if codebook else None
    with Project.create(place, design=Design(name=name or Path(place).stem), who=who) as project:
        if book:
            project.codebook.load(book, why=f"from {Path(codebook).name}")
        print(f"Made {project.name}.")
    print("Next: framework-coder sites --add S01 “Name of the site”")
    print("and then: framework-coder ingest FOLDER --site S01")


def sites(
    project: ProjectOption = "",
    add: Annotated[
        tuple[str, str] | None, typer.Option("--add", help="Add a site, or change it: its code and its name.")
    ] = None,
    attributes: Annotated[
        list[str] | None,
        typer.Option("--set", help="With --add: an attribute, as in tier=primary; repeat for more."),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """List the sites, or add one."""
    with open_project(project, who) as opened:
        if add:
            values = {name: found[-1] for name, found in read_where(attributes).items()}
            opened.sites.add(*add, why=why, **values)
        rows = opened.sites.rows()
        columns = list(dict.fromkeys(name for row in rows for name in row)) or ["site", "name"]
        form = choose_format(as_json=as_json, as_csv=as_csv)
        print_rows(
            rows, columns, form, empty="No sites yet; add one with --add S01 “Name”.", shown=columns[:7]
        )


def log(
    project: ProjectOption = "",
    who: Annotated[str, typer.Option("--who", help="Only what this coder did.")] = "",
    since: Annotated[str, typer.Option("--since", help="From this date (2016-02-01).")] = "",
    until: Annotated[str, typer.Option("--until", help="To this date.")] = "",
    site: Annotated[str, typer.Option("--site", "-s", help="Only what concerns this site.")] = "",
    source: Annotated[str, typer.Option("--source", help="Only what concerns this source (D07).")] = "",
    theme: Annotated[str, typer.Option("--theme", "-t", help="Only what concerns this theme.")] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many entries, newest first.")] = 100,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show the journal: who changed what, when and why."""
    with open_project(project) as opened:
        entries = opened.log(
            who=who, since=since, until=until, site=site, source=source, theme=theme, limit=limit
        )
    columns = ["id", "made_at", "who", "action", "changes", "why"]
    rows = [{name: getattr(entry, name) for name in columns} for entry in entries]
    print_rows(rows, columns, choose_format(as_json=as_json, as_csv=as_csv), empty="Nothing fits.")


def check(project: ProjectOption = "", as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """Verify the project: every quote at its span, every link, the journal's chain."""
    with open_project(project) as opened:
        findings = opened.check()
    columns = ["rule", "sentence"]
    rows = [{name: getattr(finding, name) for name in columns} for finding in findings]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(rows, columns, form, empty="The project is whole: quotes, links, files and journal hold.")
    if findings:
        sys.exit(Exit.DAMAGED)


def backup(
    target: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    project: ProjectOption = "",
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a copy that is there.")] = False,
) -> None:
    """Make a consistent copy, opened and checked before it is called one."""
    with open_project(project) as opened:
        path = opened.backup(target, replace=replace)
    print(f"Copied and checked: {path} ({path.stat().st_size / 1e6:.1f} MB).")
