"""Tables of what people decided, and of how the framework came to be."""

from collections.abc import Iterator
from typing import NamedTuple

from framework_coder.model.codebook import Codebook
from framework_coder.model.codebook_diff import FrameworkVersion, diff
from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import Flag
from framework_coder.reports.tables import Table, field, listed, make_table


class Decided(NamedTuple):
    """A decision that a person made, with its reason."""

    kind: str
    site: str = ""
    theme: str = ""
    claim: int | None = None
    sources: str = ""
    decision: str = ""
    reason: str = ""
    by: str = ""
    on: str = ""
    note: str = ""


def list_decisions(matrix: Matrix) -> Table:
    """Return every decision on what is shown: contested claims, convergence, cells, sources kept apart."""
    fields = [
        field("kind", "Kind", "adjudication, convergence, not applicable, kept apart", lambda d: d.kind, 15),
        field("site", "Site", "Code of the site", lambda d: d.site, 8),
        field("theme", "Theme", "Id of the theme", lambda d: d.theme, 22),
        field("claim", "Claim", "Number of the claim", lambda d: d.claim, 8),
        field("sources", "Sources", "References of the sources", lambda d: d.sources, 14),
        field("decision", "Decision", "What was decided", lambda d: d.decision, 28),
        field("reason", "Reason", "Why", lambda d: d.reason, 60),
        field("decided_by", "Decided by", "Who decided", lambda d: d.by, 12),
        field("decided_on", "Decided on", "When, where it is recorded", lambda d: d.on, 12),
        field("note", "Note", "stale: the evidence has changed since", lambda d: d.note, 14),
    ]
    return make_table("decisions", "Decisions", fields, _decisions(matrix))


def _decisions(matrix: Matrix) -> Iterator[Decided]:
    yield from _on_claims(matrix)
    sites = {site.id: site.code for site in matrix.sites}
    shown = {theme.id for theme in matrix.themes}
    for mark in matrix.study.not_applicable:
        if mark.site in sites and mark.theme in shown:
            yield Decided("not applicable", sites[mark.site], mark.theme, reason=mark.reason, by=mark.coder)
    refs = {source.id: source.ref for source in matrix.study.sources}
    for pair in matrix.study.separations:
        both = listed((refs[pair.source], refs[pair.other]))
        yield Decided(
            "kept apart",
            sources=both,
            decision="not copies",
            reason=pair.reason,
            by=pair.coder,
            on=pair.made_on,
        )


def _on_claims(matrix: Matrix) -> Iterator[Decided]:
    claims = {claim.id: claim for claim in matrix.shown_claims()}
    codes = {site.id: site.code for site in matrix.sites}
    for made in matrix.study.adjudications:
        if made.claim in claims:
            claim = claims[made.claim]
            is_stale = Flag.STALE_ADJUDICATION in matrix.assessments[claim.id].flags
            yield Decided(
                "adjudication", codes[claim.site], claim.theme, claim.id, decision=made.decision.value,
                reason=made.reason, by=made.decided_by, on=made.decided_on, note="stale" if is_stale else "",
            )  # fmt: skip
    for met in matrix.study.convergences:
        if met.claim in claims:
            claim = claims[met.claim]
            decision = f"{met.first_method} and {met.second_method}: {met.confirmed.value}"
            yield Decided(
                "convergence", codes[claim.site], claim.theme, claim.id, decision=decision,
                reason=met.reason, by=met.coder, on=met.decided_on,
            )  # fmt: skip


def list_versions(matrix: Matrix) -> Table:
    """Return the framework versions, oldest first, each with what it changed."""
    study = matrix.study
    books = (Codebook(), *(version.codebook for version in study.versions))
    before = {v.number: book for v, book in zip(study.versions, books, strict=False)}

    def changes(version: FrameworkVersion) -> str:
        return listed(f"{c.kind} {c.theme}" for c in diff(before[version.number], version.codebook))

    fields = [
        field("version", "Version", "Number of the framework version", lambda v: v.number, 8),
        field("frozen_at", "Frozen at", "When (UTC)", lambda v: v.frozen_at, 22),
        field("frozen_by", "Frozen by", "Who froze it", lambda v: v.frozen_by, 12),
        field("reason", "Reason", "Why", lambda v: v.reason, 40),
        field("themes", "Themes", "Active themes", lambda v: len(v.codebook.active), 8),
        field("changes", "Changes", "What changed since the version before", changes, 90),
    ]
    return make_table("versions", "Framework versions", fields, study.versions)
