"""Add sites and what is planned at them."""

from collections.abc import Iterable

from sqlalchemy import Engine, select

from framework_coder.errors import BadInputError
from framework_coder.exchange.rows import PlannedRow, SiteRow
from framework_coder.store.journal import Step
from framework_coder.store.sources import load_sites
from framework_coder.store.tables import PlannedSourceEntity, SiteEntity
from framework_coder.workflows.names import find_site


class SiteCodeError(BadInputError):
    """A code that is empty, or is told from another one by its letters' case only."""

    def __init__(self, code: str, other: str) -> None:
        why = f"is “{other}” but for its case" if other else "has no letters"
        super().__init__(f"The site code “{code}” {why}; give the site a short code of its own such as S07.")


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
