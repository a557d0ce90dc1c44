"""The pages of an audit pack beside its matrix: counts, what needs attention, sources, how to read it."""

from itertools import groupby

from framework_coder.model.attention import NEEDS, Need, list_attention
from framework_coder.model.counting import count_values
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.reports.guide import explain
from framework_coder.reports.register import list_plan, list_sources, list_themes
from framework_coder.reports.tables import listed
from framework_coder.reports.webpage_markup import chip, draw_table, table, terms, text


def draw_counts(matrix: Matrix) -> str:
    """Return the counts of coded values, a table a topic."""
    counts = count_values(matrix.study, matrix.selection, bearings=matrix.bearings)
    if not counts:
        return "<p>No claim carries a coded value.</p>"
    parts = ["<p>A site is counted where live evidence supports a claim with the value.</p>"]
    for name, group in groupby(counts, key=lambda count: count.name):
        title = name.replace("_", " ")
        rows = []
        for count in group:
            contested = listed(site.code for site in count.contested)
            sites = listed(site.code for site in count.sites)
            told = f"{sites}; contested at {contested}" if contested else sites
            rows.append([text(count.value.replace("!", ": ")), text(count), text(told)])
        parts += [f"<h2>{text(title)}</h2>", table(("Value", "Count", "Sites"), rows, f"Counts of {title}")]
    return "".join(parts)


def draw_attention(matrix: Matrix) -> str:
    """Return what needs attention, each kind with its denominator and the sites it is found at."""
    attention = list_attention(matrix)
    sites = matrix.bearings.sites
    rows = []
    for need in Need:
        items = attention.of(need)
        if items:
            codes = dict.fromkeys(sites[item.site].code for item in items)
            told = (NEEDS[need].title, attention.count(need), NEEDS[need].advice, listed(codes))
            rows.append([text(each) for each in told])
    heads = ("What", "How many", "What to do", "At sites")
    return table(heads, rows, "What needs attention") if rows else "<p>Nothing does.</p>"


def draw_sources(matrix: Matrix) -> str:
    """Return the register of sources, and planned against collected ones."""
    columns = (
        "ref", "title", "sites", "method", "document_type", "produced_on", "originator", "informants",
        "authors", "derived_from", "url", "codings", "claims",
    )  # fmt: skip
    register = draw_table(list_sources(matrix), columns, "source-")
    plan = list_plan(matrix)
    if not plan.rows:
        return register
    return f"{register}<h2>Planned and collected</h2>{draw_table(plan, plan.names)}"


def draw_codebook(matrix: Matrix) -> str:
    """Return the themes with their definitions."""
    columns = ("path", "definition", "include", "exclude", "question", "origin", "retired", "codings")
    return draw_table(list_themes(matrix), columns)


def draw_guide(matrix: Matrix) -> str:
    """Return how to read the pack: the rule, and every state, flag, lamp and stance."""
    parts = []
    for title, rows in explain(matrix):
        parts.append(f"<h2>{text(title.replace('export', 'pack'))}</h2>")
        if title.startswith("States"):
            cells = ([chip(state), text(look.label), text(look.definition)] for state, look in LEGEND.items())
            parts.append(table(("Mark", "State", "Meaning"), cells, title))
        else:
            kept = [(term.replace("_", " "), meaning) for term, meaning in rows if term != "Apostrophes"]
            parts.append(terms(kept))
    return "".join(parts)
