"""Add sites and what is planned at them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.exchange.rows import PlannedRow, SiteRow
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design, FieldKind, SiteField
from framework_coder.model.study import Site
from framework_coder.store.codebooks import load_design
from framework_coder.store.journal import Step
from framework_coder.store.sources import load_sites
from framework_coder.store.tables import PlannedSourceEntity, SiteEntity
from framework_coder.workflows.names import find_site


class SiteCodeError(BadInputError):
    """A code that is empty, or is told from another one by its letters' case only."""

    def __init__(self, code: str, other: str) -> None:
        why = f"is “{other}” but for its case" if other else "has no letters"
        super().__init__(f"The site code “{code}” {why}; give the site a short code of its own such as S07.")


class SiteFieldError(BadInputError):
    """A name, an attribute or a plan of a site that cannot be kept."""


class StaleSiteError(ConflictError):
    """What someone changed meanwhile; `wanted` and `standing` are the two values."""

    def __init__(self, code: str, field: str, wanted: str, standing: str) -> None:
        self.wanted, self.standing = wanted, standing
        super().__init__(
            f"The {field} of {code} was changed meanwhile. It is “{standing}” now; you wrote “{wanted}”. "
            "Look at both and save again."
        )


def _check_codes(codes: Iterable[str], known: Iterable[str]) -> None:
    taken = {code.casefold(): code for code in known}
    for code in codes:
        other = taken.setdefault(code.strip().casefold(), code)
        if not code.strip() or other != code:
            raise SiteCodeError(code, other if code.strip() else "")


def add_sites(engine: Engine, rows: Iterable[SiteRow], *, who: str, why: str = "") -> None:
    """Add sites in order; one whose code is there already takes the name and the attributes given."""
    with Step(engine, who=who, action="add sites", why=why) as step:
        known = {site.code: site for site in load_sites(step.connection)}
        given = {row.code: {"name": row.name, "attributes": dict(row.attributes)} for row in rows}
        _check_codes(given, known)
        step.update(SiteEntity, {known[code].id: row for code, row in given.items() if code in known})
        new = [{"code": code, **row} for code, row in given.items() if code not in known]
        step.insert(SiteEntity, [{**row, "position": len(known) + n} for n, row in enumerate(new)])


def edit_site(
    engine: Engine,
    code: str,
    given: Mapping[str, str],
    *,
    who: str,
    was: Mapping[str, str] | None = None,
    why: str = "",
) -> None:
    """Change the name (`name`) or attributes of a site; `was` gives what they held when the writer began.

    Raises SiteFieldError, UnknownSiteError or StaleSiteError; then nothing is changed.
    """
    with Step(engine, who=who, action="edit site", why=why) as step:
        site = find_site({each.code: each for each in load_sites(step.connection)}, code)
        design = load_design(step.connection)
        checked = {name: _check_value(design, site, name, value.strip()) for name, value in given.items()}
        for name, before in (was or {}).items():
            if (standing := _value_of(site, name)) != before.strip():
                raise StaleSiteError(code, name, given.get(name, ""), standing)
        name = checked.pop("name", site.name)
        kept = {key: value for key, value in {**site.attributes, **checked}.items() if value}
        step.update(SiteEntity, {site.id: {"name": name, "attributes": kept}})


def _value_of(site: Site, name: str) -> str:
    return site.name if name == "name" else site.attributes.get(name, "")


def _check_value(design: Design, site: Site, name: str, value: str) -> str:
    if name == "name":
        if not value:
            raise SiteFieldError(f"{site.code} needs a name; charts and reports show it.")
        return value
    field = next((each for each in design.site_fields if each.id == name), None)
    if field is None and name not in site.attributes:
        raise SiteFieldError(f"Sites have no attribute “{name}”.")
    return _check_attribute(field, value) if field and value else value


def _check_attribute(field: SiteField, value: str) -> str:
    if field.kind is FieldKind.BOOLEAN and value.lower() not in {"yes", "no"}:
        raise SiteFieldError(f"{field.label} is yes or no, not “{value}”.")
    if field.kind is FieldKind.NUMBER:
        try:
            float(value)
        except ValueError as error:
            raise SiteFieldError(f"{field.label} is a number; “{value}” is none.") from error
    if field.kind is FieldKind.DATE:
        try:
            PartialDate(value)
        except ValueError as error:
            raise SiteFieldError(f"{error}.") from error
    if field.values and value not in field.values:
        raise SiteFieldError(f"{field.label} is one of {', '.join(field.values)}, not “{value}”.")
    return value


def edit_plan(
    engine: Engine,
    code: str,
    method: str,
    given: Mapping[str, str],
    *,
    who: str,
    was: Mapping[str, str] | None = None,
    why: str = "",
) -> None:
    """Change the number planned (`count`) or the `reason` for a gap, of one method at one site.

    `was` gives what they held when the writer began. Raises SiteFieldError or StaleSiteError.
    """
    with Step(engine, who=who, action="plan sources", why=why) as step:
        site = find_site({each.code: each for each in load_sites(step.connection)}, code)
        if load_design(step.connection).method(method) is None:
            raise SiteFieldError(f"“{method}” is not a method of this study.")
        key, standing = _find_plan(step.connection, site.id, method)
        for name, before in (was or {}).items():
            if standing[name] != before.strip():
                raise StaleSiteError(code, f"plan ({name})", given.get(name, ""), standing[name])
        wanted = {**standing, **{name: value.strip() for name, value in given.items()}}
        row = {"count": _read_count(wanted["count"]), "reason": wanted["reason"]}
        if key is not None:
            step.update(PlannedSourceEntity, {key: row})
        elif row != {"count": 0, "reason": ""}:
            step.insert(PlannedSourceEntity, [{"site": site.id, "method": method, **row}])


MOST_PLANNED = 100_000


def _read_count(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_PLANNED:
        raise SiteFieldError(f"The number planned is a whole number from 0; “{text}” is none.")
    return int(text)


def _find_plan(connection: Connection, site: int, method: str) -> tuple[int | None, dict[str, str]]:
    entity = PlannedSourceEntity
    row = connection.execute(
        select(entity.id, entity.count, entity.reason).where(entity.site == site, entity.method == method)
    ).first()
    if row is None:
        return None, {"count": "0", "reason": ""}
    return row.id, {"count": str(row.count), "reason": row.reason}


def plan_sources(engine: Engine, rows: Iterable[PlannedRow], *, who: str, why: str = "") -> None:
    """Set how many sources of a method are planned at each site, and why fewer were collected."""
    with Step(engine, who=who, action="plan sources", why=why) as step:
        sites = {site.code: site.id for site in load_sites(step.connection)}
        entity = PlannedSourceEntity
        known = {
            (site, method): key
            for key, site, method in step.connection.execute(select(entity.id, entity.site, entity.method))
        }
        given = {
            (find_site(sites, row.site), row.method): {"count": row.count, "reason": row.reason}
            for row in rows
        }
        step.update(entity, {known[spot]: row for spot, row in given.items() if spot in known})
        new = ((spot, row) for spot, row in given.items() if spot not in known)
        step.insert(entity, [{"site": site, "method": method, **row} for (site, method), row in new])
