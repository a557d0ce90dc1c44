"""Commands on what was read: coverage; sources that are alike; passages to decide after a split."""

from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.codebooks import ThemeArgument, codebook
from framework_coder.cli.listing import Format, choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    ProjectOption,
    SiteOption,
    SourcesOption,
    ThemeOption,
    WhoOption,
    WhyOption,
    open_project,
)
from framework_coder.cli.sources import source
from framework_coder.model.wording import count

if TYPE_CHECKING:
    from framework_coder.model.examining import Examination
    from framework_coder.project.reviews import LikeSources

coverage = typer.Typer(
    no_args_is_help=True, help="Record what was examined, and see what is still to be read."
)

RefsArgument = Annotated[list[str] | None, typer.Argument(help="Sources (D01 D02).", metavar="REF")]
RefArgument = Annotated[str, typer.Argument(help="A source (D07).", metavar="REF")]
OtherArgument = Annotated[str, typer.Argument(help="Another source.", metavar="OTHER")]
ThemesOption = Annotated[
    str,
    typer.Option(
        "--themes", "-t", help="Ids with commas between, each with all below it; * for all.", metavar="THEMES"
    ),
]
NumbersArgument = Annotated[
    list[int] | None,
    typer.Argument(help="Numbers of codings.", min=1, max=LARGEST, metavar="CODING"),
]
ClaimOption = Annotated[
    list[int] | None,
    typer.Option(
        "--claim", help="A claim's number; repeat for several.", min=1, max=LARGEST, metavar="CLAIM"
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(coverage, name="coverage")


def _split(themes: str) -> list[str]:
    return [theme.strip() for theme in themes.split(",") if theme.strip()]


@coverage.command("set")
def set_(
    refs: RefsArgument = None,
    themes: ThemesOption = "",
    state: Annotated[
        str, typer.Option("--state", help="examined, partly or not.", metavar="STATE")
    ] = "examined",
    site: SiteOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Record that sources, or all of a site, were examined for themes."""
    with open_project(project, who) as opened:
        pairs = opened.coverage.set(refs or (), _split(themes), state, sites=site or (), why=why)
    print(f"{pairs} pairs of source and theme: {state}.")


@coverage.command("withdraw")
def withdraw(
    refs: RefsArgument = None,
    themes: ThemesOption = "",
    site: SiteOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take back what was recorded of sources for themes as they are now."""
    with open_project(project, who) as opened:
        gone = opened.coverage.withdraw(refs or (), _split(themes), sites=site or (), why=why)
    print(f"{count(gone, 'record')} withdrawn.")


@coverage.command("show")
def show(
    project: ProjectOption = "",
    site: SiteOption = None,
    source: SourcesOption = None,
    theme: ThemeOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show how every source stands for every theme."""
    with open_project(project) as opened:
        found = opened.coverage.show(sites=site or (), sources=source or (), themes=theme or ())
    _print(found, choose_format(as_json=as_json, as_csv=as_csv), empty="There is no source, or no theme.")


@coverage.command("todo")
def todo(
    project: ProjectOption = "",
    site: SiteOption = None,
    source: SourcesOption = None,
    theme: ThemeOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Only what a change of the framework put up again.")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List what is still to be examined. And what is due again because a theme changed its meaning."""
    with open_project(project) as opened:
        found = opened.coverage.todo(sites=site or (), sources=source or (), themes=theme or ())
    chosen = [each for each in found if each.again or not again]
    _print(chosen, choose_format(as_json=as_json, as_csv=as_csv), empty="Everything is examined.")


_COLUMNS = ("source", "theme", "label", "state", "version", "coder", "made_on", "changes")


def _print(found: list["Examination"], form: Format, *, empty: str) -> None:
    rows = [
        {
            "source": each.source.ref,
            "theme": each.theme.id,
            "label": each.theme.label,
            "state": each.standing,
            "version": each.last.version if each.last else None,
            "coder": each.last.coder if each.last else "",
            "made_on": each.last.made_on if each.last else "",
            "changes": "; ".join(map(str, each.again.changes)) if each.again else "",
        }
        for each in found
    ]
    shown = [name for name in _COLUMNS if name != "label"]
    print_rows(rows, _COLUMNS, form, empty=empty, shown=shown)


@source.command("alike")
def alike(project: ProjectOption = "", as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List sources that share passages. With the passages, until each pair is decided."""
    form = choose_format(as_json=as_json, as_csv=as_csv)
    with open_project(project) as opened:
        found = opened.reviews.like_sources()
    if form is not Format.TABLE or not found:
        rows = [row for pair in found for row in _passages(pair)]
        print_rows(rows, _PASSAGES, form, empty="No sources are alike, or all pairs are decided.")
        return
    for pair in found:
        copy, root = pair.copy.ref, pair.root.ref
        print(
            f"{copy} shares {pair.share_of_copy:.0%} of its text with {root} ({pair.share_of_root:.0%} of "
            f"that); {copy} probably copies {root}: {pair.why}."
        )
        for passage in pair.passages:
            print(f"  {copy} {passage.copy_start}, {root} {passage.root_start}: “{passage.copy_quote}”")
        print(f"  Next: framework-coder source derive {copy} {root}, or source apart {copy} {root} --why …")


_PASSAGES = (
    "copy", "root", "share_of_copy", "share_of_root", "why", "ratio",
    "copy_start", "copy_quote", "root_start", "root_quote",
)  # fmt: skip


def _passages(pair: "LikeSources") -> list[dict[str, object]]:
    about = {
        "copy": pair.copy.ref,
        "root": pair.root.ref,
        "share_of_copy": round(pair.share_of_copy, 3),
        "share_of_root": round(pair.share_of_root, 3),
        "why": pair.why,
    }
    own = ("ratio", "copy_start", "copy_quote", "root_start", "root_quote")
    return [{**about, **{name: getattr(passage, name) for name in own}} for passage in pair.passages]


@source.command("derive")
def derive(
    ref: RefArgument,
    other: OtherArgument,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Confirm that the first source copies the second. They count as one origin."""
    with open_project(project, who) as opened:
        opened.reviews.derive(ref, other, why=why)
    print(f"{ref} derives from {other}.")


@source.command("underive")
def underive(
    ref: RefArgument,
    other: OtherArgument,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Take back that the first source copies the second."""
    with open_project(project, who) as opened:
        opened.reviews.underive(ref, other, why=why)
    print(f"{ref} does not derive from {other}.")


@source.command("apart")
def apart(
    ref: RefArgument,
    other: OtherArgument,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Record that two sources do not copy each other. The reason is --why."""
    with open_project(project, who) as opened:
        opened.reviews.keep_apart(ref, other, why)
    print(f"{ref} and {other} are kept apart.")


@codebook.command("queue")
def queue(project: ProjectOption = "", as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List the passages and claims at split themes. With the parts to choose from."""
    with open_project(project) as opened:
        found = opened.codebook.undecided()
        sites = {site.id: site.code for site in opened.sites.list()}
    rows: list[dict[str, object]] = []
    for each in found:
        parts = ", ".join(part.id for part in each.parts)
        about = {"theme": each.theme.id, "parts": parts}
        if each.claim:
            own = {"kind": "claim", "number": each.claim.id, "site": sites[each.claim.site]}
            rows.append({**about, **own, "text": each.claim.summary})
        elif each.coding:
            own = {"kind": "coding", "number": each.coding.id, "site": sites[each.coding.site]}
            rows.append({**about, **own, "text": each.coding.quote})
    columns = ["kind", "number", "site", "theme", "parts", "text"]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    print_rows(rows, columns, form, empty="Nothing waits to be decided.")


@codebook.command("decide")
def decide(
    theme: ThemeArgument,
    codings: NumbersArgument = None,
    claim: ClaimOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Move passages and claims to a theme; evidence follows its claim."""
    with open_project(project, who) as opened:
        moved = opened.codebook.decide(theme, codings=codings or (), claims=claim or (), why=why)
    print(f"Moved to {theme}: {_name(moved.codings, 'codings')}; {_name(moved.claims, 'claims')}.")


@codebook.command("leave")
def leave(
    codings: NumbersArgument = None,
    claim: ClaimOption = None,
    project: ProjectOption = "",
    who: WhoOption = "",
    why: WhyOption = "",
) -> None:
    """Leave passages and claims at their retired theme. They are not asked about again."""
    with open_project(project, who) as opened:
        opened.codebook.leave(codings=codings or (), claims=claim or (), why=why)
    print(f"Left as they are: {_name(codings or (), 'codings')}; {_name(claim or (), 'claims')}.")


def _name(numbers: "list[int] | frozenset[int] | tuple[int, ...]", what: str) -> str:
    return f"{what} {', '.join(map(str, sorted(numbers)))}" if numbers else f"no {what}"
