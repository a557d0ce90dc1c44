"""Why a claim has its status and a cell its state, in one readable paragraph."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from framework_coder.model.advising import Advice, advise, choose_breadth
from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Claim, Evidence, Stance
from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.flagging import tell_flags
from framework_coder.model.independence import Witness
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.model.triangulation import Assessment, Item, Status, is_stale
from framework_coder.model.wording import count, join


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A linked passage that does not count: its coding, its citation token, and why not."""

    coding: int
    token: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a claim has its status, sentence by sentence; `str` gives the paragraph."""

    claim: int
    status: Status
    sentences: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    advice: tuple[Advice, ...] = ()

    def __str__(self) -> str:
        """Return the whole as one paragraph."""
        return " ".join(self.sentences)


def explain_claim(bearings: Bearings, claim: Claim) -> Explanation:
    """Return why a claim has its status: what counts, what does not and why, and what would raise it."""
    found = bearings.assessments[claim.id]
    left_out = tuple(_left_out(bearings, claim))
    advice = advise(bearings, claim)
    sentences = (
        f"{LEGEND[found.status].label}: {_lower(LEGEND[found.status].definition)}",
        *_tell_sides(bearings, claim, found),
        *_tell_independence(bearings, found),
        *(f"{one.token} does not count: {one.why}." for one in left_out),
        *_tell_filters(bearings, claim),
        *_tell_decision(bearings, claim, found),
        *tell_flags(bearings, claim, found),
        *_tell_methods(found),
        *(each.sentence for each in advice),
        *_tell_end(found, advice),
    )
    return Explanation(claim.id, found.status, tuple(sentences), left_out, advice)


def explain_cell(matrix: Matrix, cell: Cell) -> str:
    """Return why a cell has its state: which claim decides, or why there is none."""
    look = LEGEND[cell.state]
    return " ".join([f"{look.label}: {_lower(look.definition)}", *_tell_cell(matrix, cell)])


def explain_empty(cell: Cell) -> str:
    """Return why a cell has no claim: `Examined, silent (6 of 6 sources)`."""
    label = LEGEND[cell.state].label
    if cell.reason:
        return f"{label}: {cell.reason}"
    if cell.codings:
        breadth = LEGEND[cell.provisional].label.lower() if cell.provisional else ""
        passages = count(len(cell.codings), "passage")
        return f"{label}: {passages} coded (provisionally {breadth})"
    if cell.sources:
        return f"{label} ({cell.share_examined})"
    return label


def _tell_cell(matrix: Matrix, cell: Cell) -> Iterator[str]:
    bearings = matrix.bearings
    if cell.claims:
        yield from _tell_claims(matrix, cell)
    elif cell.reason:
        yield f"The reason given: {cell.reason}"
    elif cell.codings:
        refs = join(dict.fromkeys(bearings.sources[coding.source].ref for coding in cell.codings))
        breadth = LEGEND[cell.provisional].label.lower() if cell.provisional else ""
        yield f"{count(len(cell.codings), 'passage')} coded, in {refs}; were they to say the same: {breadth}."
    if cell.sources:
        yield _tell_reading(bearings, cell)


def _tell_claims(matrix: Matrix, cell: Cell) -> Iterator[str]:
    """Name the claim that decides: the worst of the key claims, of all where none is key."""
    keys = [claim for claim in cell.claims if claim.is_key]
    among = keys or list(cell.claims)
    worst = next(claim for claim in among if matrix.assessments[claim.id].status is cell.state)
    kind = "key claim" if keys else "claim"
    rest = f" of {count(len(among), kind)}" if len(among) > 1 else ""
    yield f"Claim {worst.id} decides{', the worst' if rest else ''}{rest}: “{worst.summary}”"
    if len(cell.claims) > 1:
        strip = (f"{number} {LEGEND[status].label.lower()}" for status, number in (cell.strip or {}).items())
        yield f"Its claims: {join(strip)}."
    if cell.uncharted:
        yield f"{count(cell.uncharted, 'coded passage')} cited by no claim."


def _tell_reading(bearings: Bearings, cell: Cell) -> str:
    read = bearings.examined(cell.theme)
    unread = [source.ref for source in bearings.sources_of[cell.site] if source.id not in read]
    rest = f"; not yet: {join(unread)}" if unread else ""
    return f"{cell.share_examined} examined for the theme{rest}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _tell_sides(bearings: Bearings, claim: Claim, found: Assessment) -> Iterator[str]:
    """Tell what counts, stance by stance."""
    links = {link.coding: link for link in bearings.evidence.get(claim.id, ())}
    for items, one, many in (
        (found.supports, "supports it", "support it"),
        (found.qualifies, "qualifies it", "qualify it"),
        (found.contradicts, "contradicts it", "contradict it"),
    ):
        if items:
            tokens = list(dict.fromkeys([_token(bearings, links[item.coding]) for item in items]))
            yield f"{join(tokens)} {one if len(tokens) == 1 else many}."


def _token(bearings: Bearings, link: Evidence) -> str:
    coding = bearings.codings[link.coding]
    token = bearings.cite(coding)
    return token if link.origins is None else f"{token} (narrowed to {join(sorted(link.origins))})"


def _left_out(bearings: Bearings, claim: Claim) -> Iterator[LeftOut]:
    for link in bearings.evidence.get(claim.id, ()):
        coding = bearings.codings[link.coding]
        if why := why_not_counted(link, coding):
            yield LeftOut(coding.id, bearings.cite(coding), why)


def why_not_counted(link: Evidence, coding: Coding) -> str:
    """Return why a linked passage does not count, or nothing where it does."""
    if coding.is_drifted:
        return "it has drifted, its quote no longer stands at its place"
    if coding.state is CodingState.PROPOSED:
        return "its coding is proposed and nobody has accepted it"
    if coding.state is CodingState.REJECTED:
        return "its coding was rejected"
    return "it is linked as context" if link.stance is Stance.CONTEXT else ""


def _tell_filters(bearings: Bearings, claim: Claim) -> Iterator[str]:
    if hidden := bearings.filtered_out[claim.id]:
        yield f"{count(hidden, 'linked passage')} left out by the filters of methods or coders."


def _tell_independence(bearings: Bearings, found: Assessment) -> Iterator[str]:
    """Tell which supporting sources make up the breadth, and why each of the others adds nothing."""
    sources = {item.source.id: item.source for item in found.supports}
    if not sources:
        return
    if len(sources) == 1:
        if len(found.supports) > 1:
            yield f"All {len(found.supports)} passages are from {found.supports[0].source.ref}: one source."
        return
    kept = choose_breadth(found, bearings.planned)
    refs = join(sources[source].ref for source, _, _ in kept)
    if found.independent == 1:
        yield f"Its sources share an origin and count as one voice, {refs}."
    elif found.methods > 1:
        yield (
            f"{refs} are independent of each other and of different methods "
            f"(t = {found.methods} of k = {found.planned}; g = {found.independent})."
        )
    else:
        yield f"{refs} are independent of each other (g = {found.independent}) but not of several methods."
    for source, items in _by_source(found.supports).items():
        if source not in {w[0] for w in kept} and (why := _why_aside(bearings, items, kept)):
            yield f"{sources[source].ref} adds nothing to that: {why}."


def _by_source(items: Iterable[Item]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = {}
    for item in items:
        found.setdefault(item.source.id, []).append(item)
    return found


def _why_aside(bearings: Bearings, items: list[Item], kept: Sequence[Witness]) -> str:
    """Say what a source has in common with those that were chosen: an origin, or its method."""
    said = frozenset[str]().union(*(item.origins for item in items))
    reasons = []
    for source, origins, _ in kept:
        if shared := sorted(said & origins):
            names = join(bearings.origin_names.get(origin, origin) for origin in shared)
            kin = "an origin" if len(shared) == 1 else "origins"
            reasons.append(f"it shares {kin} with {bearings.sources[source].ref} ({names})")
    if reasons:
        return join(reasons)
    method = items[0].source.method
    if method not in bearings.planned:
        return "its method was not planned, so it counts for independence but not for breadth of methods"
    same = [bearings.sources[source].ref for source, _, kind in kept if kind == method]
    return f"its method is that of {join(same)}" if same else ""


def _tell_decision(bearings: Bearings, claim: Claim, found: Assessment) -> Iterator[str]:
    """Tell what was decided, and what changed since where the decision went stale."""
    made = bearings.adjudications.get(claim.id)
    if made is None:
        return
    when = f" on {made.decided_on}" if made.decided_on else ""
    said = (
        f"{made.decided_by}{when} decided “{made.decision.value.replace('_', ' ')}” because “{made.reason}”"
    )
    if not is_stale(made, found.supports, found.contradicts):
        beside = f"; the support alone is {LEGEND[found.breadth].label.lower()}" if found.breadth else ""
        yield f"{said}{beside}."
        return
    changes = [
        *_differences(bearings, made.supports, found.supports, "supporting"),
        *_differences(bearings, made.contradicts, found.contradicts, "contradicting"),
    ]
    yield f"{said}, but that has gone stale: {join(changes) or 'it gave no reason'}."


def _differences(bearings: Bearings, then: frozenset[int], now: Iterable[Item], side: str) -> Iterator[str]:
    codings = {item.coding for item in now}
    for numbers, what in ((codings - then, "was added to"), (then - codings, "is gone from")):
        for number in sorted(numbers):
            coding = bearings.codings.get(number)
            token = bearings.cite(coding) if coding else f"coding {number}"
            yield f"{token} {what} the {side} side"


def _tell_methods(found: Assessment) -> Iterator[str]:
    """Tell how many of the methods available at the site support it, where fewer were collected."""
    if found.available < found.planned:
        yield (
            f"{found.methods} of {found.available} methods available, {found.planned} planned: at this site "
            "it cannot be triangulated by every method as long as no more is collected."
        )


def _tell_end(found: Assessment, advice: tuple[Advice, ...]) -> Iterator[str]:
    if advice:
        return
    if found.status is Status.RESOLVED:
        yield "Nothing that is added raises it while something contradicts it; new evidence reopens it."
    elif found.status is Status.TRIANGULATED_ALL:
        yield "There is no higher status."
    else:
        yield "With the methods that the study planned, nothing that is added raises it."
