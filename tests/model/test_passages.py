"""What a citation means in a cell, the token that means a coding, and what is offered while one types."""

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.citations import Citation, read_paragraph
from framework_coder.model.codings import Coding, CodingOrigin, CodingState
from framework_coder.model.passages import Candidate, Passages, Unfound
from framework_coder.model.sources import Locator

BOOK = builders.codebook()
SOURCES = (
    builders.source(1, ref="D01"),
    builders.source(2, ref="D02"),
    builders.source(3, ref="D03", sites=(2,)),
    builders.source(4, ref="X;1"),
)


def at(page: int | None = None, paragraph: int | None = None, **fields: int | str) -> Locator:
    return Locator(page, paragraph, **fields)


def coded(number: int, place: Locator, start: int = 0, end: int = 9, **fields: object) -> Coding:
    return builders.coding(number, locator=place, start=start, end=end, quote=f"quote {number}", **fields)


def passages(*codings: Coding, theme: str = "funding", **fields: object) -> Passages:
    return Passages(theme, BOOK, SOURCES, codings, site=1, **fields)


def find(of: Passages, token: str) -> Coding | Unfound:
    (cited,) = read_paragraph(f"[{token}]", [source.ref for source in SOURCES]).cited
    return of.find(cited.citation)


PLACES = passages(
    coded(1, at(4, 2)),
    coded(2, at(4, 3), theme="funding.barriers"),
    coded(3, at(4, 2), theme="space"),
    coded(4, at(5, 1), theme="space"),
    coded(5, at(7, 1), 0, 50),
    coded(6, at(7, 1), 10, 20),
    coded(7, at(8, 1), 0, 10),
    coded(8, at(8, 1), 20, 30),
    coded(9, at(9, 1), 0, 10, coder="AB"),
    coded(10, at(9, 1), 0, 10, coder="HW"),
    coded(11, at(9, 2), theme="funding.barriers"),
    coded(12, at(9, 2)),
    coded(13, at(sheet="Answers", cell="B11"), source=2),
    coded(14, at(10, 1), state=CodingState.PROPOSED),
    coded(15, at(11, 1), state=CodingState.REJECTED),
    coded(16, at(12, 1), is_drifted=True),
    coded(17, at(13, 1), 0, 50, origin=CodingOrigin.STRUCTURE),
    coded(18, at(13, 1), 10, 20),
    coded(99, at(4, 2), site=2),
)


@pytest.mark.parametrize(
    ("token", "number"),
    [
        ("D01 p4 ¶2", 1),
        ("D01 p4 ¶3", 2),
        ("D01 p5 ¶1", 4),
        ("D01 p5", 4),
        ("D01 p7 ¶1", 5),
        ("D01 p7 ¶1 #6", 6),
        ("#6", 6),
        ("D01 p13 ¶1", 18),
        ("D01 p9 ¶1", 9),
        ("D01 p9 ¶2", 12),
        ("D02", 13),
        ("D02 B11", 13),
        ("D02 answers!B11", 13),
    ],
)
def test_a_citation_means_the_coding_there_of_the_cell_first(token: str, number: int) -> None:
    found = find(PLACES, token)
    assert isinstance(found, Coding)
    assert found.id == number


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        (
            "D01 p8 ¶1",
            "several passages stand there (#7 “quote 7”, #8 “quote 8”); say which, as in [D01 p8 ¶1 #7]",
        ),
        ("D01 p99 ¶1", "no passage of this site is coded there"),
        ("D03 ¶1", "D03 is a source of another site"),
        ("#98", "there is no coding 98 of this site"),
        ("#99", "there is no coding 99 of this site"),
        ("D02 #1", "coding 1 stands at D01 p4 ¶2"),
        ("D01 p5 #1", "coding 1 stands at D01 p4 ¶2"),
        ("D01 p10 ¶1", "coding 14 is only proposed; accept it first (`code accept 14`)"),
        ("D01 p11 ¶1", "coding 15 was rejected; accept it first if that was wrong (`code accept 15`)"),
        ("#16", "the quote of coding 16 no longer stands in the current text; place it again first"),
    ],
)
def test_a_citation_that_leads_nowhere_says_why(token: str, sentence: str) -> None:
    found = find(PLACES, token)
    assert isinstance(found, Unfound)
    assert found.sentence == sentence


