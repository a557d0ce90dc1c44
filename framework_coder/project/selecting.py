"""Names that a user gives as filters, checked against the study."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.legend import LEGEND
from framework_coder.model.selection import Selection
from framework_coder.model.spelling import closest
from framework_coder.model.study import Study
from framework_coder.model.view import CODE, NAME, PROPOSALS, SOURCES, UNUSED, View


class UnknownFilterError(NotFoundError):
    """A filter that names what the study does not have."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        choices = sorted(known)
        close = closest(name, choices)
        hint = f"Did you mean “{close}”?" if close else f"There are: {', '.join(choices) or 'none'}."
        super().__init__(f"There is no {kind} “{name}” in this study. {hint}")


class UnknownChoiceError(BadInputError):
    """A word that is none of those to choose from."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        super().__init__(f"“{name}” is none of {', '.join(known)}; choose one of these.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to show, in a user's words."""

    sites: Collection[str] = ()
    where: Mapping[str, str | Collection[str]] = field(default_factory=dict)
    themes: Collection[str] = ()
    methods: Collection[str] = ()
    coders: Collection[str] = ()
    states: Collection[str] = ()


def select(study: Study, wish: Wish) -> Selection:
    """Return the selection; raises UnknownFilterError (or UnknownThemeError) for a name that is not there."""
    for theme in wish.themes:
        study.codebook[theme]  # raises where it is missing
    coders = {coding.coder for coding in study.codings}
    check_names("site", wish.sites, {site.code for site in study.sites})
    check_names("method", wish.methods, {method.id for method in study.design.methods})
    check_names("coder", wish.coders, coders)
    check_names("state", wish.states, {str(state) for state in LEGEND})
    attributes = {
        name: {values} if isinstance(values, str) else set(values) for name, values in wish.where.items()
    }
    check_names("site attribute", attributes, {name for site in study.sites for name in site.attributes})
    for name, values in attributes.items():
        check_names(f"{name}", values, {site.attributes.get(name, "") for site in study.sites})
    return Selection(
        frozenset(wish.sites),
        {name: frozenset(values) for name, values in attributes.items()},
        frozenset(wish.themes),
        frozenset(wish.methods),
        frozenset(wish.coders),
        frozenset(wish.states),
    )


def check_view(study: Study, view: View) -> None:
    """Raise UnknownFilterError or UnknownThemeError for a name in a view that the study does not have."""
    for theme in (*view.themes, *view.hidden, *view.folded):
        study.codebook[theme]  # raises where it is missing
    fields = {field.id for field in study.design.site_fields} | {n for s in study.sites for n in s.attributes}
    methods = {method.id for method in study.design.methods}
    check_names("site", view.sites, {site.code for site in study.sites})
    check_names("method", view.collected | view.methods, methods)
    check_names("state", view.only, {*map(str, LEGEND), PROPOSALS, UNUSED})
    check_names("site attribute", {*view.where, *(view.layout.heads or ())}, fields)
    sort = view.sort.removeprefix("-")
    check_names("site attribute", {sort} - {""}, fields | {NAME, CODE, SOURCES})


Choice = TypeVar("Choice", bound=StrEnum)


def choose(kind: type[Choice], name: str) -> Choice:
    """Return the member of that name; raises UnknownChoiceError, which lists them."""
    try:
        return kind(name)
    except ValueError as error:
        raise UnknownChoiceError(name, [member.value for member in kind]) from error


def check_names(kind: str, names: Iterable[str], known: set[str]) -> None:
    """Raise UnknownFilterError for the first name that is not known; `kind` says what it would be."""
    for name in names:
        if name not in known:
            raise UnknownFilterError(kind, name, known)
