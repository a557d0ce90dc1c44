"""Sources that share passages: found without comparing all, and nothing made alike by boilerplate."""

import random

import pytest
from builders import site, source, source_text, study
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_coder.model.copies import propose_copies, propose_direction
from framework_coder.model.dates import PartialDate
from framework_coder.model.resemblance import Resemblance, find_resemblances, read_texts
from framework_coder.model.reviews import Separation

WORDS = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in ("l", "m", "nt", "rk", "st")]


def paragraph(seed: int, words: int = 40) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words)).capitalize() + "."  # noqa: S311 - no secret


def find(*texts: str) -> list[Resemblance]:
    return find_resemblances(read_texts((n, source_text(text)) for n, text in enumerate(texts, 1)))


def quotes(found: Resemblance, *texts: str) -> list[tuple[str, str]]:
    first, second = texts[found.first - 1], texts[found.second - 1]
    return [(overlap.first.of(first), overlap.second.of(second)) for overlap in found.overlaps]


def test_a_copied_paragraph_is_found_with_its_place_in_both() -> None:
    texts = ["\n\n".join(map(paragraph, (1, 2, 3))), "\n\n".join(map(paragraph, (4, 2)))]
    (found,) = find(*texts)
    assert quotes(found, *texts) == [(paragraph(2), paragraph(2))]
    assert (round(found.share_of_first, 1), round(found.share_of_second, 1)) == (0.3, 0.5)


def test_case_punctuation_and_a_few_changed_words_do_not_hide_a_copy() -> None:
    words = paragraph(2).split()
    words[11], words[25] = "otherwise", "hence"
    changed = ", ".join([" ".join(words[:20]).upper(), " ".join(words[20:])])
    texts = [paragraph(2), f"{paragraph(7)}\n\n{changed}"]
    (found,) = find(*texts)
    assert all(second in changed for _, second in quotes(found, *texts))
    small = [paragraph(2), paragraph(2).replace(words[5], "hence", 1)]
    (alike,) = find(*small)
    assert quotes(alike, *small) == [(small[0], small[1])]
    assert 80 <= alike.overlaps[0].ratio < 100


def test_a_footer_of_many_sources_makes_nothing_alike() -> None:
    footer = paragraph(0, words=90)
    assert find(*(f"{paragraph(n)}\n\n{footer}" for n in range(1, 13))) == []


def test_a_long_text_in_a_few_sources_does_make_them_alike() -> None:
    release = paragraph(0, words=90)
    texts = [f"{paragraph(n)}\n\n{release}" for n in range(1, 5)]
    assert len(find(*texts, *(paragraph(n) for n in range(20, 40)))) == 6


def test_questions_that_the_study_asked_everywhere_are_not_compared() -> None:
    asked = "\n\n".join(f"Q: {paragraph(n)}\n\nA: {{}} {n}." for n in range(1, 5))
    assert find(asked.replace("{}", "Yes, we do"), asked.replace("{}", "No, we do not")) == []


@pytest.mark.parametrize("text", ["", "Too short.", paragraph(1, words=20)])
def test_little_that_is_shared_is_not_a_resemblance(text: str) -> None:
    assert find(text, text) == []


def test_no_source_is_no_resemblance() -> None:
    assert find() == []


@given(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=5), min_size=2, max_size=5))
@settings(max_examples=60)
def test_pairs_are_those_that_share_a_paragraph_and_quotes_stand_at_their_spans(
    plans: list[list[int]],
) -> None:
    texts = ["\n\n".join(map(paragraph, plan)) for plan in plans]
    found = find(*texts)
    expected = {
        (a + 1, b + 1)
        for a, one in enumerate(plans)
        for b, two in enumerate(plans)
        if a < b and set(one) & set(two)
    }
    assert {(pair.first, pair.second) for pair in found} == expected
    for pair in found:
        for one, two in quotes(pair, *texts):
            assert one.casefold() == two.casefold()
            assert len(one.split()) >= 8
        assert 0 < pair.share <= 1


# --- which copies which -------------------------------------------------------------------------------------


def resemblance(one: float = 0.5, two: float = 0.5) -> Resemblance:
    return Resemblance(1, 2, one, two, ())


@pytest.mark.parametrize(
    ("first", "second", "shares", "root", "why"),
    [
        ({"produced_on": "2012"}, {"produced_on": "2014-03"}, (), 1, "2012 is before 2014-03"),
        ({"produced_on": "2014-03"}, {"produced_on": "2012"}, (), 2, "2012 is before 2014-03"),
        (
            {"produced_on": "2014", "document_type": "website"},
            {"produced_on": "2014-03", "document_type": "report"},
            (),
            2,
            "a website copies a report more often than the reverse",
        ),
        ({}, {"produced_on": "2012"}, (0.1, 0.9), 1, "more of the one is in the other than the reverse"),
        ({}, {}, (0.9, 0.1), 2, "more of the one is in the other than the reverse"),
        ({}, {}, (), 1, "it was registered first"),
    ],
)
def test_the_direction_is_suggested_with_its_reason(
    first: dict[str, str], second: dict[str, str], shares: tuple[float, ...], root: int, why: str
) -> None:
    one, two = (
        source(number, **{**fields, "produced_on": PartialDate(fields.get("produced_on", ""))})
        for number, fields in ((1, first), (2, second))
    )
    found = propose_direction(one, two, resemblance(*shares))
    assert (found.root, found.copy, found.why) == (root, 3 - root, why)


@pytest.mark.parametrize(
    ("fields", "proposed"),
    [
        ({}, 1),
        ({"derived_from": (1,)}, 0),
        ({"separations": (Separation(1, 2, "Both quote the law."),)}, 0),
    ],
)
def test_what_is_derived_or_kept_apart_already_is_not_proposed(
    fields: dict[str, object], proposed: int
) -> None:
    about = {name: value for name, value in fields.items() if name == "separations"}
    rest = {name: value for name, value in fields.items() if name != "separations"}
    made = study(sites=(site(),), sources=(source(1), source(2, **rest)), **about)
    assert len(propose_copies(made, [resemblance()])) == proposed


def test_two_copies_of_one_report_are_not_proposed_as_copies_of_each_other() -> None:
    made = study(sources=(source(1, derived_from=(3,)), source(2, derived_from=(3,)), source(3)))
    assert propose_copies(made, [resemblance()]) == []
