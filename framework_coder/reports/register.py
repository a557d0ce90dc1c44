"""Tables of what stands behind a matrix: sources, coverage, codebook, attention, counts."""

from collections import Counter

from framework_coder.model.attention import NEEDS, Attention
from framework_coder.model.counting import Count
from framework_coder.model.matrix import Matrix
from framework_coder.model.memos import MemoTarget, TargetNames
from framework_coder.model.study import Coverage, Examined, Source
from framework_coder.reports.tables import Column, Table, Value, field, listed, make_table


def list_sources(matrix: Matrix) -> Table:
    """Return the sources of the sites shown, in register order, with how much each is used."""
    bearings = matrix.bearings
    coded = Counter(coding.source for coding in matrix.shown_codings())
    cited = Counter(
        source
        for claim in matrix.shown_claims()
        for source in {bearings.codings[link.coding].source for link in bearings.evidence.get(claim.id, ())}
    )

    def refs(source: Source) -> str:
        return listed(bearings.sources[i].ref for i in source.derived_from)

    fields = [
        field("ref", "Source", "Reference, as in citations", lambda s: s.ref, 8),
        field("title", "Title", "Title of the source", lambda s: s.title, 40),
        field(
            "sites",
            "Sites",
            "Codes of its sites",
            lambda s: listed(bearings.sites[i].code for i in s.sites),
            10,
        ),
        field("method", "Method", "How it was obtained", lambda s: s.method, 14),
        field("document_type", "Document type", "Type of the document", lambda s: s.document_type, 18),
        field("produced_on", "Produced on", "Date, to its precision", lambda s: str(s.produced_on), 12),
        field("precision", "Precision", "day, month, year or unknown", lambda s: s.produced_on.precision, 10),
        field("originator", "Originator", "Who stands behind it", lambda s: s.originator, 18),
        field("informants", "Informants", "Who spoke", lambda s: listed(s.informants), 24),
        field("authors", "Authors", "Who wrote it", lambda s: listed(s.authors), 24),
        field("derived_from", "Derived from", "Sources it copies or summarises", refs, 12),
        field("url", "Address", "Where it was found", lambda s: s.url, 30),
        field("path", "File", "The file it was read from", lambda s: s.path, 36),
        field("codings", "Codings", "Live codings shown", lambda s: coded[s.id], 8),
        field("claims", "Claims", "Claims shown that cite it", lambda s: cited[s.id], 8),
    ]
    shown = {site.id for site in matrix.sites}
    sources = (source for source in matrix.study.sources if shown.intersection(source.sites))
    return make_table("sources", "Sources", fields, sources)


def list_plan(matrix: Matrix) -> Table:
    """Return planned against collected sources, a site and method a row, with the reason for each gap."""
    sites = matrix.bearings.sites
    shown = {site.id for site in matrix.sites}
    collected = Counter((site, s.method) for s in matrix.study.sources for site in s.sites)
    fields = [
        field("site", "Site", "Code of the site", lambda p: sites[p.site].code, 8),
        field("method", "Method", "How the sources are obtained", lambda p: p.method, 16),
        field("planned", "Planned", "Sources planned", lambda p: p.count, 9),
        field("collected", "Collected", "Sources collected", lambda p: collected[p.site, p.method], 9),
        field(
            "gap", "Gap", "How many are missing", lambda p: max(0, p.count - collected[p.site, p.method]), 6
        ),
        field("reason", "Reason", "Why they are missing", lambda p: p.reason, 60),
    ]
    return make_table("plan", "Plan", fields, (p for p in matrix.study.plan if p.site in shown))


def list_coverage(matrix: Matrix) -> Table:
    """Return what was recorded as examined, a source and theme a row."""
    bearings = matrix.bearings

    def is_current(row: Coverage) -> Value:
        return "yes" if row.source in bearings.examined(row.theme) else "no"

    fields = [
        field("source", "Source", "Reference of the source", lambda r: bearings.sources[r.source].ref, 8),
        field("theme", "Theme", "Id of the theme", lambda r: r.theme, 24),
        field("state", "State", "examined, partly or not", lambda r: r.state, 10),
        field("version", "Version", "Framework version it was examined at", lambda r: r.version, 8),
        field("current", "Current", "yes where it holds for the theme as it is now", is_current, 8),
        field("coder", "Coder", "Who examined it", lambda r: r.coder, 10),
        field("made_on", "Made on", "When", lambda r: r.made_on, 12),
    ]
    shown = {site.id for site in matrix.sites}
    rows = (r for r in matrix.study.coverage if shown.intersection(bearings.sources[r.source].sites))
    return make_table("coverage", "Coverage", fields, rows)


_MARKS = {Examined.EXAMINED: "●", Examined.PARTLY: "◐", Examined.NOT: "·"}


def draw_coverage(matrix: Matrix) -> Table:
    """Return coverage as a grid: a source a row, a theme a column; ● examined, ◐ partly, ○ out of date."""
    bearings = matrix.bearings
    marks = {(row.source, row.theme): _mark(matrix, row) for row in matrix.study.coverage}
    shown = {site.id for site in matrix.sites}
    columns = (
        Column("source", "Source", "Reference of the source", 10),
        Column("sites", "Sites", "Codes of its sites", 10),
        *(Column(t.id, t.label, f"Coverage of {t.label}", 12) for t in matrix.themes),
    )
    rows = tuple(
        (
            source.ref,
            listed(bearings.sites[i].code for i in source.sites),
            *(
                "●" if source.id in bearings.examined(theme.id) else marks.get((source.id, theme.id), "·")
                for theme in matrix.themes
            ),
        )
        for source in matrix.study.sources
        if shown.intersection(source.sites)
    )
    return Table("coverage", "Coverage", columns, rows)


