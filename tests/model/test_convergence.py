"""Convergence of two methods on a claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.claims import Stance
from framework_coder.model.convergence import MethodReading, converge, read_method
from framework_coder.model.reviews import Convergence
from framework_coder.model.study import Source
from framework_coder.model.triangulation import Item


def reading(supports: int = 0, qualifies: int = 0, contradicts: int = 0, *rated: int) -> MethodReading:
    return MethodReading(True, True, supports, qualifies, contradicts, frozenset(rated))


NOT_COLLECTED = MethodReading(False, False)
UNREAD = MethodReading(True, False)
PARTLY_READ_WITH_SUPPORT = MethodReading(True, False, 1)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (NOT_COLLECTED, reading(1), Convergence.NOT_ASSESSABLE),
        (UNREAD, reading(1), Convergence.PENDING),
        (PARTLY_READ_WITH_SUPPORT, reading(1), Convergence.AGREEMENT),
        (reading(1), reading(0, 0, 1), Convergence.DISSONANCE),
        (reading(1), reading(1, 0, 1), Convergence.DISSONANCE),
        (reading(1), reading(2), Convergence.AGREEMENT),
        (reading(1, 0, 0, 3), reading(1), Convergence.AGREEMENT),
        (reading(1, 0, 0, 3), reading(1, 0, 0, 3), Convergence.AGREEMENT),
        (reading(1, 0, 0, 3), reading(1, 0, 0, 1), Convergence.PARTIAL),
        (reading(1), reading(1, 1), Convergence.PARTIAL),
        (reading(1), reading(0, 1), Convergence.PARTIAL),
        (reading(1), reading(), Convergence.SILENCE),
        (reading(), reading(), Convergence.NO_EVIDENCE),
    ],
)
def test_the_first_rule_that_matches_decides(
    a: MethodReading, b: MethodReading, expected: Convergence
) -> None:
    assert converge(a, b) is expected


readings = st.builds(
    MethodReading,
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 2),
    st.frozensets(st.integers(1, 3)),
)


@given(readings, readings)
def test_the_order_of_the_methods_does_not_matter(a: MethodReading, b: MethodReading) -> None:
    assert converge(a, b) is converge(b, a)


def test_context_is_not_read_as_evidence() -> None:
    source = Source(1, "D01", "", "document", (1,))
    context = Item(1, source, Stance.CONTEXT, frozenset("R"), prominence=3)
    found = read_method([context], is_collected=True, is_examined=True)
    assert found.is_empty
    assert found.prominences == frozenset()
