"""Commands on what claims rest on: claim show, passages, link, relink, unlink; cells that do not apply."""

from typing import Annotated, Any

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

ClaimArgument = Annotated[
    int, typer.Argument(help="The claim's number.", min=1, max=LARGEST, metavar="NUMBER")
]
CodingArgument = Annotated[
    int,
    typer.Argument(
        help="The coding's number, as `claim passages` shows it.", min=1, max=LARGEST, metavar="CODING"
    ),
]
OriginOption = Annotated[
    list[str] | None,
    typer.Option(
        "--origin", help="Only this person or document of the source speaks; repeat.", metavar="NAME"
    ),
]
_SHOWN = ["coding", "cite", "stance", "basis", "quote"]
_CANDIDATE_COLUMNS = ["token", "coding", "theme", "is_charted", "quote"]


def add_commands(group: typer.Typer) -> None:
    """Add this module's commands to the group `claim`."""
    group.command("show")(show)
    group.command("passages")(passages)
    group.command("link")(link)
    group.command("relink")(relink)
    group.command("unlink")(unlink)
    group.command("not-applicable")(not_applicable)
    group.command("applicable")(applicable)


def show(
    number: ClaimArgument, project: ProjectOption = "", as_json: JsonOption = False, as_csv: CsvOption = False
) -> None:
    """Show a claim with its evidence and its edition. --json and --csv list the evidence."""
    from framework_coder.project.claim_rows import EVIDENCE_COLUMNS

    with open_project(project) as opened:
        charted = opened.claims.get(number)
        codes = {site.id: site.code for site in opened.sites.list()}
        rows = opened.claims.evidence(number)
    form = choose_format(as_json=as_json, as_csv=as_csv)
    if form is Format.TABLE:
        claim = charted.claim
        marks = [claim.kind.value, "key" if claim.is_key else "", claim.author]
        print(" · ".join([f"Claim {claim.id}", f"{codes[claim.site]} × {claim.theme}", *filter(None, marks)]))
        print(charted.paragraph)
        _print_rest(charted)
    print_rows(rows, EVIDENCE_COLUMNS, form, empty="No evidence yet.", shown=_SHOWN)


def _print_rest(charted: Any) -> None:
    from framework_coder.model.values import write_value

    claim = charted.claim
    values = "; ".join(write_value(value) for value in claim.values)
    for name, text in (
        ("quotation", f"“{claim.quotation}”" if claim.quotation else ""),
        ("comment", claim.comment),
        ("values", values),
        ("edition", charted.edition),
    ):
        if text:
            print(f"{name}: {text}")
    print()


def passages(
    site: Annotated[str, typer.Argument(help="The site's code.", metavar="SITE")],
    theme: Annotated[str, typer.Argument(help="The theme's id.", metavar="THEME")],
    typed: Annotated[
        str, typer.Argument(help="The beginning of a citation, as in D07.", metavar="BEGINNING")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=LARGEST, metavar="NUMBER", help="How many at most.")
    ] = 20,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List what a claim of a cell can cite. Passages no claim cites yet first, other themes last."""
    with open_project(project) as opened:
        found = opened.claims.complete(site, theme, typed, limit=limit)
    rows = [{name: getattr(each, name) for name in _CANDIDATE_COLUMNS} for each in found]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(rows, _CANDIDATE_COLUMNS, form, empty="No passage of this site is coded there.")


def link(
    number: ClaimArgument,
    coding: CodingArgument,
    stance: Annotated[
        str,
        typer.Option("--stance", help="supports, qualifies, contradicts or context.", metavar="STANCE"),
    ] = "supports",
    inferred: Annotated[bool, typer.Option("--inferred", help="It is inferred, not said.")] = False,
    prominence: Annotated[
        int | None,
        typer.Option("--prominence", min=1, max=3, help="1 passing, 2 notable, 3 dominant.", metavar="1-3"),
    ] = None,
    origin: OriginOption = None,
    note: Annotated[str, typer.Option("--note", help="A note on the link.", metavar="TEXT")] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Make a coding evidence of a claim."""
    with open_project(project, who) as opened:
        charted = opened.claims.link(
            number, coding, stance=stance, is_inferred=inferred, prominence=prominence,
            origins=origin or (), note=note, why=why,
        )  # fmt: skip
    print(f"Claim {number} rests on it: {charted.paragraph}")


def relink(
    number: ClaimArgument,
    coding: CodingArgument,
    stance: Annotated[
        str | None,
        typer.Option("--stance", help="supports, qualifies, contradicts or context.", metavar="STANCE"),
    ] = None,
    inferred: Annotated[
        bool | None,
        typer.Option(
            "--inferred/--direct", help="That it is inferred, or with --direct that it is said.", metavar=""
        ),
    ] = None,
    prominence: Annotated[
        int | None,
        typer.Option("--prominence", min=0, max=3, help="1 to 3; 0 leaves it unrated.", metavar="0-3"),
    ] = None,
    origin: OriginOption = None,
    all_origins: Annotated[
        bool, typer.Option("--all-origins", help="All of the source speaks again.")
    ] = False,
    note: Annotated[
        str | None, typer.Option("--note", help="A note; empty takes it away.", metavar="TEXT")
    ] = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Change what a link says."""
    origins = [] if all_origins else origin or None
    with open_project(project, who) as opened:
        charted = opened.claims.relink(
            number, coding, stance=stance, is_inferred=inferred, prominence=prominence, origins=origins,
            note=note, why=why,
        )  # fmt: skip
    print(f"Claim {number} now says: {charted.paragraph}")


def unlink(
    number: ClaimArgument,
    coding: CodingArgument,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take a coding from a claim; both stay."""
    with open_project(project, who) as opened:
        charted = opened.claims.unlink(number, coding, why=why)
    print(f"Claim {number} now says: {charted.paragraph}")


def not_applicable(
    site: Annotated[str, typer.Argument(help="The site's code.", metavar="SITE")],
    theme: Annotated[str, typer.Argument(help="The theme's id.", metavar="THEME")],
    reason: Annotated[str, typer.Option("--reason", help="Why not.", metavar="TEXT")],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Say that a theme does not apply at a site, and why not."""
    with open_project(project, who) as opened:
        opened.cells.mark_not_applicable(site, theme, reason, why=why)
    print(
        f"{site} × {theme} is not applicable. Take it back: framework-coder claim applicable {site} {theme}"
    )


def applicable(
    site: Annotated[str, typer.Argument(help="The site's code.", metavar="SITE")],
    theme: Annotated[str, typer.Argument(help="The theme's id.", metavar="THEME")],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take back that a theme does not apply at a site."""
    with open_project(project, who) as opened:
        opened.cells.withdraw(site, theme, why=why)
    print(f"{site} × {theme} applies again.")
