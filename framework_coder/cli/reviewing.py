"""Commands on review: why a claim has its status; decisions, convergence of methods, member checks."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    ProjectOption,
    SiteOption,
    ThemeOption,
    WhereOption,
    WhoOption,
    WhyOption,
    open_project,
    read_where,
)
from framework_coder.errors import BadInputError, NotFoundError

if TYPE_CHECKING:
    from framework_coder.model.pairing import Pairing

review = typer.Typer(no_args_is_help=True, help="Decide contested claims, confirm convergence, note answers.")

ClaimArgument = Annotated[
    int, typer.Argument(help="The claim's number.", min=1, max=LARGEST, metavar="CLAIM")
]
ClaimsArgument = Annotated[
    list[int], typer.Argument(help="Numbers of claims.", min=1, max=LARGEST, metavar="CLAIM")
]
BetweenOption = Annotated[
    str,
    typer.Option(
        "--between",
        help="Only these two methods (document,meeting); else all pairs of the claims.",
        metavar="TWO",
    ),
]


class BadBetweenError(BadInputError):
    """An option that should name two methods."""

    def __init__(self, text: str) -> None:
        super().__init__(f"--between {text}: name two methods, as in document,meeting.")


class NothingToExplainError(BadInputError):
    """Neither a claim nor a cell."""

    def __init__(self) -> None:
        super().__init__("Name a claim by its number, or a cell by --site and --theme.")


class NothingConfirmedError(NotFoundError):
    """Claims of which no convergence was confirmed."""

    def __init__(self, claims: Collection[int]) -> None:
        numbers = ", ".join(map(str, sorted(claims)))
        super().__init__(f"Nothing was confirmed of claim {numbers}, so there is nothing to take back.")


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("why")(why)
    app.add_typer(review, name="review")


def why(
    claim: Annotated[
        int | None,
        typer.Argument(
            help="The claim's number, as `claim list` shows it.", min=1, max=LARGEST, metavar="CLAIM"
        ),
    ] = None,
    project: ProjectOption = "",
    site: Annotated[str, typer.Option("--site", "-s", help="The cell's site.", metavar="CODE")] = "",
    theme: Annotated[str, typer.Option("--theme", "-t", help="The cell's theme.", metavar="THEME")] = "",
) -> None:
    """Say why a claim or a cell stands as it does. And what would raise it."""
    if claim is None and not (site and theme):
        raise NothingToExplainError
    with open_project(project) as opened:
        matrix = opened.matrix(columns=[theme] if theme else None)
    print(matrix.explain_cell(site, theme) if claim is None else matrix.explain(claim))


@review.command("adjudicate")
def adjudicate(
    claim: ClaimArgument,
    decision: Annotated[
        str,
        typer.Argument(
            help="accept_support, accept_contradiction, both_by_period, both_by_perspective, both_by_part "
            "or left_open.",
            metavar="DECISION",
        ),
    ],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Decide a contested claim; --why is its reason. It goes stale when the evidence on a side changes."""
    with open_project(project, who) as opened:
        opened.reviews.adjudicate(claim, decision, why)
        status = opened.matrix(with_text=False).grid.assessments[claim].status
    print(f"Claim {claim} is {status} ({decision.replace('_', ' ')}).")


