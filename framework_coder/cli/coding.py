"""Commands on codings: code add, import, list, accept, reject; suggest."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from framework_coder.cli.exits import Exit
from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    CoderOption,
    CsvOption,
    JsonOption,
    ProjectOption,
    SiteOption,
    ThemeOption,
    WhoOption,
    WhyOption,
    open_project,
)
from framework_coder.cli.progress import watched

code = typer.Typer(
    no_args_is_help=True, help="Code passages, import codings, list them, decide on proposals."
)

NumbersArgument = Annotated[
    list[int], typer.Argument(help="Numbers of the codings, as `code list` shows them.")
]
SourcesOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only this source (D07); repeat for several.")
]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(code, name="code")
    app.command("suggest")(suggest)


@code.command("add")
def add(
    source: Annotated[str, typer.Argument(help="The source (D07).")],
    theme: Annotated[str, typer.Argument(help="The theme's id.")],
    quote: Annotated[str, typer.Option("--quote", "-q", help="The passage, letter for letter.")] = "",
    start: Annotated[int | None, typer.Option("--start", min=0, help="Its first character, from 0.")] = None,
    end: Annotated[int | None, typer.Option("--end", min=1, help="The character after its last.")] = None,
    site: Annotated[str, typer.Option("--site", "-s", help="The site, where the source has several.")] = "",
    memo: Annotated[str, typer.Option("--memo", help="A note on the coding.")] = "",
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
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file with source, theme and quote.")],
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Import codings from a file; what is missing or ambiguous is listed, never guessed."""
    with open_project(project, who) as opened, watched() as progress:
        found = opened.codings.import_file(file, why=why, progress=progress)
    for problem in (*found.problems, *found.placed_by_resemblance):
        print(f"{file.name}, line {problem.line}: {problem.sentence}")
    new = len(found.numbers) - found.already_there
    again = f", {found.already_there} were there already" if found.already_there else ""
    print(f"{new} codings imported, {len(found.problems)} not placed{again}.")
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
        list[str] | None, typer.Option("--state", help="accepted, proposed or rejected; repeat for several.")
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List codings."""
    from framework_coder.model.codings import CodingState

    with open_project(project) as opened:
        rows = opened.codings.rows(
            sites=site or (),
            sources=source or (),
            themes=theme or (),
            coders=coder or (),
            states=[CodingState(name) for name in state or ()],
        )
    print_rows(
        rows,
        list(rows[0]) if rows else ["coding"],
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
    workers: Annotated[
        int | None, typer.Option("--workers", min=0, help="Processes; 0 uses this one.")
    ] = None,
    who: WhoOption = "",
) -> None:
    """Propose codings by the matching rules of the themes; proposals never count until accepted."""
    with open_project(project, who) as opened, watched() as progress:
        found = opened.codings.suggest(
            themes=theme or (), sources=source or (), workers=workers, progress=progress
        )
    print("\n".join([*found.problems, f"{found.proposed} codings proposed in {found.sources} sources."]))
    if found.is_cancelled:
        print("Stopped; what was proposed is kept.", file=sys.stderr)
        sys.exit(Exit.CANCELLED)
    print("Next: framework-coder code list --state proposed")
