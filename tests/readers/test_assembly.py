"""Text is put together so that blocks tile it, and cleaned so that a search finds it."""

from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.sources import MARGINAL, BlockKind, Locator
from framework_coder.readers.assembly import TextAssembly
from framework_coder.readers.cleaning import Cleaning, cleaned_length

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF, categories=["Cs"]),
        st.sampled_from(" \n\r\t\x00\x85\xa0\xad\u200b\u200d\u2028\u0301e\ufeff\u1100\u1161"),
    )
)


@given(st.lists(st.tuples(ANY_TEXT, st.sampled_from(BlockKind))))
def test_blocks_are_the_cleaned_texts_in_order_and_hold_every_visible_character(
    given_blocks: list[tuple[str, BlockKind]],
) -> None:
    assembly = TextAssembly()
    for text, kind in given_blocks:
        assembly.add(text, kind)
    source = assembly.finish(b"", "text/plain", "test 1")
    wanted = [(Cleaning().clean(text).strip(), kind) for text, kind in given_blocks]
    assert [(source.text[b.start : b.end], b.kind) for b in source.blocks] == [
        item for item in wanted if item[0]
    ]
    assert all(one.end < two.start for one, two in zip(source.blocks, source.blocks[1:], strict=False))
    outside = list(source.text)
    for block in source.blocks:
        outside[block.start : block.end] = " " * (block.end - block.start)
    assert not "".join(outside).strip()
    assert is_normalized("NFC", source.text)
    assert "\r" not in source.text


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = Cleaning().clean(text)
    again = Cleaning()
    assert again.clean(once) == once
    assert not again.counts
    assert cleaned_length(text) == len(once)
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne", None),
        ("Dr\xa0Shah\tand\u2009I", "Dr Shah and I", None),
        ("cafe\u0301", "café", None),
        ("co\xadoperate", "cooperate", "soft_hyphens"),
        ("a\u200bb\ufeff\u200f", "ab", "invisible_characters"),
        ("one\x07two\x00", "one two ", "control_characters"),
        ("\ud83d!", "\ufffd!", "damaged_characters"),
        ("e\u200b\u0301", "é", "invisible_characters"),
        ("👩\u200d⚕️ می\u200cخواهم שלום 日本 𝒜", "👩\u200d⚕️ می\u200cخواهم שלום 日本 𝒜", None),
    ],
)
def test_text_is_brought_to_one_form_and_what_is_taken_out_is_counted(
    text: str, expected: str, code: str | None
) -> None:
    cleaning = Cleaning()
    assert cleaning.clean(text) == expected
    assert {warning.code for warning in cleaning.warnings()} == ({code} if code else set())


def test_paragraphs_are_counted_within_their_page_and_marginal_blocks_are_not() -> None:
    assembly = TextAssembly()
    assembly.add("head", BlockKind.HEADER, Locator(page=1))
    for page in (1, 1, 2, 1):
        assembly.add("x", locator=Locator(page=page))
    numbers = [block.locator.paragraph for block in assembly.blocks]
    assert numbers == [None, 1, 2, 1, 3]


def test_a_block_gets_the_headings_above_it_and_a_marginal_one_gets_none() -> None:
    assembly = TextAssembly()
    for level in (1, 2, 2):
        assembly.add(f"h{level}", BlockKind.HEADING, level=level)
    assembly.add("x")
    assembly.add("foot", BlockKind.FOOTER)
    paths = [block.locator.headings for block in assembly.blocks]
    assert paths == [(), ("h1",), ("h1",), ("h1", "h2"), ()]


@pytest.mark.parametrize("kind", sorted(MARGINAL))
def test_text_that_is_only_white_space_makes_no_block(kind: BlockKind) -> None:
    assembly = TextAssembly()
    assert assembly.add(" \n\u200b ", kind) is None
    assert not assembly.finish(b"", "text/plain", "test 1").blocks
