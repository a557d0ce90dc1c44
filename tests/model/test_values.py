"""Spans, dates and the place of a character."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.dates import PartialDate, Precision
from framework_coder.model.sources import Block, BlockKind, Locator, Page, locate
from framework_coder.model.spans import Span, lanes, merge

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 4)])
def test_a_span_is_never_empty_or_negative(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="a span needs"):
        Span(start, end)


@given(st.lists(spans))
def test_merging_keeps_every_character_and_leaves_gaps_between(found: list[Span]) -> None:
    merged = merge(found)
    assert {i for s in merged for i in range(s.start, s.end)} == {
        i for s in found for i in range(s.start, s.end)
    }
    assert all(left.end < right.start for left, right in itertools.pairwise(merged))


@given(st.lists(spans))
def test_no_two_spans_of_a_lane_meet_and_equal_ones_stand_side_by_side(found: list[Span]) -> None:
    placed = list(zip(found, lanes(found), strict=True))
    pairs = itertools.combinations(placed, 2)
    assert not any(a.overlaps(b) for (a, lane), (b, other) in pairs if lane == other)
    most = max((sum(s.start <= at < s.end for s in found) for at in range(200)), default=0)
    assert len(set(lanes(found))) == most


@given(spans, spans)
def test_overlap_is_mutual_and_agrees_with_the_characters(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(shared)
    assert a.contains(b) == (set(range(b.start, b.end)) <= set(range(a.start, a.end)))
    assert (a.clip(b.start, b.end) is None) == (not shared)


@pytest.mark.parametrize(
    ("text", "precision", "kept", "earliest"),
    [
        ("2014-03-09", "", "2014-03-09", date(2014, 3, 9)),
        ("2014-03", "", "2014-03", date(2014, 3, 1)),
        ("2014", "year", "2014", date(2014, 1, 1)),
        ("2014-03-09", "month", "2014-03", date(2014, 3, 1)),
        ("2014", "unknown", "", None),
        ("", "", "", None),
    ],
)
def test_a_date_is_cut_to_its_precision(text: str, precision: str, kept: str, earliest: date | None) -> None:
    parsed = PartialDate.parse(text, precision)
    assert (parsed.text, parsed.earliest()) == (kept, earliest)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("March 2014", ""), ("2014-02-30", ""), ("2014", "day"), ("2014-13", ""), ("2014", "week")],
)
def test_what_is_no_date_is_refused(text: str, precision: str) -> None:
    with pytest.raises(ValueError, match=r"date|not given|week"):
        PartialDate.parse(text, precision)


def test_precision_is_read_off_the_date() -> None:
    assert [PartialDate(t).precision for t in ("2014-03-09", "2014-03", "2014", "")] == list(Precision)


def test_a_character_after_a_page_break_is_on_the_later_page() -> None:
    blocks = (
        Block(0, 40, BlockKind.PARAGRAPH, Locator(page=1, paragraph=1)),
        Block(42, 50, BlockKind.FOOTER, Locator(page=1)),
    )
    pages = (Page(1, 595, 842, 0, 0), Page(2, 595, 842, 0, 20))
    assert locate(blocks, pages, 5) == Locator(page=1, paragraph=1)
    assert locate(blocks, pages, 30).page == 2
    assert locate(blocks, pages, 45).page == 1


@pytest.mark.parametrize(
    ("locator", "short"),
    [
        (Locator(page=4, paragraph=2), "p4 ¶2"),
        (Locator(paragraph=12), "¶12"),
        (Locator(row=11), "r11"),
        (Locator(sheet="Answers", cell="B11", row=11), "Answers!B11"),
        (Locator(), ""),
    ],
)
def test_a_locator_is_written_as_in_citation_tokens(locator: Locator, short: str) -> None:
    assert str(locator) == short
