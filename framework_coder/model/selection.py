"""Which part of a study a matrix shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from framework_coder.model.study import Site


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters; an empty one leaves everything in.

    `attributes` maps a site attribute to the values shown; `themes` are ids, each with all below it;
    `methods` and `coders` limit the codings and evidence that count; `states` keeps the rows and columns with
    such a cell.
    """

    sites: frozenset[str] = frozenset()
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    coders: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    def shows_site(self, site: Site) -> bool:
        """Say whether a site is a row; `sites` names codes."""
        if self.sites and site.code not in self.sites:
            return False
        return all(site.attributes.get(name, "") in values for name, values in self.attributes.items())

    def counts(self, method: str, coder: str) -> bool:
        """Say whether a coding of such a source by such a coder counts."""
        return (not self.methods or method in self.methods) and (not self.coders or coder in self.coders)

    def __bool__(self) -> bool:
        return bool(
            self.sites or self.attributes or self.themes or self.methods or self.coders or self.states
        )

    def __str__(self) -> str:
        """Return the filters as a reader of an export needs them: `tier is primary; methods: meeting`."""
        parts = [f"{name} is {_any(values)}" for name, values in self.attributes.items()]
        lists = ("sites", "themes", "methods", "coders", "states")
        parts += [f"{name}: {_any(values)}" for name in lists if (values := getattr(self, name))]
        return "; ".join(parts)


def _any(values: frozenset[str]) -> str:
    return " or ".join(sorted(values))
