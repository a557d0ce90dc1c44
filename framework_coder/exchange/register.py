"""Sites and the source register of a study folder."""

from collections.abc import Collection
from pathlib import Path

from framework_coder.exchange.faults import Faults
from framework_coder.exchange.rows import SiteRow, SourceRow
from framework_coder.exchange.tables import Row, read_table
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design, FieldKind, Originator, SiteField

_REGISTER = (
    "ref",
    "document_type",
    "title",
    "produced_on",
    "precision",
    "originator",
    "informants",
    "authors",
    "derived_from",
    "url",
)


def read_sites(path: Path, faults: Faults, design: Design) -> list[SiteRow]:
    """Return the sites in order, each attribute checked against its field where the study declares one."""
    fields = {field.id: field for field in design.site_fields}
    sites: list[SiteRow] = []
    for row in read_table(path, faults, ("site", "name"), None):
        code = row["site"]
        if not code:
            faults.add(row.line, "site", "the code is empty; give the site a short code such as S07")
        elif code in {site.code for site in sites}:
            faults.add(row.line, "site", f"the code “{code}” stands twice")
        attributes = _read_attributes(row, fields, faults)
        sites.append(SiteRow(row.line, code, row["name"] or code, attributes))
    if not sites and not faults.found:
        faults.add(0, "", "there are no sites; add a row for each")
    return sites


def _read_attributes(row: Row, fields: dict[str, SiteField], faults: Faults) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in row.fields.items():
        if name in {"site", "name"} or (
            name.endswith("_precision") and name.removesuffix("_precision") in fields
        ):
            continue
        if not name:
            if value:
                faults.add(row.line, "", "a column without a name holds a value; name the column")
            continue
        field = fields.get(name)
        found[name] = _check_attribute(row, field, faults) if field and value else value
    return found


def _check_attribute(row: Row, field: SiteField, faults: Faults) -> str:
    """Return the value as it is kept: a date cut to its precision, anything else as written."""
    value = row[field.id]
    if field.kind is FieldKind.DATE:
        return str(_read_date(row, field.id, f"{field.id}_precision", faults))
    if field.kind is FieldKind.NUMBER and not _is_number(value):
        faults.add(row.line, field.id, f"“{value}” is not a number")
    elif field.kind is FieldKind.BOOLEAN and value.lower() not in {"yes", "no"}:
        faults.add(row.line, field.id, f"“{value}” must be yes or no")
    elif field.values and value not in field.values:
        faults.add(row.line, field.id, f"“{value}” is not one of {', '.join(field.values)}")
    return value


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _read_date(row: Row, date: str, precision: str, faults: Faults) -> PartialDate:
    try:
        return PartialDate.parse(row[date], row[precision])
    except ValueError as error:
        faults.add(row.line, date, str(error))
        return PartialDate()


def read_sources(
    path: Path, faults: Faults, design: Design, sites: Collection[str], folder: Path
) -> list[SourceRow]:
    """Return the register in order; every file must be there, inside the folder."""
    rows: list[SourceRow] = []
    for row in read_table(path, faults, ("path", "site", "method"), _REGISTER):
        file, _, part = row["path"].partition("#")
        check_file(row, file, folder, faults)
        source = SourceRow(
            row.line,
            file,
            row.listed("site"),
            row["method"],
            row["ref"],
            part,
            row["document_type"],
            row["title"],
            _read_date(row, "produced_on", "precision", faults),
            row["originator"],
            row.listed("informants"),
            row.listed("authors"),
            row.listed("derived_from"),
            row["url"],
        )
        _check_source(source, rows, design, sites, faults)
        rows.append(source)
    _check_derivations(rows, faults)
    return rows


def check_file(row: Row, file: str, folder: Path, faults: Faults) -> None:
    """Note a fault where a file is not there, or not inside the folder."""
    if not file:
        faults.add(row.line, "path", "the path is empty; name the file")
        return
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        faults.add(row.line, "path", f"“{file}” lies outside the study folder; move the file into it")
    elif not path.is_file():
        faults.add(row.line, "path", f"there is no file “{file}” in the study folder")


def _check_source(
    source: SourceRow, above: list[SourceRow], design: Design, sites: Collection[str], faults: Faults
) -> None:
    line = source.line
    if not source.sites:
        faults.add(line, "site", "name the site the source belongs to")
    for code in source.sites:
        if code not in sites:
            faults.add(line, "site", f"there is no site “{code}” in sites.csv")
    if design.method(source.method) is None:
        known = ", ".join(method.id for method in design.methods)
        faults.add(line, "method", f"“{source.method}” is not a method; the methods are {known}")
    if source.document_type and source.document_type not in design.document_types:
        known = ", ".join(design.document_types)
        faults.add(line, "document_type", f"“{source.document_type}” is not one of {known}")
    if source.originator and source.originator not in set(Originator):
        faults.add(line, "originator", f"“{source.originator}” is not one of {', '.join(Originator)}")
    if source.ref and any(other.ref == source.ref for other in above):
        faults.add(line, "ref", f"“{source.ref}” stands twice")


def _check_derivations(rows: list[SourceRow], faults: Faults) -> None:
    refs = {row.ref for row in rows}
    for row in rows:
        for parent in row.derived_from:
            if parent not in refs or parent == row.ref:
                faults.add(row.line, "derived_from", f"“{parent}” is not the ref of another source")
