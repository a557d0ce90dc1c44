"""Text of another tool brought to our form, with a map of places: what was marked there is found here."""

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from framework_coder.readers.cleaning import Cleaning

_VOWELS, _FINALS = range(0x1161, 0x1176), range(0x11A8, 0x11C3)
_FIRST_MARK = "\u0300"
"""Below it no character joins the one before it, but for a line feed after a carriage return."""


class _Run(NamedTuple):
    """A piece of the other tool's text and what became of it; a linear one is the same, one for one."""

    theirs: int
    their_end: int
    ours: int
    our_end: int
    is_linear: bool


@dataclass(frozen=True)
class Carried:
    """`raw` as the other tool has it, `text` as it is stored here; offsets count code points of each."""

    raw: str
    text: str
    runs: tuple[_Run, ...]
    cleaning: Cleaning
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts.extend(run.theirs for run in self.runs)
        self._ends.extend(run.their_end for run in self.runs)

    def start(self, offset: int) -> int:
        """Return where a passage that begins at `offset` of `raw` begins in `text`."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset >= len(self.raw):
            return 0 if offset <= 0 else len(self.text)
        return self._inside(self.runs[place], offset, is_end=False)

    def end(self, offset: int) -> int:
        """Return where a passage that ends at `offset` of `raw` ends in `text`."""
        place = bisect_left(self._ends, offset)
        if offset <= 0 or not self.runs:
            return 0
        if place >= len(self.runs):
            return self.runs[-1].our_end
        return self._inside(self.runs[place], offset, is_end=True)

    def _inside(self, run: _Run, offset: int, *, is_end: bool) -> int:
        """Place an offset in a run; one inside letters that became one letter takes the whole letter."""
        if run.is_linear:
            return run.ours + offset - run.theirs
        whole = self.text[run.ours : run.our_end]
        while run.theirs < offset < run.their_end:
            before = Cleaning().clean(self.raw[run.theirs : offset])
            if whole.startswith(before):
                return run.ours + len(before)
            offset += 1 if is_end else -1
        return run.ours if offset <= run.theirs else run.our_end


class Carrier:
    """Takes the other tool's text in, piece by piece."""

    def __init__(self) -> None:
        self._raw: list[str] = []
        self._text: list[str] = []
        self._runs: list[_Run] = []
        self._theirs = self._ours = 0
        self._cleaning = Cleaning()

    @property
    def length(self) -> int:
        """How long our text is so far."""
        return self._ours

    @property
    def ends_line(self) -> bool:
        """Whether nothing, or a line feed, was put in last."""
        return next((text[-1] == "\n" for text in reversed(self._text) if text), True)

    def take(self, raw: str) -> None:
        """Take text in: cleaned, line by line, with its places noted."""
        for line in _lines(raw):
            cleaned = self._cleaning.clean(line)
            chunks = [] if cleaned == line else [(chunk, Cleaning().clean(chunk)) for chunk in _chunks(line)]
            if "".join(ours for _, ours in chunks) != cleaned:
                chunks = [(line, cleaned)]
            for theirs, ours in chunks:
                self._note(theirs, ours)

    def take_as(self, raw: str, text: str) -> None:
        """Take text in that becomes another of the same length (line feeds that are only spaces, say)."""
        if len(raw) == len(text) and Cleaning().clean(text) == text:
            self._note(raw, text, is_linear=True)
        else:
            self.take(text if len(raw) == len(text) else raw)

    def drop(self, raw: str) -> None:
        """Count text that the other tool counts, and that is not text of the source."""
        self._note(raw, "")

    def insert(self, text: str) -> None:
        """Put in what the other tool shows but does not count: the end of a paragraph."""
        self._text.append(text)
        self._ours += len(text)

    def finish(self) -> Carried:
        """Return what was taken in."""
        return Carried("".join(self._raw), "".join(self._text), tuple(self._runs), self._cleaning)

    def _note(self, raw: str, text: str, *, is_linear: bool | None = None) -> None:
        if not raw:
            return
        linear = raw == text if is_linear is None else is_linear
        run = _Run(self._theirs, self._theirs + len(raw), self._ours, self._ours + len(text), linear)
        last = self._runs[-1] if self._runs else None
        if last and linear and last.is_linear and last.our_end == run.ours:
            self._runs[-1] = _Run(last.theirs, run.their_end, last.ours, run.our_end, is_linear=True)
        else:
            self._runs.append(run)
        self._raw.append(raw)
        self._text.append(text)
        self._theirs, self._ours = run.their_end, run.our_end


def carry(raw: str) -> Carried:
    """Return a whole text, cleaned."""
    carrier = Carrier()
    carrier.take(raw)
    return carrier.finish()


def _lines(raw: str) -> list[str]:
    """Split after each line feed, and nowhere else: a character never stands on two lines."""
    parts = raw.split("\n")
    lines = [f"{part}\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


def _chunks(line: str) -> list[str]:
    """Split into the smallest pieces that are cleaned by themselves as they are within the line."""
    chunks: list[str] = []
    start = 0
    for place in range(1, len(line)):
        if not _joins(line[place - 1], line[place]):
            chunks.append(line[start:place])
            start = place
    chunks.append(line[start:])
    return chunks


def _joins(before: str, char: str) -> bool:
    """Whether a character may become one with what stands before it, or goes away between the two."""
    if char < _FIRST_MARK:
        return (char == "\n" and before == "\r") or char == "\xad"
    category = unicodedata.category(char)
    number = ord(char)
    return category[0] == "M" or category in {"Cf", "Cn"} or number in _VOWELS or number in _FINALS
