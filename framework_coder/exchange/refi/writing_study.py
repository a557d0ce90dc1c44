"""What is known while a REFI-QDA project is written."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from framework_coder.exchange.bundle import Bundle, BundledMemo, BundledTarget
from framework_coder.exchange.refi.dialects import Dialect
from framework_coder.exchange.refi.names import Names
from framework_coder.exchange.refi.outgoing import Outgoing, Words

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?")


@dataclass(slots=True)
class Writing:
    """The bundle, the tree that it becomes, and the elements by what they are.

    Passages, the bulk of it, are no elements but XML in `passages`, by their numbers in the tree. `notes_on`
    are the notes on each coding that is written, `told` the texts of memos by the GUIDs of what they tell of.
    """

    bundle: Bundle
    root: Any
    out: Outgoing
    words: Words
    names: Names
    dialect: Dialect
    has_note: bool = True
    elements: dict[tuple[str, str], Any] = field(default_factory=dict)
    regions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    selections: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    notes_on: dict[str, list[str]] = field(default_factory=dict)
    passages: list[str] = field(default_factory=list)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    variables: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    made: dict[tuple[str, str], str] = field(default_factory=dict)
    astral: int = 0

    def list_sources_by_site(self) -> dict[str, list[str]]:
        """Return the keys of each site's sources, in the order of the bundle."""
        found: dict[str, list[str]] = {site.key: [] for site in self.bundle.sites}
        for source in self.bundle.sources:
            for site in dict.fromkeys(source.sites):
                found.setdefault(site, []).append(source.key)
        return found

    def list_coders(self) -> list[str]:
        """Return everyone who is named as coder or author."""
        bundle = self.bundle
        used = [
            *(coding.coder for coding in bundle.codings),
            *(claim.author for claim in bundle.claims),
            *(finding.author for finding in bundle.findings),
            *(memo.author for memo in bundle.memos),
        ]
        return sorted({name for name in (*bundle.coders, *used) if name})

    def coder(self, name: str) -> str:
        """Return the GUID of a coder, or nothing."""
        return self.names.of("coder", name)

    def link(self, name: str, origin: str, target: str, place: str) -> None:
        """Remember a link to be written; `place` tells it from others."""
        guid = self.names.of("link", f"{name} {origin} {target} {place}")
        self.links.append({"guid": guid, "name": name, "origin": origin, "target": target})


def add(parent: Any, tag: str, /, **attributes: str) -> Any:
    """Add an element with those attributes that are not empty, except values, which may be."""
    given = {name: value for name, value in attributes.items() if value}
    return etree.SubElement(parent, tag, given)


def moment(made_on: str) -> str:
    """Return a date as the standard writes moments, or nothing where it is none."""
    if _DAY.fullmatch(made_on):
        return f"{made_on}T00:00:00Z"
    return made_on if _MOMENT.fullmatch(made_on) else ""


def is_set(memo: BundledMemo) -> bool:
    """Say whether a memo is a group of themes and sources that another tool made."""
    return memo.kind == "set" and all(
        target in {BundledTarget(theme=target.theme), BundledTarget(source=target.source)}
        for target in memo.targets
    )
