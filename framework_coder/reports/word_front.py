"""The first pages of the Word report: what it is, its contents, how to read it."""

from framework_coder.model.legend import LEGEND
from framework_coder.model.wording import count
from framework_coder.reports.guide import explain
from framework_coder.reports.word_report import WordReport
from framework_coder.reports.word_writer import PORTRAIT_WIDTH

_CSV_ONLY = {"Apostrophes"}
"""What the guide says of other formats than this one."""


def write_title(report: WordReport) -> None:
    """Write the title page and the contents."""
    writer, study = report.writer, report.matrix.study
    writer.place = "Title page"
    writer.add(
        writer.paragraph(writer.run(study.design.name or "Framework analysis"), style="Title"),
        writer.paragraph(writer.run("Framework matrix with its evidence"), style="Subtitle"),
        _table_of_terms(report, _list_facts(report), "Facts about this report"),
        writer.paragraph(
            writer.run("To see what a claim rests on, "),
            writer.run(
                "follow its citation (Ctrl and click) to the passage in the appendix, and from there back."
            ),
        ),
    )
    page_break = "<w:pageBreakBefore/>"
    writer.add(writer.paragraph(writer.run("Contents"), style="ContentsHead", properties=page_break))
    hint = (
        "The entries lead to their pages. To add page numbers, click on an entry and press F9 "
        "(in LibreOffice: right click, Update Index)."
    )
    writer.add(writer.paragraph(writer.run(hint), style="Intro"))
    writer.mark_contents()


def _list_facts(report: WordReport) -> list[tuple[str, str]]:
    matrix = report.matrix
    study = matrix.study
    shown = {site.id for site in matrix.sites}
    sources = [source for source in study.sources if shown.intersection(source.sites)]
    by_method = (
        f"{sum(source.method == method.id for source in sources)} {method.label.lower()}"
        for method in study.design.methods
    )
    claims = matrix.shown_claims()
    cited = {link.coding for claim in claims for link in matrix.bearings.evidence.get(claim.id, ())}
    return [
        ("Made on", f"{report.made_on.day} {report.made_on:%B %Y}"),
        ("Framework", f"{study.codebook.name}, version {study.version}"),
        ("Sites", f"{len(matrix.sites)} of {len(study.sites)}"),
        ("Themes", count(len(matrix.themes), "column")),
        ("Sources", f"{len(sources)}: {', '.join(by_method)}"),
        ("Claims", f"{len(claims)}, resting on {count(len(cited), 'passage')}"),
        ("Filter", str(matrix.selection) or "none: everything is shown"),
        (
            "Anonymity",
            "the known names of anonymous sites are replaced" if study.is_anonymised else "names as recorded",
        ),
    ]


def write_guide(report: WordReport) -> None:
    """Write how to read the report: the rule, and every state, flag, lamp and stance."""
    writer = report.writer
    writer.place = "How to read this report"
    writer.add(writer.heading("How to read this report", 1))
    for title, rows in explain(report.matrix):
        kept = [row for row in rows if row[0] not in _CSV_ONLY]
        writer.add(writer.heading(title.replace("export", "report"), 3))
        if title.startswith("States"):
            writer.add(_draw_legend(report))
        else:
            writer.add(_table_of_terms(report, kept, title))


def _table_of_terms(report: WordReport, rows: list[tuple[str, str]], title: str) -> str:
    writer = report.writer
    cells = (
        (
            writer.paragraph(writer.run(term.replace("_", " "), "Strong"), style="TableText"),
            writer.paragraph(writer.run(meaning), style="TableText"),
        )
        for term, meaning in rows
    )
    return writer.table(("", ""), cells, (4.0, PORTRAIT_WIDTH - 4.0), title)


def _draw_legend(report: WordReport) -> str:
    writer = report.writer
    rows = (
        (
            writer.paragraph(writer.badge(state), style="TableMark"),
            writer.paragraph(writer.run(look.label, "Strong"), style="TableText"),
            writer.paragraph(writer.run(look.definition), style="TableText"),
        )
        for state, look in LEGEND.items()
    )
    return writer.table(
        ("Mark", "State", "Meaning"),
        rows,
        (1.5, 4.5, PORTRAIT_WIDTH - 6.0),
        "States of claims and cells",
        "From best to worst, then the reasons for which a cell has no claim",
    )
