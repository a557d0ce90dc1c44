"""Tables of findings: each with its counts, and the claims that it rests on."""

from collections.abc import Sequence

from framework_coder.model.finding_counts import FindingAssessment
from framework_coder.model.findings import FindingLink
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.reports.tables import Table, field, listed, make_table


def list_findings(found: Sequence[FindingAssessment]) -> Table:
    """Return the findings in order, each with its sites and how well its claims stand."""
    fields = [
        field("finding", "Finding", "Number of the finding", lambda f: f.finding.id, 8),
        field("statement", "Statement", "What holds across sites, in the analyst's words", lambda f: f.finding.statement, 60),
        field("sentence", "Count", "Sites that bear it out, with denominators", lambda f: str(f.count), 44),
        field("sites", "Sites", "Sites with a supporting claim that is borne out", lambda f: len(f.count.sites), 8),
        field("of", "Of", "Sites counted over", lambda f: len(f.count.shown), 6),
        field("with_evidence", "With evidence", "Sites with a live coding at its themes", lambda f: len(f.count.with_evidence), 10),
        field("examined", "Examined", "Sites of which every source was read for its themes", lambda f: len(f.count.examined), 10),
        field("site_list", "Which", "Codes of the sites", lambda f: listed(s.code for s in f.count.sites), 34),
        field("against", "Against", "Sites with a claim that contradicts it", lambda f: listed(s.code for s in f.against), 16),
        field("exceptions", "Exceptions", "Sites that are an exception", lambda f: listed(s.code for s in f.exceptions), 16),
        field("unplaced", "Not placed", "Sites that no linked claim is of", lambda f: listed(s.code for s in f.unplaced), 24),
        field("statuses", "Statuses", "Supporting claims by status", _statuses, 30),
        field("weak", "Weak", "Supporting claims that are not borne out or contested", lambda f: listed(f.weak), 14),
        field("comment", "Comment", "The analyst's comment", lambda f: f.finding.comment, 34),
        field("author", "Author", "Who wrote it", lambda f: f.finding.author, 10),
    ]  # fmt: skip
    return make_table("findings", "Findings", fields, found)


def _statuses(found: FindingAssessment) -> str:
    ranked = sorted(found.statuses.items(), key=lambda pair: pair[0].rank)
    return listed(f"{count} {LEGEND[status].label.lower()}" for status, count in ranked)


def list_finding_claims(matrix: Matrix, found: Sequence[FindingAssessment]) -> Table:
    """Return the claims that findings rest on, one link a row."""
    bearings = matrix.bearings

    def site(link: FindingLink) -> str:
        return bearings.sites[bearings.claims[link.claim].site].code

    fields = [
        field("finding", "Finding", "Number of the finding", lambda n: n.finding, 8),
        field("role", "Role", "supports, contradicts or exception", lambda n: n.role, 12),
        field("claim", "Claim", "Number of the claim", lambda n: n.claim, 8),
        field("site", "Site", "Code of its site", site, 8),
        field("theme", "Theme", "Id of its theme", lambda n: bearings.claims[n.claim].theme, 22),
        field("summary", "Claim summary", "What the claim says", lambda n: bearings.claims[n.claim].summary, 50),
        field("status", "Status", "Status of the claim", lambda n: bearings.assessments[n.claim].status, 16),
        field("note", "Note", "The analyst's note on the link", lambda n: n.note, 30),
    ]  # fmt: skip
    links = (link for each in found for link in each.links)
    return make_table("finding_claims", "Findings' claims", fields, links)
