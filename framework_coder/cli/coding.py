"""Commands on codings: code add, import, list, accept, reject; suggest."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from framework_coder.cli import drifting
from framework_coder.cli.exits import Exit
from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CoderOption,
    CsvOption,
    JsonOption,
    ProjectOption,
    SiteOption,
    SourcesOption,
    ThemeOption,
    WhoOption,
    WhyOption,
    WorkersOption,
    open_project,
)
from framework_coder.cli.progress import watched
from framework_coder.model.wording import count

code = typer.Typer(
    no_args_is_help=True, help="Code passages, import codings, list them, decide on proposals."
)

NumbersArgument = Annotated[
    list[int],
    typer.Argument(
        help="Numbers of the codings, as `code list` shows them.", min=1, max=LARGEST, metavar="NUMBER"
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    drifting.add_to(code)
    app.add_typer(code, name="code")
    app.command("suggest")(suggest)
    app.command("chart")(chart)


@code.command("add")
def add(
    source: Annotated[str, typer.Argument(help="The source (D07).", metavar="REF")],
    theme: Annotated[str, typer.Argument(help="The theme's id.", metavar="THEME")],
    quote: Annotated[
        str, typer.Option("--quote", "-q", help="The passage, letter for letter.", metavar="TEXT")
    ] = "",
    start: Annotated[
        int | None,
        typer.Option("--start", min=0, max=LARGEST, help="Its first character, from 0.", metavar="NUMBER"),
    ] = None,
    end: Annotated[
        int | None,
        typer.Option("--end", min=1, max=LARGEST, help="The character after its last.", metavar="NUMBER"),
    ] = None,
    site: Annotated[
        str, typer.Option("--site", "-s", help="The site, where the source has several.", metavar="CODE")
    ] = "",
    memo: Annotated[str, typer.Option("--memo", help="A note on the coding.", metavar="TEXT")] = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Code a passage, given by its quote or by its span."""
    with open_project(project, who) as opened:
        made = opened.codings.add(
            source, theme, start=start, end=end, quote=quote, site=site, memo=memo, why=why
        )
    print(f"Coding {made.id}: “{made.quote}” [{source} {made.locator}] at {theme}.")


@code.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A CSV or XLSX file with source, theme and quote.", metavar="FILE")
    ],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Import codings from a file. What is missing or ambiguous is listed, never guessed."""
    with open_project(project, who) as opened, watched() as progress:
        found = opened.codings.import_file(file, why=why, progress=progress)
    for problem in (*found.problems, *found.placed_by_resemblance):
        print(f"{file.name}, line {problem.line}: {problem.sentence}")
    new = len(found.numbers) - found.already_there
    again = f", {found.already_there} were there already" if found.already_there else ""
    print(f"{count(new, 'coding')} imported, {len(found.problems)} not placed{again}.")
    if found.problems:
        sys.exit(Exit.WITH_PROBLEMS)


@code.command("list")
def list_(
    project: ProjectOption = "",
    site: SiteOption = None,
    source: SourcesOption = None,
    theme: ThemeOption = None,
    coder: CoderOption = None,
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help="accepted, proposed or rejected; repeat for several.", metavar="STATE"),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List codings."""
    from framework_coder.model.codings import CodingState
    from framework_coder.project.codings import COLUMNS
    from framework_coder.project.selecting import check_names

    check_names("state", state or (), {str(known) for known in CodingState})
    with open_project(project) as opened:
        if coder:
            check_names("coder", coder, {coding.coder for coding in opened.codings.list()})
        rows = opened.codings.rows(
            sites=site or (),
            sources=source or (),
            themes=theme or (),
            coders=coder or (),
            states=[CodingState(name) for name in state or ()],
        )
    print_rows(
        rows,
        COLUMNS,
        choose_format(as_json=as_json, as_csv=as_csv),
        empty="No codings fit.",
        shown=["coding", "site", "source", "place", "theme", "state", "coder", "quote"],
    )


@code.command("accept")
def accept(
    numbers: NumbersArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Let proposals count."""
    with open_project(project, who) as opened:
        opened.codings.accept(numbers, why=why)
    print(f"Accepted: {', '.join(map(str, numbers))}.")


@code.command("reject")
def reject(
    numbers: NumbersArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Set codings aside; they are kept and not proposed again."""
    with open_project(project, who) as opened:
        opened.codings.reject(numbers, why=why)
    print(f"Rejected: {', '.join(map(str, numbers))}.")


@code.command("remove")
def remove(
    numbers: NumbersArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Take codings away; the journal keeps them."""
    with open_project(project, who) as opened:
        opened.codings.remove(numbers, why=why)
    print(f"Removed: {', '.join(map(str, numbers))}.")


def suggest(
    project: ProjectOption = "",
    theme: ThemeOption = None,
    source: SourcesOption = None,
    workers: WorkersOption = None,
    who: WhoOption = "",
) -> None:
    """Propose codings by the matching rules of the themes. Proposals never count until accepted."""
    with open_project(project, who) as opened, watched() as progress:
        found = opened.codings.suggest(
            themes=theme or (), sources=source or (), workers=workers, progress=progress
        )
    if found.is_cancelled:
        print("Stopped; nothing was proposed.", file=sys.stderr)
        sys.exit(Exit.CANCELLED)
    for problem in found.problems:
        print(problem)
    print(f"{count(found.proposed, 'coding')} proposed in {count(found.sources, 'source')}.")
    if found.proposed:
        print("Next: framework-coder code list --state proposed")
    if found.problems:
        sys.exit(Exit.WITH_PROBLEMS)


def chart(
    folder: Annotated[
        Path, typer.Argument(help="The folder with claims.csv, evidence.csv …", metavar="FOLDER")
    ],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Import claims with their evidence from tables. Coverage and marked cells too; all of it or nothing."""
    with open_project(project, who) as opened:
        made = opened.claims.import_folder(folder, why=why)
    print(
        f"{count(made.claims, 'claim')}, {count(made.evidence, 'link')} of evidence, "
        f"{count(made.decisions, 'decision')}, {count(made.coverage, 'record')} of coverage and "
        f"{count(made.marks, 'marked cell')} imported."
    )
