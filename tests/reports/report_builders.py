"""A small matrix with everything that a report has to show."""

from dataclasses import replace

from study_builders import StudyBuilder

from framework_coder.model.claims import Decision, Stance
from framework_coder.model.codings import CodingState
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design, FieldKind, SiteField
from framework_coder.model.findings import Finding, FindingLink, FindingRole
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.model.selection import Selection
from framework_coder.model.sources import Block, BlockKind, Locator, SourceText
from framework_coder.model.study import Study

NURSES = "The nurses held back at first."
TEXT = f"1 Referrals\nBefore it.\nAt the start. {NURSES} 😀 Later they came.\nAfter it.\nFar away."
"""A heading and four paragraphs; the passage stands in the second."""

HOSTILE = "</script><script>alert(1)</script> <b onclick=x> & =cmd|' /C calc'!A0 https://evil.example \u2028"


def a_text() -> SourceText:
    """Return the text of source 1 with its blocks."""
    blocks, start = [], 0
    for number, line in enumerate(TEXT.split("\n")):
        kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
        blocks.append(Block(start, start + len(line), kind, Locator(page=4, paragraph=number + 1)))
        start += len(line) + 1
    return SourceText(TEXT, tuple(blocks), "0" * 64, "text/plain", "test", "1")


def a_study(words: str = "") -> Study:
    """Three sites (the second anonymous, the third without a source); `words` go wherever text can stand."""
    fields = (SiteField("tier", "Tier", FieldKind.CATEGORY), SiteField("place", "Place", is_identifying=True))
    study = StudyBuilder(design=Design(f"Study {words}", site_fields=fields))
    study.site(f"Alder {words}", tier="primary")
    study.site("Secretham Clinic", tier="secondary", place="Secretham", anonymous="yes")
    study.site("Cold Ash", tier="secondary")
    study.source("Q01", informants=("Ann",), produced_on=PartialDate("2014-03"))
    study.source("D07", title=f"Audit {words}")
    study.source("D08", 2, title="Secretham annual report", authors=("Nora Secret",), path="secretham.docx")
    start = TEXT.index(NURSES)
    place = Locator(page=4, paragraph=3)
    nurses = study.code(1, "a.one", NURSES, locator=place)
    study.study = _moved(study.study, start)
    contested = study.claim(1, "a.one", nurses, is_key=True, quotation=words, comment=words)
    study.link(contested, study.code(2, "a.one", f"Nobody told us. {words}"), Stance.CONTRADICTS, note=words)
    decided = study.claim(1, "a.two", nurses)
    against = study.code(2, "a.two", "Room hire fell.", is_drifted=False)
    study.link(decided, against, Stance.CONTRADICTS)
    study.decide(decided, Decision.LEFT_OPEN, {nurses}, {against})
    study.link(decided, study.code(2, "a.two", "A proposal.", state=CodingState.PROPOSED), Stance.CONTEXT)
    study.claim(2, "b.one", study.code(3, "b.one", "Nora Secret of Secretham said so."))
    study.claim(1, "b.one")
    study.code(2, "b.one", "Space remains the daily worry.")
    study.mark(2, "a.one", f"None there. {words}")
    study.examine(3, "a.two")
    study.plan(3, "meeting", 2, f"Nobody answered. {words}")
    return study.build()


def _moved(study: Study, start: int) -> Study:
    first = study.codings[0]
    return replace(study, codings=(first._replace(start=start, end=start + len(NURSES)), *study.codings[1:]))


def with_finding(words: str = "") -> Matrix:
    """Return the matrix with a finding on its first claim, from which its second site is excepted."""
    study = a_study(words)
    links = (FindingLink(1, 1), FindingLink(1, 3, FindingRole.EXCEPTION))
    finding = Finding(1, f"It holds. {words}", f"Mostly. {words}", "HW", 1)
    return build_matrix(replace(study, findings=(finding,), finding_links=links))


def a_matrix(words: str = "", **selection: frozenset[str]) -> Matrix:
    """Return the matrix of the study."""
    return build_matrix(a_study(words), Selection(**selection))
