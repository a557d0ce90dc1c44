"""The Word report: the matrix by theme and by site, its claims footnoted, and the evidence they rest on."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from framework_coder.model.collecting import no_collection
from framework_coder.model.matrix import Density, Matrix
from framework_coder.reports.word_charts import write_charts
from framework_coder.reports.word_evidence import write_evidence
from framework_coder.reports.word_findings import write_findings
from framework_coder.reports.word_front import write_guide, write_title
from framework_coder.reports.word_overview import write_counts, write_overview
from framework_coder.reports.word_package import save_word
from framework_coder.reports.word_report import ReportPart, WordReport
from framework_coder.reports.word_review import write_review
from framework_coder.reports.word_sites import write_sites
from framework_coder.reports.word_themes import write_themes

SECTIONS: tuple[tuple[ReportPart | None, Callable[[WordReport], None]], ...] = (
    (None, write_title),
    (None, write_guide),
    (ReportPart.OVERVIEW, write_overview),
    (ReportPart.FINDINGS, write_findings),
    (ReportPart.COUNTS, write_counts),
    (ReportPart.CHARTS, write_charts),
    (ReportPart.THEMES, write_themes),
    (ReportPart.SITES, write_sites),
    (ReportPart.REVIEW, write_review),
    (ReportPart.EVIDENCE, write_evidence),
)
"""The report in order: the part that asks for a section (None: always there) and what writes it."""


def parts_of(matrix: Matrix) -> tuple[ReportPart, ...]:
    """Return the parts that tell what a layout shows: all, unless somebody chose one.

    States are the overview; texts are told site by site with their evidence, or theme by theme where these
    are the rows.
    """
    layout = matrix.layout
    if layout.density is None:
        return tuple(ReportPart)
    if layout.density is Density.STATUS:
        return (ReportPart.OVERVIEW,)
    told = ReportPart.THEMES if layout.is_transposed else ReportPart.SITES
    return (ReportPart.OVERVIEW, told, ReportPart.EVIDENCE)


def write_report(
    matrix: Matrix,
    path: Path,
    *,
    parts: Iterable[ReportPart | str] = tuple(ReportPart),
    made_on: datetime | None = None,
) -> list[str]:
    """Write the report; return sentences on what a Word file could not hold (empty: nothing).

    `parts` says which there shall be (all). With the same `made_on` (UTC; now, if None) the same matrix gives
    the same bytes. Raises ValueError for a part that there is not.
    """
    chosen = frozenset(ReportPart(part) for part in parts)
    report = WordReport(matrix, chosen, made_on or datetime.now(UTC))
    with no_collection():
        for part, write in SECTIONS:
            if part is None or part in chosen:
                write(report)
    study = matrix.study
    title = study.design.name or "Framework analysis"
    subject = f"Framework matrix, {study.codebook.name}, version {study.version}"
    save_word(report.writer, path, title=title, subject=subject, made_on=report.made_on)
    return [
        f"{place} has characters that a Word file cannot hold; they are shown as \N{REPLACEMENT CHARACTER}, "
        "and whole in the CSV files."
        for place in report.writer.replaced
    ]
