"""The text of a QualCoder file and the places in it: their offsets count in more ways than one."""

import mimetypes
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from framework_coder.exchange.carrying import Carried, carry
from framework_coder.exchange.foreign_sqlite import open_foreign
from framework_coder.exchange.layout import lay_out, lines_of
from framework_coder.exchange.rulers import Counting, Marked, Rulers, Unit, squeeze
from framework_coder.model.anchors import Anchor, find_anchor
from framework_coder.model.sources import SourceText

MOST_ORIGINAL = 200_000_000
"""Bytes of an original that is kept; in place of a larger one its text is."""

COUNTINGS = (
    Counting(Unit.UTF16),
    Counting(Unit.CODE_POINTS),
    Counting(Unit.UTF16, is_crlf_one=True),
    Counting(Unit.CODE_POINTS, is_crlf_one=True),
)
"""Marks set by hand count UTF-16 units (CR LF once, as a text field does), others code points."""

NO_CASE = "no case"
"""The key of the site of passages that are in no case."""


class CaseText(NamedTuple):
    """The part of a file that belongs to a case; offsets as QualCoder counts them."""

    site: str
    start: int
    end: int


class CodedFile:
    """A file's text as it is stored here, and where the marks of QualCoder stand in it."""

    def __init__(self, raw: str, marks: Sequence[Marked], cases: Sequence[CaseText]) -> None:
        self.raw = raw
        self.carried: Carried = carry(raw)
        self.cases = tuple(cases)
        self._rulers = Rulers(raw, COUNTINGS, marks)

    def place(self, mark: Marked) -> tuple[int, int] | None:
        """Return the span of a mark in our text; its quote decides where counting does not.

        Where no way of counting gives the quote, the quote itself is looked for, word for word, near the
        place that is named; None where it is not there, or equally good in several places.
        """
        span = self._rulers.place(mark)
        if span is not None:
            return self.carried.start(span[0]), self.carried.end(span[1])
        if not mark[2].strip():
            return None
        text = self.carried.text
        quote = carry(mark[2].replace("\u2029", "\n")).text
        found = find_anchor(text, Anchor(quote.strip(), start=max(0, mark[0])))
        exact = [place for place in found if place.how != "fuzzy"]
        if len(exact) != 1 or squeeze(text[exact[0].start : exact[0].end]) != squeeze(quote):
            return None
        return exact[0].start, exact[0].end

    def sites_at(self, start: int, end: int) -> list[str]:
        """Return the cases that a passage overlaps, or `NO_CASE` where there are none."""
        found = dict.fromkeys(site for site, (first, last) in self._parts if start < last and first < end)
        return list(found) or [NO_CASE]

    @cached_property
    def _parts(self) -> list[tuple[str, tuple[int, int]]]:
        """The parts of cases in our text; one that reaches beyond the text ends with it."""
        found = []
        for case in self.cases:
            ruler = self._rulers.rulers[0]
            start, end = ruler.start(case.start), ruler.end(case.end)
            first = self.carried.start(start or 0)
            last = self.carried.end(end) if end is not None else len(self.carried.text)
            found.append((case.site, (first, last)))
        return found


def load_file(path: Path, number: Any, name: str) -> SourceText:
    """Return the text of a file of the project as a source: its lines are its paragraphs."""
    with open_foreign(path, "QualCoder", {"source": ("id", "fulltext")}) as tables:
        raw = str(tables.value("source", "fulltext", "id", number) or "")
    carried = carry(raw)
    file, media_type = original_of(path.parent, name, raw)
    content = raw.encode("utf-8", "replace") if file is None else file.read_bytes()
    return lay_out(
        carried.text,
        lines_of(carried.text),
        content,
        media_type=media_type,
        reader="qualcoder",
        warnings=carried.cleaning.warnings(),
    )


def original_of(folder: Path, name: str, raw: str) -> tuple[Path | None, str]:
    """Return the file that was imported into the project, where it is kept there, and its media type.

    Only a plain file directly in the folder `documents` is taken: a name may say anything.
    """
    home = folder / "documents"
    path = home / name
    is_inside = bool(raw) and Path(name).name == name and path.parent == home
    if is_inside and path.is_file() and not path.is_symlink() and 0 < path.stat().st_size <= MOST_ORIGINAL:
        return path, mimetypes.guess_type(name)[0] or "application/octet-stream"
    return None, "text/plain"
