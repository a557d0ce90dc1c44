"""The matrix by site, for the Word report: a chapter a site, each claim told in full with its footnotes."""

from collections import Counter

from framework_coder.model.claims import Claim
from framework_coder.model.explaining import explain_empty
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell
from framework_coder.model.study import Site, Source
from framework_coder.reports.contents import write_lamps
from framework_coder.reports.standing import explain_status, list_attributes, tell_flags
from framework_coder.reports.tables import listed
from framework_coder.reports.word_report import ReportPart, WordReport
from framework_coder.reports.word_writer import PORTRAIT_WIDTH


def write_sites(report: WordReport) -> None:
    """Write a chapter a site."""
    writer = report.writer
    writer.add(writer.heading("The matrix by site", 1))
    for number, (site, cells) in enumerate(report.matrix.shown_rows()):
        writer.place = f"Site {site.code}"
        title = f"{site.code} {site.name}"
        writer.add(writer.heading(title, 2, f"site_{site.id}", on_new_page=number > 0))
        _write_attributes(report, site)
        _write_sources(report, site)
        _write_plan(report, site)
        for cell in cells:
            if cell.claims:
                _write_cell(report, cell)
        _write_empty(report, [cell for cell in cells if not cell.claims])


def _write_attributes(report: WordReport, site: Site) -> None:
    writer = report.writer
    told = [f"{label}: {value}" for label, value in list_attributes(report.matrix, site)]
    if told:
        writer.add(writer.paragraph(writer.run("; ".join(told) + ".")))


def _write_sources(report: WordReport, site: Site) -> None:
    writer = report.writer
    sources = report.matrix.bearings.sources_of[site.id]
    writer.add(writer.heading(f"Sources ({len(sources)})", 3))
    if not sources:
        writer.add(writer.paragraph(writer.run("No source was collected.")))
        return
    rows = [_write_source(report, source) for source in sources]
    widths = (1.6, 6.0, 3.6, 2.2, PORTRAIT_WIDTH - 13.4)
    heads = ("Source", "Title", "Method and type", "Date", "Who speaks")
    writer.add(writer.table(heads, rows, widths, f"Sources of site {site.code}"))


def _write_source(report: WordReport, source: Source) -> list[str]:
    writer, bearings = report.writer, report.matrix.bearings
    method = report.matrix.study.design.method(source.method)
    kind = source.document_type.replace("_", " ")
    label = method.label if method else source.method
    who = listed([*source.informants, *source.authors])
    behind = ", ".join(bearings.sources[i].ref for i in source.derived_from)
    origin = source.originator.replace("_", " ")
    people = "; ".join(part for part in (who, origin, f"derives from {behind}" if behind else "") if part)
    texts = (
        source.title,
        f"{label}: {kind}" if kind else label,
        str(source.produced_on) or "unknown",
        people,
    )
    return [
        writer.paragraph(_lead_to_source(report, source), style="TableText"),
        *(writer.paragraph(writer.run(text), style="TableText") for text in texts),
    ]


def _lead_to_source(report: WordReport, source: Source) -> str:
    is_there = ReportPart.EVIDENCE in report.parts and source.id in report.cited
    return (
        report.writer.link(source.ref, f"source_{source.id}") if is_there else report.writer.run(source.ref)
    )


def _write_plan(report: WordReport, site: Site) -> None:
    """Tell which planned sources were not collected, and why."""
    writer = report.writer
    collected = Counter(source.method for source in report.matrix.study.sources if site.id in source.sites)
    for plan in report.matrix.study.plan:
        if plan.site == site.id and collected[plan.method] < plan.count:
            reason = plan.reason or "no reason is recorded"
            gap = f"{plan.method.replace('_', ' ')}: {collected[plan.method]} of {plan.count} planned"
            writer.add(
                writer.paragraph(writer.run("Not collected, "), writer.run(f"{gap}: {reason}"), style="Intro")
            )


def _write_cell(report: WordReport, cell: Cell) -> None:
    writer = report.writer
    writer.place = f"Site {report.matrix.bearings.sites[cell.site].code}, theme {cell.theme}"
    letters = {method.id: method.letter for method in report.matrix.study.design.methods}
    extra = f"; {cell.uncharted} coded, not used" if cell.uncharted else ""
    facts = f"   {write_lamps(cell, letters)}   {cell.share_examined} examined{extra}"
    writer.add(
        writer.heading(report.matrix.study.codebook.path(cell.theme), 3),
        writer.paragraph(
            writer.badge(cell.state, with_label=True),
            writer.run(facts, "Soft"),
            style="Intro",
            keep_next=True,
        ),
    )
    for claim in cell.claims:
        _write_claim(report, claim, cell)


def _write_claim(report: WordReport, claim: Claim, cell: Cell) -> None:
    writer = report.writer
    writer.place = f"Claim {claim.id}"
    found = report.matrix.assessments[claim.id]
    badge = writer.badge(found.status)
    home = report.homes[claim.id]
    if home != cell.theme:
        under = writer.run(f"{claim.summary} (under {report.label(home)}: ")
        writer.add(
            writer.paragraph(badge, _TAB, under, report.number(claim.id), writer.run(")"), style="Claim")
        )
        return
    number = writer.bookmark(f"claim_{claim.id}", writer.run(f"Claim {claim.id}. ", "Soft"))
    said = [badge, _TAB, number, writer.run(claim.summary), *report.footnotes(claim.id)]
    writer.add(writer.paragraph(*said, style="Claim"))
    for name, runs in _list_notes(report, claim):
        writer.add(writer.paragraph(writer.run(name, "Strong"), *runs, style="ClaimNote"))


_TAB = "<w:r><w:tab/></w:r>"


def _list_notes(report: WordReport, claim: Claim) -> list[tuple[str, list[str]]]:
    """Return what stands below a claim, each note with its name."""
    run = report.writer.run
    found = report.matrix.assessments[claim.id]
    notes = [(f"{LEGEND[found.status].label}. ", [run(explain_status(report.matrix, claim))])]
    notes.append(("Evidence: ", report.cite_claim(claim.id)))
    if claim.quotation:
        notes.append(("In their words: ", [run(f"“{claim.quotation}”", "Quote")]))
    if claim.comment:
        notes.append(("Comment: ", [run(claim.comment)]))
    decision = report.matrix.bearings.adjudications.get(claim.id)
    if decision:
        made = f"{decision.decision.replace('_', ' ')}, by {decision.decided_by} on {decision.decided_on}: "
        notes.append(("Decision: ", [run(made + decision.reason)]))
    kind = f"key {claim.kind}" if claim.is_key else str(claim.kind)
    values = (f"{v.name} = {v.text}{f' ({v.rank})' if v.rank else ''}" for v in claim.values)
    notes.append(("Kind, flags, values: ", [run("; ".join([kind, *tell_flags(found), *values]))]))
    return notes


def _write_empty(report: WordReport, cells: list[Cell]) -> None:
    """List the themes without a claim, each with the reason."""
    writer = report.writer
    if not cells:
        return
    writer.place = f"Site {report.matrix.bearings.sites[cells[0].site].code}, themes without a claim"
    rows = (
        (
            writer.paragraph(writer.run(report.label(cell.theme)), style="TableText"),
            writer.paragraph(
                writer.badge(cell.state), writer.run(" " + explain_empty(cell)), style="TableText"
            ),
        )
        for cell in cells
    )
    writer.add(
        writer.heading("Themes without a claim", 3),
        writer.table(
            ("Theme", "Why it is empty"), rows, (6.0, PORTRAIT_WIDTH - 6.0), "Themes without a claim"
        ),
    )
