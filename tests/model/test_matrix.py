"""Cell states, lamps, filters, attention and counts over studies built in memory."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_builders import StudyBuilder, a_codebook

from framework_coder.model.attention import NEEDS, Attention, Need, list_attention
from framework_coder.model.claims import CodedValue, Decision, Stance
from framework_coder.model.codebook import Theme, ThemeOrigin, UnknownThemeError
from framework_coder.model.codings import CodingState
from framework_coder.model.counting import count_values
from framework_coder.model.dates import PartialDate
from framework_coder.model.legend import LEGEND, CellState, Lamp
from framework_coder.model.matrix import Cell, build_matrix, choose_columns
from framework_coder.model.selection import Selection
from framework_coder.model.study import Examined, Study
from framework_coder.model.triangulation import Flag, Status


def a_study() -> StudyBuilder:
    """One site with a questionnaire, a document and a meeting (1, 2, 3)."""
    study = StudyBuilder()
    study.site("Alder", tier="primary")
    for ref in ("Q01", "D01", "M01"):
        study.source(ref)
    return study


def cell(study: Study, theme: str = "a.one", **selection: frozenset[str]) -> Cell:
    return build_matrix(study, Selection(**selection)).cells[1, theme]


def test_every_state_has_a_look_and_a_definition_of_its_own() -> None:
    assert set(LEGEND) == {*Status, *CellState}
    assert len({look.letter for look in LEGEND.values()}) == len(LEGEND)
    assert len({look.definition for look in LEGEND.values()}) == len(LEGEND)


# --- cells without claims -----------------------------------------------------------------------------------


def test_a_site_without_sources_is_not_collected() -> None:
    study = StudyBuilder()
    study.site()
    assert cell(study.build()).state is CellState.NOT_COLLECTED


def test_coded_passages_without_a_claim_are_uncharted_with_their_breadth_as_provisional() -> None:
    study = a_study()
    study.code(1, "a.one")
    study.code(2, "a.one")
    found = cell(study.build())
    assert (found.state, found.provisional, found.uncharted) == (CellState.UNCHARTED, Status.TRIANGULATED, 2)


@pytest.mark.parametrize(
    ("read", "state"),
    [((), CellState.NOT_EXAMINED), ((1, 2), CellState.NOT_EXAMINED), ((1, 2, 3), CellState.SILENT)],
)
def test_silent_needs_every_collected_source_examined(read: tuple[int, ...], state: CellState) -> None:
    study = a_study()
    for source in read:
        study.examine(source, "a.one")
    found = cell(study.build())
    assert (found.state, found.examined, found.sources) == (state, len(read), 3)


def test_partly_examined_is_not_examined() -> None:
    study = a_study()
    study.examine(1, "a.one")
    study.examine(2, "a.one")
    study.examine(3, "a.one", state=Examined.PARTLY)
    assert cell(study.build()).state is CellState.NOT_EXAMINED


@pytest.mark.parametrize(
    ("settled", "state"),
    [({"a.one": 1}, CellState.SILENT), ({"a.one": 2}, CellState.NOT_EXAMINED), ({}, None)],
)
def test_coverage_counts_while_the_theme_means_the_same(
    settled: dict[str, int], state: CellState | None
) -> None:
    study = StudyBuilder(version=2, settled_since=settled)
    study.site()
    study.source("D01")
    study.examine(1, "a.one", version=1)
    assert cell(study.build()).state is (state or CellState.NOT_EXAMINED)


def test_a_group_is_examined_when_all_below_it_are() -> None:
    study = a_study()
    study.code(1, "a", state=CodingState.REJECTED)
    for source in (1, 2, 3):
        study.examine(source, "a.one", "a.two")
    assert cell(study.build(), "a").state is CellState.SILENT
    study.examine(1, "a", state=Examined.PARTLY)
    assert cell(study.build(), "a").state is CellState.NOT_EXAMINED


def test_a_new_theme_below_makes_the_group_unexamined_again() -> None:
    study = StudyBuilder(a_codebook().add(Theme("a.one.new", "New", "a.one", origin=ThemeOrigin.EMERGENT)))
    study.site()
    study.source("D01")
    study.examine(1, "a.one")
    study.code(1, "a.one", state=CodingState.PROPOSED)
    assert cell(study.build()).state is CellState.NOT_EXAMINED


def test_a_marked_cell_is_not_applicable_before_anything_else() -> None:
    study = a_study()
    study.code(1, "a.one")
    study.mark(1, "a.one", "No beds.")
    found = cell(study.build())
    assert (found.state, found.reason) == (CellState.NOT_APPLICABLE, "No beds.")


# --- cells with claims --------------------------------------------------------------------------------------


def test_a_cell_is_as_weak_as_its_weakest_claim() -> None:
    study = a_study()
    one, two = study.code(1, "a.one"), study.code(2, "a.one")
    study.claim(1, "a.one", one, two)
    study.claim(1, "a.one", one)
    found = cell(study.build())
    assert found.state is Status.SINGLE
    assert found.strip == {Status.SINGLE: 1, Status.TRIANGULATED: 1}


def test_key_claims_alone_decide_where_there_are_any() -> None:
    study = a_study()
    one, two = study.code(1, "a.one"), study.code(2, "a.one")
    study.claim(1, "a.one", one, two, is_key=True)
    study.claim(1, "a.one", one)
    assert cell(study.build()).state is Status.TRIANGULATED


def test_a_theme_gathers_what_is_charted_below_it() -> None:
    study = StudyBuilder(a_codebook().add(Theme("a.one.x", "X", "a.one")))
    study.site()
    study.source("D01")
    study.code(1, "a.one")
    study.claim(1, "a.one.x", study.code(1, "a.one.x"))
    matrix = build_matrix(study.build())
    assert [theme.id for theme in matrix.themes] == ["a.one", "a.one.x", "a.two", "b.one"]
    assert len(matrix.cells[1, "a.one"].codings) == 2
    assert len(matrix.cells[1, "a.one"].claims) == 1
    assert len(matrix.shown_claims()) == 1


def test_a_group_is_a_column_only_where_something_is_coded_at_it() -> None:
    study = a_study()
    assert [theme.id for theme in choose_columns(study.build())] == ["a.one", "a.two", "b.one"]
    study.code(1, "a")
    assert choose_columns(study.build())[0].id == "a"


def test_a_proposed_or_rejected_or_drifted_coding_is_no_evidence() -> None:
    study = a_study()
    proposed = study.code(1, "a.one", state=CodingState.PROPOSED)
    rejected = study.code(2, "a.one", state=CodingState.REJECTED)
    drifted = study.code(3, "a.one", is_drifted=True)
    study.claim(1, "a.one", proposed, rejected, drifted)
    matrix = build_matrix(study.build())
    found = matrix.cells[1, "a.one"]
    assert (found.state, found.proposed, found.drifted, found.codings) == (Status.UNSUPPORTED, 1, 1, ())
    assert matrix.assessments[1].drifted == 1
    assert Flag.DRIFTED in matrix.assessments[1].flags


def test_what_stands_at_a_retired_theme_leaves_the_matrix_but_not_the_attention_list() -> None:
    study = a_study()
    coding = study.code(1, "b.one", quote="kept words")
    claim = study.claim(1, "b.one", coding)
    retired = replace(study.build(), codebook=a_codebook().retire("b.one"))
    matrix = build_matrix(retired)
    assert "b.one" not in {theme.id for theme in matrix.themes}
    of_claim, of_coding = list_attention(matrix).of(Need.RETIRED)
    assert (of_claim.claim, of_coding.claim) == (claim, None)
    assert "kept words" in of_coding.sentence
    left = replace(retired, left=frozenset({("claims", claim), ("codings", coding)}))
    assert list_attention(build_matrix(left)).of(Need.RETIRED) == ()


def test_evidence_narrowed_to_another_informant_is_independent() -> None:
    study = StudyBuilder()
    study.site()
    questionnaire = study.source("Q01", informants=("Ann",))
    meeting = study.source("M01", informants=("Ann", "Bo"))
    claim = study.claim(1, "a.one", study.code(questionnaire, "a.one"))
    study.link(claim, study.code(meeting, "a.one"))
    assert cell(study.build()).state is Status.REPEATED
    narrowed = study.claim(1, "a.two", 1)
    study.link(narrowed, 2, origins=frozenset({"Bo"}))
    assert cell(study.build(), "a.two").state is Status.TRIANGULATED


def test_the_newest_source_of_the_site_tells_what_is_dated() -> None:
    study = StudyBuilder()
    study.site()
    study.source("D01", produced_on=PartialDate("2004"))
    study.source("D02", produced_on=PartialDate("2014"))
    study.claim(1, "a.one", study.code(1, "a.one"))
    assert Flag.DATED in build_matrix(study.build()).assessments[1].flags


# --- lamps --------------------------------------------------------------------------------------------------


def test_each_planned_method_has_a_lamp() -> None:
    study = StudyBuilder()
    study.site()
    q, d, d2 = study.source("Q01"), study.source("D01"), study.source("D02")
    claim = study.claim(1, "a.one", study.code(q, "a.one"))
    study.link(claim, study.code(d, "a.one"), Stance.CONTRADICTS)
    study.examine(d2, "a.one")
    lamps = cell(study.build()).lamps
    assert lamps == {
        "questionnaire": Lamp.SUPPORTS,
        "document": Lamp.CONTRADICTS,
        "meeting": Lamp.NOT_COLLECTED,
    }


def test_a_lamp_tells_coded_silent_and_unread_apart() -> None:
    study = a_study()
    study.code(1, "a.one")
    study.examine(2, "a.one")
    assert cell(study.build()).lamps == {
        "questionnaire": Lamp.CODED,
        "document": Lamp.SILENT,
        "meeting": Lamp.NOT_EXAMINED,
    }


# --- filters ------------------------------------------------------------------------------------------------


def a_wider_study() -> StudyBuilder:
    study = a_study()
    study.site("Birch", tier="secondary")
    study.source("D02", 2)
    study.claim(1, "a.one", study.code(1, "a.one"), study.code(2, "a.one", coder="TR"))
    study.claim(2, "b.one", study.code(4, "b.one"))
    return study


@pytest.mark.parametrize(
    ("selection", "sites", "themes"),
    [
        (Selection(), ["S01", "S02"], ["a.one", "a.two", "b.one"]),
        (Selection(attributes={"tier": frozenset({"secondary"})}), ["S02"], ["a.one", "a.two", "b.one"]),
        (Selection(sites=frozenset({"S01"})), ["S01"], ["a.one", "a.two", "b.one"]),
        (Selection(themes=frozenset({"a"})), ["S01", "S02"], ["a.one", "a.two"]),
        (Selection(states=frozenset({"triangulated"})), ["S01"], ["a.one"]),
    ],
)
def test_filters_choose_rows_and_columns(selection: Selection, sites: list[str], themes: list[str]) -> None:
    matrix = build_matrix(a_wider_study().build(), selection)
    assert ([s.code for s in matrix.sites], [t.id for t in matrix.themes]) == (sites, themes)


def test_a_filter_of_methods_or_coders_limits_the_evidence_and_recomputes() -> None:
    study = a_wider_study().build()
    assert cell(study).state is Status.TRIANGULATED
    assert cell(study, methods=frozenset({"document"})).state is Status.SINGLE
    assert cell(study, coders=frozenset({"TR"})).state is Status.SINGLE
    assert cell(study, methods=frozenset({"meeting"})).claims == ()


def test_a_filter_of_a_theme_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownThemeError):
        build_matrix(a_study().build(), Selection(themes=frozenset({"nothing"})))


def test_a_selection_describes_itself() -> None:
    chosen = Selection(
        attributes={"tier": frozenset({"primary"})}, methods=frozenset({"meeting", "document"})
    )
    assert str(chosen) == "tier is primary; methods: document or meeting"
    assert not Selection()


# --- attention ----------------------------------------------------------------------------------------------


def test_each_kind_of_need_says_what_it_is_counted_in_and_what_to_do() -> None:
    assert set(NEEDS) == set(Need)
    assert {kind.unit for kind in NEEDS.values()} <= {field.name for field in fields(Attention)}


def test_attention_is_counted_with_its_denominator() -> None:
    study = a_wider_study()
    study.claim(1, "a.two")
    study.code(3, "b.one")
    study.code(3, "b.one", state=CodingState.PROPOSED)
    found = list_attention(build_matrix(study.build()))
    assert found.count(Need.UNSUPPORTED) == "1 of 3 claims"
    assert found.count(Need.SINGLE) == "1 of 3 claims"
    assert found.count(Need.UNCHARTED) == "1 of 6 cells"
    assert found.count(Need.PROPOSED) == "1 of 6 cells"
    assert found.count(Need.UNEXAMINED) == "6 of 6 cells"
    assert "no live evidence" in found.of(Need.UNSUPPORTED)[0].sentence


def test_a_contested_claim_names_the_sources_of_each_side() -> None:
    study = a_study()
    claim = study.claim(1, "a.one", study.code(1, "a.one"))
    study.link(claim, study.code(2, "a.one"), Stance.CONTRADICTS)
    [item] = list_attention(build_matrix(study.build())).of(Need.CONTESTED)
    assert "supports: Q01; contradicts: D01" in item.sentence


def test_a_decision_on_other_evidence_is_listed_as_stale() -> None:
    study = a_study()
    claim = study.claim(1, "a.one", study.code(1, "a.one"))
    study.link(claim, study.code(2, "a.one"), Stance.CONTRADICTS)
    study.decide(claim, Decision.ACCEPT_SUPPORT, {1}, {2})
    assert cell(study.build()).state is Status.RESOLVED
    study.link(claim, study.code(3, "a.one"))
    found = list_attention(build_matrix(study.build()))
    assert len(found.of(Need.STALE_ADJUDICATION)) == len(found.of(Need.CONTESTED)) == 1


# --- counts -------------------------------------------------------------------------------------------------


def aim(*texts: str) -> tuple[CodedValue, ...]:
    return tuple(CodedValue("aim", text) for text in texts)


def test_a_count_carries_its_denominators_and_its_sites() -> None:
    study = a_study()
    study.site("Birch")
    study.source("D02", 2)
    study.claim(1, "a.one", study.code(1, "a.one"), values=aim("access", "wellbeing"))
    study.claim(2, "a.one", study.code(4, "a.one"), values=aim("access"))
    study.claim(1, "a.two", values=aim("research"))
    study.examine(4, "a.one")
    counts = {count.value: count for count in count_values(study.build())}
    assert set(counts) == {"access", "wellbeing"}, "a claim without live support is not counted"
    assert str(counts["access"]) == "2 of 2 sites (2 of 2 with evidence; 1 of 1 examined)"
    assert [site.code for site in counts["wellbeing"].sites] == ["S01"]


def test_a_decision_against_a_claim_takes_it_out_of_the_count() -> None:
    study = a_study()
    claim = study.claim(1, "a.one", study.code(1, "a.one"), values=aim("access"))
    study.link(claim, study.code(2, "a.one"), Stance.CONTRADICTS)
    [count] = count_values(study.build())
    assert [site.code for site in count.contested] == ["S01"]
    study.decide(claim, Decision.ACCEPT_CONTRADICTION, {1}, {2})
    assert count_values(study.build()) == []


def test_a_rank_is_counted_apart() -> None:
    study = a_study()
    study.claim(
        1, "a.one", study.code(1, "a.one"), values=(CodedValue("barrier", "funding", "most important"),)
    )
    assert [c.value for c in count_values(study.build())] == ["funding", "funding!most important"]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["a.one", "a.two", "b.one"])), max_size=12))
def test_every_live_coding_is_in_a_cell_and_every_cell_has_a_state(codings: list[tuple[int, str]]) -> None:
    study = a_study()
    for source, theme in codings:
        study.code(source, theme)
    matrix = build_matrix(study.build())
    assert {c.id for c in matrix.shown_codings()} == set(range(1, len(codings) + 1))
    assert all(found.state in LEGEND for found in matrix.cells.values())


# --- coverage renewed ---------------------------------------------------------------------------------------


def test_examining_a_source_again_makes_it_current() -> None:
    study = a_study()
    study.claim(1, "a.one", study.code(1, "a.one"))
    study.examine(1, "a", "a.one", "a.two")
    study.study = replace(study.study, version=2, settled_since={"a": 2, "a.one": 2, "a.two": 1})
    before = build_matrix(study.build(), columns=["a", "a.one"])
    assert before.cells[1, "a.one"].examined == 0
    assert Flag.STALE_FRAMEWORK in before.assessments[1].flags
    study.examine(1, "a", "a.one", version=2)
    after = build_matrix(study.build(), columns=["a", "a.one"])
    assert (after.cells[1, "a"].examined, after.cells[1, "a.one"].examined) == (1, 1)
    assert Flag.STALE_FRAMEWORK not in after.assessments[1].flags
