"""One text in all conventions gives the same code points, whatever stands in it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from exchange.refi.qdpx import SOURCE, coding, quotes, read_text, selection
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_coder.exchange.refi.offsets import (
    CONVENTIONS,
    Convention,
    CountedText,
    Newlines,
    Unit,
    count_units,
    decode,
)

WORDS = (
    "plain",
    "\U0001f600smile",
    "\U0001f1ec\U0001f1e7",
    "cafe\u0301",
    "漢字",
    "\u0301odd",
    "é",
    "x\u200dy",
    "end",
)
GAPS = (" ", "\r\n", "\r\n\r\n", "\n", " \U0001f600 ", ", ", "\r")


def counted_by_hand(raw: str, position: int, convention: Convention) -> int:
    """Return a position of the raw text in a convention, by encoding what stands before it."""
    before = raw[:position]
    if convention.newlines is Newlines.ONE:
        before = before.replace("\r\n", "\n")
    return len(before) if convention.unit is Unit.CODEPOINTS else len(before.encode("utf-16-le")) // 2


texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=1, max_size=12)


@given(texts, st.sampled_from(CONVENTIONS))
def test_every_position_means_the_same_place(parts: list[tuple[str, str]], convention: Convention) -> None:
    raw = "".join(word + gap for word, gap in parts)
    counted = CountedText(raw)
    place = 0
    for word, gap in parts:
        start = counted.place(counted_by_hand(raw, place, convention), convention)
        end = counted.place(counted_by_hand(raw, place + len(word), convention), convention, is_end=True)
        assert counted.text[start:end] == word
        place += len(word) + len(gap)


@given(texts, st.sampled_from(CONVENTIONS), st.integers(-5, 300))
def test_no_position_crashes_and_an_end_is_never_before_its_start(
    parts: list[tuple[str, str]], convention: Convention, position: int
) -> None:
    counted = CountedText("".join(word + gap for word, gap in parts))
    start, end = counted.place(position, convention), counted.place(position, convention, is_end=True)
    assert end - start in {0, 1}


@given(texts, st.sampled_from(list(Unit)), st.sampled_from(list(Newlines)))
def test_what_is_written_is_read_back(parts: list[tuple[str, str]], unit: Unit, newlines: Newlines) -> None:
    text = "".join(word + gap for word, gap in parts).replace("\r\n", "\n").replace("\r", "\n")
    written = count_units(text, range(len(text) + 1), unit, newlines)
    is_crlf = newlines is Newlines.TWO
    counted = CountedText(text.replace("\n", "\r\n") if is_crlf else text)
    assert counted.text == text
    for position, there in written.items():
        assert counted.place(there, Convention(newlines, unit)) == position


@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_one_text_with_everything_in_it_imports_to_the_same_ranges(
    tmp_path: Path, convention: Convention, mark: str
) -> None:
    lines = (
        "A \U0001f600 start.",
        "The flag \U0001f1ec\U0001f1e7 waves.",
        "Cafe\u0301 noir, 漢字 here.",
        "Last words stand.",
    )
    raw = "".join(f"{line}\r\n" for line in lines)
    wanted = [
        "start",
        "flag",
        "\U0001f1ec\U0001f1e7",
        "waves",
        "Cafe\u0301",
        "noir",
        "漢字",
        "here",
        "Last",
        "stand",
    ]
    on = []
    for number, word in enumerate(wanted):
        start = raw.index(word)
        ends = [counted_by_hand(raw, place, convention) for place in (start, start + len(word))]
        on.append(selection(300 + number, *ends, coding(400 + number)))
    bundle = read_text(tmp_path, mark + raw, *on)
    text = raw.replace("\r\n", "\n")
    assert bundle.sources[0].load().text == text
    assert quotes(bundle) == wanted
    assert [(c.start, c.end) for c in bundle.codings] == [
        (text.index(w), text.index(w) + len(w)) for w in wanted
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(("plain", "word", "\U0001f600", "漢字", "cafe\u0301")), min_size=3, max_size=20)
)
def test_codings_stand_at_their_quotes_in_any_text(words: list[str]) -> None:
    raw = "\r\n".join(words)
    place, on = 0, []
    for number, word in enumerate(words):
        on.append(selection(300 + number, place, place + len(word), coding(400 + number), name=word))
        place += len(word) + 2
    with TemporaryDirectory() as folder:
        assert quotes(read_text(Path(folder), raw, *on)) == words


@given(st.binary(max_size=60))
def test_any_bytes_decode_and_what_is_not_utf_8_is_counted(content: bytes) -> None:
    text, bad = decode(content)
    assert ("\ufffd" in text) or not bad
    assert "\0" not in text
    if not bad and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        assert text == content.decode("utf-8-sig").replace("\0", "\ufffd")


def test_texts_are_not_normalised_so_that_they_can_go_back_as_they_came(tmp_path: Path) -> None:
    raw = "Cafe\u0301 e\u0323\u0307 \u212b ﬁn"
    bundle = read_text(tmp_path, raw, selection(300, 0, 5, coding(400)), selection(301, 6, 9, coding(401)))
    assert bundle.sources[0].load().text == raw
    assert quotes(bundle) == ["Cafe\u0301", "e\u0323\u0307"]
    assert SOURCE
