"""From the citations of paragraphs to codings: found, or coded where a place has no coding yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from framework_coder.errors import BadInputError
from framework_coder.model.citations import CitationFault, Cited, Paragraph, read_paragraph, split_paragraphs
from framework_coder.model.claims import Claim, Evidence, Stance
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.model.passages import Passages, Unfound
from framework_coder.model.study import Source
from framework_coder.store.codebooks import note_coders
from framework_coder.store.journal import Step, now
from framework_coder.store.sources import load_sources, load_text
from framework_coder.store.tables import CodingEntity
from framework_coder.workflows.charted import ClaimError, load_passages
from framework_coder.workflows.coding import coding_columns

if TYPE_CHECKING:
    from framework_coder.model.sources import Block


class UnresolvedCitationsError(BadInputError):
    """Citations that lead to no coding; nothing was written. `faults` has each with its place in the text."""

    def __init__(self, faults: Sequence[CitationFault], *, can_code: bool) -> None:
        self.faults = tuple(faults)
        count = "1 citation cannot" if len(faults) == 1 else f"{len(faults)} citations cannot"
        hint = " Passages that are not coded yet can be coded whole with it (--code)." if can_code else ""
        super().__init__(f"{count} be followed, so nothing was written: {'; '.join(map(str, faults))}.{hint}")


@dataclass(frozen=True, slots=True)
class Link:
    """A citation that leads to a coding, or to a passage that is coded along with the claim."""

    cited: Cited
    source: int
    coding: int | None = None
    span: tuple[int, int] | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """What two citations of the same passage have in common."""
        return (self.coding,) if self.coding is not None else (self.source, *(self.span or ()))

    def evidence(self, claim: int, coding: int) -> Evidence:
        """Return the link of a claim to the coding, as far as the citation says."""
        said = self.cited.citation
        return Evidence(
            claim, coding, said.stance or Stance.SUPPORTS, bool(said.is_inferred), place=self.cited.place
        )


@dataclass
class Resolved:
    """The texts of paragraphs, with the passages that each cites."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    links: list[list[Link]] = field(default_factory=list)


def resolve_paragraphs(
    connection: Connection,
    claim: Claim,
    text: str,
    *,
    cited: Collection[int] = (),
    code_uncited: bool = False,
    in_one: bool = False,
) -> Resolved:
    """Return the paragraphs of a text, those of one claim or of several, with what they cite.

    `claim` gives the cell, `cited` the codings that it cites already. With `code_uncited` a place without a
    coding leads to the block that stands there. Raises UnresolvedCitationsError, which names every fault, or
    ClaimError.
    """
    sources = {source.ref: source for source in load_sources(connection)}
    parts = [(0, text)] if in_one else list(split_paragraphs(text))
    read = [(start, read_paragraph(part, sources)) for start, part in parts]
    if not read or not all(paragraph.summary for _, paragraph in read):
        raise ClaimError("A claim needs words beside its citations; say what the evidence says.")
    named = {each.citation.ref for _, paragraph in read for each in paragraph.cited}
    wanted = None if "" in named else {sources[ref].id for ref in named}
    passages = load_passages(connection, claim.site, claim.theme, sources=wanted, cited=cited)
    finder = _Finder(connection, passages, sources, code_uncited=code_uncited)
    found = Resolved()
    for start, paragraph in read:
        found.paragraphs.append(paragraph)
        found.links.append(finder.follow(start, paragraph))
    if finder.faults:
        can_code = finder.could_code and not code_uncited
        raise UnresolvedCitationsError(sorted(finder.faults, key=lambda f: f.start), can_code=can_code)
    return found


class _Finder:
    """Follows citations and collects what is wrong with them."""

    def __init__(
        self,
        connection: Connection,
        passages: Passages,
        sources: dict[str, Source],
        *,
        code_uncited: bool,
    ) -> None:
        self._connection, self._passages, self._sources = connection, passages, sources
        self._code_uncited = code_uncited
        self._blocks: dict[int, Sequence[Block]] = {}
        self.faults: list[CitationFault] = []
        self.could_code = False

    def follow(self, start: int, paragraph: Paragraph) -> list[Link]:
        """Return where the citations of a paragraph lead; `start` is its place in the whole text."""
        self.faults += [
            replace(fault, start=fault.start + start, end=fault.end + start) for fault in paragraph.faults
        ]
        links: list[Link] = []
        for cited in paragraph.cited:
            link = self._follow(cited)
            if isinstance(link, Link) and any(link.key == other.key for other in links):
                link = Unfound("the same passage is cited twice in the paragraph; cite it once")
            if isinstance(link, Link):
                links.append(link)
            else:
                place = (cited.start + start, cited.end + start)
                self.faults.append(CitationFault(cited.text, *place, link.sentence, link.meant))
        return links

    def _follow(self, cited: Cited) -> Link | Unfound:
        found = self._passages.find(cited.citation)
        if not isinstance(found, Unfound):
            return Link(cited, found.source, found.id)
        if not found.is_uncoded:
            return found
        self.could_code = True
        return self._find_block(cited) if self._code_uncited else found

    def _find_block(self, cited: Cited) -> Link | Unfound:
        """Return the whole block at a place that nobody has coded."""
        source = self._sources[cited.citation.ref]
        if source.id not in self._blocks:
            stored = load_text(self._connection, source.id)
            self._blocks[source.id] = stored.text.blocks if stored else ()
        place = str(cited.citation.place).casefold()
        blocks = [b for b in self._blocks[source.id] if str(b.locator).casefold() == place]
        if len(blocks) == 1:
            return Link(cited, source.id, span=(blocks[0].start, blocks[0].end))
        if blocks:
            return Unfound("several blocks of text stand there; code the one that is meant")
        return Unfound(f"{source.ref} has no such place")


def code_blocks(step: Step, claim: Claim, links: Sequence[Link], who: str) -> dict[tuple[int, ...], int]:
    """Code the passages that are not coded yet, each whole and once; return the coding of each link's key."""
    new = {link.key: link for link in links if link.coding is None}
    rows = [_coding_row(step.connection, claim, link, who) for link in new.values()]
    if rows:
        note_coders(step, [who])
    numbers = step.insert(CodingEntity, rows)
    made = {key: int(number) for key, number in zip(new, numbers, strict=True)}
    return made | {link.key: link.coding for link in links if link.coding is not None}


def _coding_row(connection: Connection, claim: Claim, link: Link, who: str) -> dict[str, Any]:
    stored = load_text(connection, link.source)
    assert stored is not None
    assert link.span is not None
    return {
        **coding_columns(stored, *link.span),
        "site": claim.site,
        "theme": claim.theme,
        "coder": who,
        "origin": CodingOrigin.MANUAL.value,
        "state": CodingState.ACCEPTED.value,
        "made_on": now()[:10],
    }
