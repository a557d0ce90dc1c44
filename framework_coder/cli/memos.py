"""Commands on memos: memo add, edit, attach, detach, list, show, remove."""

import sys
from typing import Annotated, Any

import typer

from framework_coder.cli.listing import choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    ProjectOption,
    WhoOption,
    WhyOption,
    open_project,
)
from framework_coder.model.wording import count

memo = typer.Typer(no_args_is_help=True, help="Memos: free notes on the project or on anything in it.")

NumberArgument = Annotated[
    int,
    typer.Argument(help="Number of the memo, as `memo list` shows it.", min=1, max=LARGEST, metavar="NUMBER"),
]
SiteOn = Annotated[
    str, typer.Option("--site", "-s", help="On this site; with --theme, on their cell.", metavar="CODE")
]
SourceOn = Annotated[str, typer.Option("--source", help="On this source (D07).", metavar="REF")]
ThemeOn = Annotated[str, typer.Option("--theme", "-t", help="On this theme.", metavar="THEME")]
CodingOn = Annotated[
    int | None, typer.Option("--coding", help="On this coding.", min=1, max=LARGEST, metavar="NUMBER")
]
ClaimOn = Annotated[
    int | None, typer.Option("--claim", help="On this claim.", min=1, max=LARGEST, metavar="NUMBER")
]
FindingOn = Annotated[
    int | None, typer.Option("--finding", help="On this finding.", min=1, max=LARGEST, metavar="NUMBER")
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        "-k",
        help="analytic, methodological, reflexive, descriptive, or a word of your own.",
        metavar="WORD",
    ),
]
TextOption = Annotated[
    str | None, typer.Option("--text", help="The text; - reads it from standard input.", metavar="TEXT")
]
EditionOption = Annotated[
    str,
    typer.Option(
        "--edition",
        help="The edition you started from, as `memo show` prints it; refused if it is another by now.",
        metavar="EDITION",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(memo, name="memo")


def _read(text: str | None) -> str | None:
    return sys.stdin.read() if text == "-" else text


@memo.command("add")
def add(
    title: Annotated[str, typer.Argument(help="A few words to find it by.", metavar="TITLE")],
    text: TextOption = None,
    kind: KindOption = None,
    site: SiteOn = "",
    source: SourceOn = "",
    theme: ThemeOn = "",
    coding: CodingOn = None,
    claim: ClaimOn = None,
    finding: FindingOn = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Write a memo; on what --site, --source … name, else on the project."""
    about = _about(site, source, theme, coding, claim, finding)
    with open_project(project, who) as opened:
        made = opened.memos.add(title, _read(text) or "", kind=kind or "", why=why, **about)
        (row,) = (row for row in opened.memos.rows() if row["memo"] == made.id)
    print(f"Memo {made.id} “{made.title}” is on {row['about']}.")


def _about(
    site: str, source: str, theme: str, coding: int | None, claim: int | None, finding: int | None
) -> dict[str, Any]:
    named = {
        "site": site, "source": source, "theme": theme, "coding": coding, "claim": claim, "finding": finding,
    }  # fmt: skip
    return {name: value for name, value in named.items() if value}


@memo.command("edit")
def edit(
    number: NumberArgument,
    title: Annotated[str | None, typer.Option("--title", help="The new title.", metavar="TEXT")] = None,
    text: TextOption = None,
    kind: KindOption = None,
    edition: EditionOption = "",
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Change the words of a memo."""
    with open_project(project, who) as opened:
        opened.memos.edit(number, title=title, text=_read(text), kind=kind, edition=edition, why=why)
    print(f"Memo {number} is saved.")


@memo.command("attach")
def attach(
    number: NumberArgument,
    site: SiteOn = "",
    source: SourceOn = "",
    theme: ThemeOn = "",
    coding: CodingOn = None,
    claim: ClaimOn = None,
    finding: FindingOn = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Hang a memo on more things."""
    about = _about(site, source, theme, coding, claim, finding)
    with open_project(project, who) as opened:
        made = opened.memos.attach(number, why=why, **about)
    print(f"Memo {number} hangs on {count(len(made.targets), 'thing')}.")


@memo.command("detach")
def detach(
    number: NumberArgument,
    site: SiteOn = "",
    source: SourceOn = "",
    theme: ThemeOn = "",
    coding: CodingOn = None,
    claim: ClaimOn = None,
    finding: FindingOn = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take a memo from things; the memo stays."""
    about = _about(site, source, theme, coding, claim, finding)
    with open_project(project, who) as opened:
        made = opened.memos.detach(number, why=why, **about)
    print(f"Memo {number} hangs on {count(len(made.targets), 'thing')}.")


@memo.command("list")
def list_(
    words: Annotated[str, typer.Argument(help="Words in title or text.", metavar="WORDS")] = "",
    kind: KindOption = None,
    author: Annotated[str, typer.Option("--author", help="Only by this coder.", metavar="NAME")] = "",
    site: SiteOn = "",
    source: SourceOn = "",
    theme: ThemeOn = "",
    coding: CodingOn = None,
    claim: ClaimOn = None,
    finding: FindingOn = None,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List memos; a site or a theme alone stands for its cells too."""
    about = _about(site, source, theme, coding, claim, finding)
    with open_project(project) as opened:
        rows = opened.memos.rows(text=words, kind=kind or "", author=author, **about)
    columns = ["memo", "title", "kind", "about", "author", "made_on", "text", "edition"]
    print_rows(
        rows,
        columns,
        choose_format(as_json=as_json, as_csv=as_csv),
        empty="No memos fit.",
        shown=columns[:-1],
    )


@memo.command("show")
def show(number: NumberArgument, project: ProjectOption = "") -> None:
    """Print a memo whole."""
    with open_project(project) as opened:
        opened.memos.get(number)
        (row,) = (row for row in opened.memos.rows() if row["memo"] == number)
    kind = f"{row['kind']}, " if row["kind"] else ""
    print(row["title"])
    print(f"on {row['about']} ({kind}{row['author']}, {row['made_on']}; edition {row['edition']})")
    if row["text"]:
        print(f"\n{row['text']}")


@memo.command("remove")
def remove(
    number: NumberArgument, project: ProjectOption = "", who: WhoOption = "", why: WhyOption = ""
) -> None:
    """Take a memo away; what it was on stays."""
    with open_project(project, who) as opened:
        opened.memos.remove(number, why=why)
    print(f"Memo {number} is removed; `undo` brings it back.")
