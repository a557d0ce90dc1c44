"""What an import says otherwise of a theme or site that is here already, which stays: this is told."""

from collections.abc import Iterable

from framework_coder.exchange.bundle import BundledSite
from framework_coder.model.codebook import Theme
from framework_coder.model.study import Site
from framework_coder.workflows.importing.tally import Tally

_WORDS = ("label", "definition", "include", "exclude", "example", "question")
_NAMED = 5
"""Things that are named; the rest are counted."""


def tell_of_themes(tally: Tally, pairs: Iterable[tuple[Theme, Theme]]) -> None:
    """Tell of themes, given and here, whose words differ; a file that says nothing says nothing else."""
    found = [
        f"{here.id} ({', '.join(fields)})"
        for given, here in pairs
        if (fields := [name for name in _WORDS if _differs(getattr(given, name), getattr(here, name))])
    ]
    _tell(tally, "themes", "say otherwise here, and stay so", found)


def tell_of_sites(tally: Tally, pairs: Iterable[tuple[BundledSite, Site]]) -> None:
    """Tell of sites, given and here, whose name or attributes differ."""
    found = [
        f"{here.code} ({', '.join(names)})"
        for given, here in pairs
        if (names := _list_differences(given, here))
    ]
    _tell(tally, "sites", "have another name or other attributes here, and keep them", found)


def _list_differences(given: BundledSite, here: Site) -> list[str]:
    name = ["name"] if _differs(given.name, here.name) else []
    pairs = given.attributes.items()
    return name + [each for each, value in pairs if _differs(value, here.attributes.get(each, ""))]


def _differs(given: str, here: str) -> bool:
    return bool(given.strip()) and given.casefold().split() != here.casefold().split()


def _tell(tally: Tally, kind: str, what: str, found: list[str]) -> None:
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    tally.lose(kind, f"{what}: {', '.join(found[:_NAMED])}{more}", len(found))
