"""What each table of a matrix holds: claims, evidence, codings, cells."""

from framework_coder.model.claims import Claim, Evidence
from framework_coder.model.codings import Coding, CodingState
from framework_coder.model.explaining import explain_empty
from framework_coder.model.legend import LAMP_MARKS, LEGEND
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.reports.citing import cite_claim
from framework_coder.reports.tables import Field, Table, Value, field, listed, make_table


def list_claims(matrix: Matrix) -> Table:
    """Return the claims shown, one a row, each with its status and what it rests on."""
    bearings = matrix.bearings
    found = matrix.assessments

    def decision(claim: Claim, part: str) -> Value:
        made = bearings.adjudications.get(claim.id)
        return str(getattr(made, part)) if made else ""

    checks = {check.claim: check for check in matrix.study.member_checks}

    def checked(claim: Claim, part: str) -> Value:
        made = checks.get(claim.id)
        return str(getattr(made, part)) if made else ""

    fields = [
        field("claim", "Claim", "Number of the claim, as other sheets cite it", lambda c: c.id, 8),
        field("site", "Site", "Code of the site", lambda c: bearings.sites[c.site].code, 8),
        field("site_name", "Site name", "Name of the site", lambda c: bearings.sites[c.site].name, 22),
        field("theme", "Theme", "Id of the theme", lambda c: c.theme, 22),
        field("theme_label", "Theme label", "Label of the theme", lambda c: matrix.study.codebook[c.theme].label, 22),
        field("status", "Status", "Status by the triangulation rule", lambda c: found[c.id].status, 16),
        field("summary", "Summary", "What the evidence says, in the analyst's words", lambda c: c.summary, 60),
        field("cites", "Cites", "Citation tokens of the evidence that counts", lambda c: cite_claim(matrix, found[c.id]), 30),
        field("kind", "Kind", "fact, view or judgement", lambda c: c.kind, 10),
        field("key", "Key", "yes where the claim is one of the cell's key claims", lambda c: _yes(c.is_key), 6),
        field("quotation", "Quotation", "Words quoted in the claim", lambda c: c.quotation, 40),
        field("comment", "Comment", "The analyst's comment, apart from the summary", lambda c: c.comment, 40),
        field("values", "Values", "Coded values: name=value, !rank", lambda c: listed(map(_value, c.values)), 30),
        field("flags", "Flags", "What to know beside the status", lambda c: listed(found[c.id].flags), 24),
        field("breadth", "Breadth", "Status of the support alone", lambda c: found[c.id].breadth or "", 16),
        field("independent", "g", "Largest set of independent supporting items", lambda c: found[c.id].independent, 5),
        field("methods", "t", "The same, of all different planned methods", lambda c: found[c.id].methods, 5),
        field("planned", "k", "Methods planned in the study", lambda c: found[c.id].planned, 5),
        field("available", "Available", "Planned methods collected at the site", lambda c: found[c.id].available, 9),
        field("supports", "Supports", "Supporting items", lambda c: len(found[c.id].supports), 9),
        field("qualifies", "Qualifies", "Qualifying items", lambda c: len(found[c.id].qualifies), 9),
        field("contradicts", "Contradicts", "Contradicting items", lambda c: len(found[c.id].contradicts), 10),
        field("drifted", "Drifted", "Items whose quote is no longer at its span", lambda c: found[c.id].drifted, 8),
        field("examined", "Examined", "Sources of the site read for the theme", lambda c: found[c.id].examined, 9),
        field("sources", "Sources", "Sources of the site", lambda c: found[c.id].sources, 8),
        field("decision", "Decision", "Adjudication of a contested claim", lambda c: decision(c, "decision"), 18),
        field("decision_reason", "Reason", "Why it was decided so", lambda c: decision(c, "reason"), 40),
        field("decided_by", "Decided by", "Who decided", lambda c: decision(c, "decided_by"), 12),
        field("decided_on", "Decided on", "When", lambda c: decision(c, "decided_on"), 12),
        field("member_check", "Member check", "Where it stands; never evidence", lambda c: checked(c, "state") or "not_sent", 13),
        field("informant", "Informant", "Who was asked to check the claim", lambda c: checked(c, "informant"), 16),
        field("reply", "Reply", "What the informant answered", lambda c: checked(c, "reply"), 40),
        field("author", "Author", "Who wrote the claim", lambda c: c.author, 10),
    ]  # fmt: skip
    return make_table("claims", "Claims", fields, matrix.shown_claims())


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _value(value: object) -> str:
    name, text, rank = (getattr(value, part) for part in ("name", "text", "rank"))
    return f"{name}={text}!{rank}" if rank else f"{name}={text}"


