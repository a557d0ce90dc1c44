"""Commands that analyse: matrix, audit, counts, search."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from framework_coder.cli.listing import Format, choose_format, print_rows
from framework_coder.cli.options import (
    CoderOption,
    CsvOption,
    JsonOption,
    LimitOption,
    MethodOption,
    ProjectOption,
    SiteOption,
    SourcesOption,
    StateOption,
    ThemeOption,
    WhereOption,
    check_filters,
    open_project,
    read_where,
)

if TYPE_CHECKING:
    from framework_coder.project import Project, ProjectMatrix

_HIT_COLUMNS = ["source", "place", "before", "words", "after", "start", "end", "is_marginal"]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("matrix")(matrix)
    app.command("audit")(audit)
    app.command("counts")(counts)
    app.command("search")(search)


def _build(opened: "Project", **filters: Any) -> "ProjectMatrix":
    """Build the matrix that the options of a command ask for."""
    where = read_where(filters.pop("where"))
    chosen: dict[str, Any] = {name: () if value is None else value for name, value in filters.items()}
    return opened.matrix(where=where, **chosen)


def matrix(
    project: ProjectOption = "",
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            "-o",
            help="Write .xlsx, .docx, .html, .md, .csv, .json or a folder of CSV; repeat for several.",
            metavar="FILE",
        ),
    ] = None,
    table: Annotated[
        str,
        typer.Option(
            "--table",
            help="With --json, --csv or a .csv/.json file: which table (cells, claims …); all in JSON.",
            metavar="TABLE",
        ),
    ] = "",
    site: SiteOption = None,
    where: WhereOption = None,
    theme: ThemeOption = None,
    method: MethodOption = None,
    coder: CoderOption = None,
    state: StateOption = None,
    anonymous: Annotated[
        bool,
        typer.Option(
            "--anonymous", help="Replace the known names of sites whose attribute anonymous is yes."
        ),
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show the site × theme matrix, or write it to files."""
    chosen = {"sites": site, "themes": theme, "methods": method, "coders": coder, "states": state}
    with open_project(project) as opened:
        built = _build(opened, where=where, anonymous=anonymous, **chosen)
        if out:
            _save(built, out, table)
    if not out:
        _show(built, table, choose_format(as_json=as_json, as_csv=as_csv))


def _save(built: "ProjectMatrix", paths: list[Path], table: str) -> None:
    for path in paths:
        for note in built.save(path, table):
            print(note, file=sys.stderr)
        print(f"Wrote {path}.")


def _show(built: "ProjectMatrix", table: str, form: Format) -> None:
    if form is Format.TABLE and not table:
        from framework_coder.cli.grid import print_grid

        print_grid(built.grid)
        return
    if table == "all" and form is Format.JSON:
        print(built.dump_all(), end="")
        return
    shown = built.table(table or "states")
    print_rows(shown.records(), shown.names, form, empty="Nothing fits.")


def audit(
    project: ProjectOption = "",
    need: Annotated[
        list[str] | None,
        typer.Option(
            "--need", help="Only this kind (unsupported, contested …); repeat for several.", metavar="NEED"
        ),
    ] = None,
    site: SiteOption = None,
    where: WhereOption = None,
    theme: ThemeOption = None,
    method: MethodOption = None,
    coder: CoderOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List what needs attention. Each kind has its count and denominator."""
    from framework_coder.cli.grid import print_attention
    from framework_coder.model.attention import Need

    with open_project(project) as opened:
        built = _build(opened, sites=site, where=where, themes=theme, methods=method, coders=coder)
    chosen = _choose_needs(need, list(Need))
    form = choose_format(as_json=as_json, as_csv=as_csv)
    if form is Format.TABLE:
        print_attention(built.grid, built.attention(), chosen, in_full=bool(need))
        return
    shown = built.table("attention")
    rows = [row for row in shown.records() if row["need"] in chosen]
    print_rows(rows, shown.names, form, empty="Nothing needs attention.")


def _choose_needs(names: list[str] | None, known: list[Any]) -> list[Any]:
    from framework_coder.errors import BadInputError

    for name in names or ():
        if name not in known:
            raise BadInputError(f"--need {name}: choose one of {', '.join(known)}.")
    return [need for need in known if not names or need in names]


def counts(
    name: Annotated[
        str, typer.Argument(help="Only this coded value's name (aim, barrier …).", metavar="NAME")
    ] = "",
    project: ProjectOption = "",
    site: SiteOption = None,
    where: WhereOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Count coded values over sites. With denominators and the sites behind each."""
    with open_project(project) as opened:
        shown = _build(opened, sites=site, where=where).table("counts")
    rows = shown.records()
    if name:
        from framework_coder.project.selecting import check_names

        check_names("coded value", [name], {str(row["name"]) for row in rows})
    print_rows(
        [row for row in rows if not name or row["name"] == name],
        shown.names,
        choose_format(as_json=as_json, as_csv=as_csv),
        empty="No claim carries such a value.",
        shown=["name", "value", "sentence", "site_list"],
    )


def search(
    query: Annotated[
        str, typer.Argument(help='Words, "an exact phrase", begin*, -not, this OR that.', metavar="QUERY")
    ],
    project: ProjectOption = "",
    site: SiteOption = None,
    source: SourcesOption = None,
    method: MethodOption = None,
    limit: LimitOption = 50,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Find words in the sources."""
    with open_project(project) as opened:
        check_filters(opened, site, method)
        hits = opened.search(query, sites=site or (), sources=source or (), methods=method or (), limit=limit)
    same = _HIT_COLUMNS[2:]
    rows = [
        {"source": hit.ref, "place": str(hit.locator), **{name: getattr(hit, name) for name in same}}
        for hit in hits
    ]
    form = choose_format(as_json=as_json, as_csv=as_csv)
    if form is not Format.TABLE or not rows:
        print_rows(rows, _HIT_COLUMNS, form, empty="Nothing found.")
        return
    from framework_coder.cli.grid import print_hits

    print_hits(rows)
