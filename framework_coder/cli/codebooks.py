"""Commands on the codebook: load, show, export, versions."""

from pathlib import Path
from typing import Annotated

import typer

from framework_coder.cli.listing import Format, choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    ProjectOption,
    WhoOption,
    WhyOption,
    open_project,
)
from framework_coder.errors import NotFoundError
from framework_coder.model.wording import count

codebook = typer.Typer(no_args_is_help=True, help="Load, show, change, freeze and export the codebook.")

ThemeArgument = Annotated[str, typer.Argument(help="The theme's id.", metavar="THEME")]
VersionOption = Annotated[
    int | None,
    typer.Option(
        "--version",
        min=1,
        max=LARGEST,
        metavar="NUMBER",
        help="A frozen version in place of the present one.",
    ),
]


class NoVersionError(NotFoundError):
    """No framework version was ever frozen."""

    def __init__(self) -> None:
        super().__init__(
            "No framework version is frozen yet; freeze one with `framework-coder codebook freeze`."
        )


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(codebook, name="codebook")


@codebook.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="YAML, CSV, XLSX or DOCX.", metavar="FILE")],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take over a codebook from a file. A theme that holds codings is never lost."""
    with open_project(project, who) as opened:
        book = opened.codebook.load(file, why=why)
    print(f"{count(len(book.active), 'theme')} in the codebook.")


@codebook.command("show")
def show(
    project: ProjectOption = "",
    version: VersionOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show the tree of themes."""
    from framework_coder.project.codebook import COLUMNS

    form = choose_format(as_json=as_json, as_csv=as_csv)
    with open_project(project) as opened:
        book = opened.codebook.version(version) if version else opened.codebook.show()
        rows = opened.codebook.rows(book)
    if form is Format.TABLE:
        for theme in book:
            mark = " (retired)" if theme.is_retired else " (emergent)" if theme.origin == "emergent" else ""
            print(f"{'  ' * book.depth(theme.id)}{theme.label}{mark}  [{theme.id}]")
        print(
            f"{count(len(book.active), 'theme')}."
            if len(book)
            else "The codebook is empty; load one from a file."
        )
    else:
        print_rows(rows, COLUMNS, form, empty="")


@codebook.command("export")
def export(
    file: Annotated[
        Path, typer.Argument(help="Where to write it: .yaml, .csv, .xlsx or .docx.", metavar="FILE")
    ],
    project: ProjectOption = "",
    version: VersionOption = None,
) -> None:
    """Write the codebook to a file that `codebook load` reads back."""
    with open_project(project) as opened:
        opened.codebook.export(file, version=version)
    print(f"Wrote {file}.")


@codebook.command("freeze")
def freeze(project: ProjectOption = "", who: WhoOption = "", why: WhyOption = "") -> None:
    """Keep the codebook as a numbered version that never changes."""
    with open_project(project, who) as opened:
        print(f"Frozen as version {opened.codebook.freeze(why=why)}.")


@codebook.command("diff")
def diff(
    old: Annotated[
        int | None,
        typer.Argument(
            min=1,
            max=LARGEST,
            metavar="OLD",
            help="Number of the older version (the newest one, if none).",
        ),
    ] = None,
    new: Annotated[
        int | None,
        typer.Argument(
            min=1,
            max=LARGEST,
            metavar="NEW",
            help="Number of the newer one (the codebook as it is, if none).",
        ),
    ] = None,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what changed between two versions."""
    with open_project(project) as opened:
        versions = opened.codebook.versions()
        if not versions:
            raise NoVersionError
        changes = opened.codebook.diff(old or versions[-1].number, new)
    columns = ["kind", "theme", "label", "field", "before", "after"]
    rows = [{name: getattr(change, name) for name in columns} for change in changes]
    print_rows(rows, columns, choose_format(as_json=as_json, as_csv=as_csv), empty="Nothing changed.")


@codebook.command("versions")
def versions(project: ProjectOption = "", as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List the frozen versions."""
    with open_project(project) as opened:
        found = opened.codebook.versions()
    columns = ["number", "frozen_at", "frozen_by", "reason", "themes"]
    rows = [
        {name: getattr(version, name) for name in columns[:-1]} | {"themes": len(version.codebook.active)}
        for version in found
    ]
    print_rows(
        rows, columns, choose_format(as_json=as_json, as_csv=as_csv), empty="No version is frozen yet."
    )


@codebook.command("add")
def add(
    theme: ThemeArgument,
    label: Annotated[str, typer.Argument(help="What it is called.", metavar="LABEL")],
    parent: Annotated[str, typer.Option("--parent", help="Id of the theme above it.", metavar="THEME")] = "",
    definition: Annotated[str, typer.Option("--definition", help="What it covers.", metavar="TEXT")] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Add an emergent theme."""
    with open_project(project, who) as opened:
        opened.codebook.add_emergent(theme, label, parent=parent or None, definition=definition, why=why)
    print(f"Added “{label}” [{theme}].")


@codebook.command("rename")
def rename(
    theme: ThemeArgument,
    label: Annotated[str, typer.Argument(help="Its new label.", metavar="LABEL")],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Give a theme another label; its id stays."""
    with open_project(project, who) as opened:
        opened.codebook.rename(theme, label, why=why)
    print(f"“{theme}” is now called “{label}”.")


@codebook.command("move")
def move(
    theme: ThemeArgument,
    parent: Annotated[str, typer.Argument(help="Id of the new parent; “top” for none.", metavar="PARENT")],
    before: Annotated[
        str, typer.Option("--before", help="The sibling it goes before.", metavar="THEME")
    ] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Move a theme, and all below it, under another parent."""
    with open_project(project, who) as opened:
        opened.codebook.move(theme, None if parent == "top" else parent, before=before or None, why=why)
    where = "at the top" if parent == "top" else f"under “{parent}”"
    print(f"“{theme}” now stands {where}.")


@codebook.command("merge")
def merge(
    theme: ThemeArgument,
    into: Annotated[
        str, typer.Argument(help="Id of the theme that takes over its codings and claims.", metavar="INTO")
    ],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Retire a theme in favour of another."""
    with open_project(project, who) as opened:
        opened.codebook.merge(theme, into, why=why)
    print(f"“{theme}” is merged into “{into}”.")


@codebook.command("split")
def split(
    theme: ThemeArgument,
    parts: Annotated[list[str], typer.Argument(help="Two or more parts, each id=Label.", metavar="ID=LABEL")],
    heir: Annotated[
        str,
        typer.Option("--heir", help="The part that takes the codings; else they stay.", metavar="ID"),
    ] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Retire a theme in favour of its parts."""
    with open_project(project, who) as opened:
        opened.codebook.split_into(theme, parts, heir=heir or None, why=why)
    print(f"“{theme}” is split into {count(len(parts), 'theme')}.")


@codebook.command("retire")
def retire(
    theme: ThemeArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Retire a theme and all below it; their codings stay."""
    with open_project(project, who) as opened:
        opened.codebook.retire(theme, why=why)
    print(f"“{theme}” is retired.")


@codebook.command("restore")
def restore(
    theme: ThemeArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Make a retired theme active again."""
    with open_project(project, who) as opened:
        opened.codebook.restore(theme, why=why)
    print(f"“{theme}” is active again.")
