"""How pairs of methods stand on each claim: what is suggested, and what an analyst confirmed."""

from collections.abc import Iterator

from framework_coder.model.claims import Claim
from framework_coder.model.matrix import Matrix
from framework_coder.model.pairing import Pairing, count_pairings
from framework_coder.model.reviews import Convergence
from framework_coder.reports.tables import Column, Table, Value, field, make_table


def list_convergence(matrix: Matrix) -> Table:
    """Return the pairs of planned methods of the claims shown, one a row."""
    claims = {claim.id: claim for claim in matrix.shown_claims()}

    def claim(pairing: Pairing) -> Claim:
        return claims[pairing.claim]

    def made(pairing: Pairing, part: str) -> Value:
        return str(getattr(pairing.decision, part)) if pairing.decision else ""

    fields = [
        field("claim", "Claim", "Number of the claim", lambda p: p.claim, 8),
        field("site", "Site", "Code of the site", lambda p: matrix.bearings.sites[claim(p).site].code, 8),
        field("theme", "Theme", "Id of the claim's theme", lambda p: claim(p).theme, 22),
        field("summary", "Claim summary", "What the claim says", lambda p: claim(p).summary, 40),
        field("first_method", "Method", "One method", lambda p: p.first, 15),
        field("second_method", "Other method", "The other, later in the alphabet", lambda p: p.second, 15),
        field("suggested", "Suggested", "What the rule suggests now", lambda p: p.suggested, 15),
        field("state", "State", "open, confirmed, or changed: the suggestion is another now", lambda p: p.state, 11),
        field("confirmed", "Confirmed", "What an analyst confirmed", lambda p: made(p, "confirmed"), 15),
        field("suggested_then", "Suggested then", "What was suggested at that time", lambda p: made(p, "suggested"), 15),
        field("reason", "Reason", "Why, where it differs from the suggestion", lambda p: made(p, "reason"), 40),
        field("confirmed_by", "Confirmed by", "Who confirmed it", lambda p: made(p, "coder"), 12),
        field("confirmed_on", "Confirmed on", "When", lambda p: made(p, "decided_on"), 12),
    ]  # fmt: skip
    return make_table("convergence", "Convergence", fields, _shown(matrix))


def _shown(matrix: Matrix) -> Iterator[Pairing]:
    return (each for claim in matrix.shown_claims() for each in matrix.bearings.pairings[claim.id])


def sum_up_convergence(matrix: Matrix) -> Table:
    """Return how many claims stand in which way, a pair of methods a row; confirmed where it was confirmed."""
    counts = count_pairings(_shown(matrix))
    columns = (
        Column("first_method", "Method", "One method", 15),
        Column("second_method", "Other method", "The other, later in the alphabet", 15),
        Column("claims", "Claims", "Claims shown: the denominator of the row", 8),
        *(
            Column(kind.value, kind.value.replace("_", " ").capitalize(), f"Claims in {kind.value}")
            for kind in Convergence
        ),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (*pair, sum(held.values()), *held.values()) for pair, held in counts.items()
    )
    return Table("convergence_counts", "Convergence counts", columns, rows)
