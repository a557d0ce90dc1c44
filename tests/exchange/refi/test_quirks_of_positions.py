"""Quirks 1 to 13: positions, line ends and encodings as tools write them."""

from pathlib import Path

import pytest
from exchange.refi.qdpx import ANNA, BEN, CODE, SOURCE, coding, losses, quotes, read_text, selection, told

WORDS = "Alpha \U0001f600 beta\r\nGamma delta, epsilon zeta.\r\nEta \U0001f600 theta iota.\r\n"


def place(text: str, word: str, *, units: bool = False, once: bool = False) -> tuple[int, int]:
    """Return where a word stands, by another way of counting than the program's."""
    if once:
        text = text.replace("\r\n", "\n")
    start = text.index(word)
    if units:
        begin = len(text[:start].encode("utf-16-le")) // 2
        return begin, begin + len(word.encode("utf-16-le")) // 2
    return start, start + len(word)


def marks(text: str, *words: str, names: bool = False, **counting: bool) -> list[str]:
    return [
        selection(300 + n, *place(text, word, **counting), coding(400 + n), name=word if names else None)
        for n, word in enumerate(words)
    ]


LIST = ("beta", "Gamma", "delta", "epsilon", "zeta", "Eta", "theta", "iota")


@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize("units", [False, True])
def test_quirks_1_to_3_positions_in_each_way_of_counting_mean_the_same_words(
    tmp_path: Path, *, units: bool, once: bool
) -> None:
    bundle = read_text(tmp_path, WORDS, *marks(WORDS, *LIST, units=units, once=once))
    assert quotes(bundle) == list(LIST)
    unit, ends = "UTF-16 units" if units else "code points", "once" if once else "twice"
    assert f"Positions count {unit}, a line end of CR LF counted {ends}" in told(bundle)
    assert "score 1.000" in told(bundle)


def test_quirk_4_text_with_line_feeds_needs_no_choice(tmp_path: Path) -> None:
    text = "Alpha beta\nGamma\n"
    bundle = read_text(tmp_path, text, *marks(text, "beta", "Gamma"))
    assert quotes(bundle) == ["beta", "Gamma"]
    assert "mean the same in every way of counting" in told(bundle)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_quirk_5_a_byte_order_mark_of_a_text_is_never_counted(tmp_path: Path, mark: bytes) -> None:
    bundle = read_text(tmp_path, mark + b"Alpha beta", *marks("Alpha beta", "Alpha", "beta"))
    assert quotes(bundle) == ["Alpha", "beta"]
    assert bundle.sources[0].load().text == "Alpha beta"


def test_quirk_7_only_the_first_character_can_be_a_byte_order_mark(tmp_path: Path) -> None:
    text = "Alpha \ufeffbeta"
    bundle = read_text(tmp_path, "\ufeff" + text, *marks(text, "beta"))
    assert bundle.sources[0].load().text == text
    assert quotes(bundle) == ["beta"]


def test_quirk_8_bytes_that_are_not_utf_8_are_kept_as_marks_and_told_with_their_place(tmp_path: Path) -> None:
    text = "It’s “here” now."
    bundle = read_text(tmp_path, text.encode("cp1252"), selection(300, 0, 4, coding(400)))
    assert bundle.sources[0].load().text == "It\ufffds \ufffdhere\ufffd now."
    assert "bytes: 3 are not UTF-8 and became \ufffd: Interview, from byte 2 on" in losses(bundle)
    kept = read_text(tmp_path, text, *marks(text, "It’s", "“here”"))
    assert quotes(kept) == ["It’s", "“here”"]


def test_quirk_9_an_end_is_not_part_of_the_selection(tmp_path: Path) -> None:
    assert quotes(read_text(tmp_path, "granola bar", selection(300, 0, 7, coding(400)))) == ["granola"]


@pytest.mark.parametrize(
    ("name", "quote"),
    [
        ("e f g h i j", "e f g h i j"),
        ("e f g h i…", "e f g h i j"),
        ("e f g h i ...", "e f g h i j"),
        ("6:1", "d e f g h i"),
        ("10,21", "d e f g h i"),
        (None, "d e f g h i"),
    ],
)
def test_quirk_10_a_name_decides_where_it_is_the_text_and_only_there(
    tmp_path: Path, name: str | None, quote: str
) -> None:
    text = "a\r\nb\r\nc d e f g h i j k"
    once = text.index("e") - 2  # as tools count that take CR LF for one; every boundary is one of words
    found = read_text(tmp_path, text, selection(300, once, once + 11, coding(400), name=name))
    assert quotes(found) == [quote]