@review.command("withdraw")
def withdraw(
    claim: ClaimArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Take back the decisions on a claim; the journal keeps them."""
    with open_project(project, who) as opened:
        opened.reviews.withdraw(claim, why=why)
    print(f"The decision on claim {claim} is withdrawn.")


@review.command("decisions")
def decisions(
    claim: ClaimArgument, project: ProjectOption = "", as_json: JsonOption = False, as_csv: CsvOption = False
) -> None:
    """List every decision on a claim, oldest first."""
    with open_project(project) as opened:
        found = opened.reviews.decisions(claim)
    columns = ["decided_on", "decided_by", "decision", "reason"]
    rows = [{name: getattr(made, name) for name in columns} for made in found]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(rows, columns, form, empty=f"Nobody has decided on claim {claim}.")


@review.command("convergence")
def convergence(
    project: ProjectOption = "",
    site: SiteOption = None,
    where: WhereOption = None,
    theme: ThemeOption = None,
    awaiting: Annotated[
        bool, typer.Option("--awaiting", help="Only what is still to be confirmed, or again.")
    ] = False,
    counts: Annotated[bool, typer.Option("--counts", help="How many claims, by pair of methods.")] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List how each pair of methods stands on each claim. What is suggested, and what was confirmed."""
    filters = {"sites": site or (), "where": read_where(where), "themes": theme or ()}
    form = choose_format(as_json=as_json, as_csv=as_csv)
    with open_project(project) as opened:
        found = opened.reviews.convergences(**filters)
        by_pair = opened.reviews.convergence_counts(**filters) if counts else {}
    if counts:
        rows = [{"methods": " + ".join(pair), **held} for pair, held in by_pair.items()]
        names = list(rows[0]) if rows else ["methods"]
        print_rows(rows, names, form, empty="There is no claim, or no pair of planned methods.")
        return
    shown = [_row(pairing) for pairing in found if pairing.awaits or not awaiting]
    print_rows(shown, list(_COLUMNS), form, empty="Nothing fits.")


_COLUMNS = ("claim", "methods", "suggested", "confirmed", "state", "confirmed_by", "confirmed_on", "reason")


def _row(pairing: "Pairing") -> dict[str, object]:
    made = pairing.decision
    return {
        "claim": pairing.claim,
        "methods": f"{pairing.first} + {pairing.second}",
        "suggested": pairing.suggested,
        "confirmed": made.confirmed if made else "",
        "state": pairing.state,
        "confirmed_by": made.coder if made else "",
        "confirmed_on": made.decided_on if made else "",
        "reason": made.reason if made else "",
    }


@review.command("confirm")
def confirm(
    claims: ClaimsArgument,
    between: BetweenOption = "",
    answer: Annotated[
        str,
        typer.Option(
            "--as",
            help="What holds in place of the suggestion (agreement, partial …); needs --why.",
            metavar="WORD",
        ),
    ] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Confirm how methods stand on claims, as suggested or otherwise."""
    with open_project(project, who) as opened:
        pairs = _choose_pairs(opened.reviews.convergences(), claims, between)
        found = opened.reviews.confirm(pairs, answer or None, reason=why)
    for pairing in found:
        print(f"Claim {pairing.claim}, {pairing.first} + {pairing.second}: {answer or pairing.suggested}.")


@review.command("reopen")
def reopen(
    claims: ClaimsArgument,
    between: BetweenOption = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take back what was confirmed of methods on claims."""
    with open_project(project, who) as opened:
        made = [pairing for pairing in opened.reviews.convergences() if pairing.decision]
        if missing := set(claims) - {pairing.claim for pairing in made}:
            raise NothingConfirmedError(missing)
        pairs = _choose_pairs(made, claims, between)
        opened.reviews.reopen(pairs, why=why)
    print(f"{len(pairs)} taken back.")


def _choose_pairs(found: list["Pairing"], claims: list[int], between: str) -> list[tuple[int, str, str]]:
    """Return the pairs that are meant: two methods of each claim, or all that are found."""
    if between:
        one, comma, other = (part.strip() for part in between.partition(","))
        if not (one and comma and other):
            raise BadBetweenError(between)
        return [(claim, one, other) for claim in claims]
    missing = set(claims) - {pairing.claim for pairing in found}
    listed = [(p.claim, p.first, p.second) for p in found if p.claim in claims]
    return listed + [(claim, "", "") for claim in sorted(missing)]


@review.command("check")
def check(
    claims: ClaimsArgument,
    state: Annotated[
        str,
        typer.Option(
            "--state",
            help="not_sent, sent, confirmed, corrected, disputed or no_reply.",
            metavar="STATE",
        ),
    ] = "sent",
    informant: Annotated[str, typer.Option("--informant", help="Who was asked.", metavar="NAME")] = "",
    reply: Annotated[str, typer.Option("--reply", help="What was answered.", metavar="TEXT")] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Record where the member check of claims stands. It is never evidence."""
    with open_project(project, who) as opened:
        opened.reviews.record_check(claims, state, informant=informant or None, reply=reply or None, why=why)
    print(f"{', '.join(map(str, claims))}: {state}.")


@review.command("checks")
def checks(
    project: ProjectOption = "",
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help="Only these states; repeat for several.", metavar="STATE"),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the member checks."""
    from framework_coder.model.reviews import MemberCheckState
    from framework_coder.project.selecting import choose

    with open_project(project) as opened:
        found = opened.reviews.checks(states=[choose(MemberCheckState, name) for name in state or ()])
    columns = ["claim", "state", "informant", "reply", "coder", "made_on"]
    rows = [{name: getattr(each, name) for name in columns} for each in found]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(rows, columns, form, empty="No claim has been sent to an informant.")
