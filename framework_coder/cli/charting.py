"""Commands that chart: claim chart, add, edit, rewrite, move, split, merge, delete, show, list, history."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.evidence import add_commands
from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    ProjectOption,
    SiteOption,
    ThemeOption,
    WhoOption,
    WhyOption,
    open_project,
)
from framework_coder.cli.typed import read_typed
from framework_coder.errors import BadInputError

if TYPE_CHECKING:
    from framework_coder.model.charting import ChartedClaim

claim = typer.Typer(no_args_is_help=True, help="Write claims in cells, and link the passages they rest on.")

CellSite = Annotated[str, typer.Argument(help="The site's code.", metavar="SITE")]
CellTheme = Annotated[str, typer.Argument(help="The theme's id.", metavar="THEME")]
NumberArgument = Annotated[
    int, typer.Argument(help="The claim's number.", min=1, max=LARGEST, metavar="NUMBER")
]
EditionOption = Annotated[
    str,
    typer.Option(
        "--edition",
        help="The edition you started from, as `claim show` tells it; a newer one is not overwritten.",
        metavar="EDITION",
        show_default=False,
    ),
]
TextArgument = Annotated[
    str, typer.Argument(help="The text with its citations; - reads it from standard input.", metavar="TEXT")
]
FileOption = Annotated[
    Path | None, typer.Option("--file", "-f", help="Read the text from a UTF-8 file.", metavar="FILE")
]
CodeOption = Annotated[
    bool, typer.Option("--code", help="Code a cited passage whole, in your name, where nobody has coded it.")
]
KindOption = Annotated[str, typer.Option("--kind", help="fact, view or judgement.", metavar="KIND")]
AfterOption = Annotated[
    int | None,
    typer.Option(
        "--after",
        min=1,
        max=LARGEST,
        help="Just after this claim of the cell; else it comes last.",
        metavar="NUMBER",
    ),
]


class UnplacedWordsError(BadInputError):
    """Words at which a claim was to be split, that do not stand in it once."""

    def __init__(self, words: str, times: int, paragraph: str) -> None:
        found = "do not stand" if times == 0 else f"stand {times} times"
        super().__init__(
            f"The words “{words}” {found} in the claim; give words that stand once in: {paragraph}"
        )


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    add_commands(claim)
    app.add_typer(claim, name="claim")


def _print(charted: "ChartedClaim", did: str) -> None:
    print(f"Claim {charted.claim.id} {did}: {charted.paragraph}")


@claim.command("chart")
def chart(
    site: CellSite,
    theme: CellTheme,
    text: TextArgument = "",
    file: FileOption = None,
    code: CodeOption = False,
    kind: KindOption = "fact",
    key: Annotated[bool, typer.Option("--key", help="Make it a key claim.")] = False,
    after: AfterOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Make each paragraph of a text a claim. The passages it cites ([D07 p4 ¶2]) become its evidence.

    Empty lines part paragraphs. All of them are written, or none where a citation leads nowhere.
    """
    typed = read_typed(text, file)
    with open_project(project, who) as opened:
        made = opened.claims.chart(
            site, theme, typed, kind=kind, is_key=key, after=after, code_uncited=code, why=why
        )
    for charted in made:
        _print(charted, "written")
    print(f"Next: framework-coder claim show {made[0].claim.id}")