def test_quirk_10_passages_that_are_their_names_are_not_doubted_though_they_part_words(
    tmp_path: Path,
) -> None:
    text = "\U0001f600 Unbelievable understatements everywhere.\r\nAnother sentence altogether."
    cut = ("believ", "derstate", "veryw", "nothe", "enten", "togeth")
    bundle = read_text(tmp_path, text, *marks(text, *cut, names=True, units=True))
    assert quotes(bundle) == list(cut)
    assert "score 1.000" in told(bundle)
    assert "positions" not in losses(bundle)


def test_quirk_11_the_given_text_is_the_document_and_is_not_read_anew(tmp_path: Path) -> None:
    from exchange.refi.qdpx import codes, g, read, source, sources, text_of, users

    rich = source(SOURCE, selection(300, 0, 5, coding(400)), richTextPath=f"internal://{g(SOURCE)}.docx")
    texts = {text_of(SOURCE): "Given  text,\ttabs kept.", f"{g(SOURCE)}.docx": b"PK not even a document"}
    bundle = read(tmp_path, users(ANNA), codes(), sources(rich), texts=texts)
    assert bundle.sources[0].load().text == "Given  text,\ttabs kept."
    assert bundle.sources[0].original() == b"PK not even a document"


@pytest.mark.parametrize(
    ("start", "end"), [(3, 3), (8, 2), (0, 900), (-4, 3), (5, 6), ("x", 3), (2, "")], ids=str
)
def test_quirk_12_a_selection_without_text_becomes_a_flagged_memo_never_a_coding(
    tmp_path: Path, start: object, end: object
) -> None:
    flagged = selection(300, start, end, coding(400, by=BEN), name="told", creatingUser=None)
    bundle = read_text(tmp_path, "Alpha beta", flagged, selection(301, 0, 5, coding(401)))
    assert quotes(bundle) == ["Alpha"]
    memo = next(memo for memo in bundle.memos if memo.kind == "check")
    assert "Codes: Space." in memo.text
    assert "told" in memo.text
    assert memo.targets[0].source == bundle.sources[0].key
    assert "selections: 1 have no text at their positions" in losses(bundle)


def test_quirk_12_codings_of_a_source_whose_text_is_missing_are_counted(tmp_path: Path) -> None:
    from exchange.refi.qdpx import codes, read, source, sources, users

    bundle = read(tmp_path, users(ANNA), codes(), sources(source(SOURCE, selection(300, 0, 5, coding(400)))))
    assert len(bundle.codebook) == 2
    assert bundle.sources == []
    assert "sources: 1 have no text in the file and did not come in: Interview" in losses(bundle)
    assert "codings: 1 are on sources whose text is not in the file" in losses(bundle)


@pytest.mark.parametrize("character", ["\x01", "\x0b", "&#x1;", "&#11;", "\uffff"])
def test_quirk_13_a_character_that_xml_forbids_is_replaced_and_told(tmp_path: Path, character: str) -> None:
    from exchange.refi.qdpx import code, codes, element, g, pack, project, read_file, sources, users

    inline = element(
        "TextSource",
        f"<PlainTextContent>Al{character}ha beta</PlainTextContent>",
        selection(300, 6, 10, coding(400)),
        guid=g(SOURCE),
        name="A",
    )
    xml = project(users(ANNA), codes(code(CODE, "SpaceX").replace("X", character)), sources(inline))
    bundle = read_file(pack(tmp_path / "a.qdpx", xml))
    assert quotes(bundle) == ["beta"]
    assert "characters: 2 that XML forbids became \ufffd" in losses(bundle)


def test_a_split_surrogate_is_moved_to_the_edge_of_its_character_and_told(tmp_path: Path) -> None:
    text = "\U0001f600\U0001f601 beta"
    split = selection(300, 1, 3, coding(400))
    bundle = read_text(tmp_path, text, split, offsets="utf16")
    assert quotes(bundle) == ["\U0001f600\U0001f601"]
    assert "inside a character that UTF-16 counts twice" in losses(bundle)


def test_options_override_what_the_texts_say_and_a_poor_score_warns(tmp_path: Path) -> None:
    given = marks(WORDS, *LIST, units=True)
    bundle = read_text(tmp_path, WORDS, *given, offsets="codepoints", newlines="one")
    assert "as asked" in told(bundle)
    assert "positions: 1 score only so" in losses(bundle)
    assert quotes(bundle) != list(LIST)


@pytest.mark.parametrize(("option", "said"), [("offsets", "bytes"), ("newlines", "three")])
def test_a_way_of_counting_that_is_not_known_is_refused(tmp_path: Path, option: str, said: str) -> None:
    from framework_coder.errors import BadInputError

    with pytest.raises(BadInputError, match=f"--{option} {said}: say"):
        read_text(tmp_path, "Alpha", **{option: said})
