"""Mark a cell as not applicable, with the reason, and take the mark back."""

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError, ConflictError, NotFoundError
from framework_coder.store.claims import load_claims
from framework_coder.store.codebooks import note_coders
from framework_coder.store.journal import Step
from framework_coder.store.tables import NotApplicableEntity
from framework_coder.workflows.charted import find_cell


class NoReasonError(BadInputError):
    """A mark without its reason."""

    def __init__(self, site: str, theme: str) -> None:
        super().__init__(f"{site} × {theme} is only not applicable for a reason; give it.")


class ChartedCellError(ConflictError):
    """A cell that holds claims, so that its theme does apply."""

    def __init__(self, site: str, theme: str, claims: int) -> None:
        what = "a claim" if claims == 1 else f"{claims} claims"
        super().__init__(f"{site} × {theme} holds {what}, so the theme applies there; delete them first.")


class NoMarkError(NotFoundError):
    """A cell that is not marked."""

    def __init__(self, site: str, theme: str) -> None:
        super().__init__(f"{site} × {theme} is not marked as not applicable; there is nothing to take back.")


def mark_not_applicable(
    engine: Engine, site: str, theme: str, reason: str, *, who: str, why: str = ""
) -> None:
    """Say that a theme does not apply at a site; a cell marked before takes the new reason.

    Raises NoReasonError, ChartedCellError, UnknownSiteError or UnknownThemeError.
    """
    with Step(engine, who=who, action="mark not applicable", why=why) as step:
        number, book = find_cell(step.connection, site, theme)
        if not reason.strip():
            raise NoReasonError(site, theme)
        claims = load_claims(step.connection, cell=(number, book.descendants(theme)))
        if claims:
            raise ChartedCellError(site, theme, len(claims))
        note_coders(step, [who])
        said = {"reason": reason.strip(), "coder": who}
        there = _find_mark(step.connection, number, theme)
        if there is None:
            step.insert(NotApplicableEntity, [{"site": number, "theme": theme, **said}])
        else:
            step.update(NotApplicableEntity, {there: said})


def withdraw_mark(engine: Engine, site: str, theme: str, *, who: str, why: str = "") -> None:
    """Take back that a theme does not apply at a site; raises NoMarkError."""
    with Step(engine, who=who, action="withdraw mark", why=why) as step:
        number, _ = find_cell(step.connection, site, theme)
        there = _find_mark(step.connection, number, theme)
        if there is None:
            raise NoMarkError(site, theme)
        step.delete(NotApplicableEntity, [there])


def _find_mark(connection: Connection, site: int, theme: str) -> int | None:
    row = NotApplicableEntity
    return connection.execute(select(row.id).where(row.site == site, row.theme == theme)).scalar()
