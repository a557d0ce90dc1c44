"""Why a claim has its status: everything that was linked is accounted for, and the advice is true."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_builders import StudyBuilder

from framework_coder.model.advising import choose_breadth, new_item
from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Decision, Stance
from framework_coder.model.codings import CodingState
from framework_coder.model.dates import PartialDate
from framework_coder.model.explaining import Explanation, explain_cell, explain_claim
from framework_coder.model.independence import choose_independent, largest_independent
from framework_coder.model.matrix import build_matrix
from framework_coder.model.selection import Selection
from framework_coder.model.study import Study
from framework_coder.model.triangulation import assess, judge


def a_study(*sources: str, **fields: object) -> StudyBuilder:
    """One site; `Q01 Anna Ben` is a questionnaire with two informants, `D02<D01` copies the document D01."""
    study = StudyBuilder(**fields)
    study.site()
    refs: dict[str, int] = {}
    for given_source in sources:
        name, *people = given_source.split()
        ref, _, root = name.partition("<")
        derived = (refs[root],) if root else ()
        refs[ref] = study.source(ref, informants=tuple(people), derived_from=derived)
    return study


def explained(study: StudyBuilder | Study, claim: int = 1, selection: Selection = Selection()) -> Explanation:
    built = study.build() if isinstance(study, StudyBuilder) else study
    bearings = Bearings(built, selection)
    return explain_claim(bearings, bearings.claims[claim])


def supported(*sources: str) -> StudyBuilder:
    """Return a claim that each of the sources supports."""
    study = a_study(*sources)
    study.claim(1, "a.one", *(study.code(number, "a.one") for number, _ in enumerate(sources, 1)))
    return study


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["Q01 Anna"], "A supporting passage from a document that does not go back to Q01 or Anna or a "),
        (["Q01 Anna", "M01 Anna"], "M01 adds nothing to that: it shares an origin with Q01 (Anna)."),
        (["D01", "D02<D01"], "D02 adds nothing to that: it shares an origin with D01 (D01)."),
        (["D01", "D02"], "D01 and D02 are independent of each other (g = 2) but not of several methods."),
        (["Q01 Anna", "D01"], "Q01 and D01 are independent of each other and of different methods (t = 2 of"),
        (
            ["Q01 Anna", "D01"],
            "passage from a meeting with someone other than Anna would make it triangulated by every",
        ),
        (["Q01 Anna", "D01", "D02"], "D02 adds nothing to that: its method is that of D01."),
        (["Q01 Anna", "D01", "F01 Ben"], "F01 adds nothing to that: its method was not planned"),
        (["Q01 Anna", "M01 Ben", "D01"], "There is no higher status."),
        (["M01 Anna Ben"], "Anna and Ben spoke in M01, which is still one source."),
    ],
)  # fmt: skip
def test_the_paragraph_names_who_and_what_is_shared_and_what_would_help(
    sources: list[str], said: str
) -> None:
    assert said in str(explained(supported(*sources)))


def test_a_source_collected_already_comes_before_one_that_nobody_has() -> None:
    study = a_study("Q01 Anna", "M01 Ben", "M02 Anna")
    study.claim(1, "a.one", study.code(1, "a.one"))
    (first,) = explained(study).advice
    assert first.sentence == "A supporting passage in M01 (collected already) would make it triangulated."


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"stance": Stance.CONTEXT}, "it is linked as context"),
        ({"is_drifted": True}, "it has drifted, its quote no longer stands at its place"),
        ({"state": CodingState.PROPOSED}, "its coding is proposed and nobody has accepted it"),
        ({"state": CodingState.REJECTED}, "its coding was rejected"),
    ],
)
def test_what_does_not_count_is_said_with_its_reason(fields: dict[str, object], why: str) -> None:
    study = a_study("D01")
    stance = fields.pop("stance", Stance.SUPPORTS)
    study.claim(1, "a.one")
    study.link(1, study.code(1, "a.one", **fields), stance)
    found = explained(study)
    assert [(one.token, one.why) for one in found.left_out] == [("[D01]", why)]
    assert f"[D01] does not count: {why}." in str(found)


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"state": CodingState.PROPOSED}, "accepting its coding"),
        ({"is_drifted": True}, "placing its quote anew"),
        (
            {"is_drifted": True, "state": CodingState.PROPOSED},
            "placing its quote anew and accepting its coding",
        ),
    ],
)  # fmt: skip
def test_a_passage_that_waits_is_advised_first(fields: dict[str, object], step: str) -> None:
    study = a_study("D01", "Q01")
    study.claim(1, "a.one", study.code(1, "a.one"), study.code(2, "a.one", **fields))
    first = explained(study).advice[0]
    assert first.sentence == f"Checking [Q01] and {step} would make it triangulated."


def test_narrowed_evidence_and_its_informants_are_named() -> None:
    study = a_study("M01 Anna Ben", "Q01 Anna")
    study.claim(1, "a.one", study.code(2, "a.one"))
    study.link(1, study.code(1, "a.one"), origins=frozenset({"Ben"}))
    assert "[M01] (narrowed to Ben)" in str(explained(study))


def test_a_site_with_fewer_methods_than_planned_says_so() -> None:
    said = str(explained(supported("Q01 Anna", "D01")))
    assert "2 of 2 methods available, 3 planned" in said
    assert "available" not in str(explained(supported("Q01 Anna", "D01", "M01 Anna")))


def test_a_contested_claim_asks_for_a_decision_and_a_stale_one_says_what_changed() -> None:
    study = a_study("D01", "D02", "D03")
    study.claim(1, "a.one", study.code(1, "a.one"))
    study.link(1, study.code(2, "a.one"), Stance.CONTRADICTS)
    assert "A decision between the two sides, with its reason" in str(explained(study))
    study.decide(1, Decision.LEFT_OPEN, {1}, {2})
    assert "HW on 2020-01-01 decided “left open” because “Reason.”; the support" in str(explained(study))
    study.link(1, study.code(3, "a.one"), Stance.CONTRADICTS)
    assert "gone stale: [D03] was added to the contradicting side." in str(explained(study))


def test_passages_that_a_filter_hides_are_counted() -> None:
    found = explained(supported("D01", "Q01"), selection=Selection(methods=frozenset({"document"})))
    assert "1 linked passage left out by the filters" in str(found)


def test_flags_are_told_with_what_they_rest_on() -> None:
    study = a_study()
    for ref, year in (("D01", "2001"), ("D02", ""), ("D03", "2014")):
        study.source(ref, document_type="report", produced_on=PartialDate(year), originator="service")
    study.claim(1, "a.one", study.code(1, "a.one", is_drifted=False), study.code(2, "a.one"))
    said = str(explained(study))
    for part in (
        "all of one document type, report",
        "The newest support is of 2001, the site's newest source of 2014.",
        "The date of D02 is not known.",
        "All support comes from the service",
        "0 of 3 sources of the site examined",
    ):
        assert part in said


# --- cells --------------------------------------------------------------------------------------------------


def test_a_cell_says_which_claim_decides_and_which_sources_are_unread() -> None:
    study = a_study("D01", "Q01")
    study.claim(1, "a.one", study.code(1, "a.one"), is_key=True)
    study.claim(1, "a.one", study.code(1, "a.one"), study.code(2, "a.one"))
    study.examine(1, "a.one")
    matrix = build_matrix(study.build())
    said = explain_cell(matrix, matrix.cells[1, "a.one"])
    assert "Claim 1 decides: “Claim 1” Its claims: 1 single source and 1 triangulated." in said
    assert said.endswith("1 of 2 sources examined for the theme; not yet: Q01.")


def test_a_cell_without_claims_says_why() -> None:
    study = a_study("D01")
    study.code(1, "a.one")
    study.mark(1, "a.two")
    matrix = build_matrix(study.build())
    assert "1 passage coded, in D01; were they to say the same: single source." in explain_cell(
        matrix, matrix.cells[1, "a.one"]
    )
    assert "The reason given: No such thing here." in explain_cell(matrix, matrix.cells[1, "a.two"])


# --- the advice is true -------------------------------------------------------------------------------------

_LINK = st.tuples(
    st.integers(0, 5),
    st.sampled_from([Stance.SUPPORTS, Stance.SUPPORTS, Stance.SUPPORTS, *Stance]),
    st.sampled_from([CodingState.ACCEPTED, CodingState.ACCEPTED, CodingState.PROPOSED, CodingState.REJECTED]),
    st.integers(0, 5).map(lambda number: number == 0),
    st.sampled_from([None, None, None, frozenset({"Anna"}), frozenset({"Ben"})]),
)
_SOURCE = st.tuples(
    st.sampled_from("QDMF"), st.frozensets(st.sampled_from(["Anna", "Ben", "Cleo"])), st.booleans()
)


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """Draw a claim over up to six sources that may share people and derive from the first."""
    sources = draw(st.lists(_SOURCE, min_size=1, max_size=6))
    study = StudyBuilder()
    study.site()
    for number, (letter, people, is_copy) in enumerate(sources, 1):
        roots = (1,) if is_copy and number > 1 else ()
        study.source(f"{letter}{number:02}", informants=tuple(sorted(people)), derived_from=roots)
    study.claim(1, "a.one")
    for source, stance, state, is_drifted, origins in draw(st.lists(_LINK, max_size=7)):
        coding = study.code(source % len(sources) + 1, "a.one", state=state, is_drifted=is_drifted)
        study.link(1, coding, stance, origins=origins)
    methods = study.study.design.methods
    planned = draw(st.sampled_from([4, 3, 3, 2, 1]))
    design = replace(
        study.study.design,
        methods=tuple(replace(m, planned=place < planned) for place, m in enumerate(methods)),
    )
    return replace(study.build(), design=design)


@given(studies())
def test_what_is_advised_raises_the_status_to_what_was_said(study: Study) -> None:
    bearings = Bearings(study)
    found = explained(study)
    for advice in found.advice:
        decision = advice.decision or bearings.adjudications.get(1)
        after = assess([*bearings.items(1), *advice.items], study.design, decision)
        assert after.status is advice.status
        assert after.status.rank > found.status.rank
        assert advice.sentence in str(found)


@given(studies())
def test_no_new_source_would_do_more_than_what_is_advised(study: Study) -> None:
    found, bearings = explained(study), Bearings(study)
    best = max([found.status.rank, *(advice.status.rank for advice in found.advice)])
    for method in study.design.methods:
        after = assess([*bearings.items(1), new_item(method)], study.design)
        assert after.status.rank <= best


@given(
    studies(), st.sets(st.sampled_from(["person:anna", "person:ben", "person:cleo", "source:d01", "other"]))
)
def test_a_new_source_need_only_be_independent_of_those_named(study: Study, origins: set[str]) -> None:
    bearings, found = Bearings(study), explained(study)
    kept = choose_breadth(bearings.assessments[1], bearings.planned)
    taken = frozenset[str]().union(*(names for _, names, _ in kept))
    for advice in found.advice:
        if len(advice.items) == 1 and advice.items[0].source.id < 0:
            free = frozenset(origins) - taken | {"itself"}
            item = replace(advice.items[0], origins=free)
            assert assess([*bearings.items(1), item], study.design).status.rank >= advice.status.rank


@given(studies())
def test_every_linked_passage_is_accounted_for(study: Study) -> None:
    found = explained(study)
    counted = {item.coding for item in Bearings(study).items(1) if item.stance is not Stance.CONTEXT}
    assert counted | {one.coding for one in found.left_out} == {link.coding for link in study.evidence}
    said = str(found)
    assert all(
        f"[{study.sources[study.codings[link.coding - 1].source - 1].ref}" in said for link in study.evidence
    )


_WITNESS = st.tuples(
    st.integers(1, 5), st.frozensets(st.sampled_from("ABCD"), min_size=1), st.sampled_from("qdm")
)


@given(st.lists(_WITNESS, max_size=7), st.booleans())
def test_the_chosen_sources_are_independent_and_as_many_as_can_be(
    witnesses: list[tuple[int, frozenset[str], str]], by_class: bool
) -> None:
    chosen = choose_independent(tuple(witnesses), one_of_each_class=by_class)
    assert len(chosen) == largest_independent(witnesses, one_of_each_class=by_class)
    assert len({w[0] for w in chosen}) == len(chosen)
    assert sum(len(w[1]) for w in chosen) == len(frozenset().union(*(w[1] for w in chosen)))
    assert not by_class or len({w[2] for w in chosen}) == len(chosen)


@given(studies())
def test_the_status_alone_is_that_of_the_whole_assessment(study: Study) -> None:
    bearings = Bearings(study)
    stances = (Stance.SUPPORTS, Stance.QUALIFIES, Stance.CONTRADICTS)
    sides = [[item for item in bearings.items(1) if item.stance is stance] for stance in stances]
    assert judge(*sides, bearings.planned) is bearings.assessments[1].status
