"""Commands on findings: finding add, edit, link, unlink, move, delete, list, show."""

from typing import Annotated

import typer

from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    ProjectOption,
    SiteOption,
    WhereOption,
    WhoOption,
    WhyOption,
    open_project,
    read_where,
)
from framework_coder.model.findings import FindingRole
from framework_coder.model.wording import count

finding = typer.Typer(no_args_is_help=True, help="Findings: statements across sites that rest on claims.")

NumberArgument = Annotated[
    int,
    typer.Argument(
        help="Number of the finding, as `finding list` shows it.", min=1, max=LARGEST, metavar="NUMBER"
    ),
]
CommentOption = Annotated[
    str | None, typer.Option("--comment", help="Your comment, apart from the statement.", metavar="TEXT")
]


def _claims_option(flag: str, says: str) -> typer.models.OptionInfo:
    option = typer.Option(flag, help=f"A claim that {says}; repeat for several.", min=1, metavar="CLAIM")
    assert isinstance(option, typer.models.OptionInfo)
    return option


SupportOption = Annotated[list[int] | None, _claims_option("--claim", "supports it")]
AgainstOption = Annotated[list[int] | None, _claims_option("--against", "contradicts it")]
ExceptionOption = Annotated[list[int] | None, _claims_option("--exception", "is an exception to it")]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(finding, name="finding")


def _roles(
    supports: list[int] | None, against: list[int] | None, exceptions: list[int] | None
) -> dict[int, FindingRole]:
    return {
        **dict.fromkeys(supports or (), FindingRole.SUPPORTS),
        **dict.fromkeys(against or (), FindingRole.CONTRADICTS),
        **dict.fromkeys(exceptions or (), FindingRole.EXCEPTION),
    }


@finding.command("add")
def add(
    statement: Annotated[str, typer.Argument(help="What holds across sites.", metavar="STATEMENT")],
    claim: SupportOption = None,
    against: AgainstOption = None,
    exception: ExceptionOption = None,
    comment: CommentOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Write a finding, with the claims it rests on."""
    with open_project(project, who) as opened:
        roles = _roles(claim, against, exception)
        number = opened.findings.add(statement, claims=roles, comment=comment or "", why=why)
    print(f"Finding {number} rests on {count(len(roles), 'claim')}.")


@finding.command("edit")
def edit(
    number: NumberArgument,
    statement: Annotated[
        str | None, typer.Option("--statement", help="The new statement.", metavar="TEXT")
    ] = None,
    comment: CommentOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Reword a finding."""
    with open_project(project, who) as opened:
        opened.findings.edit(number, statement=statement, comment=comment, why=why)
    print(f"Finding {number} is saved.")


@finding.command("link")
def link(
    number: NumberArgument,
    claim: SupportOption = None,
    against: AgainstOption = None,
    exception: ExceptionOption = None,
    note: Annotated[str, typer.Option("--note", help="A note on the link.", metavar="TEXT")] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Rest a finding on more claims. One that is linked already takes its new role."""
    with open_project(project, who) as opened:
        roles = _roles(claim, against, exception)
        opened.findings.link(number, roles, note=note, why=why)
    print(f"Finding {number}: {count(len(roles), 'claim')} linked.")


@finding.command("unlink")
def unlink(
    number: NumberArgument,
    claims: Annotated[
        list[int], typer.Argument(help="Numbers of the claims.", min=1, max=LARGEST, metavar="CLAIM")
    ],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take claims from a finding."""
    with open_project(project, who) as opened:
        opened.findings.unlink(number, claims, why=why)
    print(f"Finding {number}: {count(len(claims), 'claim')} taken from it.")


@finding.command("move")
def move(
    number: NumberArgument,
    place: Annotated[
        int, typer.Argument(help="Its place in the list, from 1.", min=1, max=LARGEST, metavar="PLACE")
    ],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Put a finding at another place in the list."""
    with open_project(project, who) as opened:
        opened.findings.move(number, place, why=why)
    print(f"Finding {number} is moved.")


@finding.command("delete")
def delete(
    number: NumberArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Take a finding away; its claims stay."""
    with open_project(project, who) as opened:
        opened.findings.delete(number, why=why)
    print(f"Finding {number} is deleted; `undo` brings it back.")


@finding.command("list")
def list_(
    project: ProjectOption = "",
    site: SiteOption = None,
    where: WhereOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the findings. With their counts, denominators and what stands against them."""
    with open_project(project) as opened:
        table = opened.matrix(sites=site or (), where=read_where(where)).table("findings")
    form = choose_format(as_json=as_json, as_csv=as_csv)
    shown = ("finding", "statement", "sentence", "against", "exceptions")
    print_rows(table.records(), table.names, form, empty="No finding is written yet.", shown=shown)


@finding.command("show")
def show(number: NumberArgument, project: ProjectOption = "", as_json: JsonOption = False) -> None:
    """Show the claims that a finding rests on, with their statuses."""
    with open_project(project) as opened:
        opened.findings.get(number)
        table = opened.matrix().table("finding_claims")
    rows = [row for row in table.records() if row["finding"] == number]
    shown = ("role", "claim", "site", "theme", "status", "summary")
    form = choose_format(as_json=as_json, as_csv=False)
    print_rows(rows, table.names, form, empty="It rests on no claim yet.", shown=shown)
