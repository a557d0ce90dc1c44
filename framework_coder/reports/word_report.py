"""What every section of a Word report works with: the matrix, the writer, and what leads where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from framework_coder.model.codings import Coding
from framework_coder.model.matrix import Matrix
from framework_coder.reports.standing import Backing, find_home, list_backing
from framework_coder.reports.tables import Table, Value, in_words
from framework_coder.reports.word_writer import WordWriter


class ReportPart(StrEnum):
    """A part of the report that can be asked for; the title page and the guide are always there."""

    OVERVIEW = "overview"
    FINDINGS = "findings"
    COUNTS = "counts"
    CHARTS = "charts"
    THEMES = "themes"
    SITES = "sites"
    REVIEW = "review"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class WordReport:
    """One report while it is written.

    A claim is told in full once, with its footnotes: in its site's chapter, or in its theme's where the
    report has no chapters of sites. Elsewhere its number leads there.
    """

    matrix: Matrix
    parts: frozenset[ReportPart]
    made_on: datetime
    writer: WordWriter = field(default_factory=WordWriter)

    @property
    def is_told_by_site(self) -> bool:
        """Whether claims are told in full in the chapters of sites."""
        return ReportPart.SITES in self.parts

    @cached_property
    def homes(self) -> dict[int, str]:
        """The column that each claim shown is written under, by its id."""
        return {claim.id: find_home(self.matrix, claim) for claim in self.matrix.shown_claims()}

    @cached_property
    def cited(self) -> frozenset[int]:
        """The ids of the sources that the claims shown cite."""
        bearings = self.matrix.bearings
        links = (link for claim in self.homes for link in bearings.evidence.get(claim, ()))
        return frozenset(bearings.codings[link.coding].source for link in links)

    def number(self, claim: int) -> str:
        """Return the number of a claim, leading to where it is told in full."""
        if self.parts & {ReportPart.SITES, ReportPart.THEMES}:
            return self.writer.link(f"claim {claim}", f"claim_{claim}")
        return self.writer.run(f"claim {claim}")

    def cite(self, coding: Coding) -> str:
        """Return the citation token of a passage, leading to it in the appendix."""
        token = self.matrix.bearings.cite(coding)
        if ReportPart.EVIDENCE in self.parts:
            return self.writer.link(token, f"passage_{coding.id}")
        return self.writer.run(token)

    def cite_claim(self, claim: int, before: str = "") -> list[str]:
        """Return the tokens of all evidence of a claim, each kind under its stance but for the one before."""
        pieces: list[str] = []
        for item in list_backing(self.matrix, claim):
            stance = f"{item.link.stance}{' (not counted)' if item.counts else ''}"
            if stance != before:
                pieces.append(self.writer.run(f"{'; ' if pieces else ''}{stance}: ", "Soft"))
                before = stance
            elif pieces:
                pieces.append(self.writer.run(" "))
            pieces.append(self.cite(item.coding))
        return pieces or [self.writer.run("no evidence is linked", "Soft")]

    def footnotes(self, claim: int) -> list[str]:
        """Return the references to the footnotes of a claim, one a passage."""
        pieces: list[str] = []
        for item in list_backing(self.matrix, claim):
            if pieces:
                pieces.append(self.writer.run(" ", "FootnoteReference"))
            pieces.append(self.writer.footnote(self._note(item)))
        return pieces

    def _note(self, item: Backing) -> str:
        run = self.writer.run
        said = f"{item.link.stance}{', inferred' if item.link.is_inferred else ''}"
        details = f" {item.source.title} ({said}{'; ' + item.counts if item.counts else ''})."
        return f"{run(f'“{item.coding.quote}” ', 'Quote')}{self.cite(item.coding)}{run(details)}"

    def empty(self, *runs: str) -> str:
        """Return a soft paragraph for where there is nothing."""
        return self.writer.paragraph(*runs, style="Intro")

    def table(self, shown: Table, names: Sequence[str], widths: Sequence[float], title: str = "") -> str:
        """Return columns of a table of the study; numbers of claims lead to them. Widths are centimetres."""
        places = [shown.names.index(name) for name in names]
        heads = [shown.columns[place].title for place in places]
        rows = [[self._field(shown.names[place], row[place]) for place in places] for row in shown.rows]
        return self.writer.table(heads, rows, widths, title or shown.title)

    def _field(self, name: str, value: Value) -> str:
        if name == "claim" and isinstance(value, int) and value in self.homes:
            return self.writer.paragraph(self.number(value), style="TableText")
        return self.writer.paragraph(self.writer.run(in_words(name, value)), style="TableText")

    def label(self, theme: str) -> str:
        """Return the label of a theme."""
        return self.matrix.study.codebook[theme].label
