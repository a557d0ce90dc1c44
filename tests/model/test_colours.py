"""Colours of themes can be told apart."""

import math
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.colours import GREY, propose_colour, propose_colours, to_lab

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def nearest(colour: str, others: list[str]) -> float:
    return min(math.dist(to_lab(colour), other) for other in (GREY, *map(to_lab, others)))


@given(st.lists(COLOURS, max_size=12))
def test_a_proposed_colour_is_none_of_those_taken(taken: list[str]) -> None:
    proposed = propose_colour(taken)
    assert re.fullmatch(r"#[0-9a-f]{6}", proposed)
    assert proposed not in taken


def test_each_further_colour_is_as_far_from_the_others_as_the_ones_before_it_or_nearer() -> None:
    found = propose_colours(20)
    distances = [nearest(colour, found[:place]) for place, colour in enumerate(found) if place]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(distances))
    assert len(set(found)) == 20


def test_the_first_dozen_differ_plainly() -> None:
    found = propose_colours(12)
    assert all(nearest(colour, [each for each in found if each != colour]) > 0.08 for colour in found)


def test_black_white_and_a_grey_are_where_oklab_has_them() -> None:
    assert to_lab("#000000") == (0, 0, 0)
    light, a, b = to_lab("#ffffff")
    assert math.isclose(light, 1, abs_tol=1e-4)
    assert abs(a) < 1e-4
    assert abs(b) < 1e-4
