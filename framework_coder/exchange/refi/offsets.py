"""Positions in texts as other tools count them: found out from the texts, and turned into code points.

Tools differ in two things: whether a character outside the basic plane (an emoji) counts once or, as in
UTF-16, twice; and whether the two characters CR LF at the end of a line count twice or once. The standard
asks for code points and does not speak of line ends. A byte order mark never counts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from unicodedata import category

_PAIR = re.compile("\r\n")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

POOR = 0.9
"""A score below this is warned of."""


class Unit(StrEnum):
    """What a position counts."""

    CODEPOINTS = "codepoints"
    UTF16 = "utf16"


class Newlines(StrEnum):
    """How CR LF counts."""

    TWO = "two"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Convention:
    """How the positions of a project count."""

    newlines: Newlines = Newlines.TWO
    unit: Unit = Unit.CODEPOINTS

    def __str__(self) -> str:
        """Return it in words."""
        unit = "code points" if self.unit is Unit.CODEPOINTS else "UTF-16 units"
        return f"{unit}, a line end of CR LF counted {'twice' if self.newlines is Newlines.TWO else 'once'}"


CONVENTIONS = tuple(Convention(newlines, unit) for unit in Unit for newlines in Newlines)
"""All four; of equally good ones the first is taken: code points, raw."""


class Mark(NamedTuple):
    """A selection as it is given: where it starts and ends, and its name."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class CountedText:
    """A text as it was given, and the same with line feeds, in which all our positions count."""

    raw: str

    @cached_property
    def text(self) -> str:
        """The text as it is stored: every line ends in a line feed, nothing else is changed."""
        if "\r" not in self.raw:
            return self.raw
        return self.raw.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def is_plain(self) -> bool:
        """Whether all conventions say the same of it."""
        return not self._pairs and not self._find_astral(self.raw)

    @cached_property
    def _pairs(self) -> list[int]:
        return [found.start() for found in _PAIR.finditer(self.raw)] if "\r" in self.raw else []

    @cached_property
    def _astral_raw(self) -> list[int]:
        return self._find_astral(self.raw)

    @cached_property
    def _astral_text(self) -> list[int]:
        return self._find_astral(self.text) if self._pairs else self._astral_raw

    @staticmethod
    def _find_astral(text: str) -> list[int]:
        if text.isascii():
            return []
        starts = [found.start() for found in _ASTRAL.finditer(text)]
        return [start + place for place, start in enumerate(starts)]

    def place(self, position: int, convention: Convention, *, is_end: bool = False) -> int:
        """Return the code point of `text` that a position means.

        A position inside a surrogate pair or a CR LF is brought to its beginning, at the end of a selection
        to its end. What lies past the text stays past it.
        """
        is_raw = convention.newlines is Newlines.TWO
        if convention.unit is Unit.UTF16:
            astral = self._astral_raw if is_raw else self._astral_text
            position = _to_codepoint(position, astral, is_end=is_end)
        if is_raw and self._pairs:
            before = bisect_left(self._pairs, position)
            is_inside = before > 0 and self._pairs[before - 1] == position - 1
            position += (1 if is_inside and is_end else 0) - before
        return position

    def simplest(self, convention: Convention) -> Convention:
        """Return the first convention that means the same in this text."""
        newlines = convention.newlines if self._pairs else Newlines.TWO
        return Convention(newlines, convention.unit if self._astral_raw else Unit.CODEPOINTS)

    def fits(self, position: int, convention: Convention) -> bool:
        """Say whether a position lies in the text."""
        return 0 <= self.place(position, convention, is_end=True) <= len(self.text)


def _to_codepoint(position: int, astral: Sequence[int], *, is_end: bool) -> int:
    """Return the code point at a position in UTF-16 units; `astral` are the units where pairs begin."""
    before = bisect_left(astral, position)
    is_split = before > 0 and astral[before - 1] == position - 1
    return position - before + (1 if is_split and is_end else 0)


def count_units(text: str, positions: Iterable[int], unit: Unit, newlines: Newlines) -> dict[int, int]:
    """Return what code points of a text with line feeds are in another convention, if it is written CR LF."""
    astral = [m.start() for m in _ASTRAL.finditer(text)] if unit is Unit.UTF16 else []
    feeds = [m.start() for m in re.finditer("\n", text)] if newlines is Newlines.TWO else []
    return {p: p + bisect_left(astral, p) + bisect_left(feeds, p) for p in set(positions)}


@dataclass(slots=True)
class Tally:
    """How well a convention fits: boundaries not inside a word, or proved by a name that is the text."""

    good: int = 0
    boundaries: int = 0
    matches: int = 0
    past: int = 0


@dataclass(frozen=True, slots=True)
class Detected:
    """The convention taken, its score (0 to 1; 1 without anything to judge by), and whether it mattered."""

    convention: Convention
    score: float
    is_needed: bool


