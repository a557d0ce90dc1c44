"""Sentences and turns: where they end, where they do not, and that they tile."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.language.segmenter import segment
from framework_coder.model.sources import Block, BlockKind, SegmentKind


def cut(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [text[part.start : part.end].strip() for part in segment(text, (Block(0, len(text), kind),))]


@pytest.mark.parametrize(
    "marked",
    [
        "The clinic opened in 2004.|It closed in 2011.",
        "We saw Dr. Smith on Tuesday.|He agreed.",
        "Mrs. J. R. Patel and Prof. Lee chaired.|The board met.",
        "Therapies, e.g. Yoga and i.e. Tai Chi, ran weekly.|Patients paid £12.50 each.",
        "It took approx. 40 sessions.|Approx. 12 ended early.",
        "St. Mary's refers.|So does the surgery on High St.|The rest do not.",
        "Clinics run until 3 p.m. on Fridays.|Others end at 5 p.m. Friday is busiest.",
        "It shuts at 5 p.m.|Nobody minds.",
        "See No. 5 and p. 12 of vol. 3.|He said no.|They went.",
        "Is it funded?|Yes!|Mostly…|We hope so.",
        "“It helped me.”|She was sure.",
        "“Will it last?” she asked.|Nobody knew.",
        "(The pilot ended.)|Funding stopped.",
        "Care improved.12|The audit agreed.",
        "Care improved.[3]|The audit agreed.",
        "Smith et al. (2006) agreed.|Others did not.",
        "Costs rose by 3.5 per cent.|40 patients left.",
        "1. The service began.|2. It grew.",
        "a. Referral.|We waited.",
        "iv. Four aims.|V. good.",
        "The U.K. Government paid.|We use the N.H.S.|The rest is private.",
        "Osteopathy, massage, etc. were offered.|Others, etc.|Then it closed.",
        "Visit www.example.org.uk for more.|Or ring us.",
        "He waited ... and left.|She stayed.",
        "It ran from Jan. 2004 to Sept. 2006.|Nov. 3 was its last day.",
        "Acme Ltd. runs it.|Acme Ltd.|They pay.",
        "We gave vitamin C.|They gave nothing.",
        "A first line\nthat goes on.|A second.",
        "Aims:|\n• to help|\n• to teach",
        "Aims:|\n1) to help|\n2) to teach",
        "One part|\n\nanother part",
        "Dr.|",
        "经费不足。|病人满意。",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|") if part.strip()]
    assert cut(marked.replace("。|", "。").replace("|\n", "\n").replace("|", " ").strip()) == expected


def test_a_turn_block_is_one_turn() -> None:
    text = "Interviewer: Who pays? Does it last?"
    (part,) = segment(text, (Block(0, len(text), BlockKind.TURN),))
    assert (part.start, part.end, part.kind) == (0, len(text), SegmentKind.TURN)


def test_labelled_lines_of_one_block_are_turns() -> None:
    text = "Notes follow\nInterviewer: Who pays? Why?\nDr Shah (GP): We do. All of it.\nInterviewer: Thanks."
    parts = segment(text, (Block(0, len(text), BlockKind.PARAGRAPH),))
    assert [text[part.start : part.end].strip() for part in parts] == text.split("\n")
    assert {part.kind for part in parts} == {SegmentKind.TURN}


def test_a_lone_label_makes_no_turn() -> None:
    assert cut("Funding: it\nended. Nobody came.") == ["Funding: it\nended.", "Nobody came."]


PIECES = st.lists(
    st.sampled_from(
        [
            "The",
            "clinic",
            "Dr.",
            "e.g.",
            "1.",
            "ended.",
            "“Yes?”",
            "p.m.",
            "\n",
            "\n\n",
            "• ",
            "A:",
            " ",
            "…",
            "é😀",
            "3.5",
            "。",
        ]
    ),
    min_size=1,
).map(" ".join)


@given(
    st.lists(st.one_of(PIECES, st.text(min_size=1)), min_size=1, max_size=4), st.sampled_from(list(BlockKind))
)
def test_the_segments_of_a_block_tile_it(texts: list[str], kind: BlockKind) -> None:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(at, at + len(text), kind))
        at += len(text) + 1
    parts = segment("\n".join(texts), tuple(blocks))
    for ordinal, block in enumerate(blocks):
        own = [part for part in parts if part.block == ordinal]
        assert own[0].start == block.start
        assert own[-1].end == block.end
        assert all(before.end == after.start for before, after in pairwise(own))
        assert all(part.start < part.end for part in own)
    assert list(parts) == sorted(parts, key=lambda part: part.start)
