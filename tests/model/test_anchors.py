"""Finding a quote again."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from framework_coder.model.anchors import CONTEXT, Anchor, find_anchor, make_anchor

TEXT = (
    "The steering group met in March. Referrals rose from 4 in 2013 to 61 in 2015. "
    "Nobody could say why. Space remains the daily worry. Referrals fell again later. "
    "Space remains the daily worry."
)
prose = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=200)


@given(prose, st.data())
def test_an_unchanged_text_gives_the_same_span_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    [found] = find_anchor(text, make_anchor(text, start, end))
    assert (found.start, found.end, found.how) == (start, end, "position")


@given(prose, prose, st.data())
def test_what_is_found_exactly_is_the_quote_itself(before: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    anchor = make_anchor(text, start, data.draw(st.integers(start + 1, len(text))))
    assume(anchor.quote.strip())
    changed = before + text
    assert anchor.quote in {changed[f.start : f.end] for f in find_anchor(changed, anchor)}


def test_an_anchor_keeps_32_characters_on_each_side() -> None:
    anchor = make_anchor("a" * 50 + "Q" + "b" * 50, 50, 51)
    assert (anchor.prefix, anchor.suffix) == ("a" * CONTEXT, "b" * CONTEXT)


def test_a_quote_that_stands_twice_is_ambiguous_without_surroundings() -> None:
    assert len(find_anchor(TEXT, Anchor("Space remains the daily worry."))) == 2


def test_surroundings_tell_two_equal_quotes_apart() -> None:
    [found] = find_anchor(TEXT, Anchor("Space remains the daily worry.", prefix="fell again later. "))
    assert found.start == TEXT.rindex("Space")


@pytest.mark.parametrize(
    "quote",
    ["Nobody  could\nsay why.", "Nobody could say why."],
)
def test_white_space_does_not_hide_a_quote(quote: str) -> None:
    [found] = find_anchor(TEXT, Anchor(quote))
    assert TEXT[found.start : found.end] == "Nobody could say why."


def test_a_space_within_a_word_does_not_hide_a_quote_or_move_its_ends() -> None:
    text = "The clinic opened; “in side” it was warm."
    for quote, there in [("he cl inic ope", "he clinic ope"), ('"inside" i t', "“in side” it")]:
        [found] = find_anchor(text, Anchor(quote))
        assert (text[found.start : found.end], found.how) == (there, "exact")


def test_curly_and_straight_marks_and_dashes_are_alike() -> None:
    text = "She said ‘it’s the rent – always the rent’ and left."
    [found] = find_anchor(text, Anchor("'it's the rent - always the rent'"))
    assert (text[found.start : found.end], found.how) == ("‘it’s the rent – always the rent’", "exact")


def test_a_small_change_of_wording_is_found_and_called_fuzzy() -> None:
    [found] = find_anchor(TEXT, Anchor("Referrals rose from four in 2013 to 61 in 2015."))
    assert TEXT[found.start : found.end] == "Referrals rose from 4 in 2013 to 61 in 2015."
    assert found.how == "fuzzy"


@pytest.mark.parametrize("quote", ["", "  ", "Acupuncture was offered on Tuesdays by two nurses."])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert find_anchor(TEXT, Anchor(quote)) == []


def test_two_passages_that_resemble_the_quote_equally_are_both_returned() -> None:
    text = "The room was much too small for groups. Then, later: The room was much too small for groups."
    assert len(find_anchor(text, Anchor("The room was far too small for groups."))) == 2


def test_a_fuzzy_place_does_not_cut_words() -> None:
    text = "Before. The homeopathic hospitals were closed in 2004 by the board. After."
    [found] = find_anchor(text, Anchor("homeopathic hospital was closed in 2004 by the boar"))
    assert text[found.start : found.end].startswith("homeopathic")
    assert text[found.start : found.end].endswith("board")


WORDS = st.lists(st.sampled_from(["here", "the", "space", "for", "no"]), min_size=1, max_size=14)


@given(old=WORDS, new=WORDS, first=st.integers(0, 13), length=st.integers(1, 4))
def test_a_search_in_repeated_words_ends_and_finds_passages_of_the_text_each_once(
    old: list[str], new: list[str], first: int, length: int
) -> None:
    quote = " ".join(old[first % len(old) :][:length])
    start = len(" ".join(old[: first % len(old)])) + bool(first % len(old))
    text = f"S{' '.join(new)}s"  # beside other letters, so that hardly anything stands there as it was
    found = find_anchor(text, make_anchor(" ".join(old), start, start + len(quote)))
    spans = [(place.start, place.end) for place in found]
    assert len(set(spans)) == len(spans)
    assert all(0 <= a < b <= len(text) for a, b in spans)
