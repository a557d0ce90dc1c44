"""A view of the matrix as an address, so that it can be linked, reloaded and printed; and back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from framework_coder.errors import BadInputError
from framework_coder.model.matrix import Density, Layout
from framework_coder.model.view import View


class UnreadableViewError(BadInputError):
    """A part of an address that says nothing about a matrix."""

    def __init__(self, name: str, value: str, known: str) -> None:
        super().__init__(f"The address says {name}={value}, which is not {known}; open the matrix anew.")


def read_view(query: QueryParams) -> View:
    """Return the view that an address asks for; raises UnreadableViewError.

    `heads` without a value shows no attribute at the heads, as a form sends it where none is ticked.
    """
    heads = query.getlist("heads")
    return View(
        sites=_several(query, "site"),
        where=_read_where(query.getlist("where")),
        collected=_several(query, "collected"),
        sort=query.get("sort", ""),
        themes=_several(query, "theme"),
        level=_read_level(query.get("level", "")),
        hidden=_several(query, "hide"),
        folded=_several(query, "fold"),
        methods=_several(query, "method"),
        only=_several(query, "only"),
        is_dimmed=query.get("rest", "") == "dim",
        layout=Layout(
            density=_read_density(query.get("density", "")),
            is_transposed=query.get("transpose", "") == "1",
            heads=tuple(filter(None, heads)) if heads else None,
        ),
    )


def _several(query: QueryParams, name: str) -> frozenset[str]:
    return frozenset(filter(None, query.getlist(name)))


def _read_where(parts: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        name, colon, value = part.partition(":")
        if not colon:
            raise UnreadableViewError("where", part, "an attribute and a value with a colon between them")
        found[name].add(value)
    return {name: frozenset(values) for name, values in found.items()}


def _read_level(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 3):  # noqa: PLR2004 - no codebook has 100 levels
        raise UnreadableViewError("level", text, "a number of levels")
    return int(text)


def _read_density(text: str) -> Density:
    try:
        return Density(text or Density.STATUS)
    except ValueError as error:
        raise UnreadableViewError("density", text, "“status” or “text”") from error


def write_view(view: View) -> list[tuple[str, str]]:
    """Return a view as the parts of an address; what is as usual is left out."""
    parts = [("density", "text")] if view.layout.density is Density.TEXT else []
    parts += [("transpose", "1")] if view.layout.is_transposed else []
    parts += [("sort", view.sort)] if view.sort else []
    parts += [("level", str(view.level))] if view.level else []
    parts += [("where", f"{name}:{value}") for name, values in view.where.items() for value in sorted(values)]
    parts += [(name, value) for name, values in _sets(view) for value in sorted(values)]
    parts += [("rest", "dim")] if view.is_dimmed and view.only else []
    if view.layout.heads is not None:
        parts += [("heads", name) for name in view.layout.heads] or [("heads", "")]
    return parts


def _sets(view: View) -> tuple[tuple[str, frozenset[str]], ...]:
    return (
        ("site", view.sites),
        ("collected", view.collected),
        ("theme", view.themes),
        ("hide", view.hidden),
        ("fold", view.folded),
        ("method", view.methods),
        ("only", view.only),
    )


def address_of(view: View, **changed: Any) -> str:
    """Return the address of a view, or of the same with some fields changed."""
    parts = write_view(replace(view, **changed))
    return f"/matrix?{urlencode(parts)}" if parts else "/matrix"


def toggle(values: frozenset[str], value: str) -> frozenset[str]:
    """Return a set with a value more, or without it where it is there."""
    return values ^ {value}
