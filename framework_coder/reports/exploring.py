"""Tables of what was explored: frequencies, cross-tabulations, co-occurrence, negative cases, events."""

from collections.abc import Iterable, Sequence

from framework_coder.model.codings import Coding
from framework_coder.model.cooccurrence import CoOccurrence
from framework_coder.model.crosstabs import CrossTable
from framework_coder.model.frequencies import ThemeFrequency
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.model.negatives import STANDINGS, NegativeCase
from framework_coder.model.study import Site
from framework_coder.model.timeline import Event
from framework_coder.model.triangulation import Status
from framework_coder.model.wording import count
from framework_coder.reports.tables import Column, Field, Table, field, listed, make_table


def _codes(sites: Iterable[Site]) -> str:
    return listed(site.code for site in sites)


def list_frequencies(frequencies: Sequence[ThemeFrequency]) -> Table:
    """Return the frequency of each theme with its denominators, its sites and its claims by status."""
    fields = [
        field("theme", "Theme", "Id of the theme", lambda f: f.theme.id, 22),
        field("theme_label", "Theme label", "Label of the theme", lambda f: f.theme.label, 26),
        field("coded", "Coded", "Sites with a live coding at the theme", lambda f: len(f.coded), 8),
        field("charted", "Charted", "Sites with a claim", lambda f: len(f.charted), 8),
        field("of", "Of", "Sites counted over", lambda f: len(f.shown), 6),
        field("examined", "Examined", "Sites of which every source was read for it", lambda f: len(f.examined), 10),
        field("silent", "Silent", "Sites examined that say nothing", lambda f: len(f.silent), 8),
        field("not_applicable", "Not applicable", "Sites marked so", lambda f: len(f.not_applicable), 10),
        field("sentence", "In words", "The count with its denominators", str, 44),
        field("site_list", "Which", "Codes of the sites coded", lambda f: _codes(f.coded), 40),
        field("silent_list", "Silent at", "Codes of the silent sites", lambda f: _codes(f.silent), 20),
        field("claims", "Claims", "Claims at these sites", lambda f: len(f.claims), 8),
        field("codings", "Codings", "Live codings at these sites", lambda f: len(f.codings), 8),
        *(_status_field(status) for status in Status),
    ]  # fmt: skip
    return make_table("frequencies", "Frequencies", fields, frequencies)


def _status_field(status: Status) -> Field:
    label = LEGEND[status].label
    meaning = f"Claims with the status “{label.lower()}”"
    return field(status.value, label, meaning, lambda f: f.statuses.get(status, 0), 12)


def draw_cross(table: CrossTable) -> Table:
    """Return a cross-tabulation as a grid: the number of sites and which they are, totals last."""
    columns = (
        Column("group", table.row_facet, f"Group of sites by {table.row_facet}", 28),
        *(Column(label, label, f"{table.column_facet} {label}", 22) for label in table.columns),
        Column("total", "All", "All sites of the group, each once", 22),
    )
    rows = [
        (
            label,
            *(_count_words(table.cells[label, column].sites) for column in table.columns),
            _count_words(table.row_sites[label]),
        )
        for label in table.rows
    ]
    totals = (_count_words(table.column_sites[column]) for column in table.columns)
    rows.append(("All", *totals, count(len(table.shown), "site")))
    return Table("crosstab", f"{table.row_facet} × {table.column_facet}", columns, tuple(rows))


def _count_words(sites: Sequence[Site]) -> str:
    return f"{len(sites)}: {', '.join(site.code for site in sites)}" if sites else "0"


def list_cross(table: CrossTable) -> Table:
    """Return a cross-tabulation one cell a row, with the numbers behind each."""
    fields = [
        field("row", "Row", "Group by the first facet", lambda c: c[0], 26),
        field("column", "Column", "Group by the second facet", lambda c: c[1], 26),
        field("sites", "Sites", "Sites in both", lambda c: len(table.cells[c].sites), 8),
        field("of_row", "Of row", "Sites in the row", lambda c: len(table.row_sites[c[0]]), 8),
        field("of_column", "Of column", "Sites in the column", lambda c: len(table.column_sites[c[1]]), 8),
        field("site_list", "Which", "Codes of the sites", lambda c: _codes(table.cells[c].sites), 40),
        field("claims", "Claims", "Numbers of the claims behind it", lambda c: listed(table.cells[c].claims), 24),
        field("codings", "Codings", "Numbers of the codings behind it", lambda c: listed(table.cells[c].codings), 24),
    ]  # fmt: skip
    return make_table("crosstab_cells", f"{table.row_facet} × {table.column_facet}", fields, table.cells)


