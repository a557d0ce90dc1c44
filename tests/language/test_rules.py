"""What the rules of themes propose, and which rules are refused."""

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.errors import BadInputError
from framework_coder.language.rules import RuleMatch, compile_rules
from framework_coder.model.codebook import Codebook, MatchingRules, Theme
from framework_coder.model.sources import MARGINAL, Block, BlockKind


def book(*rules: tuple[str, list[str], list[list[dict[str, Any]]]]) -> Codebook:
    return Codebook(
        tuple(
            Theme(name, name.title(), rules=MatchingRules(tuple(phrases), tuple(map(tuple, patterns))))
            for name, phrases, patterns in rules
        )
    )


def find(text: str, phrase: str = "", pattern: list[dict[str, Any]] | None = None) -> list[RuleMatch]:
    rules = ("theme", [phrase] if phrase else [], [pattern] if pattern else [])
    return compile_rules(book(rules)).find(text, (Block(0, len(text), BlockKind.PARAGRAPH),))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("referral", "All referrals come by letter."),
        ("unwilling to refer", "They were UNWILLING to referring us."),
        ("café meeting", "A cafe meetings rota."),
        ("cafe meeting", "A CAFÉ meeting."),
        ("lack of space", "The lack\nof   space is felt."),
        ("cost-effective", "It was cost effective."),
        ("cost effective", "It was cost-effective."),
        ("told the GP", "She told the GPs."),
        ("patient's GP", "We write to the patient’s GPs."),
        ("lack of space", "A “lack of (quiet) space”? No: lack of “space”."),
    ],
)
def test_phrases_are_compared_by_stem_whatever_case_accents_and_line_breaks(phrase: str, text: str) -> None:
    assert len(find(text, phrase)) == 1


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("lack of space", "There was a lack. Of space we say nothing."),
        ("refer", "The preference was clear."),
        ("lack of space", "lack of"),
        ("space", "It was spacious."),
    ],
)
def test_phrases_do_not_match_across_sentences_or_inside_words(phrase: str, text: str) -> None:
    assert find(text, phrase) == []


def test_the_sentence_is_proposed_and_the_words_are_the_reason() -> None:
    text = "Dr. Shah left. GPs were unwilling to\nreferring patients.  Others stayed."
    (match,) = find(text, "unwilling to refer")
    assert text[match.start : match.end] == "GPs were unwilling to\nreferring patients."
    assert match.rule == "phrase “unwilling to refer”: “unwilling to referring”"


def test_a_theme_proposes_a_sentence_once_with_all_its_reasons() -> None:
    text = "Rooms were short and rooms were cold."
    rules = compile_rules(
        book(("space", ["rooms", "cold"], [[{"LOWER": "short"}]]), ("staff", ["rooms"], []))
    )
    first, second = rules.find(text, (Block(0, len(text), BlockKind.PARAGRAPH),))
    assert (first.theme, second.theme) == ("space", "staff")
    assert (
        first.rule
        == "phrase “rooms”: “Rooms”; pattern 1: “short”; phrase “rooms”: “rooms”; phrase “cold”: “cold”"
    )


def test_matches_stay_inside_their_block() -> None:
    text = "lack of\nspace"
    rules = compile_rules(book(("theme", ["lack of space"], [])))
    assert rules.find(text, (Block(0, 7, BlockKind.PARAGRAPH), Block(8, 13, BlockKind.PARAGRAPH))) == []


@pytest.mark.parametrize("kind", [*sorted(MARGINAL), BlockKind.QUESTION])
def test_marginal_blocks_and_questions_are_passed_over(kind: BlockKind) -> None:
    text = "lack of space"
    rules = compile_rules(book(("theme", [text], [[{"LOWER": "space"}]])))
    assert rules.find(text, (Block(0, len(text), kind),)) == []
    assert len(rules.find(text, (Block(0, len(text), BlockKind.ANSWER),))) == 1


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        (
            [{"LOWER": "waiting"}, {"LOWER": {"IN": ["list", "lists"]}}],
            "Waiting lists grew.",
            "Waiting lists",
        ),
        ([{"STEM": "refer"}, {"LOWER": "by"}], "Patients are referred by GPs.", "referred by"),
        (
            [{"STEM": {"IN": ["refer", "send"]}}, {"OP": "?"}, {"LOWER": "gp"}],
            "He sends to GP.",
            "sends to GP",
        ),
        ([{"TEXT": "£"}, {"LIKE_NUM": True}], "It costs £12.50 now.", "£12.50"),
        ([{"LOWER": "café"}], "The Cafe shut.", "Cafe"),
        ([{"LOWER": "cafe"}], "The CAFÉ shut.", "CAFÉ"),
        ([{"LOWER": "lack"}, {"LOWER": "of"}], "A lack \n of rooms.", "lack of"),
        ([{"LOWER": "do"}, {"LOWER": "n't"}], "They don't refer.", "don't"),
        ([{"SHAPE": "dddd"}], "It shut in 2011.", "2011"),
        ([{"LOWER": {"REGEX": "^homeo"}}], "Homeopathy ended.", "Homeopathy"),
        ([{"IS_ALPHA": True, "LENGTH": {">=": 14}}], "The commissioners' responsibility.", "responsibility"),
    ],
)
def test_token_patterns_match_as_in_spacy_with_stems_beside(
    pattern: list[dict[str, Any]], text: str, words: str
) -> None:
    (match,) = find(text, pattern=pattern)
    assert match.rule == f"pattern 1: “{words}”"