def test_what_was_perhaps_meant_is_offered() -> None:
    found = find(PLACES, "D01 p9 ¶3")
    assert isinstance(found, Unfound)
    assert (found.meant, found.is_uncoded) == ("D01 p9 ¶2", True)


def test_what_a_claim_cites_already_may_stay_whatever_became_of_it() -> None:
    found = passages(coded(1, at(4, 2), state=CodingState.REJECTED), cited={1})
    assert isinstance(find(found, "#1"), Coding)


@pytest.mark.parametrize(
    ("number", "token"),
    [
        (1, "D01 p4 ¶2"), (3, "D01 p4 ¶2 #3"), (5, "D01 p7 ¶1"), (6, "D01 p7 ¶1 #6"), (7, "D01 p8 ¶1 #7"),
        (10, "D01 p9 ¶1 #10"), (13, "D02 Answers!B11"), (14, "D01 p10 ¶1 #14"),
    ],
)  # fmt: skip
def test_a_token_is_as_short_as_it_can_be_and_means_one_coding(number: int, token: str) -> None:
    assert PLACES.token_of(PLACES.codings[number]) == token


def test_a_source_whose_name_cannot_be_written_is_cited_by_number() -> None:
    odd = coded(1, at(1, 1), source=4)
    assert passages(odd).token_of(odd) == "#1"


spots = st.builds(at, st.none() | st.integers(1, 3), st.none() | st.integers(1, 3))
made = st.builds(
    lambda place, start, length, theme, source, state: (place, start, length, theme, source, state),
    spots,
    st.integers(0, 5),
    st.integers(1, 5),
    st.sampled_from(["funding", "funding.barriers", "space"]),
    st.sampled_from([1, 2, 4]),
    st.sampled_from([CodingState.ACCEPTED] * 3 + [CodingState.PROPOSED]),
)


@given(st.lists(made, max_size=12), st.sampled_from(["funding", "funding.barriers", "space"]))
def test_every_token_leads_back_to_its_coding(given_codings: list, theme: str) -> None:
    codings = [
        coded(number, place, start, start + length, theme=of, source=source, state=state)
        for number, (place, start, length, of, source, state) in enumerate(given_codings, 1)
    ]
    of_cell = passages(*codings, theme=theme)
    for coding in codings:
        if coding.is_live:
            found = find(of_cell, of_cell.token_of(coding))
            assert isinstance(found, Coding)
            assert found.id == coding.id


CELL = passages(
    coded(1, at(4, 2), 0, 9, theme="space"),
    coded(2, at(4, 3), 10, 19),
    coded(3, at(1, 1), 0, 5),
    coded(4, at(2), 5, 9, source=2),
    coded(5, at(3, 1), state=CodingState.PROPOSED),
    charted={3},
)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("[", [2, 4, 3, 1]),
        ("Paid by all [D0", [2, 4, 3, 1]),
        ("Paid [D01 p4 ¶2; D02", [4]),
        ("d01 p4", [2, 1]),
        ("[D01 page 4 para 3", [2]),
        ("[D01 p4 para", [2, 1]),
        ("[D9", []),
        ("", [2, 4, 3, 1]),
    ],
)
def test_uncharted_passages_of_the_cell_are_offered_first_then_charted_then_other_themes(
    typed: str, offered: list[int]
) -> None:
    assert [candidate.coding for candidate in CELL.complete(typed)] == offered


def test_a_candidate_shows_token_quote_and_theme() -> None:
    assert CELL.complete("[D01 p1") == (Candidate("[D01 p1 ¶1]", 3, "quote 3", "funding", is_charted=True),)


def test_of_many_candidates_the_best_come_first_however_they_are_found() -> None:
    codings = [
        coded(n, at(n % 40 + 1, n), n, n + 1, theme="space" if n % 2 else "funding") for n in range(1, 1500)
    ]
    many = passages(*codings)
    wide, narrow = many.complete("[D01", limit=7), many.complete("[D01 p7 ", limit=7)
    assert [c.theme for c in wide] == ["funding"] * 7
    assert [c.coding for c in wide] == sorted(c.coding for c in wide)
    assert all(c.token.startswith("[D01 p7 ") for c in narrow)
    assert [c.theme for c in narrow] == ["funding"] * 7


def test_an_unknown_number_is_not_a_citation_of_another_site() -> None:
    assert isinstance(PLACES.find(Citation(coding=99)), Unfound)
