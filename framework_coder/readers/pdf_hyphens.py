"""Put lines together, with the words divided at their ends made whole, and ligatures folded to letters."""

import re
from itertools import pairwise

from framework_coder.readers.pdf_layout import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_LAST = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*$")
_FIRST = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_ENDING = re.compile(r"[^\W_][-‐\xad]$")

_LONGEST_WORD = 60

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})

KEEP_AFTER = frozenset(
    "self well non ex half cross all co part full long short high low follow drop face"  # noqa: SIM905
    " twenty thirty forty fifty sixty seventy eighty ninety".split()
)
"""First parts that mostly keep their hyphen, where the file itself does not show how it writes the word."""


class HyphenJoiner:
    """Decides by the words of the file itself whether a hyphen at a line's end belongs to the word."""

    def __init__(self, lines: list[Line]) -> None:
        self.joined = 0
        self.kept = 0
        self._words: set[str] = set()
        if any(line.is_hyphenated or _ENDING.search(line.text[-2:]) for line in lines):
            for line in lines:
                self._words.update(word.casefold() for word in _WORD.findall(line.text))

    def join(self, lines: list[Line]) -> tuple[str, list[int]]:
        """Return the text of the lines, and where each line begins in it."""
        if len(lines) == 1 and not lines[0].is_hyphenated:
            return lines[0].text, [0]
        text, starts = lines[0].text, [0]
        for before, line in pairwise(lines):
            text, link = self._link(text, before, line)
            starts.append(len(text) + len(link))
            text += link + line.text
        return (text + "-" if lines[-1].is_hyphenated else text), starts

    def _link(self, text: str, before: Line, line: Line) -> tuple[str, str]:
        """Return the text so far, with or without its last hyphen, and what stands before the next line."""
        if not before.is_hyphenated:
            if not _ENDING.search(text[-2:]) or not line.text[:1].isalnum():
                return text, " "
            text = text[:-1]
        head, tail = _LAST.search(text[-_LONGEST_WORD:]), _FIRST.match(line.text)
        if not head or not tail:
            return text + "-", "" if tail else " "
        if self._belongs(head[0], tail[0]):
            self.kept += 1
            return text + "-", ""
        self.joined += 1
        return text, ""

    def _belongs(self, head: str, tail: str) -> bool:
        """Whether the hyphen is the word's own."""
        if f"{head}-{tail}".casefold() in self._words:
            return True
        if f"{head}{tail}".casefold() in self._words:
            return False
        if not tail[0].islower() or "-" in head:
            return True
        return head.casefold() in KEEP_AFTER
