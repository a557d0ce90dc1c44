"""Commands on drifted codings: code drifted, place, accept-candidate, let-go."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    ProjectOption,
    SourcesOption,
    WhoOption,
    WhyOption,
    open_project,
)

if TYPE_CHECKING:
    from framework_coder.project import Drifted, Reanchored

DRIFT_COLUMNS = ["quote", "passage", "score", "start", "end", "place", "how", "others"]

NumbersArgument = Annotated[
    list[int],
    typer.Argument(
        help="Numbers of the codings, as `code drifted` shows them.", min=1, max=LARGEST, metavar="NUMBER"
    ),
]


def add_to(code: typer.Typer) -> None:
    """Add this module's commands to those on codings."""
    code.command("drifted")(drifted)
    code.command("place")(place)
    code.command("accept-candidate")(accept_candidate)
    code.command("let-go")(let_go)


def drift_row(found: "Drifted | Reanchored") -> dict[str, Any]:
    """Return both texts: the old quote, and the best passage of the new text with its score and place."""
    best = found.best
    row: dict[str, Any] = {"coding": found.coding, "quote": found.quote, "others": len(found.candidates[1:])}
    if best is None:
        return row | dict.fromkeys(("passage", "how"), "") | dict.fromkeys(("score", "start", "end"))
    same = {name: getattr(best, name) for name in ("score", "start", "end", "how")}
    return row | same | {"passage": best.quote, "place": str(best.locator)}


def drifted(
    project: ProjectOption = "",
    source: SourcesOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List codings whose quote the current text lacks. Beside each the passage that comes nearest."""
    with open_project(project) as opened:
        codes = {site.id: site.code for site in opened.sites.list()}
        found = opened.codings.drifted(sources=source or ())
    rows = [
        drift_row(each) | {"source": each.ref, "site": codes[each.site], "theme": each.theme}
        for each in found
    ]
    print_rows(
        rows,
        ["coding", "source", "site", "theme", *DRIFT_COLUMNS],
        choose_format(as_json=as_json, as_csv=as_csv),
        empty="No coding has drifted.",
        shown=["coding", "source", "theme", "score", "quote", "passage"],
    )


def place(
    number: Annotated[
        int, typer.Argument(help="Number of the coding.", min=1, max=LARGEST, metavar="NUMBER")
    ],
    start: Annotated[
        int, typer.Argument(help="Its first character, from 0.", min=0, max=LARGEST, metavar="START")
    ],
    end: Annotated[
        int, typer.Argument(help="The character after its last.", min=1, max=LARGEST, metavar="END")
    ],
    quote: Annotated[
        str, typer.Option("--quote", "-q", help="What must stand there, letter for letter.", metavar="TEXT")
    ] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Put a drifted coding on a passage of the current text."""
    with open_project(project, who) as opened:
        opened.codings.place(number, start, end, quote=quote, why=why)
    print(f"Coding {number} stands at {start}:{end} now.")


def accept_candidate(
    numbers: NumbersArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Put drifted codings on the passages that come nearest."""
    with open_project(project, who) as opened:
        opened.codings.accept_candidate(*numbers, why=why)
    print(f"Placed: {', '.join(map(str, numbers))}.")


def let_go(
    numbers: NumbersArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Set drifted codings aside. The newer text does not say it any more."""
    with open_project(project, who) as opened:
        opened.codings.let_go(*numbers, why=why)
    print(f"Let go: {', '.join(map(str, numbers))}; they are kept as rejected.")
