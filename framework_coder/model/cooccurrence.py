"""Themes that occur together: passages of a source that carry both."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from framework_coder.model.codings import Coding
from framework_coder.model.matrix import Matrix


@dataclass(slots=True)
class CoOccurrence:
    """Two themes (in codebook order) that meet in the same words.

    A passage is a stretch of a source that both themes cover: stretches that touch count once, whoever and
    however often coded them. `passages` are (source id, start, end), half open; `codings` the ids of what was
    coded there, at either theme.
    """

    first: str
    second: str
    passages: list[tuple[int, int, int]] = field(default_factory=list)
    codings: set[int] = field(default_factory=set)
    sites: set[int] = field(default_factory=set)

    @property
    def sources(self) -> frozenset[int]:
        """The ids of the sources in which they meet."""
        return frozenset(source for source, _, _ in self.passages)


def count_cooccurrences(matrix: Matrix, themes: Collection[str] = ()) -> list[CoOccurrence]:
    """Return every pair of themes that meet, most passages first; `themes` limits one of the two.

    Themes are those that the passages are coded at, not those above them. Only live codings count.
    """
    place = {theme.id: number for number, theme in enumerate(matrix.study.codebook)}
    found: dict[tuple[str, str], CoOccurrence] = {}
    for coding, other in _overlaps(matrix.shown_codings()):
        first, second = sorted((coding, other), key=lambda c: place[c.theme])
        if themes and not {first.theme, second.theme}.intersection(themes):
            continue
        pair = (first.theme, second.theme)
        if pair not in found:
            found[pair] = CoOccurrence(*pair)
        _meet(found[pair], first, second)
    for met in found.values():
        met.passages = _joined(met.passages)
    return sorted(found.values(), key=lambda m: (-len(m.passages), place[m.first], place[m.second]))


def _meet(pair: CoOccurrence, one: Coding, other: Coding) -> None:
    pair.passages.append((one.source, max(one.start, other.start), min(one.end, other.end)))
    pair.codings |= {one.id, other.id}
    pair.sites |= {one.site, other.site}


def _overlaps(codings: Iterable[Coding]) -> Iterable[tuple[Coding, Coding]]:
    """Yield each pair of codings of different themes that share words of one text."""
    by_text: dict[int, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_text[coding.source].append(coding)
    for found in by_text.values():
        open_now: list[Coding] = []
        for coding in sorted(found, key=lambda c: (c.start, c.end)):
            open_now = [other for other in open_now if other.end > coding.start]
            for other in open_now:
                if other.theme != coding.theme:
                    yield other, coding
            open_now.append(coding)


def _joined(passages: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return stretches in order, those that touch made one."""
    joined: list[tuple[int, int, int]] = []
    for source, start, end in sorted(passages):
        if joined and joined[-1][0] == source and start <= joined[-1][2]:
            joined[-1] = (source, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((source, start, end))
    return joined
