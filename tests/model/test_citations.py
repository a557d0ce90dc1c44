"""Citations in paragraphs: what is read, what is written, and that one undoes the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_coder.model.citations import (
    Citation,
    cut_paragraph,
    move_place,
    read_paragraph,
    reads_back,
    settle_place,
    split_paragraphs,
    write_paragraph,
    write_token,
)
from framework_coder.model.claims import Stance
from framework_coder.model.sources import Locator

REFS = ("D07", "D07 b", "Q01", "Annual report", "X")


@pytest.mark.parametrize(
    ("written", "ref", "place"),
    [
        ("D07 p4 ¶2", "D07", Locator(4, 2)),
        ("d07 p4 ¶2", "D07", Locator(4, 2)),
        ("D07 ¶12", "D07", Locator(paragraph=12)),
        ("D07 para 12", "D07", Locator(paragraph=12)),
        ("D07 para12", "D07", Locator(paragraph=12)),
        ("D07 paragraph 12", "D07", Locator(paragraph=12)),
        ("D07 page 4 para. 2", "D07", Locator(4, 2)),
        ("D07 p. 4", "D07", Locator(4)),
        ("Q01 r11", "Q01", Locator(row=11)),
        ("Q01 row 11", "Q01", Locator(row=11)),
        ("X Answers!B11", "X", Locator(sheet="Answers", cell="B11")),
        ("X Site answers!B11", "X", Locator(sheet="Site answers", cell="B11")),
        ("X P2", "X", Locator(cell="P2")),
        ("D07", "D07", Locator()),
        ("D07 b ¶1", "D07 b", Locator(paragraph=1)),
        ("Annual report p3", "Annual report", Locator(3)),
    ],
)
def test_a_citation_names_a_source_and_a_place(written: str, ref: str, place: Locator) -> None:
    (cited,) = read_paragraph(f"Paid [{written}].", REFS).cited
    assert cited.citation == Citation(ref, place)
    assert (cited.text, cited.place) == (written, 4)
    assert f"Paid [{written}]."[cited.start : cited.end] == written


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("D07 ¶2 contradicts", Citation("D07", Locator(paragraph=2), stance=Stance.CONTRADICTS)),
        ("D07 ¶2 Qualifies", Citation("D07", Locator(paragraph=2), stance=Stance.QUALIFIES)),
        ("D07 context", Citation("D07", stance=Stance.CONTEXT)),
        ("D07 supports direct", Citation("D07", stance=Stance.SUPPORTS, is_inferred=False)),
        ("D07 inferred", Citation("D07", is_inferred=True)),
        ("D07 ¶2 #412", Citation("D07", Locator(paragraph=2), 412)),
        ("#412 inferred", Citation(coding=412, is_inferred=True)),
    ],
)
def test_a_citation_says_stance_basis_and_number_after_its_place(written: str, said: Citation) -> None:
    (cited,) = read_paragraph(f"[{written}]", REFS).cited
    assert cited.citation == said


@pytest.mark.parametrize(
    ("written", "sentence", "meant"),
    [
        ("D9 ¶2", "there is no source “D9”", ""),
        ("D70 ¶2", "there is no source “D70”", ""),
        ("D007 ¶2", "there is no source “D007”", "D07 ¶2"),
        ("D07 contradict", "“contradict” is neither a place nor a stance; did you mean contradicts?", ""),
        ("D07 4.2", "“4.2” is neither a place nor a stance", ""),
        ("D07 p4 p5", "it names a page twice", ""),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_place(written: str, sentence: str, meant: str) -> None:
    text = f"Ten [Q01] pay [{written}]."
    read = read_paragraph(text, REFS)
    (fault,) = read.faults
    assert (fault.sentence, fault.meant) == (sentence, meant)
    assert text[fault.start : fault.end] == written
    assert len(read.cited) == 1


@pytest.mark.parametrize(
    ("typed", "summary", "places"),
    [
        ("Paid [D07].", "Paid.", [4]),
        ("Paid [D07] by us", "Paid by us", [4]),
        ("Paid. [D07]", "Paid.", [5]),
        ("[D07] Paid", "Paid", [0]),
        ("Paid [D07; Q01] by [X]", "Paid by", [4, 4, 7]),
        ("Paid [D07] [Q01], too", "Paid, too", [4, 4]),
        ("a [D07]b", "a b", [1]),
        ("a[D07]b", "ab", [1]),
        ("a [D07][Q01]b", "a b", [1, 1]),
        ("(see [D07])", "(see)", [4]),
        ("Paid [sic] by [them]", "Paid [sic] by [them]", []),
        (r"The label \[D07] stands", "The label [D07] stands", []),
        (r"a\\[D07]", "a\\", [2]),
        ("open [D07", "open [D07", []),
        ("", "", []),
    ],
)
def test_the_text_is_kept_without_its_citations(typed: str, summary: str, places: list[int]) -> None:
    read = read_paragraph(typed, REFS)
    assert read.faults == ()
    assert (read.summary, [cited.place for cited in read.cited]) == (summary, places)


@pytest.mark.parametrize(
    ("summary", "tokens", "text"),
    [
        ("Paid.", [(4, "D07")], "Paid [D07]."),
        ("Paid.", [(None, "D07"), (5, "Q01 ¶3 contradicts")], "Paid. [D07; Q01 ¶3 contradicts]"),
        ("Paid", [(0, "D07")], "[D07] Paid"),
        ("ab", [(1, "D07")], "a[D07]b"),
        ("Paid by us", [(5, "D07")], "Paid [D07] by us"),
        ("Paid [D07] by [sic]", [], r"Paid \[D07] by [sic]"),
        ("Paid", [(99, "D07")], "Paid [D07]"),
    ],
)
def test_a_paragraph_is_written_with_its_tokens(
    summary: str, tokens: list[tuple[int | None, str]], text: str
) -> None:
    written = write_paragraph(summary, tokens, REFS)
    assert written.text == text
    for span, number in zip(written.spans, written.order, strict=True):
        assert text[slice(*span)] == tokens[number][1]
    assert all(text[start] + text[end - 1] == "[]" for start, end in written.brackets)


words = st.text(st.sampled_from("ab .,[]\\;#D07Q1 \n(“”¶é😀"), max_size=30).map(str.strip)
places = st.builds(
    Locator,
    page=st.none() | st.integers(1, 400),
    paragraph=st.none() | st.integers(1, 999),
    row=st.none() | st.integers(1, 99),
) | st.builds(
    Locator,
    sheet=st.sampled_from(["", "Answers", "Site answers", "A!1", "S 07 B2", "#3", "contradicts"]),
    cell=st.sampled_from(["B11", "P2", "AA100"]),
)
tokens = st.builds(
    lambda ref, place, number, stance, inferred: write_token(
        ref, place, number, stance, is_inferred=inferred
    ),
    st.sampled_from(REFS),
    places,
    st.none() | st.integers(1, 9999),
    st.sampled_from(Stance),
    st.booleans(),
)


@given(
    st.sampled_from(REFS), places, st.none() | st.integers(1, 9999), st.sampled_from(Stance), st.booleans()
)
def test_a_written_token_is_read_as_it_was_meant(
    ref: str, place: Locator, number: int | None, stance: Stance, inferred: bool
) -> None:
    token = write_token(ref, place, number, stance, is_inferred=inferred)
    if not reads_back(write_token(ref, place), ref, place):
        return
    (cited,) = read_paragraph(f"[{token}]", REFS).cited
    read = cited.citation
    assert (read.ref, str(read.place), read.coding) == (ref, str(place), number)
    assert (read.stance or Stance.SUPPORTS, read.is_inferred or False) == (stance, inferred)


@pytest.mark.parametrize("sheet", ["a;b", "a]b"])
def test_a_place_that_a_token_cannot_name_is_known(sheet: str) -> None:
    place = Locator(sheet=sheet, cell="B2")
    assert not reads_back(write_token("X", place), "X", place)


@settings(max_examples=500)
@given(words, st.lists(st.tuples(st.none() | st.integers(0, 30), tokens), max_size=4))
def test_a_written_paragraph_is_read_as_it_was_meant(
    summary: str, given_tokens: list[tuple[int | None, str]]
) -> None:
    written = write_paragraph(summary, given_tokens, REFS)
    read = read_paragraph(written.text, REFS)
    assert read.faults == ()
    assert read.summary == summary
    meant = [(settle_place(summary, given_tokens[i][0]), given_tokens[i][1]) for i in written.order]
    assert [(cited.place, cited.text) for cited in read.cited] == meant
    again = write_paragraph(read.summary, [(c.place, c.text) for c in read.cited], REFS)
    assert again.text == written.text


@pytest.mark.parametrize(
    ("summary", "place"),
    [
        ("a\\b", 2),
        ("a\\\\b", 3),
        ("a\\[x", 2),
        ("a\\\\[x", 3),
        ("a\\[D07]", 2),
        ("a [D07] b", 4),
        ("[D07] b", 0),
    ],
)
def test_backslashes_and_brackets_of_the_text_stay_its_own(summary: str, place: int) -> None:
    read = read_paragraph(write_paragraph(summary, [(place, "Q01 ¶3")], REFS).text, REFS)
    assert (read.summary, [(c.place, c.text) for c in read.cited]) == (summary, [(place, "Q01 ¶3")])


@given(st.text(st.sampled_from("ab .,[]\\;#D07Q1 \n"), max_size=40))
def test_what_anyone_types_is_read_the_same_once_it_is_written(typed: str) -> None:
    read = read_paragraph(typed, REFS)
    if read.faults:
        return
    written = write_paragraph(read.summary, [(c.place, c.text) for c in read.cited], REFS)
    again = read_paragraph(written.text, REFS)
    assert (again.summary, [(c.place, c.citation) for c in again.cited]) == (
        read.summary,
        [(c.place, c.citation) for c in read.cited],
    )


@settings(max_examples=300)
@given(words, st.lists(st.tuples(st.integers(0, 30), tokens), max_size=4), st.integers(0, 120))
def test_a_cut_loses_neither_a_letter_nor_a_citation(
    summary: str, given_tokens: list[tuple[int | None, str]], at: int
) -> None:
    written = write_paragraph(summary, given_tokens, REFS)
    first, second = (
        read_paragraph(part, REFS) for part in cut_paragraph(written, min(at, len(written.text)))
    )
    assert first.faults == second.faults == ()
    assert "".join(f"{first.summary}{second.summary}".split()) == "".join(summary.split())
    whole = read_paragraph(written.text, REFS)
    assert [c.text for c in (*first.cited, *second.cited)] == [c.text for c in whole.cited]


@pytest.mark.parametrize(
    ("old", "new", "place", "moved"),
    [
        ("Paid by us.", "Paid by us all.", 4, 4),
        ("Paid by us.", "Now paid by us.", 4, 8),
        ("Paid by us.", "Paid by us all.", 10, 10),
        ("Paid by us.", "Paid by the borough.", 11, 20),
        ("Paid by us.", "Paid by the borough.", 9, 19),
        ("Paid by us.", "", 5, 0),
        ("Paid", "Paid up", None, None),
    ],
)
def test_a_place_stays_with_the_words_around_it(
    old: str, new: str, place: int | None, moved: int | None
) -> None:
    assert move_place(old, new, place) == moved


def test_paragraphs_are_parted_by_empty_lines() -> None:
    text = "  One\nline.\n\nTwo.\n  \n\nThree. \n"
    assert list(split_paragraphs(text)) == [(2, "One\nline."), (13, "Two."), (22, "Three.")]