def list_evidence(matrix: Matrix) -> Table:
    """Return the evidence of the claims shown, one link a row, claims in the order of the matrix."""
    bearings = matrix.bearings

    def coding(link: Evidence) -> Coding:
        return bearings.codings[link.coding]

    def claim(link: Evidence) -> Claim:
        return bearings.claims[link.claim]

    parts = ("ref", "title", "method", "document_type", "produced_on", "originator")
    said = {each.id: {part: str(getattr(each, part)) for part in parts} for each in matrix.study.sources}

    def source(link: Evidence, part: str) -> Value:
        return said[coding(link).source][part]

    fields = [
        field("claim", "Claim", "Number of the claim", lambda e: e.claim, 8),
        field("coding", "Coding", "Number of the coding", lambda e: e.coding, 8),
        field("site", "Site", "Code of the site", lambda e: bearings.sites[claim(e).site].code, 8),
        field("theme", "Theme", "Id of the claim's theme", lambda e: claim(e).theme, 22),
        field("summary", "Claim summary", "What the claim says", lambda e: claim(e).summary, 40),
        field("stance", "Stance", "supports, qualifies, contradicts or context", lambda e: e.stance, 12),
        field("quote", "Quote", "The passage, letter for letter", lambda e: coding(e).quote, 70),
        field("cite", "Cite", "Citation token: source and place", lambda e: bearings.cite(coding(e)), 16),
        field("source", "Source", "Reference of the source", lambda e: source(e, "ref"), 8),
        field("source_title", "Source title", "Title of the source", lambda e: source(e, "title"), 30),
        field("method", "Method", "How the source was obtained", lambda e: source(e, "method"), 14),
        field("document_type", "Document type", "Type of the document", lambda e: source(e, "document_type"), 16),
        field("produced_on", "Produced on", "Date of the source, to its precision", lambda e: source(e, "produced_on"), 12),
        field("originator", "Originator", "Who stands behind the source", lambda e: source(e, "originator"), 16),
        field("basis", "Basis", "direct or inferred", lambda e: "inferred" if e.is_inferred else "direct", 9),
        field("prominence", "Prominence", "1 passing, 2 notable, 3 dominant", lambda e: e.prominence, 10),
        field("origins", "Origins", "Who speaks, where narrowed by the analyst", lambda e: listed(sorted(e.origins or ())), 18),
        field("counts", "Counts", "Whether it counts for the status, or why not", lambda e: _counts(e, coding(e)), 20),
        field("coder", "Coder", "Who coded the passage", lambda e: coding(e).coder, 10),
        field("start", "Start", "First character in the source's text, from 0", lambda e: coding(e).start, 8),
        field("end", "End", "Character after the last", lambda e: coding(e).end, 8),
        field("note", "Note", "The analyst's note on the link", lambda e: e.note, 30),
    ]  # fmt: skip
    links = (link for c in matrix.shown_claims() for link in bearings.evidence.get(c.id, ()))
    return make_table("evidence", "Evidence", fields, links)


def _counts(link: Evidence, coding: Coding) -> str:
    if coding.is_drifted:
        return "no: drifted"
    if coding.state is not CodingState.ACCEPTED:
        return f"no: coding {coding.state}"
    return "no: context" if link.stance == "context" else "yes"


