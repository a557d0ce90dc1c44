"""Texts of a thousand sources, some of which copy others, for the benchmark of resemblance."""

import random
from dataclasses import replace

from corpus import paragraph

from framework_coder.model.sources import Block, BlockKind, SourceText

FOOTER = "This page was printed on recycled paper and may be copied for private study by anyone at all."


def make_texts(documents: int, copies: int, random_: random.Random) -> list[tuple[int, SourceText]]:
    """Return texts of about 17,000 characters; the last `copies` each take ten paragraphs of another."""
    bodies = [[paragraph(random_) for _ in range(33)] for _ in range(documents)]
    for number in range(documents - copies, documents):
        begin = random_.randrange(20)
        bodies[number][begin : begin + 10] = bodies[number - documents + copies][5:15]
    return [(number, _text([*body, FOOTER])) for number, body in enumerate(bodies, 1)]


def _text(paragraphs: list[str]) -> SourceText:
    blocks, start = [], 0
    for each in paragraphs:
        blocks.append(Block(start, start + len(each), BlockKind.PARAGRAPH))
        start += len(each) + 1
    empty = SourceText("", (), "", "text/plain", "benchmark", "1")
    return replace(empty, text="\n".join(paragraphs), blocks=tuple(blocks))
