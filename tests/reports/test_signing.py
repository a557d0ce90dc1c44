"""Sums over cells: what spreadsheet programs do of themselves leaves them alone, an edit does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.reports.signing import add, sign, sign_apart

cells = st.lists(
    st.one_of(st.none(), st.text(max_size=5), st.integers(-99, 99), st.floats(-9, 9)), max_size=9
)


@given(cells, st.randoms(use_true_random=False))
def test_sorting_and_empty_cells_leave_the_sum_alone(values: list[object], random: object) -> None:
    shuffled = [*values, None, "", " "]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sign(shuffled) == sign(values)


@given(cells, cells)
def test_the_sum_of_two_parts_is_that_of_the_whole(one: list[object], other: list[object]) -> None:
    assert add(sign(one), sign(other)) == sign([*one, *other])


@pytest.mark.parametrize(
    ("went_out", "came_back"), [(1, 1.0), ("1", 1.0), (0.1, 0.1000000000001), ("a\nb", "a\r\nb "), (None, "")]
)
def test_what_programs_change_of_themselves_is_the_same(went_out: object, came_back: object) -> None:
    assert sign([went_out]) == sign([came_back])
    assert sign_apart([went_out]) == sign_apart([came_back])


@pytest.mark.parametrize(
    ("went_out", "came_back"),
    [
        (["a", "b"], ["a", "c"]),
        (["a"], ["a", "a"]),
        (["a", "b"], ["ab"]),
        ([1], [2]),
        (["x"], []),
        (["a\ue000b"], ["a", "c"]),
    ],
)
def test_an_edit_changes_the_sum(went_out: list[object], came_back: list[object]) -> None:
    assert sign(went_out) != sign(came_back)


def test_each_value_has_four_digits_of_its_own() -> None:
    assert sign_apart(["a", None, 7]) == sign_apart(["a"]) + sign_apart([""]) + sign_apart(["7"])
    assert len(sign_apart(["a", "b"])) == 8
