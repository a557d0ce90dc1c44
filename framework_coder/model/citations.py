"""Citations in a paragraph: `[D07 p4 ¶2 contradicts; Q01 r3]`, read and written.

A citation names a source and a place in it: `p4 ¶2`, `¶12`, `r11`, `Answers!B11`, or nothing for the source
as a whole. `para 2` may stand for `¶2`, `page 4` for `p4`, `row 11` for `r11`; a capital letter with a number
(`P2`) is always a cell of a sheet. `#412` names a coding by its number. `supports`, `qualifies`,
`contradicts`, `context`, `inferred` and `direct` may follow. Several citations share a bracket with `;`
between them. A bracket that names no source is ordinary text, and so is one after a backslash.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from framework_coder.model.claims import Stance
from framework_coder.model.sources import Locator
from framework_coder.model.spelling import closest

_CELL = re.compile(r"(?:(?P<sheet>.+)!)?(?P<cell>[A-Z]{1,3}[1-9][0-9]{0,8})(?=\s|$)", re.DOTALL)
_PART = re.compile(
    r"(?:¶|para(?:graph)?\.?)\s*(?P<paragraph>[0-9]{1,9})\b"
    r"|p(?:age)?\.?\s*(?P<page>[0-9]{1,9})\b"
    r"|r(?:ow)?\.?\s*(?P<row>[0-9]{1,9})\b"
    r"|\#(?P<number>[0-9]{1,9})\b"
    r"|(?P<word>[A-Za-z]+)\b"
)
_LIKE_A_REF = re.compile(r"[A-Za-z]{1,3}[0-9]{1,4}(?=\s|;|$)")
_BASES = {"inferred": True, "direct": False}
_CLOSING = frozenset(".,;:!?)]}»’”…")
"""A space before a citation that one of these follows belongs to the citation, not to the text."""
_OPENING = frozenset("([{«‘“")


@dataclass(frozen=True, slots=True)
class Citation:
    """What one citation says; `stance` and `is_inferred` are None where it does not say them."""

    ref: str = ""
    place: Locator = Locator()
    coding: int | None = None
    stance: Stance | None = None
    is_inferred: bool | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation where it stands: `start:end` of the paragraph as typed, `place` in the text without any."""

    citation: Citation
    text: str
    start: int
    end: int
    place: int


@dataclass(frozen=True, slots=True)
class CitationFault:
    """A citation that cannot be followed: `start:end` of the paragraph; `meant` is what it perhaps was."""

    text: str
    start: int
    end: int
    sentence: str
    meant: str = ""

    def __str__(self) -> str:
        hint = f" (did you mean [{self.meant}]?)" if self.meant else ""
        return f"[{self.text}] at character {self.start + 1}: {self.sentence}{hint}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph taken apart: the text without citations, and the citations in order."""

    summary: str
    cited: tuple[Cited, ...] = ()
    faults: tuple[CitationFault, ...] = ()


def write_token(
    ref: str,
    place: Locator,
    coding: int | None = None,
    stance: Stance = Stance.SUPPORTS,
    *,
    is_inferred: bool = False,
) -> str:
    """Return a citation as it stands between brackets; support and a direct basis go without saying."""
    words = [ref, str(place), f"#{coding}" if coding is not None else ""]
    words += ["" if stance is Stance.SUPPORTS else stance.value, "inferred" if is_inferred else ""]
    return " ".join(word for word in words if word)


def reads_back(token: str, ref: str, place: Locator) -> bool:
    """Say whether a token without words means this source and place: not where a name has `;` in it, say."""
    if re.search(r"[\[\];]", token):
        return False
    found = _read_citation(token, _by_length((ref,)))
    return isinstance(found, Citation) and (found.ref, str(found.place)) == (ref, str(place))


def read_paragraph(text: str, refs: Collection[str]) -> Paragraph:
    """Return the text and the citations of a paragraph; `refs` are the sources of the project.

    White space before a citation goes with it, unless a word follows at once.
    """
    reading = _Reading(text, _by_length(tuple(refs)))
    return reading.read()


