"""A claim with its evidence as an analyst edits it, and what became of it over time."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

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