def list_codings(matrix: Matrix) -> Table:
    """Return every coding at the sites and themes shown, whatever its state."""
    bearings = matrix.bearings
    book = matrix.study.codebook
    cited: dict[int, list[int]] = {}
    for links in bearings.evidence.values():
        for link in links:
            cited.setdefault(link.coding, []).append(link.claim)
    fields = [
        field("coding", "Coding", "Number of the coding", lambda c: c.id, 8),
        field("site", "Site", "Code of the site", lambda c: bearings.sites[c.site].code, 8),
        field("theme", "Theme", "Id of the theme", lambda c: c.theme, 22),
        field("state", "State", "accepted, proposed or rejected", lambda c: c.state, 10),
        field("quote", "Quote", "The passage, letter for letter", lambda c: c.quote, 70),
        field("cite", "Cite", "Citation token: source and place", bearings.cite, 16),
        field("source", "Source", "Reference of the source", lambda c: bearings.sources[c.source].ref, 8),
        field("method", "Method", "How the source was obtained", lambda c: bearings.sources[c.source].method, 14),
        field("coder", "Coder", "Who coded or proposed it", lambda c: c.coder, 10),
        field("origin", "Origin", "manual, rule, similarity, structure or import", lambda c: c.origin, 10),
        field("score", "Score", "Score of a proposal, 0 to 100", lambda c: c.score, 8),
        field("reason", "Reason", "Why it was proposed", lambda c: c.reason, 30),
        field("drifted", "Drifted", "yes where the quote is no longer at its span", lambda c: _yes(c.is_drifted), 8),
        field("claims", "Claims", "Numbers of the claims that cite it", lambda c: listed(cited.get(c.id, ())), 12),
        field("start", "Start", "First character in the source's text, from 0", lambda c: c.start, 8),
        field("end", "End", "Character after the last", lambda c: c.end, 8),
        field("made_on", "Made on", "When it was made", lambda c: c.made_on, 12),
    ]  # fmt: skip
    sites = {site.id for site in matrix.sites}
    themes = {t for theme in matrix.themes for t in book.descendants(theme.id)}
    shown = (c for c in bearings.codings.values() if c.site in sites and c.theme in themes)
    return make_table("codings", "Codings", fields, shown)


def list_cells(matrix: Matrix) -> Table:
    """Return the cells shown, one a row."""
    bearings = matrix.bearings

    def lamp(method: str) -> Field:
        label = next(m.label for m in matrix.study.design.methods if m.id == method)
        return field(
            method, label, f"What {label.lower()}s contribute", lambda c: (c.lamps or {}).get(method, ""), 14
        )

    fields = [
        field("site", "Site", "Code of the site", lambda c: bearings.sites[c.site].code, 8),
        field("theme", "Theme", "Id of the theme", lambda c: c.theme, 22),
        field("state", "State", "State of the cell", lambda c: c.state, 16),
        field("text", "Text", "Its claims with their citations", lambda c: write_cell(matrix, c), 60),
        field("claims", "Claims", "Claims in the cell", lambda c: len(c.claims), 8),
        field("codings", "Codings", "Live codings", lambda c: len(c.codings), 8),
        field("uncharted", "Uncharted", "Live codings that no claim cites", lambda c: c.uncharted, 9),
        field("proposed", "Proposed", "Undecided proposals", lambda c: c.proposed, 9),
        field("examined", "Examined", "Sources read for the theme", lambda c: c.examined, 9),
        field("sources", "Sources", "Sources of the site", lambda c: c.sources, 8),
        field("provisional", "Provisional", "Breadth of the codings where no claim is written", lambda c: c.provisional or "", 16),
        field("reason", "Reason", "Why the cell is not applicable", lambda c: c.reason, 30),
        *(lamp(method.id) for method in matrix.study.design.planned_methods),
    ]  # fmt: skip
    shown = (cell for _, cells in matrix.shown_rows() for cell in cells)
    return make_table("cells", "Cells", fields, shown)


def write_cell(matrix: Matrix, cell: Cell) -> str:
    """Return a cell as text: its claims with their citations, or why it is empty; nothing if left out."""
    if cell.is_left_out:
        return ""
    if not cell.claims:
        return explain_empty(cell)
    lines = []
    for claim in cell.claims:
        found = matrix.assessments[claim.id]
        lines.append(f"{LEGEND[found.status].letter} {claim.summary} {cite_claim(matrix, found)}".rstrip())
    return "\n".join(lines)


def write_lamps(cell: Cell, letters: dict[str, str]) -> str:
    """Return the method lamps as text: `Q● D○ M·`."""
    return " ".join(f"{letters[method]}{LAMP_MARKS[lamp]}" for method, lamp in (cell.lamps or {}).items())
