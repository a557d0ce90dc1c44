"""The columns and rows of the registers of sources and of sites."""

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from framework_coder.model.design import Design, FieldKind, Originator, SiteField
from framework_coder.web.payloads.sources import GridColumn, GridLine, Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framework_coder.model.matrix import Matrix
    from framework_coder.model.study import PlannedSource, Site
    from framework_coder.project import Project

SOURCE_FIELDS = (
    "title", "sites", "method", "document_type", "produced_on", "originator", "informants", "authors",
    "derived_from",
)  # fmt: skip
"""The fields of a source that are edited in its row."""

NOTHING = Option(value="", label="–")


def _column(id_: str, title: str, told: str, kind: str, options: list[Option] | None = None) -> GridColumn:
    return GridColumn(id=id_, title=title, told=told, kind=kind, options=options or [])


def _spell(value: str) -> Option:
    return Option(value=value, label=value.replace("_", " "))


def source_columns(design: Design, sites: "Sequence[Site]", themes: int) -> list[GridColumn]:
    """Return the columns of the register of sources."""
    methods = [Option(value=each.id, label=each.label) for each in design.methods]
    types = [NOTHING, *map(_spell, design.document_types)]
    originators = [NOTHING, *map(_spell, Originator)]
    codes = [Option(value=site.code, label=f"{site.code} {site.name}".strip()) for site in sites]
    return [
        _column("ref", "Source", "Reference, as in citations; opens the reader", "fixed"),
        _column("title", "Title", "Title of the source", "text"),
        _column("sites", "Sites", "Codes of its sites, ; between several", "list", codes),
        _column("method", "Method", "How it was obtained", "choice", methods),
        _column("document_type", "Type", "Type of the document", "choice", types),
        _column("produced_on", "Date", "2014-03-09, 2014-03 or 2014, as exactly as it is known", "text"),
        _column("originator", "Originator", "Who stands behind it", "choice", originators),
        _column("informants", "Informants", "Who spoke, ; between several", "list"),
        _column("authors", "Authors", "Who wrote it, ; between several", "list"),
        _column(
            "derived_from", "Derived from", "Sources (D07) that it copies or summarises, ; between", "list"
        ),
        _column("pages", "Pages", "Pages of the file, where it has any", "number"),
        _column("words", "Words", "Words of its text", "number"),
        _column("examined", f"Examined /{themes}", f"For how many of {themes} themes it was read", "number"),
        _column("codings", "Codings", "Passages of it that are coded", "number"),
        _column("claims", "Claims", "Claims that cite it", "number"),
    ]


def cells_of(row: dict[str, str]) -> dict[str, str]:
    """Return the fields of a source that its row shows."""
    return {name: row[name] for name in ("ref", *SOURCE_FIELDS)}


def list_sources(project: "Project", grid: "Matrix") -> list[GridLine]:
    """Return the sources in the order of their import."""
    bearings, sizes = grid.bearings, project.sources.sizes()
    coded = Counter(coding.source for coding in bearings.codings.values() if coding.is_live)
    cited: Counter[int] = Counter()
    for links in bearings.evidence.values():
        cited.update({bearings.codings[link.coding].source for link in links})
    examined: Counter[int] = Counter()
    for theme in grid.themes:
        examined.update(bearings.examined(theme.id))
    numbers = {source.ref: source.id for source in grid.study.sources}
    lines = []
    for row in project.sources.rows():
        number = numbers.get(row["ref"], 0)
        size = sizes.get(number)
        lines.append(
            GridLine(
                id=row["ref"],
                address=f"/sources/{quote(row['ref'], safe='')}",
                cells=cells_of(row),
                numbers={
                    "pages": size.pages if size else 0,
                    "words": size.words if size else 0,
                    "examined": examined[number],
                    "codings": coded[number],
                    "claims": cited[number],
                },
            )
        )
    return lines


def _attribute_column(field: SiteField) -> GridColumn:
    values = field.values or (("yes", "no") if field.kind is FieldKind.BOOLEAN else ())
    kind = "choice" if values else "text"
    options = [NOTHING, *(Option(value=each, label=each) for each in values)] if values else []
    return _column(field.id, field.label, f"{field.label} ({field.kind})", kind, options)


def site_columns(design: Design, more: list[str]) -> list[GridColumn]:
    """Return the columns of the register of sites; `more` are attributes that the design does not name."""
    columns = [
        _column("code", "Site", "Code of the site; opens its sources", "fixed"),
        _column("name", "Name", "Name of the site", "text"),
        *map(_attribute_column, design.site_fields),
        *(_column(name, name.replace("_", " "), name, "text") for name in more),
    ]
    for method in design.planned_methods:
        label = method.label
        columns += [
            _column(f"plan:{method.id}", f"{label}: planned", f"How many were planned: {label}", "text"),
            _column(f"got:{method.id}", f"{label}: collected", f"How many there are: {label}", "number"),
            _column(f"why:{method.id}", f"{label}: why fewer", f"Why fewer were collected: {label}", "text"),
        ]
    return columns


def list_sites(project: "Project", columns: list[GridColumn]) -> list[GridLine]:
    """Return the sites in display order, with what was planned and collected of each method."""
    study = project.study(with_text=False)
    collected = Counter((site, source.method) for source in study.sources for site in source.sites)
    plan = {(row.site, row.method): row for row in study.plan}
    lines = []
    for site in study.sites:
        cells = {"code": site.code, "name": site.name}
        numbers = {}
        for column in columns[2:]:
            what, _, method = column.id.partition(":")
            if what == "got":
                numbers[column.id] = collected[site.id, method]
            else:
                cells[column.id] = _cell(column.id, site.attributes.get(column.id, ""), plan, site.id)
        address = f"/sources?sites={quote(site.code, safe='')}"
        lines.append(GridLine(id=site.code, address=address, cells=cells, numbers=numbers))
    return lines


def _cell(column: str, value: str, plan: dict[tuple[int, str], "PlannedSource"], site: int) -> str:
    what, is_plan, method = column.partition(":")
    if not is_plan:
        return value
    row = plan.get((site, method))
    return (str(row.count) if what == "plan" else row.reason) if row else ("0" if what == "plan" else "")
