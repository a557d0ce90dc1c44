"""Studies in memory, a line a fact: for tests of the pure tier."""

from dataclasses import replace
from typing import Any

from framework_coder.model.claims import Adjudication, Claim, Decision, Evidence, Stance
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import Coding
from framework_coder.model.design import Design
from framework_coder.model.study import Coverage, Examined, NotApplicable, PlannedSource, Site, Source, Study

METHODS = {"Q": "questionnaire", "D": "document", "M": "meeting", "F": "informant_feedback"}


def a_codebook() -> Codebook:
    """Two groups: `a` with `a.one`, `a.two`, and `b` with `b.one`."""
    return Codebook(
        (
            Theme("a", "Group A", colour="#336699"),
            Theme("a.one", "One", "a"),
            Theme("a.two", "Two", "a"),
            Theme("b", "Group B"),
            Theme("b.one", "One of B", "b"),
        )
    )


class StudyBuilder:
    """Adds facts one by one; ids count from 1 in each kind; `build` gives the study."""

    def __init__(self, codebook: Codebook | None = None, **fields: Any) -> None:
        self.study = Study(Design(), codebook or a_codebook(), version=1)
        self.study = replace(self.study, **fields)

    def _append(self, kind: str, value: Any) -> None:
        self.study = replace(self.study, **{kind: (*getattr(self.study, kind), value)})

    def site(self, name: str = "", **attributes: str) -> int:
        """Add a site."""
        number = len(self.study.sites) + 1
        self._append("sites", Site(number, f"S{number:02}", name or f"Site {number}", attributes))
        return number

    def source(self, ref: str, *sites: int, title: str = "", **fields: Any) -> int:
        """Add a source whose method is that of its reference's letter."""
        number = len(self.study.sources) + 1
        self._append(
            "sources", Source(number, ref, title or f"Source {ref}", METHODS[ref[0]], sites or (1,), **fields)
        )
        return number

    def code(self, source: int, theme: str, quote: str = "words", **fields: Any) -> int:
        """Code a passage of a source, for its first site unless another is given."""
        number = len(self.study.codings) + 1
        site = fields.pop("site", self.study.sources[source - 1].sites[0])
        coder = fields.pop("coder", "HW")
        self._append("codings", Coding(number, source, site, theme, 0, len(quote), quote, coder, **fields))
        return number

    def claim(self, site: int, theme: str, *supports: int, **fields: Any) -> int:
        """Write a claim, supported by codings."""
        number = len(self.study.claims) + 1
        self._append("claims", Claim(number, site, theme, f"Claim {number}", position=number, **fields))
        for coding in supports:
            self.link(number, coding)
        return number

    def link(self, claim: int, coding: int, stance: Stance = Stance.SUPPORTS, **fields: Any) -> None:
        """Link a coding to a claim."""
        self._append("evidence", Evidence(claim, coding, stance, **fields))

    def decide(self, claim: int, decision: Decision, supports: set[int], contradicts: set[int]) -> None:
        """Settle a contested claim."""
        self._append(
            "adjudications",
            Adjudication(
                claim, decision, "Reason.", "HW", "2020-01-01", frozenset(supports), frozenset(contradicts)
            ),
        )

    def examine(
        self, source: int, *themes: str, state: Examined = Examined.EXAMINED, version: int = 1
    ) -> None:
        """Record that a source was read for themes."""
        for theme in themes:
            self._append("coverage", Coverage(source, theme, version, state))

    def plan(self, site: int, method: str, count: int, reason: str = "") -> None:
        """Plan so many sources of a method at a site."""
        self._append("plan", PlannedSource(site, method, count, reason))

    def mark(self, site: int, theme: str, reason: str = "No such thing here.") -> None:
        """Mark a cell as not applicable."""
        self._append("not_applicable", NotApplicable(site, theme, reason))

    def build(self) -> Study:
        """Return the study."""
        return self.study
