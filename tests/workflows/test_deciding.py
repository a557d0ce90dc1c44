"""After a split: passages and claims wait in a queue, go to a part, and evidence follows."""

from collections.abc import Sequence

import pytest
from builders import theme
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.attention import Need
from framework_coder.model.claims import Evidence
from framework_coder.model.codebook import Codebook
from framework_coder.model.deciding import Moves, find_parts, plan_moves
from framework_coder.project import Project
from framework_coder.workflows.deciding import NothingChosenError, RetiredPartError

PARTS = ("funding.cost=Cost", "funding.will=Will")


def queue(project: Project) -> list[tuple[str, int]]:
    return [
        ("claim", each.claim.id) if each.claim else ("coding", each.coding.id if each.coding else 0)
        for each in project.codebook.undecided()
    ]


def split(project: Project) -> None:
    project.codebook.split_into("funding.barriers", PARTS, why="two things")


def themes(project: Project) -> tuple[dict[int, str], dict[int, str]]:
    return {c.id: c.theme for c in project.codings.list()}, {c.id: c.theme for c in project.claims.list()}


def test_what_stands_at_a_split_theme_waits_with_the_parts_to_choose_from(charted: Project) -> None:
    assert queue(charted) == []
    split(charted)
    assert queue(charted) == [("claim", 1), ("coding", 1), ("coding", 2), ("coding", 3)]
    assert [part.id for part in charted.codebook.undecided()[0].parts] == ["funding.cost", "funding.will"]
    assert charted.codebook.undecided()[1].coding.quote == "The borough pays."  # type: ignore[union-attr]


def test_rejected_and_proposed_passages_do_not_wait(charted: Project) -> None:
    charted.codings.reject([1])
    split(charted)
    assert ("coding", 1) not in queue(charted)


def test_a_claim_takes_its_passages_along_and_keeps_its_status(charted: Project) -> None:
    split(charted)
    before = charted.matrix().grid.assessments[1].status
    moved = charted.codebook.decide("funding.cost", claims=[1], why="all on cost")
    assert (moved.codings, moved.claims) == ({1, 2, 3}, {1})
    assert charted.matrix().grid.assessments[1].status is before
    assert queue(charted) == []
    assert charted.log()[0].changes == "3 codings changed; 1 claim changed"
    charted.history.undo()
    assert len(queue(charted)) == 4


def test_a_claim_goes_where_all_its_passages_went(charted: Project) -> None:
    split(charted)
    assert charted.codebook.decide("funding.cost", codings=[1, 2]).claims == set()
    assert charted.codebook.decide("funding.cost", codings=[3]).claims == {1}
    assert themes(charted)[1][1] == "funding.cost"


def test_what_is_left_at_its_old_theme_is_not_asked_about_again(charted: Project) -> None:
    split(charted)
    charted.codebook.leave(codings=[3], why="history")
    charted.codebook.leave(claims=[1], codings=[2])
    assert queue(charted) == [("coding", 1)]
    assert themes(charted)[0][3] == "funding.barriers"


def test_what_waits_needs_attention_with_its_denominator(charted: Project) -> None:
    split(charted)
    found = charted.audit()
    assert [item.claim for item in found.of(Need.UNDECIDED)] == [1, None, None, None]
    assert found.of(Need.RETIRED) == ()
    assert found.count(Need.UNDECIDED).startswith("4 of ")
    charted.codebook.decide("funding.cost", claims=[1])
    assert charted.audit().of(Need.UNDECIDED) == ()


def test_codings_and_claims_follow_a_merge_and_nothing_waits(charted: Project) -> None:
    charted.codebook.merge("funding.barriers", "space", why="the same")
    assert set(themes(charted)[0].values()) == {"space"}
    assert queue(charted) == []
    assert charted.matrix().grid.assessments[1].status == "contested"


@pytest.mark.parametrize(
    ("goal", "chosen", "error", "said"),
    [
        ("funding.barriers", {"codings": [1]}, RetiredPartError, "is retired; choose an active theme"),
        ("funding.costs", {"codings": [1]}, NotFoundError, "Did you mean “funding.cost”"),
        ("funding.cost", {}, NothingChosenError, "at least one coding or claim"),
        ("funding.cost", {"codings": [99]}, NotFoundError, "There is no coding 99"),
        ("funding.cost", {"claims": [99]}, NotFoundError, "There is no claim 99"),
    ],
)
def test_a_decision_that_cannot_be_made_moves_nothing(
    charted: Project, goal: str, chosen: dict[str, Sequence[int]], error: type[Exception], said: str
) -> None:
    split(charted)
    before = themes(charted)
    with pytest.raises(error, match=said):
        charted.codebook.decide(goal, **chosen)
    assert themes(charted) == before
    with pytest.raises(BadInputError):
        charted.codebook.leave()


# --- which parts, and what goes along -----------------------------------------------------------------------


def test_the_parts_of_a_part_are_offered_in_its_place() -> None:
    book = Codebook((theme("a"), theme("z"))).split("a", [theme("b"), theme("c")])
    book = book.split("b", [theme("d"), theme("e")]).merge("e", "z").retire("z")
    assert {whole: [part.id for part in parts] for whole, parts in find_parts(book).items()} == {
        "a": ["d", "c"],
        "b": ["d"],
    }


_NUMBERS = st.frozensets(st.integers(1, 5))


@given(st.sets(st.tuples(st.integers(1, 5), st.integers(1, 5))), _NUMBERS, _NUMBERS)
def test_no_claim_is_parted_from_a_passage_that_only_it_cites(
    links: set[tuple[int, int]], codings: frozenset[int], claims: frozenset[int]
) -> None:
    everything = dict.fromkeys(range(1, 6), "old")
    evidence = [Evidence(claim, coding) for claim, coding in sorted(links)]
    moved = plan_moves(everything, everything, evidence, Moves(codings, claims))
    assert codings <= moved.codings
    assert claims <= moved.claims
    for claim in moved.claims:
        for coding in (c for k, c in links if k == claim):
            assert coding in moved.codings or any(k not in moved.claims for k, c in links if c == coding)
    for claim in set(everything) - moved.claims:
        cited = {coding for k, coding in links if k == claim}
        assert not cited or not cited <= moved.codings