@dataclass
class _Reading:
    """Goes through a paragraph from bracket to bracket."""

    text: str
    refs: tuple[str, ...]
    kept: str = ""
    held: str = ""
    """White space before the last citation: it comes back where a word follows."""
    found: list[tuple[int, str, int]] = field(default_factory=list)
    """Each citation's start in the text, its words, and its place in what is kept."""

    def read(self) -> Paragraph:
        done = 0
        while (bracket := re.compile(r"(\\*)\[").search(self.text, done)) is not None:
            slashes, start = len(bracket[1]), bracket.end() - 1
            self._keep(self.text[done : bracket.start()] + "\\" * (slashes // 2))
            body = find_body(self.text, start)
            if slashes % 2 or body is None or not is_citation(body, self.refs):
                self._keep("[")
                done = start + 1
            else:
                self._cite(body, start + 1)
                done = start + len(body) + 2
        self._keep(self.text[done:])
        return self._settle()

    def _keep(self, words: str) -> None:
        if words and self.held:
            if not (words[0].isspace() or words[0] in _CLOSING):
                self.kept += self.held
            self.held = ""
        self.kept += words

    def _cite(self, body: str, start: int) -> None:
        bare = self.kept.rstrip()
        self.held, self.kept = self.kept[len(bare) :] or self.held, bare
        for part in body.split(";"):
            if part.strip():
                lead = len(part) - len(part.lstrip())
                self.found.append((start + lead, part.strip(), len(bare)))
            start += len(part) + 1

    def _settle(self) -> Paragraph:
        """Strip the text and read the citations, now that their places are known."""
        lead = len(self.kept) - len(self.kept.lstrip())
        summary = self.kept.strip()
        cited, faults = [], []
        for start, words, place in self.found:
            end, settled = start + len(words), min(max(0, place - lead), len(summary))
            read = _read_citation(words, self.refs)
            if isinstance(read, Citation):
                cited.append(Cited(read, words, start, end, settled))
            else:
                faults.append(CitationFault(words, start, end, *read))
        return Paragraph(summary, tuple(cited), tuple(faults))


@lru_cache(maxsize=8)
def _by_length(refs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the refs longest first: `D07 b` is found before `D07`."""
    return tuple(sorted(refs, key=lambda ref: (-len(ref), ref)))


def find_body(text: str, start: int) -> str | None:
    """Return what stands in the bracket that opens at `start`; None where it is not closed."""
    body = re.compile(r"[^\[\]]*\]").match(text, start + 1)
    return body[0][:-1] if body else None


def is_citation(body: str, refs: Sequence[str]) -> bool:
    """Say whether what stands in a bracket is meant as a citation: it names a source, or looks like it."""
    words = body.strip()
    return bool(
        _starting_ref(words, refs) or _LIKE_A_REF.match(words) or re.match(r"#[0-9]+(?=\s|;|$)", words)
    )


def _starting_ref(words: str, refs: Sequence[str]) -> str:
    folded = words.casefold()
    for ref in refs:
        if folded.startswith(ref.casefold()):
            rest = words[len(ref) :]
            if not rest or rest[0].isspace() or rest[0] == ";":
                return ref
    return ""


def _read_citation(words: str, refs: Sequence[str]) -> Citation | tuple[str, str]:
    """Return what a citation says, or what is wrong with it and what was perhaps meant."""
    ref = _starting_ref(words, refs)
    if not ref and not words.startswith("#"):
        name = words.split(maxsplit=1)[0]
        meant = closest(name, refs) or ""
        return f"there is no source “{name}”", f"{meant}{words[len(name) :]}" if meant else ""
    return _read_rest(words[len(ref) :].strip(), ref)


def _read_rest(rest: str, ref: str) -> Citation | tuple[str, str]:
    said: dict[str, str] = {}
    if cell := _CELL.match(rest):
        said |= {name: value for name, value in cell.groupdict().items() if value}
        rest = rest[cell.end() :].lstrip()
    while rest:
        part = _PART.match(rest)
        if part is None or part.lastgroup is None:
            return f"“{rest}” is neither a place nor a stance", ""
        name, value = part.lastgroup, part[part.lastgroup]
        if name == "word":
            name, value = _name_word(value.casefold()), value.casefold()
        if not name:
            meant = closest(value, [*Stance, *_BASES])
            hint = f"; did you mean {meant}?" if meant else ""
            return f"“{value}” is neither a place nor a stance{hint}", ""
        if name in said:
            return f"it names a {name} twice", ""
        said[name] = value
        rest = rest[part.end() :].lstrip()
    return _make_citation(ref, said)


def _name_word(word: str) -> str:
    return "stance" if word in set(Stance) else "basis" if word in _BASES else ""


def _make_citation(ref: str, said: dict[str, str]) -> Citation:
    page, paragraph, row = (int(said[n]) if n in said else None for n in ("page", "paragraph", "row"))
    place = Locator(page, paragraph, row=row, sheet=said.get("sheet", ""), cell=said.get("cell", ""))
    return Citation(
        ref,
        place,
        int(said["number"]) if "number" in said else None,
        Stance(said["stance"]) if "stance" in said else None,
        _BASES[said["basis"]] if "basis" in said else None,
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph with its citations: `spans` are those of the tokens, in the order in which they stand.

    `order` gives for each span which of the tokens it is; `brackets` are the brackets around them.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    order: tuple[int, ...] = ()
    brackets: tuple[tuple[int, int], ...] = ()


def write_paragraph(
    summary: str, tokens: Sequence[tuple[int | None, str]], refs: Collection[str] = ()
) -> Written:
    """Return a text with tokens at their places (None: at the end), so that `read_paragraph` reads the same.

    Tokens of one place share a bracket. Brackets of the text itself that would be taken for citations are
    marked with a backslash.
    """
    at: dict[int, list[int]] = {}
    for number, (place, _) in enumerate(tokens):
        at.setdefault(settle_place(summary, place), []).append(number)
    text, spans, brackets, done = "", [], [], 0
    shown = _escape(summary, _by_length(tuple(refs)), at)
    for place in sorted(at):
        text += "".join(shown[done:place])
        text += _gap(summary, place) or "\\" * (len(text) - len(text.rstrip("\\")))
        start = len(text)
        for number in at[place]:
            text += "; " if len(text) > start else "["
            spans.append((len(text), len(text) + len(tokens[number][1])))
            text += tokens[number][1]
        text += "]" + (" " if place == 0 and summary else "")
        brackets.append((start, start + len(text[start:].rstrip())))
        done = place
    text += "".join(shown[done:])
    order = tuple(number for place in sorted(at) for number in at[place])
    return Written(text, tuple(spans), order, tuple(brackets))


def settle_place(summary: str, place: int | None) -> int:
    """Return where in a text a token stands: never behind white space, never beyond the end."""
    return len(summary if place is None else summary[:place].rstrip())


def _gap(summary: str, place: int) -> str:
    """Return a space where one is to stand between the text and a token."""
    before, after = summary[:place][-1:], summary[place : place + 1]
    is_apart = not after or after.isspace() or after in _CLOSING
    return " " if before and before not in _OPENING and is_apart else ""


def _escape(summary: str, refs: Sequence[str], places: Collection[int]) -> list[str]:
    """Return the text letter by letter, backslashes added where a bracket would be read as something else.

    Backslashes before one of the places do not touch what follows: a token stands between.
    """
    shown = list(summary)
    for bracket in re.finditer(r"(\\*)\[", summary):
        place = bracket.end() - 1
        since = max((p for p in places if p <= place), default=0)
        body = find_body(summary, place)
        mark = "\\" if body is not None and is_citation(body, refs) else ""
        shown[place] = "\\" * (place - max(since, bracket.start())) + mark + "["
    return shown


def join_texts(first: str, second: str) -> str:
    """Return two texts as one, a space between them unless the second begins with closing punctuation."""
    return first + ("" if second[:1] in _CLOSING else " ") + second


def move_place(old: str, new: str, place: int | None) -> int | None:
    """Return where a place of a text lies once the text was edited: it stays with the words around it."""
    if place is None:
        return None
    before = _common(old, new)
    after = _common(old[before:][::-1], new[before:][::-1])
    if place <= before:
        return settle_place(new, place)
    if place >= len(old) - after:
        return settle_place(new, place + len(new) - len(old))
    return settle_place(new, len(new) - after)


def _common(one: str, other: str) -> int:
    """Return how many letters two texts begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs between empty lines, each with its place in the text."""
    for found in re.finditer(r"\S(?:.|\n(?![^\S\n]*(?:\n|\Z)))*", text):
        yield found.start(), found[0].rstrip()


def cut_paragraph(written: Written, at: int) -> tuple[str, str]:
    """Return the two parts of a paragraph cut at an offset; one inside a bracket cuts behind it."""
    for start, end in written.brackets:
        if start < at < end:
            at = end
    text = written.text
    if text[at : at + 1] in ("[", "\\"):
        at = len(text[:at].rstrip("\\"))
    return text[:at], text[at:]