def _mark(matrix: Matrix, row: Coverage) -> str:
    is_out_of_date = row.state is Examined.EXAMINED and row.source not in matrix.bearings.examined(row.theme)
    return "○" if is_out_of_date else _MARKS[row.state]


def list_themes(matrix: Matrix) -> Table:
    """Return the codebook, retired themes included."""
    book = matrix.study.codebook
    live = Counter(c.theme for c in matrix.bearings.codings.values() if c.is_live)
    fields = [
        field("id", "Theme", "Id, which never changes", lambda t: t.id, 28),
        field("label", "Label", "What it is called", lambda t: t.label, 28),
        field("parent", "Parent", "Theme above it", lambda t: t.parent or "", 20),
        field("path", "Path", "Labels from the top", lambda t: book.path(t.id), 40),
        field("definition", "Definition", "What it covers", lambda t: t.definition, 60),
        field("include", "Include", "What is coded here", lambda t: t.include, 40),
        field("exclude", "Exclude", "What is coded elsewhere", lambda t: t.exclude, 40),
        field("example", "Example", "A passage of the kind meant", lambda t: t.example, 40),
        field("question", "Question", "The question it answers", lambda t: t.question, 40),
        field("aliases", "Aliases", "Other names", lambda t: listed(t.aliases), 24),
        field("origin", "Origin", "a_priori or emergent", lambda t: t.origin, 10),
        field("retired", "Retired", "yes where no longer used", lambda t: "yes" if t.is_retired else "no", 8),
        field("merged_into", "Merged into", "Theme that took it over", lambda t: t.merged_into or "", 16),
        field("codings", "Codings", "Live codings at exactly this theme", lambda t: live[t.id], 8),
    ]
    return make_table("codebook", "Codebook", fields, book)


def list_needs(matrix: Matrix, attention: Attention) -> Table:
    """Return what needs attention, most pressing kind first."""
    sites = matrix.bearings.sites
    counts = {need: attention.count(need) for need in NEEDS}
    fields = [
        field("need", "Need", "Kind of need", lambda i: i.need, 18),
        field("count", "Count", "How many of this kind, out of how many", lambda i: counts[i.need], 20),
        field("site", "Site", "Code of the site", lambda i: sites[i.site].code, 8),
        field("theme", "Theme", "Id of the theme", lambda i: i.theme, 24),
        field("claim", "Claim", "Number of the claim, where it is one", lambda i: i.claim, 8),
        field("sentence", "What is the matter", "What is the matter", lambda i: i.sentence, 70),
        field("advice", "What to do", "What to do about it", lambda i: NEEDS[i.need].advice, 50),
    ]
    return make_table("attention", "Attention", fields, attention.items)


def list_counts(counts: list[Count]) -> Table:
    """Return counts over claims, each with its denominators and the list behind it."""
    fields = [
        field("name", "Topic", "Name of the coded value", lambda c: c.name, 18),
        field("value", "Value", "The value; name!rank is a rank", lambda c: c.value, 40),
        field("sites", "Sites", "Sites with a supported claim of this value", lambda c: len(c.sites), 8),
        field("of", "Of", "Sites counted over", lambda c: len(c.shown), 6),
        field("with_evidence", "With evidence", "Sites with a live coding on it", lambda c: len(c.with_evidence), 10),
        field("examined", "Examined", "Sites of which every source was read for it", lambda c: len(c.examined), 10),
        field("sentence", "In words", "The count with its denominators", str, 52),
        field("site_list", "Which", "Codes of the sites", lambda c: listed(s.code for s in c.sites), 40),
        field("contested", "Contested at", "Sites where it is contested", lambda c: listed(s.code for s in c.contested), 16),
        field("claims", "Claims", "Numbers of the claims behind it", lambda c: listed(c.claims), 30),
    ]  # fmt: skip
    return make_table("counts", "Counts", fields, counts)


def list_memos(matrix: Matrix) -> Table:
    """Return the memos on the project, on findings, and on what is shown, oldest first."""
    bearings, study = matrix.bearings, matrix.study
    names = TargetNames(
        {site.id: site.code for site in study.sites},
        {source.id: source.ref for source in study.sources},
        {theme.id: theme.label for theme in study.codebook},
    )
    sites = {site.id for site in matrix.sites}
    sources = {source.id for source in study.sources if sites.intersection(source.sites)}

    def is_shown(target: MemoTarget) -> bool:
        if target.site is not None:
            return target.site in sites
        if target.source is not None:
            return target.source in sources
        if target.coding is not None:
            return bearings.codings[target.coding].site in sites
        return target.claim is None or bearings.claims[target.claim].site in sites

    fields = [
        field("memo", "Memo", "Number of the memo", lambda m: m.id, 8),
        field("title", "Title", "What it is found by", lambda m: m.title, 30),
        field("kind", "Kind", "analytic, methodological, reflexive, descriptive or another word", lambda m: m.kind, 14),
        field("about", "About", "What it is on: a site, source, theme, cell, coding, claim, finding or the project", names.name_all, 30),
        field("text", "Text", "The note itself", lambda m: m.text, 70),
        field("author", "Author", "Who wrote it", lambda m: m.author, 12),
        field("made_on", "Made on", "When", lambda m: m.made_on, 12),
    ]  # fmt: skip
    shown = (memo for memo in study.memos if not memo.targets or any(map(is_shown, memo.targets)))
    return make_table("memos", "Memos", fields, shown)
