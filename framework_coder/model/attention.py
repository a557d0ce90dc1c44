"""What needs an analyst's attention in a matrix: each item with its place, each kind with its denominator."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from framework_coder.model.claims import Claim
from framework_coder.model.codings import CodingState
from framework_coder.model.deciding import find_parts, list_undecided
from framework_coder.model.legend import CellState
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.model.pairing import Pairing
from framework_coder.model.rereading import list_rereadings
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.model.triangulation import Assessment, Flag, Status


class Need(StrEnum):
    """Why something needs attention, most pressing first."""

    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    CONTESTED = "contested"
    QUALIFIED_ONLY = "qualified_only"
    STALE_ADJUDICATION = "stale_adjudication"
    DISPUTED = "disputed"
    DRIFTED = "drifted"
    SINGLE = "single"
    REPEATED = "repeated"
    UNCHARTED = "uncharted"
    UNEXAMINED = "unexamined"
    NOT_COLLECTED = "not_collected"
    SILENT = "silent"
    PROPOSED = "proposed"
    REEXAMINE = "reexamine"
    UNDECIDED = "undecided"
    CONVERGENCE = "convergence"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class NeedKind:
    """What a kind of need is counted in (a field of Attention), and what to do about it."""

    unit: str
    title: str
    advice: str


NEEDS: dict[Need, NeedKind] = {
    Need.UNSUPPORTED: NeedKind(
        "claims", "Unsupported claims", "Link a coding that supports the claim, or withdraw it."
    ),
    Need.CONTRADICTED: NeedKind(
        "claims", "Contradicted claims", "Reword the claim: evidence contradicts it and none supports it."
    ),
    Need.CONTESTED: NeedKind(
        "claims", "Contested claims", "Weigh both sides and decide, with a reason, or reword."
    ),
    Need.QUALIFIED_ONLY: NeedKind(
        "claims", "Claims that are only qualified", "Find support, or say in the claim what the sources say."
    ),
    Need.STALE_ADJUDICATION: NeedKind(
        "claims", "Decisions gone stale", "The evidence has changed since the decision; decide again."
    ),
    Need.DISPUTED: NeedKind(
        "member_checks", "Disputed claims", "An informant disagrees; weigh the reply, and reword or say so."
    ),
    Need.DRIFTED: NeedKind(
        "claims",
        "Claims with drifted evidence",
        "Check the passages whose quote no longer stands at its span.",
    ),
    Need.SINGLE: NeedKind("claims", "Single-source claims", "Look for a second, independent source."),
    Need.REPEATED: NeedKind(
        "claims", "Repeated claims", "The sources share an origin; look for one that is independent of it."
    ),
    Need.UNCHARTED: NeedKind(
        "cells", "Uncharted cells", "Passages are coded; write the claims they bear out."
    ),
    Need.UNEXAMINED: NeedKind(
        "cells",
        "Cells not wholly examined",
        "Read the remaining sources for the theme and mark them as examined.",
    ),
    Need.NOT_COLLECTED: NeedKind(
        "cells", "Cells without any source", "Collect a source, or say why there is none."
    ),
    Need.SILENT: NeedKind(
        "cells", "Silent cells", "Every source was examined and none says anything; report it so."
    ),
    Need.PROPOSED: NeedKind(
        "cells", "Cells with undecided proposals", "Accept or reject the codings that were proposed."
    ),
    Need.REEXAMINE: NeedKind(
        "readings",
        "Sources to examine again",
        "A theme changed its meaning after they were read; read them for it again.",
    ),
    Need.UNDECIDED: NeedKind(
        "codings_and_claims",
        "Passages to decide after a split",
        "Move each to one of the parts, or leave it as history (`codebook queue`).",
    ),
    Need.CONVERGENCE: NeedKind(
        "pairs_of_methods",
        "Convergence to confirm",
        "Confirm what is suggested of the two methods, or decide otherwise with a reason.",
    ),
    Need.RETIRED: NeedKind(
        "codings_and_claims",
        "Passages and claims at retired themes",
        "No matrix shows them. Move each to an active theme (`codebook decide`), or leave it as history "
        "(`codebook leave`).",
    ),
}


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """One thing to look at; `claim` is an id or None; `sentence` says what is the matter."""

    need: Need
    site: int
    theme: str
    claim: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Attention:
    """The items of all kinds, and how many there are of each unit in the matrix.

    `readings` are sources with themes that they could be read for, `pairs_of_methods` those of all claims.
    """

    items: tuple[AttentionItem, ...]
    claims: int
    cells: int
    member_checks: int = 0
    readings: int = 0
    codings_and_claims: int = 0
    pairs_of_methods: int = 0

    def of(self, need: Need) -> tuple[AttentionItem, ...]:
        """Return the items of one kind, in matrix order."""
        return tuple(item for item in self.items if item.need is need)

    def total(self, need: Need) -> int:
        """Return the denominator of a kind."""
        return int(getattr(self, NEEDS[need].unit))

    def count(self, need: Need) -> str:
        """Return `3 of 412 claims`."""
        return f"{len(self.of(need)):,} of {self.total(need):,} {NEEDS[need].unit.replace('_', ' ')}"


_BY_STATUS = {
    Status.UNSUPPORTED: Need.UNSUPPORTED,
    Status.CONTRADICTED: Need.CONTRADICTED,
    Status.CONTESTED: Need.CONTESTED,
    Status.QUALIFIED_ONLY: Need.QUALIFIED_ONLY,
    Status.SINGLE: Need.SINGLE,
    Status.REPEATED: Need.REPEATED,
}


def list_attention(matrix: Matrix) -> Attention:
    """Return what needs attention in the cells shown, most pressing kind first."""
    claims = matrix.shown_claims()
    items = [item for claim in claims for item in _claim_needs(claim, matrix.assessments[claim.id])]
    for _, cells in matrix.rows():
        items.extend(item for cell in cells for item in _cell_needs(cell))
    found = [_disputed(matrix), _due_again(matrix), _undecided(matrix), _to_confirm(matrix, claims)]
    for some in (_at_retired_themes(matrix), *(some for some, _ in found)):
        items.extend(some)
    order = {need: place for place, need in enumerate(Need)}
    items.sort(key=lambda item: order[item.need])
    return Attention(tuple(items), len(claims), len(matrix.cells), *(total for _, total in found))


def _claim_needs(claim: Claim, found: Assessment) -> Iterable[AttentionItem]:
    def item(need: Need, sentence: str) -> AttentionItem:
        return AttentionItem(need, claim.site, claim.theme, claim.id, sentence)

    if found.status in _BY_STATUS:
        yield item(_BY_STATUS[found.status], f"“{claim.summary}” ({_sides(found)})")
    if Flag.STALE_ADJUDICATION in found.flags:
        yield item(Need.STALE_ADJUDICATION, f"“{claim.summary}”: its evidence changed after the decision")
    if found.drifted:
        plural = "passage" if found.drifted == 1 else "passages"
        yield item(Need.DRIFTED, f"“{claim.summary}” rests on {found.drifted} {plural} no longer in place")


def _sides(found: Assessment) -> str:
    def refs(items: Iterable[object]) -> str:
        return ", ".join(sorted({item.source.ref for item in items}))  # type: ignore[attr-defined]

    sides = {
        "supports": refs(found.supports),
        "qualifies": refs(found.qualifies),
        "contradicts": refs(found.contradicts),
    }
    return "; ".join(f"{stance}: {names}" for stance, names in sides.items() if names) or "no live evidence"


def _cell_needs(cell: Cell) -> Iterable[AttentionItem]:
    def item(need: Need, sentence: str) -> AttentionItem:
        return AttentionItem(need, cell.site, cell.theme, None, sentence)

    read = f"{cell.share_examined} examined"
    if cell.uncharted:
        passages = "passage is" if cell.uncharted == 1 else "passages are"
        yield item(Need.UNCHARTED, f"{cell.uncharted} coded {passages} cited by no claim")
    if cell.state is CellState.NOT_COLLECTED:
        yield item(Need.NOT_COLLECTED, "no source was collected for the site")
    elif cell.state is not CellState.NOT_APPLICABLE and cell.examined < cell.sources:
        yield item(Need.UNEXAMINED, read)
    if cell.state is CellState.SILENT:
        yield item(Need.SILENT, read)
    if cell.proposed:
        yield item(Need.PROPOSED, f"{cell.proposed} proposed")


def _at_retired_themes(matrix: Matrix) -> list[AttentionItem]:
    """Return the claims and codings at retired themes that no other theme took over and nobody left there."""
    study = matrix.study
    shown = {site.id for site in matrix.sites}
    gone = {theme.id for theme in study.codebook if theme.is_retired} - set(find_parts(study.codebook))
    claims = [
        AttentionItem(Need.RETIRED, claim.site, claim.theme, claim.id, f"claim “{claim.summary}”")
        for claim in matrix.bearings.claims.values()
        if claim.theme in gone and claim.site in shown and ("claims", claim.id) not in study.left
    ]
    codings = [
        AttentionItem(Need.RETIRED, coding.site, coding.theme, None, f"coding {coding.id} “{coding.quote}”")
        for coding in matrix.bearings.codings.values()
        if coding.is_live
        and coding.theme in gone
        and coding.site in shown
        and ("codings", coding.id) not in study.left
    ]
    return claims + codings


_Found = tuple[list[AttentionItem], int]
"""Items, and out of how many."""


def _disputed(matrix: Matrix) -> _Found:
    """Return the claims that an informant disputes, out of the member checks recorded."""
    claims = {claim.id: claim for claim in matrix.shown_claims()}
    checks = [check for check in matrix.study.member_checks if check.claim in claims]
    items = [
        AttentionItem(
            Need.DISPUTED,
            claims[check.claim].site,
            claims[check.claim].theme,
            check.claim,
            f"“{claims[check.claim].summary}” is disputed{f': {check.reply}' if check.reply else ''}",
        )
        for check in checks
        if check.state is MemberCheckState.DISPUTED
    ]
    return items, len(checks)


def _due_again(matrix: Matrix) -> _Found:
    """Return the sources to examine again for a theme shown, out of all sources with all themes shown."""
    study, shown = matrix.study, {site.id for site in matrix.sites}
    themes = {theme.id for theme in matrix.themes}
    sources = {source.id: source for source in study.sources if shown.intersection(source.sites)}
    items = [
        AttentionItem(
            Need.REEXAMINE,
            next(site for site in sources[due.source].sites if site in shown),
            due.theme,
            None,
            f"{sources[due.source].ref}, last examined at version {due.last.version}; "
            f"{'; '.join(map(str, due.changes))}",
        )
        for due in list_rereadings(study.coverage, study.frameworks)
        if due.source in sources and due.theme in themes
    ]
    return items, len(sources) * len(themes)


def _undecided(matrix: Matrix) -> _Found:
    """Return what stands at themes that others took over, out of all that the sites shown have."""
    shown = {site.id for site in matrix.sites}
    codings = [coding for coding in matrix.bearings.codings.values() if coding.site in shown]
    claims = [claim for claim in matrix.bearings.claims.values() if claim.site in shown]
    items = []
    for each in list_undecided(matrix.study.codebook, codings, claims, matrix.study.left):
        parts = ", ".join(part.id for part in each.parts)
        if each.claim:
            said = f"“{each.claim.summary}”: choose among {parts}"
            items.append(AttentionItem(Need.UNDECIDED, each.claim.site, each.theme.id, each.claim.id, said))
        elif each.coding:
            said = f"coding {each.coding.id} “{each.coding.quote}”: choose among {parts}"
            items.append(AttentionItem(Need.UNDECIDED, each.coding.site, each.theme.id, None, said))
    accepted = sum(coding.state is CodingState.ACCEPTED for coding in codings)
    return items, accepted + len(claims)


def _to_confirm(matrix: Matrix, claims: list[Claim]) -> _Found:
    """Return the pairs of methods that await an analyst, out of all pairs of the claims shown.

    Contradictions between methods always do; the rest once the study has begun to confirm convergence, for
    not every study does.
    """
    has_begun = bool(matrix.study.convergences)
    by_id = {claim.id: claim for claim in claims}
    pairings = [pairing for claim in claims for pairing in matrix.bearings.pairings[claim.id]]
    items = [
        AttentionItem(
            Need.CONVERGENCE,
            by_id[pairing.claim].site,
            by_id[pairing.claim].theme,
            pairing.claim,
            _say_pairing(pairing),
        )
        for pairing in pairings
        if pairing.awaits and (has_begun or pairing.suggested is Convergence.DISSONANCE)
    ]
    return items, len(pairings)


def _say_pairing(pairing: Pairing) -> str:
    said = f"{pairing.first} and {pairing.second}: {pairing.suggested.value} suggested"
    if pairing.decision is None:
        return said
    made = pairing.decision
    return f"{said} now, {made.suggested.value} when {made.coder} confirmed {made.confirmed.value}"
