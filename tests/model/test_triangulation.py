"""The triangulation rule: its vectors and invariants (method.md §4)."""

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_coder.model.claims import Adjudication, Decision, Stance
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import STANDARD_METHODS, Design, Method
from framework_coder.model.independence import largest_independent
from framework_coder.model.study import Source
from framework_coder.model.triangulation import (
    Flag,
    Item,
    Status,
    Surroundings,
    assess,
    find_origins,
    narrow,
)

DESIGN = Design(methods=STANDARD_METHODS)
METHODS = {"q": "questionnaire", "d": "document", "m": "meeting", "f": "informant_feedback"}
S, Q, C, X = Stance.SUPPORTS, Stance.QUALIFIES, Stance.CONTRADICTS, Stance.CONTEXT


def item(
    source: int, method: str, origins: str, stance: Stance = S, coding: int = 0, **fields: object
) -> Item:
    """Build an item of source number `source`; origins are single letters."""
    described = Source(source, f"{method.upper()}{source:02}", "", METHODS[method], (1,), **fields)
    return Item(coding or source * 100, described, stance, frozenset(origins))


def status(*items: Item) -> Status:
    return assess(items, DESIGN).status


VECTORS = [
    ("one questionnaire", [item(1, "q", "A")], Status.SINGLE),
    ("five extracts of one source", [item(1, "d", "R", coding=n) for n in range(1, 6)], Status.SINGLE),
    ("one person in two methods", [item(1, "q", "A"), item(2, "m", "A")], Status.REPEATED),
    ("a report and its press copy", [item(1, "d", "R"), item(2, "d", "R")], Status.REPEATED),
    ("two documents", [item(1, "d", "R"), item(2, "d", "T")], Status.CORROBORATED),
    (
        "a meeting that links two documents",
        [item(1, "m", "AB"), item(2, "d", "A"), item(3, "d", "B")],
        Status.CORROBORATED,
    ),
    (
        "one person in two methods, and a document",
        [item(1, "q", "A"), item(2, "m", "A"), item(3, "d", "R")],
        Status.TRIANGULATED,
    ),
    ("three methods", [item(1, "q", "A"), item(2, "m", "B"), item(3, "d", "R")], Status.TRIANGULATED_ALL),
    (
        "a meeting narrowed to its other informant",
        [item(1, "q", "A"), item(2, "m", "B"), item(3, "d", "R")],
        Status.TRIANGULATED_ALL,
    ),
    (
        "support and contradiction",
        [item(1, "q", "A"), item(2, "d", "R"), item(3, "m", "B", C)],
        Status.CONTESTED,
    ),
    ("contradiction alone", [item(1, "d", "R", C)], Status.CONTRADICTED),
    ("qualification alone", [item(1, "q", "A", Q)], Status.QUALIFIED_ONLY),
    ("support, qualified", [item(1, "q", "A"), item(2, "d", "R", Q)], Status.SINGLE),
    ("contradiction and qualification", [item(1, "q", "A", C), item(2, "d", "R", Q)], Status.CONTRADICTED),
    ("context alone", [item(1, "q", "A", X)], Status.UNSUPPORTED),
    ("nothing", [], Status.UNSUPPORTED),
    ("feedback counts for g only", [item(1, "d", "R"), item(2, "f", "A")], Status.CORROBORATED),
    ("a meeting of many", [item(1, "m", "ABCDE")], Status.SINGLE),
]


@pytest.mark.parametrize(("items", "expected"), [v[1:] for v in VECTORS], ids=[v[0] for v in VECTORS])
def test_the_vectors_of_the_method_hold(items: list[Item], expected: Status) -> None:
    assert status(*items) is expected


def test_a_linking_source_has_g_2_and_t_1() -> None:
    found = assess([item(1, "m", "AB"), item(2, "d", "A"), item(3, "d", "B")], DESIGN)
    assert (found.independent, found.methods, found.planned) == (2, 1, 3)


def test_a_qualifying_item_makes_support_partial() -> None:
    assert Flag.PARTIAL in assess([item(1, "q", "A"), item(2, "d", "R", Q)], DESIGN).flags


