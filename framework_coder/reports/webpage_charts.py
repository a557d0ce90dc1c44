"""Pages of an audit pack on all sites: findings, charts, what was decided on review."""

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from framework_coder.model.finding_counts import FindingAssessment, assess_findings
from framework_coder.model.matrix import Matrix
from framework_coder.model.study import Site
from framework_coder.reports.charts import render_svg
from framework_coder.reports.charts.aside import draw_aside
from framework_coder.reports.charts.printing import Figure, list_figures
from framework_coder.reports.convergence import sum_up_convergence
from framework_coder.reports.decisions import list_decisions, list_versions
from framework_coder.reports.finding_tables import list_finding_claims
from framework_coder.reports.webpage_markup import draw_table, terms, text

_MANY_CLAIMS = 1_000
"""Claims from which on writing takes longer than another interpreter takes to start."""


def draw_findings(matrix: Matrix) -> str:
    """Return the findings in order, each with its counts, its exceptions and its claims."""
    found = assess_findings(matrix)
    if not found:
        return "<p>No finding is written yet.</p>"
    return "".join(_draw_finding(matrix, number, each) for number, each in enumerate(found, 1))


def _draw_finding(matrix: Matrix, number: int, found: FindingAssessment) -> str:
    told = (
        ("Count", str(found.count)),
        ("Sites", _names(found.count.sites)),
        ("Against", _names(found.against)),
        ("Exceptions", _names(found.exceptions)),
        ("Comment", found.finding.comment),
    )
    claims = list_finding_claims(matrix, [found])
    columns = ("role", "claim", "site", "theme", "summary", "status")
    return (
        f'<h2 id="finding-{found.finding.id}">{number}. {text(found.finding.statement)}</h2>'
        f"{terms((name, words) for name, words in told if words)}{draw_table(claims, columns)}"
    )


def _names(sites: tuple[Site, ...]) -> str:
    return "; ".join(f"{site.code} {site.name}" for site in sites)


@contextmanager
def begin_figures(matrix: Matrix) -> Iterator[Callable[[], str]]:
    """Begin to draw the charts; yield what returns their page: each picture, its caption and its table.

    Where there is much to write beside them they are drawn aside meanwhile.
    """
    figures = list_figures(matrix)
    charts = [figure.chart for figure in figures]
    if len(matrix.study.claims) < _MANY_CLAIMS:
        yield lambda: _draw_figures(figures, [render_svg(chart) for chart in charts])
        return
    with draw_aside(charts) as collect:
        yield lambda: _draw_figures(figures, collect())


def _draw_figures(figures: Sequence[Figure], pictures: Sequence[str]) -> str:
    drawn = map(_draw_figure, figures, pictures)
    return "".join(drawn) or "<p>There is nothing to draw yet.</p>"


def _draw_figure(figure: Figure, drawn: str) -> str:
    picture = base64.b64encode(drawn.encode()).decode()
    shown = (
        f'<img src="data:image/svg+xml;base64,{picture}" alt="{text(figure.description)}">'
        f"<figcaption>{text(figure.caption)}</figcaption>"
    )
    heading = f"<h2>{text(figure.chart.title)}</h2>"
    return f"{heading}<figure>{shown}</figure>{draw_table(figure.table, figure.table.names)}"


def draw_review(matrix: Matrix) -> str:
    """Return how methods converge, what was decided, and the framework versions."""
    decisions, versions = list_decisions(matrix), list_versions(matrix)
    parts = []
    for title, shown in (
        ("Convergence of methods", sum_up_convergence(matrix)),
        ("Decisions", decisions),
        ("Framework versions", versions),
    ):
        if shown.rows:
            parts.append(f"<h2>{title}</h2>{draw_table(shown, shown.names)}")
    return "".join(parts) or "<p>Nothing was decided yet.</p>"