def test_patterns_stay_inside_a_sentence() -> None:
    assert (
        find(
            "It was lack. Of rooms we say nothing.", pattern=[{"LOWER": "lack"}, {"OP": "*"}, {"LOWER": "of"}]
        )
        == []
    )


def test_a_stem_may_be_ruled_out() -> None:
    pattern = [{"STEM": {"NOT_IN": ["refer"]}}, {"LOWER": "patients"}]
    assert find("They referred patients.", pattern=pattern) == []
    assert find("They treated patients.", pattern=pattern)


def test_a_negated_or_optional_token_is_not_needed_for_a_match() -> None:
    assert find("It ended.", pattern=[{"LOWER": "never", "OP": "?"}, {"LOWER": "ended"}])
    assert find("It ended.", pattern=[{"LOWER": "never", "OP": "!"}, {"LOWER": "ended"}])
    assert find("It ended.", pattern=[{"LOWER": "never", "OP": "{0,2}"}, {"LOWER": "ended"}])
    assert find("It ended.", pattern=[{"LOWER": {"NOT_IN": ["was"]}}, {"LOWER": "ended"}])


@pytest.mark.parametrize(
    "pattern", [[{"LOVER": "x"}], [{"LOWER": 3}], [{"LOWER": "x", "OP": "%"}], [], ["x"]]
)
def test_an_invalid_pattern_is_named_with_its_theme(pattern: list[Any]) -> None:
    with pytest.raises(BadInputError, match=r"Theme “theme”: pattern 1 \(.*Correct it in the codebook"):
        compile_rules(book(("theme", [], [pattern])))


def test_a_phrase_without_a_word_is_named_with_its_theme() -> None:
    with pytest.raises(BadInputError, match=r"Theme “theme”: the phrase “…” has no word"):
        compile_rules(book(("theme", ["…"], [])))


def test_retired_themes_propose_nothing() -> None:
    theme = Theme("old", "Old", rules=MatchingRules(("space",)), is_retired=True)
    assert compile_rules(Codebook((theme,))).find("space", (Block(0, 5, BlockKind.PARAGRAPH),)) == []


def test_a_matcher_can_be_sent_to_another_process() -> None:
    rules = pickle.loads(pickle.dumps(compile_rules(book(("theme", ["space"], [[{"STEM": "refer"}]])))))  # noqa: S301
    assert len(rules.find("space referred", (Block(0, 14, BlockKind.PARAGRAPH),))) == 1


TOKENS = st.lists(
    st.sampled_from(["lack", "of", "Space", ".", "\n", "  ", "é", "réferring", "don't", "£5", "(", "😀"]),
    min_size=1,
)
RULES = compile_rules(
    book(
        ("phrase", ["lack of space", "refer"], []),
        (
            "pattern",
            [],
            [[{"STEM": "refer"}], [{"LOWER": "space"}, {"OP": "*"}, {"LOWER": "lack"}], [{"TEXT": "£"}]],
        ),
    )
)


@given(TOKENS)
def test_what_is_proposed_holds_the_words_of_its_reason(tokens: list[str]) -> None:
    text = " ".join(tokens)
    for match in RULES.find(text, (Block(0, len(text), BlockKind.PARAGRAPH),)):
        passage = text[match.start : match.end]
        assert passage == passage.rstrip()
        words = match.rule.rsplit(": “", 1)[1].removesuffix("”")
        assert words in " ".join(passage.split())
