"""Commands that explore across sites: how often, what with what, where not, when; charts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framework_coder.cli.listing import Format, choose_format, print_rows
from framework_coder.cli.options import (
    LARGEST,
    CsvOption,
    JsonOption,
    MethodOption,
    ProjectOption,
    SiteOption,
    ThemeOption,
    WhereOption,
    open_project,
    read_where,
)

if TYPE_CHECKING:
    from framework_coder.project import ProjectMatrix
    from framework_coder.project.exploring import Table

explore = typer.Typer(
    no_args_is_help=True,
    help="Frequencies, cross-tabulations, negative cases, charts and more.",
)

FacetArgument = Annotated[
    str,
    typer.Argument(
        help="What sites are grouped by: attribute:tier, value:aim, theme:ID or state:ID.", metavar="FACET"
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(explore, name="explore")


def _matrix(
    project: str,
    site: list[str] | None,
    where: list[str] | None,
    theme: list[str] | None = None,
    method: list[str] | None = None,
) -> "ProjectMatrix":
    with open_project(project) as opened:
        return opened.matrix(
            sites=site or (), where=read_where(where), themes=theme or (), methods=method or ()
        )


def _print(table: "Table", form: Format, *, empty: str, shown: tuple[str, ...] = ()) -> None:
    print_rows(table.records(), table.names, form, empty=empty, shown=shown)


@explore.command("frequencies")
def frequencies(
    project: ProjectOption = "",
    site: SiteOption = None,
    where: WhereOption = None,
    theme: ThemeOption = None,
    method: MethodOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show how many sites speak of each theme. With denominators and the sites behind each."""
    table = _matrix(project, site, where, theme, method).table("frequencies")
    shown = ("theme", "sentence", "silent", "claims", "site_list")
    _print(table, choose_format(as_json=as_json, as_csv=as_csv), empty="There are no themes.", shown=shown)


@explore.command("crosstab")
def crosstab(
    rows: FacetArgument,
    columns: FacetArgument,
    cell: Annotated[
        tuple[str, str] | None,
        typer.Option("--cell", help="Show the passages behind one cell.", metavar="ROW COLUMN"),
    ] = None,
    project: ProjectOption = "",
    site: SiteOption = None,
    where: WhereOption = None,
    method: MethodOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Cross-tabulate sites. Attributes, coded values, themes or states against each other."""
    explored = _matrix(project, site, where, method=method).explore
    table, form = explored.cross(rows, columns), choose_format(as_json=as_json, as_csv=as_csv)
    if cell:
        found = explored.passages_behind(table, *cell)
        _print(found, form, empty="No passage stands behind it.", shown=("site", "cite", "quote"))
    else:
        shown = explored.cross_table(table, as_grid=form is Format.TABLE)
        _print(shown, form, empty="No site fits.")


@explore.command("cooccurrence")
def cooccurrence(
    project: ProjectOption = "",
    theme: Annotated[
        list[str] | None,
        typer.Option(
            "--theme", "-t", help="Only pairs with this theme; repeat for several.", metavar="THEME"
        ),
    ] = None,
    site: SiteOption = None,
    where: WhereOption = None,
    method: MethodOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List pairs of themes that meet in the same words. Most often first."""
    table = _matrix(project, site, where, method=method).explore.cooccurrence_table(theme or ())
    shown = ("first", "second", "passages", "sources", "sites", "site_list")
    empty = "No two themes meet in the same words."
    _print(table, choose_format(as_json=as_json, as_csv=as_csv), empty=empty, shown=shown)


@explore.command("negative")
def negative(
    name: Annotated[str, typer.Argument(help="A coded value's name (aim, barrier …).", metavar="NAME")],
    value: Annotated[str, typer.Argument(help="The value.", metavar="VALUE")],
    project: ProjectOption = "",
    site: SiteOption = None,
    where: WhereOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List every site with its standing to a coded value. Who has it, who not, and why not."""
    table = _matrix(project, site, where).explore.negative_table(name, value)
    shown = ("site", "standing", "sentence", "others", "claims")
    _print(table, choose_format(as_json=as_json, as_csv=as_csv), empty="No site fits.", shown=shown)


@explore.command("timeline")
def timeline(
    project: ProjectOption = "",
    name: Annotated[
        list[str] | None,
        typer.Option("--event", help="Only this dated value; repeat for several.", metavar="NAME"),
    ] = None,
    site: SiteOption = None,
    where: WhereOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List what happened when at each site. To the precision that is known."""
    table = _matrix(project, site, where).explore.event_table(name or ())
    _print(table, choose_format(as_json=as_json, as_csv=as_csv), empty="Nothing is dated.")


@explore.command("passages")
def passages(
    project: ProjectOption = "",
    claim: Annotated[
        list[int] | None,
        typer.Option("--claim", min=1, max=LARGEST, help="All evidence of this claim.", metavar="NUMBER"),
    ] = None,
    coding: Annotated[
        list[int] | None,
        typer.Option("--coding", min=1, max=LARGEST, help="This coding.", metavar="NUMBER"),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Open the passages behind a number. Name the claims or codings that a table gives for it."""
    table = _matrix(project, None, None).explore.passages(claims=claim or (), codings=coding or ())
    form = choose_format(as_json=as_json, as_csv=as_csv)
    _print(table, form, empty="No such passage.", shown=("coding", "site", "cite", "quote"))


@explore.command("charts")
def charts(
    folder: Annotated[Path, typer.Argument(help="Where to write them.", metavar="FOLDER")],
    project: ProjectOption = "",
    chart: Annotated[
        list[str] | None,
        typer.Option("--chart", help="Only coverage, frequencies, statuses or timeline.", metavar="NAME"),
    ] = None,
    png: Annotated[bool, typer.Option("--png", help="PNG instead of SVG.")] = False,
    site: SiteOption = None,
    where: WhereOption = None,
    theme: ThemeOption = None,
    method: MethodOption = None,
) -> None:
    """Write charts as pictures. Each has its table beside it as CSV."""
    explored = _matrix(project, site, where, theme, method).explore
    for path in explored.save_charts(folder, chart or (), suffix=".png" if png else ".svg"):
        print(f"Wrote {path}.")
