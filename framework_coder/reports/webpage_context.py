"""The paragraphs around the passages of an audit pack: each block once, each passage as places in blocks."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from framework_coder.model.codings import Coding
from framework_coder.model.sources import SourceText

Rewrite = Callable[[str], str]

Place = tuple[int, int, int]
"""A block's number, and where in it a passage starts and ends, in UTF-16 units as browsers count."""


class Surroundings:
    """Gathers the blocks that a pack needs to show passages where they stand.

    `around` is how many blocks before and after a passage there shall be; None takes whole texts. `rewrite`
    replaces names; a block that it changes is highlighted as a whole, for its offsets no longer hold.
    """

    def __init__(
        self, texts: Mapping[int, SourceText], around: int | None, rewrite: Rewrite | None = None
    ) -> None:
        self._texts = texts
        self.around = around
        self._rewrite = rewrite
        self._starts = {source: [block.start for block in text.blocks] for source, text in texts.items()}
        self._wanted: dict[int, set[int]] = defaultdict(set)

    @property
    def is_verbatim(self) -> bool:
        """Whether blocks are shown as they stand in their texts."""
        return self._rewrite is None

    def place(self, coding: Coding) -> list[Place]:
        """Return where a passage stands; nothing where its text is not at hand or has changed since."""
        text = self._texts.get(coding.source)
        if text is None or coding.is_drifted:
            return []
        words = text.text[coding.start : coding.end]
        if words != coding.quote and self.say(words) != self.say(coding.quote):
            return []
        starts = self._starts[coding.source]
        first = max(0, bisect_right(starts, coding.start) - 1)
        last = max(first, bisect_right(starts, coding.end - 1) - 1) if starts else -1
        found = [place for number in range(first, last + 1) if (place := self._part(text, number, coding))]
        if found and self.around is not None:
            self._want(text, coding.source, found[0][0] - self.around, found[-1][0] + self.around)
        return found

    def _part(self, text: SourceText, number: int, coding: Coding) -> Place | None:
        block = text.blocks[number]
        start, end = max(block.start, coding.start), min(block.end, coding.end)
        if start >= end:
            return None
        words = text.text[block.start : block.end]
        if self._rewrite and (said := self._rewrite(words)) != words:
            return number, 0, _utf16(said)
        if words.isascii():
            return number, start - block.start, end - block.start
        return number, _utf16(words[: start - block.start]), _utf16(words[: end - block.start])

    def _want(self, text: SourceText, source: int, first: int, last: int) -> None:
        blocks = text.blocks
        wanted = self._wanted[source]
        for number in range(max(0, first), min(len(blocks), last + 1)):
            if number not in wanted:
                wanted.add(number)
                question = blocks[number].answers
                if question is not None:
                    wanted.add(question)

    def blocks(self, source: int) -> dict[int, list[Any]]:
        """Return kind, place, words and the number of the question answered, by the number of the block."""
        text = self._texts.get(source)
        if text is None:
            return {}
        numbers: Iterable[int] = range(len(text.blocks))
        if self.around is not None:
            numbers = sorted(self._wanted[source])
        return {number: self._block(text, number) for number in numbers}

    def _block(self, text: SourceText, number: int) -> list[Any]:
        block = text.blocks[number]
        words = text.text[block.start : block.end]
        return [block.kind.value, str(block.locator), self.say(words), block.answers]

    def say(self, words: str) -> str:
        """Return words of a text as they may be shown."""
        return self._rewrite(words) if self._rewrite else words


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