def decided(reason: str = "The audit is later.", supports: Iterable[int] = (100, 200)) -> Adjudication:
    return Adjudication(
        1, Decision.ACCEPT_SUPPORT, reason, "HW", "2020-01-01", frozenset(supports), frozenset({300})
    )


def test_a_reasoned_decision_resolves_and_shows_the_breadth_beside() -> None:
    items = [item(1, "q", "A"), item(2, "d", "R"), item(3, "m", "B", C)]
    found = assess(items, DESIGN, decided())
    assert (found.status, found.breadth) == (Status.RESOLVED, Status.TRIANGULATED)


@pytest.mark.parametrize(
    "adjudication", [decided(reason=" "), decided(supports=[100]), decided(supports=[100, 200, 201])]
)
def test_a_decision_without_reason_or_on_other_evidence_settles_nothing(adjudication: Adjudication) -> None:
    items = [item(1, "q", "A"), item(2, "d", "R"), item(3, "m", "B", C)]
    found = assess(items, DESIGN, adjudication)
    assert found.status is Status.CONTESTED
    assert Flag.STALE_ADJUDICATION in found.flags


def test_two_methods_planned_and_met_is_all() -> None:
    two = Design(methods=(Method("document", "D", "D"), Method("meeting", "M", "M")))
    assert assess([item(1, "d", "R"), item(2, "m", "A")], two).status is Status.TRIANGULATED_ALL


def test_fewer_methods_collected_than_planned_never_promote() -> None:
    around = Surroundings(collected=frozenset({"document", "meeting"}), examined=2, sources=2)
    found = assess([item(1, "d", "R"), item(2, "m", "A")], DESIGN, surroundings=around)
    assert (found.status, found.methods, found.available, found.planned) == (Status.TRIANGULATED, 2, 2, 3)


# --- invariants -------------------------------------------------------------------------------------------

sources = st.tuples(st.integers(1, 5), st.sampled_from("qdmf"))
METHOD_OF = dict(enumerate("qddmf", start=1))


