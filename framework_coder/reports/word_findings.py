"""Findings for the Word report: each with its counts, its exceptions and the claims that it rests on."""

from framework_coder.model.finding_counts import FindingAssessment, assess_findings
from framework_coder.model.study import Site
from framework_coder.reports.finding_tables import list_finding_claims
from framework_coder.reports.word_report import WordReport

_ABOUT = (
    "A finding is a statement across sites that rests on claims. A site is counted where live evidence bears "
    "out a claim that supports it; sites against it and exceptions are named."
)


def write_findings(report: WordReport) -> None:
    """Write the findings in order."""
    found = assess_findings(report.matrix)
    if not found:
        return
    writer = report.writer
    writer.place = "Findings"
    writer.add(writer.heading("Findings", 1), writer.paragraph(writer.run(_ABOUT), style="Intro"))
    for number, each in enumerate(found, 1):
        _write_finding(report, number, each)


def _write_finding(report: WordReport, number: int, found: FindingAssessment) -> None:
    writer = report.writer
    writer.place = f"Finding {found.finding.id}"
    writer.add(writer.heading(f"{number}. {found.finding.statement}", 3, f"finding_{found.finding.id}"))
    told = (
        ("Count: ", str(found.count)),
        ("Sites: ", _names(found.count.sites)),
        ("Against: ", _names(found.against)),
        ("Exceptions: ", _names(found.exceptions)),
        ("Comment: ", found.finding.comment),
    )
    for name, text in told:
        if text:
            writer.add(writer.paragraph(writer.run(name, "Strong"), writer.run(text), keep_next=True))
    names = ("role", "claim", "site", "summary", "status")
    widths = (2.2, 1.9, 1.3, 8.8, 2.8)
    writer.add(
        report.table(list_finding_claims(report.matrix, [found]), names, widths, "Claims of the finding")
    )


def _names(sites: tuple[Site, ...]) -> str:
    return "; ".join(f"{site.code} {site.name}" for site in sites)
