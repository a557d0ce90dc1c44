"""Charting by writing: paragraphs become claims with evidence and come back; claims split and merge."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workflows.charting_builders import a_project

from framework_coder.errors import FrameworkCoderError
from framework_coder.exchange.rows import ClaimRow, EvidenceRow
from framework_coder.model.charting import ChartedClaim
from framework_coder.model.claims import CodedValue, Decision, Stance
from framework_coder.model.codings import CodingState
from framework_coder.project import Project
from framework_coder.workflows.citing import UnresolvedCitationsError
from framework_coder.workflows.coding import set_state

BOROUGH, ROOMS, POOR, ANN, BEN, ELSEWHERE = range(1, 7)
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=["sqlite", "postgresql"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    with a_project(tmp_path, request.param) as made:
        yield made
        assert made.check() == []


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Project]:
    with a_project(tmp_path) as made:
        yield made
        assert made.check() == []


def chart(project: Project, text: str, **fields: object) -> ChartedClaim:
    (made,) = project.claims.chart("S01", "funding", text, **fields)
    return made


def said(charted: ChartedClaim) -> set[tuple[object, ...]]:
    """Return what the links of a claim say, whichever claim it is."""
    return {
        (e.coding, e.stance, e.is_inferred, e.prominence, e.origins, e.note, e.place)
        for e in charted.evidence
    }


def test_a_paragraph_becomes_one_claim_with_the_evidence_that_it_cites(project: Project) -> None:
    text = "The borough pays [D01 ¶1; M01 ¶1 inferred], but not the rooms [D01 p2 para 2 qualifies]."
    with pytest.raises(UnresolvedCitationsError):
        chart(project, text)
    made = chart(project, text.replace("p2 ", ""), kind="view", is_key=True, why="first reading")
    assert made.claim.summary == "The borough pays, but not the rooms."
    assert (made.claim.kind, made.claim.is_key) == ("view", True)
    assert [(e.coding, e.stance, e.is_inferred, e.place) for e in made.evidence] == [
        (BOROUGH, Stance.SUPPORTS, False, 16),
        (ANN, Stance.SUPPORTS, True, 16),
        (ROOMS, Stance.QUALIFIES, False, 35),
    ]
    assert made.paragraph == (
        "The borough pays [D01 ¶1; M01 ¶1 inferred], but not the rooms [D01 ¶2 qualifies]."
    )
    assert project.claims.paragraph_of(made.claim.id) == made.paragraph
    assert (project.log(limit=1)[0].action, project.log(limit=1)[0].why) == ("chart claims", "first reading")


def test_several_paragraphs_become_several_claims_in_one_step(project: Project) -> None:
    last = project.claims.add("S01", "funding", "Z")
    before = len(project.log())
    made = project.claims.chart("S01", "funding", "A [D01 ¶1].\nStill A.\n\n  \nB [D01 ¶1].\n", after=None)
    assert [c.paragraph for c in made] == ["A [D01 ¶1].\nStill A.", "B [D01 ¶1]."]
    more = project.claims.chart("S01", "funding", "C\n\nD", after=last.claim.id)
    assert [c.claim.summary for c in more] == ["C", "D"]
    order = [c.claim.summary for c in project.claims.in_cell("S01", "funding")]
    assert order == ["Z", "C", "D", "A.\nStill A.", "B."]
    assert len(project.log()) == before + 2


def test_one_bad_citation_leaves_all_unwritten_and_every_one_is_named(project: Project) -> None:
    set_state(project._session.engine, [BEN], CodingState.PROPOSED, who="HW")
    before = project.log(limit=1)
    text = "A [D01 ¶1].\n\nB [D9 ¶1], [D01 ¶9], [D02 ¶1], [M01 ¶2], [D01 says], [D01 ¶3] twice [D01 ¶3]."
    with pytest.raises(UnresolvedCitationsError) as refused:
        project.claims.chart("S01", "funding", text)
    faults = refused.value.faults
    assert [fault.text for fault in faults] == ["D9 ¶1", "D01 ¶9", "D02 ¶1", "M01 ¶2", "D01 says", "D01 ¶3"]
    assert all(text[fault.start : fault.end] == fault.text for fault in faults)
    assert text.index("twice") < faults[-1].start
    assert str(refused.value).startswith("6 citations cannot be followed, so nothing was written: [D9 ¶1] at")
    assert "--code" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert project.claims.list() == ()
    assert project.log(limit=1) == before


def test_a_place_that_nobody_coded_is_coded_whole_where_that_is_asked_for(project: Project) -> None:
    made = project.claims.chart("S01", "space", "Small [D01 ¶4].\n\nVery [D01 ¶4].", code_uncited=True)
    (coding,) = {link.coding for charted in made for link in charted.evidence}
    (stored,) = project.codings.list(themes=["space"])
    assert (stored.id, stored.quote, stored.coder, stored.state) == (
        coding, "The rooms are small.", "HW", CodingState.ACCEPTED,
    )  # fmt: skip
    assert project.log(limit=1)[0].action == "chart claims"
    with pytest.raises(UnresolvedCitationsError, match="D01 has no such place"):
        chart(project, "x [D01 ¶77]", code_uncited=True)


def test_a_proposal_is_not_coded_over(small: Project) -> None:
    set_state(small._session.engine, [POOR], CodingState.PROPOSED, who="HW")
    with pytest.raises(UnresolvedCitationsError, match="coding 3 is only proposed; accept it first"):
        chart(small, "Poor [D01 ¶3].", code_uncited=True)


@pytest.mark.parametrize("text", ["", "  \n\n ", "[D01 ¶1]"])
def test_a_claim_needs_words(small: Project, text: str) -> None:
    with pytest.raises(FrameworkCoderError, match="A claim needs words"):
        small.claims.chart("S01", "funding", text)


def test_a_rewrite_changes_only_what_the_paragraph_says_otherwise(project: Project) -> None:
    made = chart(project, "The borough pays [D01 ¶1 contradicts; M01 ¶1].")
    number = made.claim.id
    project.claims.relink(number, BOROUGH, prominence=2, note="n", is_inferred=True)
    project.claims.edit(number, values=["payer=borough"], comment="?")
    edition = project.claims.get(number).edition
    new = project.claims.rewrite(number, "They pay [D01 ¶1], poorly [D01 ¶3].", edition=edition)
    assert new.claim.summary == "They pay, poorly."
    assert (new.claim.comment, new.claim.values) == ("?", (CodedValue("payer", "borough"),))
    assert said(new) == {
        (BOROUGH, Stance.CONTRADICTS, True, 2, None, "n", 8),
        (POOR, Stance.SUPPORTS, False, None, None, "", 16),
    }
    changed = project.claims.rewrite(number, "They pay [D01 ¶1 supports direct].")
    assert said(changed) == {(BOROUGH, Stance.SUPPORTS, False, 2, None, "n", 8)}
    assert len(project.claims.list()) == 1


def test_a_rewrite_with_the_same_paragraph_changes_nothing(small: Project) -> None:
    number = chart(small, "The borough pays [D01 ¶1].").claim.id
    small.claims.link(number, ANN, note="n")
    before, entries = small.claims.get(number), len(small.log())
    assert small.claims.rewrite(number, before.paragraph) == before
    assert len(small.log()) == entries


def test_evidence_that_was_rejected_since_stays_until_its_token_goes(small: Project) -> None:
    number = chart(small, "The borough pays [D01 ¶1].").claim.id
    small.codings.reject([BOROUGH])
    paragraph = small.claims.paragraph_of(number)
    assert paragraph == "The borough pays [D01 ¶1 #1]."
    assert len(small.claims.rewrite(number, f"{paragraph} So.").evidence) == 1


def test_evidence_goes_with_its_token_when_a_claim_splits(project: Project) -> None:
    made = chart(project, "The borough pays [D01 ¶1]. It is poor [D01 ¶3; M01 ¶1 qualifies].", is_key=True)
    number = made.claim.id
    project.claims.link(number, BEN, note="no place")
    project.claims.edit(number, values=["payer=borough"], quotation="pays", comment="?")
    third = project.claims.add("S01", "funding", "Next.")
    paragraph = project.claims.paragraph_of(number)
    first, second = project.claims.split(number, paragraph.index(" It is"))
    assert first.paragraph == "The borough pays [D01 ¶1]. [M01 ¶2]"
    assert second.paragraph == "It is poor [D01 ¶3; M01 ¶1 qualifies]."
    assert (first.claim.quotation, first.claim.comment, len(first.claim.values)) == ("pays", "?", 1)
    assert (second.claim.quotation, second.claim.comment, second.claim.values) == ("", "", ())
    assert second.claim.is_key
    assert [c.claim.id for c in project.claims.in_cell("S01", "funding")] == [
        number, second.claim.id, third.claim.id,
    ]  # fmt: skip


@pytest.mark.parametrize("at", [0, 1_000, -3])
def test_a_claim_does_not_split_into_nothing(small: Project, at: int) -> None:
    number = chart(small, "The borough pays [D01 ¶1].").claim.id
    with pytest.raises(FrameworkCoderError, match="no words on one side"):
        small.claims.split(number, at)


def test_a_cut_inside_a_citation_falls_behind_it(small: Project) -> None:
    made = chart(small, "The borough pays [D01 ¶1], poorly.")
    first, second = small.claims.split(made.claim.id, made.paragraph.index("D01") + 1)
    assert (first.paragraph, second.paragraph) == ("The borough pays [D01 ¶1]", ", poorly.")


def test_two_claims_merge_in_the_order_of_the_cell(project: Project) -> None:
    first = project.claims.add(
        "S01", "funding", "A.", values=["payer=us", "x=1"], comment="c1", quotation="q"
    )
    second = chart(project, "B [D01 ¶3; D01 ¶1 inferred].", is_key=True)
    project.claims.edit(second.claim.id, values=["payer=us!main", "y=2"], comment="c2")
    project.claims.link(first.claim.id, BOROUGH, prominence=1, note="n")
    merged = project.claims.merge(second.claim.id, first.claim.id)
    assert merged.claim.id == second.claim.id
    assert merged.paragraph == "A. [D01 ¶1] B [D01 ¶3]."
    assert (merged.claim.is_key, merged.claim.comment, merged.claim.quotation) == (True, "c1\nc2", "q")
    assert merged.claim.values == (
        CodedValue("payer", "us", "main"),
        CodedValue("x", "1"),
        CodedValue("y", "2"),
    )
    assert said(merged) == {
        (BOROUGH, Stance.SUPPORTS, False, 1, None, "n", 2),
        (POOR, Stance.SUPPORTS, False, None, None, "", 4),
    }
    assert len(project.claims.list()) == 1


def test_of_two_links_to_one_coding_the_wider_origins_and_the_higher_rating_hold(small: Project) -> None:
    one, two = (small.claims.add("S01", "funding", text).claim.id for text in ("A.", "B."))
    small.claims.link(one, ANN, origins=["Ann"], prominence=1)
    small.claims.link(two, ANN, origins=["Ben"], prominence=3, note="n")
    (link,) = small.claims.merge(one, two).evidence
    assert (link.origins, link.prominence, link.note) == ({"Ann", "Ben"}, 3, "n")
    three = small.claims.add("S01", "funding", "C.").claim.id
    small.claims.link(three, ANN)
    (link,) = small.claims.merge(three, one).evidence
    assert link.origins is None


def test_claims_that_cannot_stand_in_one_are_not_merged(small: Project) -> None:
    one = chart(small, "A [D01 ¶1].").claim.id
    against = chart(small, "B [D01 ¶1 contradicts].").claim.id
    view = chart(small, "C", kind="view").claim.id
    elsewhere = small.claims.add("S01", "space", "D").claim.id
    ranks = [small.claims.add("S01", "funding", "E", values=[v]).claim.id for v in ("a=b!first", "a=b!last")]
    before = small.log(limit=1)
    for pair, sentence in (
        ((one, against), "coding 1 supports one and contradicts the other; change one first"),
        ((one, view), "one is a fact, the other a view; give both the same kind first"),
        ((one, elsewhere), "they stand in different cells"),
        (ranks, "a=b is “first” in one and “last” in the other"),
        ((one, one), "cannot be merged with itself"),
    ):
        with pytest.raises(FrameworkCoderError, match=sentence):
            small.claims.merge(*pair)
    assert small.log(limit=1) == before


def test_a_decision_goes_stale_when_its_claim_is_merged_or_split(small: Project) -> None:
    rows = [
        ClaimRow(1, "k", "S01", "funding", "A. B.", decision=Decision.LEFT_OPEN, decision_reason="r"),
        ClaimRow(2, "m", "S01", "funding", "C."),
    ]
    links = [EvidenceRow(1, "k", "1"), EvidenceRow(2, "k", "4", Stance.CONTRADICTS), EvidenceRow(3, "m", "3")]
    small.claims.import_(rows, links, codings={str(n): n for n in range(1, 6)})
    kept, gone = (claim.id for claim in small.claims.list())
    assert small.matrix().grid.assessments[kept].status == "resolved"
    small.claims.merge(kept, gone)
    found = small.matrix().grid.assessments[kept]
    assert found.status == "contested"
    assert "stale_adjudication" in found.flags
    small.claims.delete(kept)
    assert small.study().adjudications == ()


words = st.text(st.sampled_from("ab. ,[]\\é\n(😀"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split("\n")).strip() or "x"
)
tokens = st.lists(
    st.tuples(st.sampled_from(["D01 ¶1", "D01 ¶2", "D01 ¶3", "M01 ¶1", "M01 ¶2"]),
              st.sampled_from(["", " contradicts", " qualifies inferred", " context"])),
    unique_by=lambda pair: pair[0], max_size=3,
)  # fmt: skip
parts = st.lists(st.tuples(words, tokens), min_size=1, max_size=3)


def paragraph(pieces: list[tuple[str, list[tuple[str, str]]]]) -> str:
    """Return words with citations between them, no passage twice."""
    text, used = "", set[str]()
    for plain, cited in pieces:
        text += plain.replace("[", "(")
        for ref, stance in cited:
            if ref not in used:
                used.add(ref)
                text += f" [{ref}{stance}]"
    return text


@slow
@given(parts)
def test_a_charted_paragraph_comes_back_and_charts_to_the_same_claim(
    small: Project, pieces: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    first = chart(small, paragraph(pieces))
    again = chart(small, first.paragraph)
    assert (again.claim.summary, said(again)) == (first.claim.summary, said(first))
    assert again.paragraph == first.paragraph


@slow
@given(parts, st.integers(0, 80))
def test_splitting_and_merging_again_restores_text_and_evidence(
    small: Project, pieces: list[tuple[str, list[tuple[str, str]]]], at: int
) -> None:
    whole = chart(small, paragraph(pieces))
    others = [c for c in small.claims.in_cell("S01", "funding") if c.claim.id != whole.claim.id]
    try:
        one, two = small.claims.split(whole.claim.id, at)
    except FrameworkCoderError:
        return
    merged = small.claims.merge(one.claim.id, two.claim.id)
    assert "".join(merged.claim.summary.split()) == "".join(whole.claim.summary.split())
    before = {link.coding: link for link in whole.evidence}
    for link in merged.evidence:
        old = before.pop(link.coding)
        assert (link.stance, link.is_inferred) == (old.stance, old.is_inferred)
        bare = merged.claim.summary[: link.place], whole.claim.summary[: old.place]
        assert "".join(bare[0].split()) == "".join(bare[1].split())
    assert before == {}
    small.claims.delete(merged.claim.id)
    assert [c for c in small.claims.in_cell("S01", "funding")] == others  # noqa: C416 - a list of both


steps = st.lists(
    st.tuples(st.sampled_from("cerlumdsj"), st.integers(0, 9), st.integers(1, 5), words), max_size=12
)


@slow
@given(steps)
def test_no_sequence_of_changes_breaks_a_project_or_touches_another_claim(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, int, int, str]]
) -> None:
    with a_project(tmp_path_factory.mktemp("steps")) as project:
        for what, which, coding, text in made:
            before = {c.claim.id: c for c in project.claims.in_cell("S01", "funding")}
            numbers = list(before) or [project.claims.add("S01", "funding", "First.").claim.id]
            number, other = numbers[which % len(numbers)], numbers[(which + 1) % len(numbers)]
            with suppress(FrameworkCoderError):
                _change(project, what, number, other, coding, text)
            after = {c.claim.id: c for c in project.claims.in_cell("S01", "funding")}
            for each in before.keys() & after.keys() - {number, other}:
                assert after[each].edition == before[each].edition
        assert project.check() == []
        for number in after if made else ():
            assert project.claims.history(number)[-1].after == _plain(project.claims.get(number))


def _plain(charted: ChartedClaim) -> ChartedClaim:
    return ChartedClaim(charted.claim, charted.evidence)


def _change(project: Project, what: str, number: int, other: int, coding: int, text: str) -> None:
    claims = project.claims
    changes = {
        "c": lambda: claims.chart("S01", "funding", f"{text} [#{coding}].", after=number),
        "e": lambda: claims.edit(number, summary=text, values=["a=b", "n=1"][: coding % 3]),
        "r": lambda: claims.rewrite(number, f"{text} [#{coding} qualifies]"),
        "l": lambda: claims.link(number, coding, stance="contradicts"),
        "u": lambda: claims.unlink(number, coding),
        "m": lambda: claims.move(number, before=other),
        "d": lambda: claims.delete(number),
        "s": lambda: claims.split(number, coding),
        "j": lambda: claims.merge(number, other),
    }
    changes[what]()


def test_each_step_of_charting_can_be_taken_back(project: Project) -> None:
    (made,) = project.claims.chart(
        "S01", "funding", "It pays [D01 ¶1]. Poorly [D01 ¶3]. Small [D01 ¶4].", code_uncited=True
    )
    number, stood = made.claim.id, [project.claims.in_cell("S01", "funding")]
    _, second = project.claims.split(number, made.paragraph.index("Poorly"))
    for change in (
        lambda: project.claims.merge(second.claim.id, number),
        lambda: project.claims.rewrite(second.claim.id, "New [D01 ¶1 contradicts]."),
        lambda: project.claims.edit(second.claim.id, values=["a=b"], summary="Newer."),
        lambda: project.claims.delete(second.claim.id),
        lambda: project.cells.mark_not_applicable("S01", "funding", "x"),
    ):
        stood.append(project.claims.in_cell("S01", "funding"))
        change()
    for before in reversed(stood):
        project.history.undo()
        assert project.claims.in_cell("S01", "funding") == before
    project.history.undo()
    assert project.claims.list() == ()
    assert project.codings.list(themes=["space"]) == ()
