"""Compare claims edited outside with the project, three ways: as they went out, came back, and stand.

A change on one side is taken; the same change on both sides is none; different changes to one field of a
claim are a conflict that a person decides. What nobody touched outside stays as it is in the project.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from framework_coder.model.claims import Claim, Evidence
from framework_coder.model.values import write_value

FIELDS = ("theme", "summary", "kind", "key", "quotation", "comment", "values")
"""What can be edited of a claim outside, in the order of a workbook's columns."""

READ_ONLY = ("evidence",)
"""What else goes out of a claim: the codings that it rests on."""

Said = Mapping[str, str]
"""A claim as text, field by field; `site` is its site's code and cannot be edited, nor can READ_ONLY."""


def say(claim: Claim, site: str, links: Iterable[Evidence] = ()) -> dict[str, str]:
    """Return a claim as text, as a spreadsheet holds it; `site` is its site's code, `links` its evidence."""
    said = {
        "site": site,
        "theme": claim.theme,
        "summary": claim.summary,
        "kind": claim.kind.value,
        "key": "yes" if claim.is_key else "no",
        "quotation": claim.quotation,
        "comment": claim.comment,
        "values": "; ".join(map(write_value, claim.values)),
        "evidence": "; ".join(f"{link.stance} {link.coding}" for link in sorted(links, key=_by_coding)),
    }
    return {name: tidy(text) for name, text in said.items()}


def _by_coding(link: Evidence) -> int:
    return link.coding


def tidy(text: str) -> str:
    """Return a text without what spreadsheet programs change of themselves: line ends, outer white space."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: as it went out, as it came back, and as it stands in the project now."""

    name: str
    base: str
    given: str
    now: str

    @property
    def is_conflict(self) -> bool:
        """Whether both sides changed it, to different texts."""
        return self.now not in (self.base, self.given)


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim edited or deleted outside; `line` is its row there.

    `is_deleted` says that its row is gone, `is_gone` that the project has it no more. `now` is the claim as
    it stands, empty where it is gone.
    """

    claim: int
    line: int
    site: str
    fields: tuple[FieldChange, ...]
    now: Said
    is_deleted: bool = False
    is_gone: bool = False

    @property
    def is_conflict(self) -> bool:
        """Whether the project changed meanwhile what was changed outside."""
        if self.is_gone or self.is_deleted:
            return bool(self.fields)
        return any(each.is_conflict for each in self.fields)


@dataclass(frozen=True, slots=True)
class Addition:
    """A claim written outside; `cites` are its citation tokens."""

    line: int
    site: str
    said: Said
    cites: str = ""


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row as it came back; `claim` is None for a new claim."""

    line: int
    claim: int | None
    site: str
    said: Said
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came back, against the project; `unchanged` counts the claims that nobody touched outside.

    `passed_over` says in sentences what was changed outside and is not taken over.
    """

    additions: tuple[Addition, ...] = ()
    edits: tuple[ClaimChange, ...] = ()
    deletions: tuple[ClaimChange, ...] = ()
    unchanged: int = 0
    passed_over: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[ClaimChange, ...]:
        """The edits and deletions that somebody has to decide."""
        return tuple(change for change in (*self.edits, *self.deletions) if change.is_conflict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not (self.additions or self.edits or self.deletions)

    @property
    def summary(self) -> str:
        """How much there is of each kind, and what is passed over, in sentences."""
        return " ".join((self._counts, *self.passed_over))

    @property
    def _counts(self) -> str:
        if self.is_empty:
            return f"Nothing to take over: {self.unchanged} claims are as they went out."
        counted = (
            (len(self.additions), "added"),
            (len(self.edits), "edited"),
            (len(self.deletions), "deleted"),
            (self.unchanged, "untouched"),
            (len(self.conflicts), "in conflict"),
        )
        return "Claims: " + ", ".join(f"{number} {what}" for number, what in counted) + "."


def compare(base: Mapping[int, Said], given: Iterable[GivenRow], now: Mapping[int, Said]) -> Comparison:
    """Return what to take over from rows that came back.

    `base` has the claims as they went out by number, `now` all claims as they stand. Every numbered row of
    `given` is in `base`. A new row that stands in the project already, word for word, is none.
    """
    rows = list(given)
    kept = {row.claim: row for row in rows if row.claim is not None}
    there = {_whole(said) for number, said in now.items() if number not in base}
    additions = tuple(
        Addition(row.line, row.site, row.said, row.cites)
        for row in rows
        if row.claim is None and _whole({"site": row.site, **row.said}) not in there
    )
    edits, unchanged = [], 0
    for number, row in kept.items():
        change = _edit(number, row, base[number], now.get(number))
        if change is None:
            unchanged += 1
        else:
            edits.append(change)
    return Comparison(additions, tuple(edits), tuple(_deletions(base, kept, now)), unchanged)


def _whole(said: Said) -> tuple[str, ...]:
    return tuple(said.get(name, "") for name in ("site", *FIELDS))


def _edit(number: int, row: GivenRow, base: Said, now: Said | None) -> ClaimChange | None:
    changed = [name for name in FIELDS if row.said[name] != base[name]]
    if now is None:
        fields = tuple(FieldChange(name, base[name], row.said[name], "") for name in changed)
        return ClaimChange(number, row.line, row.site, fields, {}, is_gone=True) if fields else None
    fields = tuple(
        FieldChange(name, base[name], row.said[name], now[name])
        for name in changed
        if row.said[name] != now[name]
    )
    return ClaimChange(number, row.line, row.site, fields, now) if fields else None


def _deletions(
    base: Mapping[int, Said], kept: Mapping[int, GivenRow], now: Mapping[int, Said]
) -> Iterator[ClaimChange]:
    """Yield the claims whose rows are gone and that the project still has, with what changed there since."""
    for number, said in base.items():
        if number not in kept and number in now:
            fields = tuple(
                FieldChange(name, said[name], "", now[number][name])
                for name in (*FIELDS, *READ_ONLY)
                if said.get(name) not in (None, now[number].get(name))
            )
            yield ClaimChange(number, 0, said["site"], fields, now[number], is_deleted=True)
