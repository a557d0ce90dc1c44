"""The appendix of the Word report: every passage cited, source by source, leading back to its claims."""

from collections import defaultdict

from framework_coder.model.claims import Evidence
from framework_coder.model.codings import Coding
from framework_coder.model.study import Source
from framework_coder.model.wording import count
from framework_coder.reports.word_report import WordReport

_WIDTHS = (3.5, 8.5, 5.0)
"""Centimetres: place, passage, claims."""


def write_evidence(report: WordReport) -> None:
    """Write the appendix."""
    writer, bearings = report.writer, report.matrix.bearings
    writer.add(writer.heading("Appendix: the evidence", 1))
    used: dict[int, list[Evidence]] = defaultdict(list)
    for claim in report.matrix.shown_claims():
        for link in bearings.evidence.get(claim.id, ()):
            used[link.coding].append(link)
    passages: dict[int, list[Coding]] = defaultdict(list)
    for number in used:
        passages[bearings.codings[number].source].append(bearings.codings[number])
    cited = [source for source in report.matrix.study.sources if source.id in passages]
    writer.add(writer.paragraph(writer.run(_tell(len(used), len(cited))), style="Intro"))
    for source in cited:
        _write_source(report, source, sorted(passages[source.id], key=lambda c: (c.start, c.end, c.id)), used)


def _tell(passages: int, sources: int) -> str:
    if not passages:
        return "No claim that is shown cites a passage."
    return (
        "Every passage that a claim cites, letter for letter, in the order in which it stands in its "
        "source: "
        f"{count(passages, 'passage')} of {count(sources, 'source')}. "
        "The number of a claim leads back to it."
    )


def _write_source(
    report: WordReport, source: Source, passages: list[Coding], used: dict[int, list[Evidence]]
) -> None:
    writer = report.writer
    writer.place = f"Source {source.ref}"
    writer.add(writer.heading(f"{source.ref} {source.title}", 3, f"source_{source.id}"))
    writer.add(writer.paragraph(writer.run(_describe(report, source)), style="Intro"))
    rows = []
    for coding in passages:
        writer.place = f"Coding {coding.id}"
        token = writer.bookmark(f"passage_{coding.id}", writer.run(report.matrix.bearings.cite(coding)))
        coder = writer.run(f"coded by {coding.coder}", "Soft")
        rows.append(
            [
                writer.paragraph(token, style="TableText") + writer.paragraph(coder, style="TableText"),
                writer.paragraph(writer.run(f"“{coding.quote}”"), style="TableQuote"),
                "".join(_write_use(report, link) for link in used[coding.id]),
            ]
        )
    title = f"Passages of {source.ref}"
    writer.add(writer.table(("Place", "Passage", "What it is cited for"), rows, _WIDTHS, title))


def _describe(report: WordReport, source: Source) -> str:
    method = report.matrix.study.design.method(source.method)
    codes = ", ".join(report.matrix.bearings.sites[site].code for site in source.sites)
    parts = (
        method.label if method else source.method,
        source.document_type.replace("_", " "),
        str(source.produced_on) or "date unknown",
        source.originator.replace("_", " "),
        f"site {codes}",
    )
    return "; ".join(part for part in parts if part) + "."


def _write_use(report: WordReport, link: Evidence) -> str:
    """Return a line on what a passage says of a claim."""
    writer, claim = report.writer, report.matrix.bearings.claims[link.claim]
    site = report.matrix.bearings.sites[claim.site]
    rated = f"; prominence {link.prominence} of 3" if link.prominence else ""
    verb = "speaks" if len(link.origins or ()) == 1 else "speak"
    narrowed = f"; only {', '.join(sorted(link.origins))} {verb}" if link.origins else ""
    basis = f" ({'inferred' if link.is_inferred else 'direct'}{rated}{narrowed})"
    note = f": {link.note}" if link.note else ""
    return writer.paragraph(
        writer.run(f"{link.stance} "),
        report.number(claim.id),
        writer.run(f", {site.code} × {report.label(claim.theme)}"),
        writer.run(f"{basis}{note}", "Soft"),
        style="TableText",
    )
