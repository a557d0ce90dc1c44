"""What would raise a claim's status: found by trying, so that the advice is true."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Adjudication, Claim, Decision, Stance
from framework_coder.model.codings import CodingState
from framework_coder.model.design import Method
from framework_coder.model.independence import Witness, choose_independent
from framework_coder.model.legend import LEGEND
from framework_coder.model.study import Source
from framework_coder.model.triangulation import Assessment, Item, Status, judge
from framework_coder.model.wording import join


@dataclass(frozen=True, slots=True)
class Advice:
    """What would raise a claim to `status`: `items` beside its evidence, or a `decision` on it."""

    sentence: str
    status: Status
    items: tuple[Item, ...] = ()
    decision: Adjudication | None = None


_BEYOND_ADVICE = {Status.RESOLVED, Status.TRIANGULATED_ALL}
"""What no further evidence raises: a new item reopens what was decided."""


def advise(bearings: Bearings, claim: Claim) -> tuple[Advice, ...]:
    """Return what would raise a claim, what is nearest at hand first; nothing where nothing would."""
    found = bearings.assessments[claim.id]
    if found.status in _BEYOND_ADVICE:
        return ()
    if found.status is Status.CONTESTED:
        return (_decide(claim, found),)
    trial = _Trial(bearings, claim, found, bearings.adjudications.get(claim.id))
    advice = [*_settle(trial), *_read_on(trial)]
    best = max((each.status.rank for each in advice), default=-1)
    advice += [each for each in _ask_anew(trial) if each.status.rank > best]
    return tuple(advice)


@dataclass(slots=True)
class _Trial:
    """A claim whose evidence is added to, to see what would become of it."""

    bearings: Bearings
    claim: Claim
    found: Assessment
    made: Adjudication | None

    def raised_to(self, *added: Item) -> Status | None:
        """Return the status with supporting items added where it is better than now, else None."""
        found = self.found
        supports = (*found.supports, *added)
        status = judge(supports, found.qualifies, found.contradicts, self.bearings.planned, self.made)
        return status if status.rank > found.status.rank else None

    def best(self, candidates: Iterable[Item]) -> tuple[Status | None, list[Item]]:
        """Return the best status that one of the items gives, and the items that give it."""
        tried = [(status, item) for item in candidates if (status := self.raised_to(item))]
        top = max((status for status, _ in tried), key=lambda status: status.rank, default=None)
        return top, [item for status, item in tried if status is top]


def name_status(status: Status) -> str:
    """Return a status as it stands after “would make it”."""
    label = LEGEND[status].label.lower()
    return f"a {label} claim" if status is Status.SINGLE else label


def _decide(claim: Claim, found: Assessment) -> Advice:
    sides = [frozenset(item.coding for item in side) for side in (found.supports, found.contradicts)]
    decision = Adjudication(claim.id, Decision.LEFT_OPEN, "A reason.", "", "", *sides)
    sentence = "A decision between the two sides, with its reason, would make it resolved."
    return Advice(sentence, Status.RESOLVED, decision=decision)


def _settle(trial: _Trial) -> Iterator[Advice]:
    """Advise to decide on a linked passage that does not count yet: proposed, or drifted."""
    bearings = trial.bearings
    waiting = []
    for link in bearings.evidence.get(trial.claim.id, ()):
        coding = bearings.codings[link.coding]
        is_open = coding.state is CodingState.PROPOSED or coding.is_drifted
        if link.stance is Stance.SUPPORTS and is_open and coding.state is not CodingState.REJECTED:
            waiting.append(bearings.read_item(link))
    status, items = trial.best(waiting)
    if status is None:
        return
    item = items[0]
    coding = bearings.codings[item.coding]
    token = bearings.cite(coding)
    steps = ["placing its quote anew"] if coding.is_drifted else []
    steps += ["accepting its coding"] if coding.state is CodingState.PROPOSED else []
    yield Advice(f"Checking {token} and {join(steps)} would make it {name_status(status)}.", status, (item,))


def _read_on(trial: _Trial) -> Iterator[Advice]:
    """Advise to look for support in a source that the site has already."""
    found, bearings = trial.found, trial.bearings
    if not found.supports:
        return
    heard = {item.source.id for item in (*found.supports, *found.qualifies, *found.contradicts)}
    collected = bearings.collected_items[trial.claim.site]
    status, items = trial.best(item for item in collected if item.source.id not in heard)
    if status is None or status is Status.REPEATED:
        return
    refs = join((item.source.ref for item in items), "or")
    yield Advice(
        f"A supporting passage in {refs} (collected already) would make it {name_status(status)}.",
        status,
        (items[0],),
    )


def _ask_anew(trial: _Trial) -> Iterator[Advice]:
    """Advise which kind of source to look for, independent of those that support the claim."""
    design = trial.bearings.study.design
    kept = choose_breadth(trial.found, trial.bearings.planned)
    if not kept:
        yield from _ask_for_any(trial, design.methods)
        return
    taken = {method for _, _, method in kept}
    unused = [method for method in design.planned_methods if method.id not in taken] or list(design.methods)
    status, items = trial.best(new_item(method, place) for place, method in enumerate(unused))
    if status is not None:
        methods = [method for method in unused if method.id in {item.source.method for item in items}]
        kinds = join((_describe(trial.bearings, method, kept) for method in methods), "or")
        sentence = f"A supporting passage from {kinds} would make it {name_status(status)}."
        yield Advice(sentence, status, (items[0],))
        return
    several = tuple(new_item(method, place) for place, method in enumerate(unused))
    if status := trial.raised_to(*several):
        kinds = join(_describe(trial.bearings, method, kept) for method in unused)
        sentence = f"Supporting passages from {kinds}, independent of each other, would make it "
        yield Advice(f"{sentence}{name_status(status)}.", status, several)


def _ask_for_any(trial: _Trial, methods: Sequence[Method]) -> Iterator[Advice]:
    status, items = trial.best(new_item(method, place) for place, method in enumerate(methods[:1]))
    if status is not None:
        sentence = f"A supporting passage from any source would make it {name_status(status)}."
        yield Advice(sentence, status, tuple(items))


def choose_breadth(found: Assessment, planned: frozenset[str]) -> tuple[Witness, ...]:
    """Return supporting witnesses that make up t, or g where all are of one method or of none planned."""
    witnesses = tuple([item.witness for item in found.supports])
    if found.methods > 1 or found.independent == 1:
        of_plan = tuple([w for w in witnesses if w[2] in planned])
        if chosen := choose_independent(of_plan, one_of_each_class=True):
            return chosen
    return choose_independent(witnesses)


@cache
def new_item(method: Method, number: int = 0) -> Item:
    """Return a supporting item of a source that nobody has yet, which shares no origin with any."""
    source = Source(-1 - number, f"new {method.label}", "", method.id, ())
    return Item(0, source, Stance.SUPPORTS, frozenset({f"new:{number}"}))


_SPOKEN = {"questionnaire", "meeting", "informant_feedback"}


def _describe(bearings: Bearings, method: Method, kept: Sequence[Witness]) -> str:
    """Return `a meeting with someone other than Anna`: a source of a method that is independent of `kept`."""
    label = method.label.lower()
    thing = f"{'an' if label[:1] in 'aeiou' else 'a'} {label}"
    origins = sorted(frozenset[str]().union(*(origins for _, origins, _ in kept)))
    people = [bearings.origin_names.get(o, o) for o in origins if o.startswith("person:")]
    documents = [bearings.origin_names.get(o, o) for o in origins if not o.startswith("person:")]
    if method.id in _SPOKEN or method.id in bearings.spoken:
        return f"{thing} with someone other than {join(people, 'or')}" if people else thing
    return f"{thing} that does not go back to {join([*documents, *people], 'or')}"