@st.composite
def evidence(draw: st.DrawFn, stances: Iterable[Stance] = tuple(Stance)) -> list[Item]:
    """Items over five sources (a questionnaire, two documents, a meeting, feedback) with few origins."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.integers(1, 5),
                st.sets(st.sampled_from("ABRT"), min_size=1),
                st.sampled_from(list(stances)),
            ),
            max_size=8,
        )
    )
    return [
        item(source, METHOD_OF[source], "".join(sorted(origins)), stance, coding=n)
        for n, (source, origins, stance) in enumerate(drawn, start=1)
    ]


@given(evidence(), st.data())
def test_another_extract_of_a_source_in_support_changes_nothing(
    items: list[Item], data: st.DataObject
) -> None:
    supporting = [i for i in items if i.stance is S]
    if supporting:
        again = data.draw(st.sampled_from(supporting))
        extra = Item(999, again.source, S, again.origins)
        assert status(*items, extra) is status(*items)


@given(evidence(stances=[S, Q, X]), evidence(stances=[S]))
def test_support_never_lowers_the_rank_where_nothing_contradicts(items: list[Item], more: list[Item]) -> None:
    more = [Item(i.coding + 500, i.source, i.stance, i.origins) for i in more]
    assert status(*items, *more).rank >= status(*items).rank or status(*items) is Status.QUALIFIED_ONLY
    assert status(*items, *more).rank >= status(*items).rank


@given(evidence(), evidence(stances=[C]).filter(bool))
def test_a_contradiction_gives_contested_or_contradicted(items: list[Item], against: list[Item]) -> None:
    against = [Item(i.coding + 500, i.source, i.stance, i.origins) for i in against]
    assert status(*items, *against) in {Status.CONTESTED, Status.CONTRADICTED}


@given(evidence(), st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(items: list[Item], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assess(shuffled, DESIGN) == assess(items, DESIGN)


@given(evidence())
def test_context_never_counts(items: list[Item]) -> None:
    assert status(*(i for i in items if i.stance is not X)) is status(*items)


def brute_force(witnesses: list[tuple[int, frozenset[str], str]], *, apart: bool) -> int:
    def fits(group: tuple[tuple[int, frozenset[str], str], ...]) -> bool:
        return all(
            a[0] != b[0] and not a[1] & b[1] and not (apart and a[2] == b[2])
            for a, b in itertools.combinations(group, 2)
        )

    return max(n for n in range(len(witnesses) + 1) if any(map(fits, itertools.combinations(witnesses, n))))


@given(
    st.lists(
        st.tuples(
            st.integers(1, 6),
            st.frozensets(st.sampled_from("ABCDEF"), min_size=1, max_size=3),
            st.sampled_from("qdm"),
        ),
        max_size=9,
    ),
    st.booleans(),
)
@settings(max_examples=300)
def test_the_largest_independent_set_is_the_one_that_trying_all_finds(
    witnesses: list[tuple[int, frozenset[str], str]], apart: bool
) -> None:
    assert largest_independent(witnesses, one_of_each_class=apart) == brute_force(witnesses, apart=apart)


def test_a_hundred_tangled_sources_are_decided_at_once() -> None:
    ring = [(n, frozenset({str(n), str((n + 1) % 101)}), "d") for n in range(101)]
    assert largest_independent(ring) == 50


# --- origins ----------------------------------------------------------------------------------------------


def a_source(number: int, **fields: object) -> Source:
    return Source(number, f"D{number:02}", "", "document", (1,), **fields)


def test_a_copy_shares_its_reports_root_and_people() -> None:
    report = a_source(1, authors=("Ann Lee",))
    site = a_source(2, derived_from=(1,))
    origins = find_origins([report, site], DESIGN)
    assert origins[1] == {"source:d01", "person:ann lee"}
    assert origins[2] == origins[1]


def test_authors_count_as_origins_only_where_the_project_says_so() -> None:
    report = a_source(1, authors=("Ann Lee",), informants=("Bo",))
    assert find_origins([report], Design(authors_are_origins=False))[1] == {"source:d01", "person:bo"}


def test_a_derived_source_alone_never_lifts_above_repeated() -> None:
    informant = Source(1, "Q01", "", "questionnaire", (1,), informants=("Ann Lee",))
    report, copy = a_source(2, authors=("ann  LEE",)), a_source(3, derived_from=(2,))
    found = find_origins([informant, report, copy], DESIGN)
    items = [Item(s.id, s, S, found[s.id]) for s in (informant, report, copy)]
    assert status(*items) is Status.REPEATED


@st.composite
def copies(draw: st.DrawFn) -> list[Source]:
    """Draw a source and others that derive from it, from each other, or from several of them."""
    made = [a_source(1, informants=tuple(draw(st.sets(st.sampled_from("AB")))))]
    for number in range(2, draw(st.integers(2, 6)) + 1):
        method = METHODS[draw(st.sampled_from("qdm"))]
        people = tuple(draw(st.sets(st.sampled_from("ABC"))))
        behind = tuple(draw(st.sets(st.integers(1, number - 1), min_size=1)))
        copy = Source(number, f"X{number:02}", "", method, (1,), informants=people, derived_from=behind)
        made.append(copy)
    return made


@given(copies(), st.data())
def test_sources_that_derive_from_one_never_lift_a_claim_above_repeated(
    made: list[Source], data: st.DataObject
) -> None:
    found = find_origins(made, DESIGN)
    chosen = data.draw(st.lists(st.sampled_from(made), min_size=1, unique_by=lambda source: source.id))
    expected = Status.SINGLE if len(chosen) == 1 else Status.REPEATED
    assert status(*(Item(s.id, s, S, found[s.id]) for s in chosen)) is expected


@given(evidence(stances=[S]).filter(bool), st.data())
def test_a_source_that_derives_from_one_in_support_adds_no_independent_item(
    items: list[Item], data: st.DataObject
) -> None:
    root = data.draw(st.sampled_from(items))
    same = frozenset().union(*(i.origins for i in items if i.source.id == root.source.id))
    own = frozenset(data.draw(st.sets(st.sampled_from("XY"))))
    copy = item(9, data.draw(st.sampled_from("qdm")), "".join(sorted(same | own)), coding=999)
    assert assess([*items, copy], DESIGN).independent == assess(items, DESIGN).independent


def test_sources_that_derive_from_each_other_share_all_roots() -> None:
    found = find_origins([a_source(1, derived_from=(2,)), a_source(2, derived_from=(1,))], DESIGN)
    assert found[1] == found[2] == {"source:d01", "source:d02"}


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (None, {"person:a", "person:b", "source:m01"}),
        (["B"], {"person:b"}),
        (["m01"], {"source:m01"}),
        (["nobody"], {"person:a", "person:b", "source:m01"}),
    ],
)
def test_origins_narrow_to_those_named_and_to_none_but_the_sources_own(
    names: list[str] | None, left: set[str]
) -> None:
    assert narrow(frozenset({"person:a", "person:b", "source:m01"}), names) == left


# --- flags ------------------------------------------------------------------------------------------------

JUNE, LATER = PartialDate("2009-06"), PartialDate("2016")


@pytest.mark.parametrize(
    ("items", "around", "flag", "holds"),
    [
        ([item(1, "q", "A")], Surroundings(), Flag.UNDATED, True),
        ([item(1, "q", "A", produced_on=JUNE)], Surroundings(), Flag.UNDATED, False),
        ([item(1, "q", "A", produced_on=JUNE)], Surroundings(newest=2016), Flag.DATED, True),
        ([item(1, "q", "A", produced_on=LATER)], Surroundings(newest=2016), Flag.DATED, False),
        ([item(1, "q", "A", produced_on=JUNE), item(2, "d", "R", C, produced_on=LATER)], Surroundings(),
         Flag.PERIOD_GAP, True),
        ([item(1, "d", "A", originator="service")], Surroundings(), Flag.INTERNAL_ONLY, True),
        ([item(1, "d", "A", originator="service"), item(2, "d", "B", originator="press")], Surroundings(),
         Flag.INTERNAL_ONLY, False),
        ([item(1, "d", "A")], Surroundings(), Flag.INTERNAL_ONLY, False),
        ([item(1, "d", "A", document_type="report"), item(2, "d", "B", document_type="report")],
         Surroundings(), Flag.ONE_DOCUMENT_TYPE, True),
        ([item(1, "d", "A", document_type="report"), item(2, "m", "B")], Surroundings(),
         Flag.ONE_DOCUMENT_TYPE, False),
        ([item(1, "q", "A")], Surroundings(examined=1, sources=3), Flag.COVERAGE, True),
        ([item(1, "q", "A")], Surroundings(examined=3, sources=3), Flag.COVERAGE, False),
        ([item(1, "q", "A")], Surroundings(is_stale_framework=True), Flag.STALE_FRAMEWORK, True),
    ],
)  # fmt: skip
def test_a_flag_says_what_to_know_beside_the_status(
    items: list[Item], around: Surroundings, flag: Flag, holds: bool
) -> None:
    assert (flag in assess(items, DESIGN, surroundings=around).flags) is holds


def test_several_informants_of_one_meeting_are_flagged_and_still_single() -> None:
    meeting = Source(1, "M01", "", "meeting", (1,), informants=("A", "B"))
    whole = find_origins([meeting], DESIGN)[1]
    together = assess([Item(1, meeting, S, whole)], DESIGN)
    alone = assess([Item(1, meeting, S, narrow(whole, ["B"]))], DESIGN)
    assert (together.status, Flag.MULTI_INFORMANT in together.flags) == (Status.SINGLE, True)
    assert (alone.status, Flag.MULTI_INFORMANT in alone.flags) == (Status.SINGLE, False)


def test_drifted_items_are_counted_beside_the_status_they_left() -> None:
    found = assess([], DESIGN, drifted=2)
    assert (found.status, found.drifted, Flag.DRIFTED in found.flags) == (Status.UNSUPPORTED, 2, True)
