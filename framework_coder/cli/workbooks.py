"""Commands on workbooks: take over edited claims, import a framework matrix made elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.options import (
    ProjectOption,
    WhoOption,
    WhyOption,
    as_typed,
    open_project,
    program_as_typed,
)
from framework_coder.errors import BadInputError
from framework_coder.model.wording import count

if TYPE_CHECKING:
    from framework_coder.model.merging import ClaimChange, Comparison

workbook = typer.Typer(no_args_is_help=True, help="Take over edited workbooks, and matrices made elsewhere.")

FileArgument = Annotated[Path, typer.Argument(help="The workbook.", metavar="FILE")]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(workbook, name="workbook")


class BadDecisionError(BadInputError):
    """A decision that does not say whose text holds."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"--take {text}: say workbook or project for all, or claim=side for one, as in 12=workbook."
        )


@workbook.command("compare")
def compare(file: FileArgument, project: ProjectOption = "") -> None:
    """Show what an edited workbook would change. Nothing is changed."""
    with open_project(project) as opened:
        found = opened.workbooks.compare(file)
    _print(found)
    if not found.is_empty:
        take = " --take …" if found.conflicts else ""
        place = f" -p {as_typed(project)}" if project else ""
        apply = f"{program_as_typed()} workbook apply {as_typed(file)}{take}{place}"
        print(f"Nothing is changed yet. To take it over: {apply}")


@workbook.command("apply")
def apply(
    file: FileArgument,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            help="Whose text holds in conflicts: workbook or project, or 12=workbook for one claim; repeat.",
            metavar="SIDE",
        ),
    ] = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take over the claims edited in a workbook. It is one step, which undo takes back."""
    decided, rest = _read_sides(take or [])
    with open_project(project, who) as opened:
        found = opened.workbooks.apply(file, decided=decided, rest=rest, why=why)
    _print(found)
    if not found.is_empty:
        print("Taken over; `undo` takes it back.")


def _read_sides(given: list[str]) -> tuple[dict[int, str], str | None]:
    sides = {"workbook", "project"}
    decided: dict[int, str] = {}
    rest: str | None = None
    for text in given:
        claim, equals, side = text.rpartition("=")
        if side not in sides or (equals and not claim.isdecimal()):
            raise BadDecisionError(text)
        if equals:
            decided[int(claim)] = side
        else:
            rest = side
    return decided, rest


def _print(found: "Comparison") -> None:
    for addition in found.additions:
        cites = f" {addition.cites}" if addition.cites else ""
        print(f"+ row {addition.line}, {addition.site} × {addition.said['theme']}: ", end="")
        print(f"{addition.said['summary']}{cites}")
    for change in (*found.edits, *found.deletions):
        for line in _describe(change):
            print(line)
    print(found.summary)


def _describe(change: "ClaimChange") -> Iterator[str]:
    mark = "!" if change.is_conflict else "-" if change.is_deleted else "~"
    theme = change.now.get("theme", "")
    did = "deleted in the workbook" if change.is_deleted else "edited"
    if change.is_gone:
        did = "edited, but deleted in the project meanwhile"
    elif change.is_conflict:
        did += ", and changed in the project meanwhile"
    yield f"{mark} claim {change.claim}, {change.site} × {theme}: {did}"
    if change.is_deleted:
        yield f"    {change.now['summary']}"
    for each in change.fields:
        if each.base == each.now or change.is_gone:
            yield f"    {each.name}: “{each.base}” → “{each.given}”"
        else:
            yield f"    {each.name}: was “{each.base}”; workbook “{each.given}”; project “{each.now}”"


@workbook.command("import-matrix")
def import_matrix(
    file: FileArgument,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help="The theme of a heading, or nothing to pass it over; repeat.",
            metavar="HEADING=THEME",
        ),
    ] = None,
    split: Annotated[bool, typer.Option("--split", help="Make each paragraph of a cell a claim.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come in.")] = False,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Import a framework matrix made elsewhere. Sites down, themes across; claims without evidence."""
    columns: dict[str, str] = {}
    for text in column or ():
        heading, equals, theme = text.rpartition("=")
        if not equals:
            raise BadInputError(f"--column {text}: write a heading and a theme, as in Money=service.funding.")
        columns[heading.strip()] = theme.strip()
    with open_project(project, who) as opened:
        if dry_run:
            found = opened.workbooks.preview_matrix(file, columns=columns, is_split=split)
        else:
            found = opened.workbooks.import_matrix(file, columns=columns, is_split=split, why=why)
    cells = len({(claim.site, claim.theme) for claim in found.claims})
    verb = "would come in" if dry_run else "imported without evidence"
    claims = count(len(found.claims), "claim")
    print(f"{claims} in {count(cells, 'cell')} {verb}; {found.known} there already.")
    if found.claims and not dry_run:
        place = f" -p {as_typed(project)}" if project else ""
        print(f"Link passages to them next: {program_as_typed()} audit --need unsupported{place}")
