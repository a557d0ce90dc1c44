"""A claim with its evidence as an analyst edits it, and what became of it over time."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from framework_coder.model.claims import Claim, Evidence, edition_of


@dataclass(frozen=True, slots=True)
class ChartedClaim:
    """A claim, the codings it rests on, and its paragraph: the summary with citation tokens.

    `edition` stands for all of it. Whoever saves it names the edition that they started from.
    """

    claim: Claim
    evidence: tuple[Evidence, ...] = ()
    paragraph: str = ""

    @property
    def edition(self) -> str:
        """The edition of the claim itself and that of its evidence, a hyphen between them."""
        return f"{edition_of(self.claim)}-{edition_of_evidence(self.evidence)}"


def edition_of_evidence(evidence: Iterable[Evidence]) -> str:
    """Return 12 hexadecimal digits that stand for all links of a claim, whatever their order."""
    said = sorted(
        (
            link.coding,
            link.stance.value,
            link.is_inferred,
            link.prominence or 0,
            "all" if link.origins is None else repr(sorted(link.origins)),
            link.note,
            -1 if link.place is None else link.place,
        )
        for link in evidence
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def is_current(charted: ChartedClaim, edition: str, *, with_evidence: bool) -> bool:
    """Say whether an edition that somebody started from still stands; an empty one is not compared.

    The part after the hyphen is compared only where the change touches evidence.
    """
    of_claim, _, of_evidence = edition.partition("-")
    if edition and of_claim != edition_of(charted.claim):
        return False
    return not (with_evidence and of_evidence) or of_evidence == edition_of_evidence(charted.evidence)


@dataclass(frozen=True, slots=True)
class ClaimEdit:
    """One step in the life of a claim, from the journal; `before` or `after` is None where it was not there.

    The paragraphs of both are empty: tokens follow the codings as they are now.
    """

    entry: int
    made_at: str
    who: str
    action: str
    why: str
    before: ChartedClaim | None
    after: ChartedClaim | None


def describe_edit(edit: ClaimEdit) -> str:
    """Return in words what a step changed: fields before and after, links added, changed and removed.

    Where the tokens stand is left out: it follows the summary.
    """
    if edit.after is None:
        return "deleted"
    said = [] if edit.before else ["written"]
    before = edit.before or ChartedClaim(Claim(edit.after.claim.id, 0, "", ""))
    for name in ("theme", "summary", "kind", "is_key", "quotation", "comment", "values", "position"):
        old, new = (_show(getattr(claim, name)) for claim in (before.claim, edit.after.claim))
        if old != new and (edit.before or name in {"summary", "values"}):
            said.append(
                f"{name.removeprefix('is_')}: {f'{old or EMPTY} → ' if edit.before else ''}{new or EMPTY}"
            )
    links = {link.coding: link for link in before.evidence}
    for link in edit.after.evidence:
        old_link = links.pop(link.coding, None)
        if old_link is None:
            said.append(f"coding {link.coding} {link.stance}")
        elif told := _compare(old_link, link):
            said.append(f"coding {link.coding} changed: {told}")
    said += [f"coding {coding} taken away" for coding in links]
    return "; ".join(said) or "tokens moved"


EMPTY = "nothing"


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{v.name}={v.text}" + (f"!{v.rank}" if v.rank else "") for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if isinstance(value, str) and not isinstance(value, StrEnum) and value else str(value)


def _compare(old: Evidence, new: Evidence) -> str:
    names = ("stance", "is_inferred", "prominence", "origins", "note")
    changed = ((n.removeprefix("is_"), getattr(old, n), getattr(new, n)) for n in names)
    return ", ".join(f"{name} {_tell(a)} → {_tell(b)}" for name, a, b in changed if a != b)


def _tell(value: Any) -> str:
    if isinstance(value, frozenset):
        return " and ".join(sorted(value))
    return EMPTY if value in (None, "") else _show(value)
