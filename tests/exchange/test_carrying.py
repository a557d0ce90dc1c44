"""Texts of other tools are carried over with their places."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.exchange.carrying import Carrier, carry
from framework_coder.exchange.rulers import Counting, Ruler, Rulers, Unit
from framework_coder.readers.cleaning import Cleaning

PIECES = st.sampled_from(
    ["a", "word ", "é", "e\u0301", "漢字", "👩‍⚕️", "🇬🇧", "\r\n", "\n", "\r", "\t", "\xa0", "\xad", "\u200b",
     "\ufeff", "ᄀ", "ᅡ", "ᆨ", "\u0301", "\u0323", "क\u093c", "\u0958", "\x00", "\x07", "Ω", "\u2028", "𝒳"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)


@given(TEXTS)
def test_a_text_is_carried_as_it_would_be_cleaned(raw: str) -> None:
    carried = carry(raw)
    assert carried.text == Cleaning().clean(raw)
    assert carried.raw == raw


@given(TEXTS, st.data())
def test_a_passage_is_carried_as_it_would_be_cleaned_or_widened_to_whole_letters(
    raw: str, data: st.DataObject
) -> None:
    carried = carry(raw)
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    ours = carried.text[carried.start(start) : carried.end(end)]
    wanted = unicodedata.normalize("NFD", Cleaning().clean(raw[start:end]))
    letters = unicodedata.normalize("NFD", ours)
    assert all(letters.count(char) >= wanted.count(char) for char in wanted if not char.isspace())
    assert len(ours) <= len(raw[start:end]) + 2 * 30


@given(TEXTS)
def test_places_never_go_backwards_and_stay_in_the_text(raw: str) -> None:
    carried = carry(raw)
    for ask in (carried.start, carried.end):
        places = [ask(offset) for offset in range(len(raw) + 1)]
        assert places == sorted(places)
        assert all(0 <= place <= len(carried.text) for place in places)


def test_what_is_shown_and_not_counted_stands_between_passages_and_in_none() -> None:
    carrier = Carrier()
    carrier.take("First")
    carrier.insert("\n")
    carrier.take("Second")
    carried = carrier.finish()
    assert carried.text == "First\nSecond"
    assert carried.text[carried.start(0) : carried.end(5)] == "First"
    assert carried.text[carried.start(5) : carried.end(11)] == "Second"


def test_what_is_counted_and_not_shown_is_in_no_passage() -> None:
    carrier = Carrier()
    carrier.take("A")
    carrier.drop("alert(1)")
    carrier.take("B")
    carried = carrier.finish()
    assert carried.text == "AB"
    assert carried.text[carried.start(9) : carried.end(10)] == "B"
    assert carried.text[carried.start(0) : carried.end(1)] == "A"


def _encoded(text: str, unit: Unit) -> int:
    if unit is Unit.CODE_POINTS:
        return len(text)
    return len(text.encode()) if unit is Unit.BYTES else len(text.encode("utf-16-le")) // 2


@given(TEXTS, st.sampled_from(Unit), st.data())
def test_offsets_in_any_unit_give_the_code_points_of_the_passage(
    text: str, unit: Unit, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ruler = Ruler(text, Counting(unit))
    span = ruler.span(_encoded(text[:start], unit), _encoded(text[:end], unit))
    assert span == (None if start == end else (start, end))


@given(TEXTS, st.data())
def test_offsets_that_count_a_line_end_once_give_the_same_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ruler = Ruler(text, Counting(Unit.UTF16, is_crlf_one=True))
    units = [len(part.replace("\r\n", "\n").encode("utf-16-le")) // 2 for part in (text[:start], text[:end])]
    is_cut = any(text[place - 1 : place + 1] == "\r\n" for place in (start, end) if place)
    found = ruler.span(*units)
    if found is not None and not is_cut:
        assert text[slice(*found)].replace("\r\n", "\n") == text[start:end].replace("\r\n", "\n")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 99), (3, 3), (4, 2)])
def test_a_passage_outside_the_text_or_empty_is_none(start: int, end: int) -> None:
    assert Ruler("añb", Counting(Unit.BYTES)).span(start, end) is None


def test_the_way_of_counting_that_fits_most_quotes_goes_first_and_each_quote_finds_its_own() -> None:
    text = "👩 one 👩 two 👩 three"
    ways = [Counting(Unit.CODE_POINTS), Counting(Unit.UTF16)]
    rows = [(3, 6, "one"), (10, 13, "two"), (14, 19, "three")]
    rulers = Rulers(text, ways, rows)
    assert rulers.rulers[0].counting.unit is Unit.UTF16
    assert [text[slice(*(rulers.place(row) or (0, 0)))] for row in rows] == ["one", "two", "three"]
    assert rulers.place((0, 3, "elsewhere")) is None
