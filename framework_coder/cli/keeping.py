"""Commands that keep a project: init, sites, check, backup."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.exits import Exit
from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    CsvOption,
    JsonOption,
    ProjectOption,
    WhoOption,
    WhyOption,
    as_typed,
    open_project,
    read_where,
)
from framework_coder.errors import BadInputError, ConflictError

if TYPE_CHECKING:
    from framework_coder.project import Project

_RESERVED = {"code", "name", "site", "why"}


class NoNameError(BadInputError):
    """A project or a site without a name."""

    def __init__(self, what: str, example: str) -> None:
        super().__init__(f"{what} needs a name; write it as in {example}.")


class NoSiteNamedError(BadInputError):
    """Attributes without the site they belong to."""

    def __init__(self) -> None:
        super().__init__(
            "--set needs --add CODE NAME: it gives attributes to the site that is added or changed."
        )


class ReservedAttributeError(BadInputError):
    """An attribute under a name that means something else."""

    def __init__(self, name: str) -> None:
        super().__init__(f"--set {name}: a site's {name} is no attribute; choose another name.")


class BackupFolderError(ConflictError):
    """A folder in place of a file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is a folder; name the copy too, as in {folder / 'study-copy.fwc'}.")


class BackupOntoItselfError(ConflictError):
    """The copy would take the place of the project."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is the project itself; give the copy another name.")


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("init")(init)
    app.command("sites")(sites)
    app.command("check")(check)
    app.command("backup")(backup)


def init(
    place: Annotated[
        str,
        typer.Argument(
            help="The project file to make (study.fwc), or a postgresql:// address.", metavar="PROJECT"
        ),
    ],
    name: Annotated[str, typer.Option("--name", help="What the study is called.", metavar="NAME")] = "",
    codebook: Annotated[
        str,
        typer.Option("--codebook", "-c", help="A codebook file to load (YAML, CSV, XLSX).", metavar="FILE"),
    ] = "",
    who: WhoOption = "",
) -> None:
    """Make an empty project."""
    from framework_coder.model.design import Design
    from framework_coder.project import Project, read_codebook

    if not place.strip():
        raise NoNameError("The project", "study.fwc")
    if "://" not in place and not Path(place).suffix:
        place += ".fwc"
    book = read_codebook(Path(codebook)) if codebook else None
    with Project.create(place, design=Design(name=name or Path(place).stem), who=who) as project:
        if book:
            project.codebook.load(book, why=f"from {Path(codebook).name}")
        print(f"Made {project.name}.")
    print(f'Next: framework-coder sites --add S01 "Name of the site" -p {as_typed(place)}')
    print(f"and then: framework-coder ingest FOLDER --site S01 -p {as_typed(place)}")


def sites(
    project: ProjectOption = "",
    add: Annotated[
        tuple[str, str] | None,
        typer.Option("--add", help="Add a site, or change it: its code and its name.", metavar="CODE NAME"),
    ] = None,
    attributes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="With --add: an attribute, as in tier=primary; repeat for more.",
            metavar="NAME=VALUE",
        ),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """List the sites, or add one."""
    if attributes and not add:
        raise NoSiteNamedError
    with open_project(project, who) as opened:
        if add:
            _add_site(opened, *add, attributes, why)
        rows = opened.sites.rows()
        columns = list(dict.fromkeys(name for row in rows for name in row)) or ["site", "name"]
        form = choose_format(as_json=as_json, as_csv=as_csv)
        print_rows(
            rows, columns, form, empty="No sites yet; add one with --add S01 “Name”.", shown=columns[:7]
        )


def _add_site(opened: "Project", code: str, name: str, attributes: list[str] | None, why: str) -> None:
    """Add a site; one that is there keeps the attributes that are not given."""
    code, name = code.strip(), name.strip()
    if not code:
        raise NoNameError("A site", "--add S01 Northfield")
    given = {key: found[-1] for key, found in read_where(attributes, "--set").items()}
    for key in given.keys() & _RESERVED:
        raise ReservedAttributeError(key)
    there = {site.code: site.attributes for site in opened.sites.list()}.get(code, {})
    opened.sites.add(code, name, why=why, **{**there, **given})


def check(project: ProjectOption = "", as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """Verify the project. Every quote at its span, every link, the journal's chain."""
    with open_project(project) as opened:
        findings = opened.check()
    columns = ["rule", "sentence"]
    rows = [{name: getattr(finding, name) for name in columns} for finding in findings]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(rows, columns, form, empty="The project is whole: quotes, links, files and journal hold.")
    if findings:
        sys.exit(Exit.DAMAGED)


def backup(
    target: Annotated[Path, typer.Argument(help="The file of the copy.", metavar="FILE")],
    project: ProjectOption = "",
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a copy that is there.")] = False,
) -> None:
    """Make a consistent copy. It is opened and checked before it is called one."""
    with open_project(project) as opened:
        if target.is_dir():
            raise BackupFolderError(target)
        if target.exists() and target.resolve() == Path(opened.name).resolve():
            raise BackupOntoItselfError(target)
        path = opened.backup(target, replace=replace)
    print(f"Copied and checked: {path} ({path.stat().st_size / 1e6:.1f} MB).")