def list_cooccurrences(matrix: Matrix, found: Iterable[CoOccurrence]) -> Table:
    """Return pairs of themes that meet in the same words, most often first."""
    book, bearings = matrix.study.codebook, matrix.bearings
    fields = [
        field("first", "Theme", "Id of the one theme", lambda m: m.first, 22),
        field("first_label", "Label", "Its label", lambda m: book[m.first].label, 26),
        field("second", "With theme", "Id of the other", lambda m: m.second, 22),
        field("second_label", "Its label", "Its label", lambda m: book[m.second].label, 26),
        field("passages", "Passages", "Stretches of text that both cover", lambda m: len(m.passages), 9),
        field("sources", "Sources", "Sources in which they meet", lambda m: len(m.sources), 8),
        field("sites", "Sites", "Sites at which they meet", lambda m: len(m.sites), 8),
        field("site_list", "Which", "Codes of the sites", lambda m: listed(s.code for s in matrix.sites if s.id in m.sites), 30),
        field("source_list", "In", "References of the sources", lambda m: listed(s.ref for s in bearings.sources.values() if s.id in m.sources), 30),
        field("codings", "Codings", "Numbers of the codings that meet", lambda m: listed(sorted(m.codings)), 30),
    ]  # fmt: skip
    return make_table("cooccurrence", "Co-occurrence", fields, found)


def list_negative_cases(cases: Iterable[NegativeCase]) -> Table:
    """Return each site with its standing to a coded value."""
    fields = [
        field("site", "Site", "Code of the site", lambda c: c.site.code, 8),
        field("name", "Name", "Name of the site", lambda c: c.site.name, 28),
        field("standing", "Standing", "How the site stands to the value", lambda c: c.standing, 14),
        field("sentence", "In words", "The standing in words", lambda c: STANDINGS[c.standing], 44),
        field("others", "Says instead", "Other values that it has", lambda c: listed(c.others), 36),
        field("claims", "Claims", "Numbers of its claims on the topic", lambda c: listed(c.claims), 16),
    ]  # fmt: skip
    return make_table("negative_cases", "Negative cases", fields, cases)


def list_events(events: Iterable[Event]) -> Table:
    """Return dated events, by site and date."""
    fields = [
        field("site", "Site", "Code of the site", lambda e: e.site.code, 8),
        field("name", "Name", "Name of the site", lambda e: e.site.name, 28),
        field("event", "Event", "What happened: the name of the coded value", lambda e: e.name, 16),
        field("date", "Date", "Date, to its precision", lambda e: str(e.date), 12),
        field("precision", "Precision", "day, month or year", lambda e: e.date.precision, 10),
        field("claim", "Claim", "Number of the claim; empty: the list of sites says so", lambda e: e.claim, 8),
    ]  # fmt: skip
    return make_table("events", "Events", fields, events)


def list_passages(matrix: Matrix, codings: Iterable[Coding]) -> Table:
    """Return the passages behind a number, letter for letter, with their place."""
    bearings = matrix.bearings
    fields = [
        field("coding", "Coding", "Number of the coding", lambda c: c.id, 8),
        field("site", "Site", "Code of the site", lambda c: bearings.sites[c.site].code, 8),
        field("theme", "Theme", "Id of the theme", lambda c: c.theme, 22),
        field("cite", "Cite", "Citation token: source and place", matrix.bearings.cite, 16),
        field("quote", "Quote", "The passage, letter for letter", lambda c: c.quote, 70),
    ]  # fmt: skip
    return make_table("passages", "Passages", fields, codings)
