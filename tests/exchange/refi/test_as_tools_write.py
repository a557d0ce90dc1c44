"""Points 15 and 16: long texts coded as NVivo and QualCoder do, by what was measured of their files."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange.refi.qdpx import coding, losses, read_text, selection, told

from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.refi.offsets import is_inside_word

WORDS = [
    "we",
    "could",
    "not",
    "find",
    "room",
    "for",
    "them",
    "café",
    "naïve",
    "Zoë’s",
    "漢字",
    "été",
    "don’t",
    "2015",
    "well-being",
    "क्षत्रिय",
]
EMOJI = ("\U0001f600", "\U0001f1ec\U0001f1e7", "\U0001f469\u200d⚕️")


def a_text(end: str) -> str:
    """Return an interview of some 13,000 words and 900 characters beyond the basic plane."""
    chance = random.Random(26)  # noqa: S311 - the same each time
    lines = []
    for number in range(780):
        words = [chance.choice(WORDS) for _ in range(chance.randint(3, 30))]
        if chance.random() < 0.85:
            words.insert(chance.randrange(len(words)), chance.choice(EMOJI))
        lines.append(f"{'Q' if number % 2 else 'A'}: {' '.join(words)}.{'' if number % 5 else end}")
    return end.join(lines)


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield passages as people mark them: whole words, some with a blank more, one in 250 within a word."""
    chance = random.Random(12)  # noqa: S311 - the same each time
    words = [place for place in range(1, len(text)) if not is_inside_word(text, place)]
    for number in range(500):
        first = chance.randrange(len(words) - 60)
        start, end = words[first], words[first + chance.randint(1, 50)]
        if number % 250 == 0:
            start = next(place for place in range(start, len(text)) if is_inside_word(text, place))
            end = max(end, start + 4)
        parts_line_end = "\r\n" in {text[start - 1 : start + 1], text[end - 1 : end + 1]}
        if text[start:end].strip() and not parts_line_end:
            yield start, end


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def share_at_words(bundle: Bundle) -> float:
    text = bundle.sources[0].load().text
    ends = [place for each in bundle.codings for place in (each.start, each.end)]
    return sum(not is_inside_word(text, place) for place in ends) / len(ends)


@pytest.mark.parametrize(("end", "mark"), [("\r\n", "\ufeff"), ("\n", "")], ids=["Windows", "Mac"])
def test_positions_as_nvivo_counts_them_give_the_passages_and_begin_and_end_at_words(
    tmp_path: Path, end: str, mark: str
) -> None:
    text = a_text(end)
    assert 850 < units(text) - len(text) < 950
    spans = list(passages(text))
    on = [
        selection(1000 + n, units(text[:a]), units(text[:b]), coding(9000 + n), name="")
        for n, (a, b) in enumerate(spans)
    ]
    bundle = read_text(tmp_path, mark + text, *on)
    assert [each.quote for each in bundle.codings] == [text[a:b].replace("\r\n", "\n") for a, b in spans]
    assert share_at_words(bundle) >= 0.99
    assert "UTF-16 units" in told(bundle)
    assert "positions" not in losses(bundle)


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_every_selection_as_qualcoder_writes_it_is_its_name_once_white_space_is_folded(
    tmp_path: Path, mark: str
) -> None:
    text = a_text("\n")
    spans = list(passages(text))
    on = [
        selection(1000 + n, a, b, coding(9000 + n), name=text[a:b].replace("\n", " "))
        for n, (a, b) in enumerate(spans)
    ]
    bundle = read_text(tmp_path, mark + text, *on)
    assert [" ".join(each.quote.split()) for each in bundle.codings] == [
        " ".join(text[a:b].split()) for a, b in spans
    ]
    assert "code points" in told(bundle)
    assert share_at_words(bundle) >= 0.99


def test_a_text_whose_script_has_no_spaces_is_not_warned_of(tmp_path: Path) -> None:
    text = "部屋が足りないという声があった\U0001f600。支払いは患者が行う。ห้องไม่พอ"
    on = [selection(300 + n, n, n + 4, coding(400 + n)) for n in range(0, 24, 3)]
    bundle = read_text(tmp_path, text, *on)
    assert "positions" not in losses(bundle)


@pytest.mark.parametrize(
    ("text", "inside"),
    [("ab", True), ("a b", False), ("a.", False), ("e\u0301", True), ("\u0301a", True), (" \u0301", False),
     ("漢字", False), ("a漢", False), ("क्", True), ("\U0001f600a", False)],
)  # fmt: skip
def test_a_place_within_a_word_or_a_letter_is_told_from_one_between(text: str, *, inside: bool) -> None:
    assert is_inside_word(text, 1) is inside