class Detection:
    """Tries all conventions on the texts of a project, one text after the other."""

    def __init__(self) -> None:
        self._tallies = {convention: Tally() for convention in CONVENTIONS}
        self._named = 0
        self._is_needed = False

    def add(self, counted: CountedText, marks: Sequence[Mark]) -> None:
        """Try the selections of one text."""
        if not marks:
            return
        self._is_needed = self._is_needed or not counted.is_plain
        tried: dict[Convention, tuple[Tally, set[int]]] = {}
        for convention, kept in self._tallies.items():
            same = counted.simplest(convention)
            if same not in tried:
                tried[same] = _try(counted, marks, same)
            tally, matched = tried[same]
            kept.good += tally.good
            kept.boundaries += tally.boundaries
            kept.past += tally.past
            kept.matches += len(matched)
        self._named += len(set[int]().union(*(matched for _, matched in tried.values())))

    def choose(self, unit: str = "", newlines: str = "") -> Detected:
        """Return the best convention, among those that the user allows."""
        allowed = [
            c
            for c in CONVENTIONS
            if (not unit or c.unit == unit) and (not newlines or c.newlines == newlines)
        ]
        fewest = min(self._tallies[c].past for c in allowed)
        kept = [c for c in allowed if self._tallies[c].past == fewest]
        best = max(kept, key=self._score)
        return Detected(best, self._score(best), self._is_needed)

    def _score(self, convention: Convention) -> float:
        tally = self._tallies[convention]
        possible = tally.boundaries + self._named
        return (tally.good + tally.matches) / possible if possible else 1.0


def _try(counted: CountedText, marks: Sequence[Mark], convention: Convention) -> tuple[Tally, set[int]]:
    text, tally, matched = counted.text, Tally(), set()
    is_plain, length = counted.is_plain, len(counted.text)
    for number, mark in enumerate(marks):
        start, end = mark.start, mark.end
        if not is_plain:
            start, end = counted.place(start, convention), counted.place(end, convention, is_end=True)
        if not 0 <= start < end <= length:
            tally.past += end > length
            continue
        tally.boundaries += 2
        if mark.name and is_name_of(mark.name, text[start:end]):
            matched.add(number)
            tally.good += 2  # its name proves both ends, wherever people chose to put them
        else:
            tally.good += (not is_inside_word(text, start)) + (not is_inside_word(text, end))
    return tally, matched


def is_inside_word(text: str, position: int) -> bool:
    """Say whether a position parts a word, or a letter from its marks.

    In scripts that put no space between words any place between letters may end one.
    """
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if before.isalnum() and after.isalnum():
        return not (_UNSPACED.match(before) or _UNSPACED.match(after))
    if before.isascii() and after.isascii():
        return False
    is_mark = category(after) in _MARKS
    return (is_mark and not before.isspace()) or (category(before) in _MARKS and after.isalnum())


_MARKS = frozenset({"Mn", "Mc"})
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters."""


def is_name_of(name: str, quote: str) -> bool:
    """Say whether a selection's name is its text, with white space folded and perhaps cut short."""
    given, text = name.strip(), quote.strip()
    is_cut = given.endswith(_CUT)
    if given[:1] != text[:1] or (given[-1:] != text[-1:] and not is_cut):
        return False  # most of those that are not, told without folding
    folded, given = " ".join(text.split()), " ".join(given.split())
    if given == folded:
        return True
    cut = given.removesuffix("…").removesuffix("...").rstrip()
    return is_cut and len(cut) >= _TELLING and folded.startswith(cut)


_CUT = ("…", "...")
_TELLING = 8
"""A name that was cut short tells something from so many characters on."""


def decode(content: bytes) -> tuple[str, list[int]]:
    """Return a text without its byte order mark, and the positions of bytes that are not UTF-8.

    Such bytes become U+FFFD; nothing is dropped. A NUL, which no database can keep, becomes U+FFFD too.
    """
    bad: list[int] = []
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text, bad = content.decode("utf-16", "replace"), []
    else:
        content = content.removeprefix(b"\xef\xbb\xbf")
        try:
            text, bad = content.decode("utf-8"), []
        except UnicodeDecodeError:
            text, bad = content.decode("utf-8", "replace"), _find_undecodable(content)
    return text.replace("\0", "\ufffd"), bad


def _find_undecodable(content: bytes) -> list[int]:
    bad: list[int] = []
    start = 0
    while True:
        try:
            content[start:].decode("utf-8") if start else content.decode("utf-8")
        except UnicodeDecodeError as error:
            bad.append(start + error.start)
            start += error.end
            if len(bad) >= _MOST_TOLD:
                return bad
        else:
            return bad


_MOST_TOLD = 100
