"""Whole studies to be sent round, and what of them must come back."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from framework_coder.exchange.bundle import Bundle, BundledClaim, BundledMemo
from framework_coder.exchange.bundling import bundle_project
from framework_coder.project import Project


def bundle_of(project: Project) -> Bundle:
    """Return a project as a bundle."""
    return bundle_project(project._session.engine)


def compare(bundle: Bundle) -> dict[str, Any]:
    """Return all that a bundle says, without keys, to be compared with another."""
    codings = {
        c.key: (
            c.source, c.start, c.end, c.theme, c.coder, c.site, c.quote, c.made_on, c.memo, c.state.value,
            c.origin.value, c.score or 0, c.reason,
        )
        for c in bundle.codings
    }  # fmt: skip
    claims = {c.key: (c.site, c.theme, c.summary) for c in bundle.claims}
    findings = {f.key: f.statement for f in bundle.findings}
    return {
        "name": bundle.name,
        "design": bundle.design,
        "codebook": bundle.codebook,
        "sites": [(s.code, s.name, dict(s.attributes)) for s in bundle.sites],
        "sources": [
            (
                s.ref, s.title, tuple(s.sites), s.method, s.document_type, s.produced_on, s.originator,
                tuple(s.informants), tuple(s.authors), tuple(s.derived_from), s.url, s.path,
            )
            for s in bundle.sources
        ],
        "texts": [_text(s.load()) for s in bundle.sources],
        "codings": sorted(codings.values()),
        "claims": [_claim(claim, codings) for claim in bundle.claims],
        "findings": [
            (f.statement, f.comment, f.author, sorted((claims[c], r, n) for c, r, n in f.claims))
            for f in bundle.findings
        ],
        "memos": sorted(_memo(m, codings, claims, findings) for m in bundle.memos),
        "coverage": bundle.coverage,
        "marks": bundle.not_applicable,
        "separations": bundle.separations,
        "plan": bundle.plan,
        "versions": bundle.versions,
    }  # fmt: skip


def _text(text: Any) -> tuple[Any, ...]:
    return text.text, text.blocks, text.pages, text.metadata, text.warnings, text.comments, text.reader


def _claim(claim: BundledClaim, codings: dict[str, Any]) -> tuple[Any, ...]:
    evidence = [
        (codings[e.coding], e.stance, e.is_inferred, e.prominence, e.origins, e.note, e.place)
        for e in claim.evidence
    ]
    decision = claim.decision and (
        claim.decision.decision,
        claim.decision.reason,
        claim.decision.decided_by,
        claim.decision.decided_on,
        sorted(codings[key] for key in claim.decision.supports),
        sorted(codings[key] for key in claim.decision.contradicts),
    )
    return (
        claim.site, claim.theme, claim.summary, claim.kind, claim.is_key, claim.quotation, claim.comment,
        tuple(claim.values), claim.author, evidence, decision, claim.member_check, tuple(claim.convergences),
    )  # fmt: skip


def _memo(memo: BundledMemo, codings: Any, claims: Any, findings: Any) -> tuple[Any, ...]:
    targets = [
        str((t.site, t.source, t.theme, codings.get(t.coding), claims.get(t.claim), findings.get(t.finding)))
        for t in memo.targets
    ]
    return memo.title, memo.text, memo.kind, memo.author, memo.made_on, targets


def rewrite(path: Path, to: Path, change: Callable[[str], str]) -> Path:
    """Copy a container with its project file changed."""
    with ZipFile(path) as old, ZipFile(to, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "project.qde":
                content = change(content.decode()).encode()
            new.writestr(info, content)
    return to


def without_framework_note(xml: str) -> str:
    """Take the framework note out of a project file, as a tool does that drops what it does not know."""
    return re.sub(r'<Note [^>]*name="framework-matrix.json"[^>]*/>', "", xml)


def without_links(xml: str) -> str:
    """Take all links out of a project file."""
    return re.sub(r"<Links>.*</Links>", "", xml, flags=re.DOTALL)


def project_file(path: Path) -> str:
    """Return the project file of a container."""
    with ZipFile(path) as archive:
        return archive.read("project.qde").decode()