@claim.command("add")
def add(
    site: CellSite,
    theme: CellTheme,
    summary: Annotated[str, typer.Argument(help="What the evidence says, in your words.", metavar="TEXT")],
    kind: KindOption = "fact",
    key: Annotated[bool, typer.Option("--key", help="Make it a key claim.")] = False,
    quotation: Annotated[
        str, typer.Option("--quotation", help="Words of a source, letter for letter.", metavar="TEXT")
    ] = "",
    comment: Annotated[str, typer.Option("--comment", help="What you think of it.", metavar="TEXT")] = "",
    value: Annotated[
        list[str] | None,
        typer.Option(
            "--value", help="A coded value, as in aim=access!most important; repeat.", metavar="NAME=VALUE"
        ),
    ] = None,
    after: AfterOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Write a claim without evidence, which is linked afterwards."""
    with open_project(project, who) as opened:
        made = opened.claims.add(
            site, theme, summary, kind=kind, is_key=key, quotation=quotation, comment=comment,
            values=value or (), after=after, why=why,
        )  # fmt: skip
    _print(made, "written")
    print(f"Next: framework-coder claim link {made.claim.id} CODING, or claim passages {site} {theme}")


@claim.command("edit")
def edit(
    number: NumberArgument,
    summary: Annotated[str | None, typer.Option("--summary", help="The text.", metavar="TEXT")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="fact, view or judgement.", metavar="KIND")
    ] = None,
    key: Annotated[
        bool | None,
        typer.Option(
            "--key/--no-key", help="That it is a key claim, or with --no-key that it is none.", metavar=""
        ),
    ] = None,
    quotation: Annotated[
        str | None,
        typer.Option("--quotation", help="Words of a source; empty takes them away.", metavar="TEXT"),
    ] = None,
    comment: Annotated[
        str | None, typer.Option("--comment", help="A comment; empty takes it away.", metavar="TEXT")
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(
            "--value", help="A coded value in place of all there are; repeat.", metavar="NAME=VALUE"
        ),
    ] = None,
    no_values: Annotated[bool, typer.Option("--no-values", help="Take all coded values away.")] = False,
    theme: Annotated[
        str | None, typer.Option("--theme", "-t", help="Move it to this theme's cell.", metavar="THEME")
    ] = None,
    edition: EditionOption = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Change fields of a claim; its evidence stays."""
    values = [] if no_values else value or None
    with open_project(project, who) as opened:
        changed = opened.claims.edit(
            number, edition=edition, theme=theme, summary=summary, kind=kind, is_key=key,
            quotation=quotation, comment=comment, values=values, why=why,
        )  # fmt: skip
    _print(changed, "now says")


@claim.command("rewrite")
def rewrite(
    number: NumberArgument,
    text: TextArgument = "",
    file: FileOption = None,
    code: CodeOption = False,
    edition: EditionOption = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Put a paragraph in place of a claim's. Text and evidence become what it says."""
    typed = read_typed(text, file)
    with open_project(project, who) as opened:
        changed = opened.claims.rewrite(number, typed, edition=edition, code_uncited=code, why=why)
    _print(changed, "now says")


@claim.command("move")
def move(
    number: NumberArgument,
    before: Annotated[
        int | None,
        typer.Option("--before", min=1, max=LARGEST, help="The claim it is to precede.", metavar="NUMBER"),
    ] = None,
    after: Annotated[
        int | None,
        typer.Option("--after", min=1, max=LARGEST, help="The claim it is to follow.", metavar="NUMBER"),
    ] = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Put a claim before or after another one of its cell."""
    with open_project(project, who) as opened:
        opened.claims.move(number, before=before, after=after, why=why)
    side = f"before claim {before}" if before else f"after claim {after}"
    print(f"Claim {number} stands {side}.")


@claim.command("split")
def split(
    number: NumberArgument,
    words: Annotated[
        str, typer.Argument(help="The words with which the second part begins.", metavar="WORDS")
    ],
    edition: EditionOption = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Split a claim in two; evidence goes with its citation."""
    with open_project(project, who) as opened:
        found = opened.claims.get(number)
        times = found.paragraph.count(words) if words else 0
        if times != 1:
            raise UnplacedWordsError(words, times, found.paragraph)
        at = found.paragraph.index(words)
        parts = opened.claims.split(number, at, edition=edition or found.edition, why=why)
    for part in parts:
        _print(part, "now says")


@claim.command("merge")
def merge(
    number: NumberArgument,
    other: Annotated[
        int, typer.Argument(help="The claim that goes into it.", min=1, max=LARGEST, metavar="OTHER")
    ],
    edition: EditionOption = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Merge another claim of the same cell into a claim. Texts are joined, evidence and values united."""
    with open_project(project, who) as opened:
        merged = opened.claims.merge(number, other, edition=edition, why=why)
    _print(merged, "now says")


@claim.command("delete")
def delete(
    number: NumberArgument,
    edition: EditionOption = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take a claim away with its evidence; the journal keeps it."""
    with open_project(project, who) as opened:
        opened.claims.delete(number, edition=edition, why=why)
    print(f"Claim {number} deleted; `framework-coder claim history {number}` still tells of it.")


@claim.command("list")
def list_(
    project: ProjectOption = "",
    site: SiteOption = None,
    theme: ThemeOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List claims."""
    from framework_coder.project.claim_rows import COLUMNS

    with open_project(project) as opened:
        rows = opened.claims.rows(sites=site or (), themes=theme or ())
    form = choose_format(as_json=as_json, as_csv=as_csv)
    shown = ["claim", "site", "theme", "kind", "evidence", "summary"]
    print_rows(rows, COLUMNS, form, empty="No claims fit.", shown=shown)


@claim.command("history")
def history(
    number: NumberArgument,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show every step that changed a claim, oldest first. Steps on its values and evidence too."""
    from framework_coder.project.claim_rows import HISTORY_COLUMNS, row_of_edit

    with open_project(project) as opened:
        rows = [row_of_edit(step) for step in opened.claims.history(number)]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(
        rows, HISTORY_COLUMNS, form, empty="Nothing.", shown=["made_at", "who", "action", "why", "change"]
    )
