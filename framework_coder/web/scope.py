"""Which sites and methods a page is about, as its address says: `?where=tier:primary&method=meeting`."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query

from framework_coder.model.matrix import Matrix
from framework_coder.web.payloads.explore import ScopeChoice

Several = Annotated[list[str], Query(default_factory=list)]


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters of a page; `where` are attributes as `name:value`, methods and sites are ids and codes."""

    where: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    def filters(self) -> dict[str, Any]:
        """Return the filters as `Project.matrix` takes them."""
        where: dict[str, list[str]] = defaultdict(list)
        for pair in filter(None, self.where):
            name, _, value = pair.partition(":")
            where[name].append(value)
        return {
            "where": dict(where),
            "methods": list(filter(None, self.methods)),
            "sites": list(filter(None, self.sites)),
        }

    def query(self, **more: str | int) -> str:
        """Return the filters and more as the query of an address, with its question mark."""
        pairs = [("where", each) for each in self.where if each]
        pairs += [("method", each) for each in self.methods if each]
        pairs += [("site", each) for each in self.sites if each]
        pairs += [(name, str(value)) for name, value in more.items() if value != ""]
        return f"?{urlencode(pairs)}" if pairs else ""


def read_scope(where: Several, method: Several, site: Several) -> Scope:
    """Return the filters that an address names."""
    return Scope(tuple(where), tuple(method), tuple(site))


Scoped = Annotated[Scope, Depends(read_scope)]


def list_choices(grid: Matrix) -> list[ScopeChoice]:
    """Return the attributes that sites can be chosen by, each with the values that they have."""
    labels = {field.id: field.label for field in grid.study.design.site_fields}
    values: dict[str, set[str]] = defaultdict(set)
    for site in grid.study.sites:
        for name, value in site.attributes.items():
            values[name].add(value)
    few = max(2, len(grid.study.sites) // 2)
    return [
        ScopeChoice(name=name, label=labels.get(name, name), values=sorted(found))
        for name, found in values.items()
        if 1 < len(found) <= few
    ]
