"""What is known while a REFI-QDA project is read: which GUID is which thing of the bundle."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from framework_coder.exchange.bundle import Bundle, BundledTarget
from framework_coder.exchange.refi.container import Container
from framework_coder.exchange.refi.offsets import Convention, CountedText
from framework_coder.exchange.refi.wording import fold

UNKNOWN = "Unknown coder"

MOST_KEPT = 40_000_000
"""Characters of texts that stay in memory once they were read: each is asked for several times."""


@dataclass(slots=True)
class ReadSelection:
    """A passage of a text, in code points of the stored text, with the keys of its codings."""

    source: str
    start: int
    end: int
    element: Any
    codings: list[str] = field(default_factory=list)


class GivenPassage(NamedTuple):
    """A selection as the file gives it; `span` is None where its positions are no numbers."""

    element: Any
    span: tuple[int, int] | None


@dataclass(slots=True)
class ReadSource:
    """A source that has a text, and where its parts are in the file."""

    key: str
    name: str
    element: Any
    text_element: Any
    load: Callable[[], CountedText]
    content: Callable[[], bytes]
    original: str | None = None
    length: int = 0
    text: str = ""
    passages: list[GivenPassage] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """The project file, the bundle that it becomes, and what each GUID stands for.

    `left` are sources that cannot come in, `areas` those of pages with the GUID of their source; `told` are
    the texts of memos by the GUIDs of what they tell of, which itself is kept for the way back.
    """

    container: Container | None
    root: Any
    options: Mapping[str, Any]
    bundle: Bundle
    convention: Convention = field(default_factory=Convention)
    is_ours: bool = False
    coders: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    variables: dict[str, tuple[str, str]] = field(default_factory=dict)
    sources: dict[str, ReadSource] = field(default_factory=dict)
    selections: dict[str, ReadSelection] = field(default_factory=dict)
    codings: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    note_texts: dict[str, str] = field(default_factory=dict)
    regions: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    source_values: dict[str, dict[str, str]] = field(default_factory=dict)
    own_notes: set[str] = field(default_factory=set)
    used_sets: set[Any] = field(default_factory=set)
    assumed: Counter[str] = field(default_factory=Counter)
    taken: dict[str, int] = field(default_factory=dict)
    left: list[Any] = field(default_factory=list)
    areas: list[tuple[str, Any]] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    room: int = MOST_KEPT

    def key_of(self, element: Any, kind: str, *, is_noted: bool = True) -> str:
        """Return the key of an element: its GUID, made unique; the GUID is kept to be written back."""
        guid = fold(element.get("guid", ""))
        if not guid:
            self.assume(f"{kind}s without a GUID")
        number = self.taken[kind + guid] = self.taken.get(kind + guid, 0) + 1
        if guid and number > 1:
            self.assume(f"{kind}s whose GUID another one has too")
        key = guid if guid and number == 1 else f"{guid}#{kind}{number}"
        if guid and number == 1 and is_noted:
            self.bundle.guids[kind, key] = guid
        return key

    def tell_of(self, element: Any, key: str, said: str) -> None:
        """Note that a memo only tells of an element, which goes back in its place."""
        if guid := fold(element.get("guid", "")):
            self.told[guid] = said
            self.bundle.guids["memo", key] = guid

    def assume(self, what: str, count: int = 1) -> None:
        """Count something that was not said and has been settled by default."""
        self.assumed[what] += count

    def coder(self, guid: str | None) -> str:
        """Return the coder of a GUID; whoever is not declared becomes `Unknown coder <n>`."""
        if not guid:
            self.assume(f"things without a coder, taken as “{UNKNOWN}”")
            return UNKNOWN
        key = fold(guid)
        if key not in self.coders:
            number = 1 + sum(name.startswith(f"{UNKNOWN} ") for name in self.coders.values())
            self.coders[key] = f"{UNKNOWN} {number}"
            self.bundle.guids["coder", self.coders[key]] = key
            self.assume("coders that the file does not name")
        return self.coders[key]

    def date(self, element: Any) -> str:
        """Return the day on which an element was made, or nothing."""
        made = element.get("creationDateTime") or element.get("modifiedDateTime") or ""
        if not made:
            self.assume("things without a date")
        return made.strip()[:10]

    def site_of(self, source: str, start: int, end: int) -> str:
        """Return the site of a passage: of the narrowest region around it, else the source's, else none."""
        regions = self.regions.get(source, ())
        if around := [r for r in regions if r[0] <= start and end <= r[1]]:
            return min(around, key=lambda region: region[1] - region[0])[2]
        sites = self.members.get(source, [])
        return sites[0] if sites else ""

    def targets(self, guid: str) -> list[BundledTarget]:
        """Return what a GUID is, for a memo about it; nothing where it is none of these."""
        if guid in self.codes:
            return [BundledTarget(theme=self.codes[guid])]
        if guid in self.cases:
            return [BundledTarget(site=self.cases[guid])]
        if guid in self.sources:
            return [BundledTarget(source=guid)]
        if guid in self.codings:
            return [BundledTarget(coding=self.codings[guid])]
        if guid in self.selections:
            selection = self.selections[guid]
            made = [BundledTarget(coding=key) for key in selection.codings]
            return made or [BundledTarget(source=selection.source)]
        return []

    def tell_assumptions(self) -> None:
        """Add to the choices what was settled by default."""
        self.bundle.choices += [
            f"Settled by default: {count} {what}." for what, count in self.assumed.items()
        ]


def shorten(names: Iterable[str], most: int = 5) -> str:
    """Return the first names, and how many more there are."""
    listed = list(names)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
