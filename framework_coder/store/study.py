"""The whole study as values, for every analysis: a fixed score of selects, however large it is."""

from sqlalchemy import Connection

from framework_coder.model.codebook_diff import number_frameworks, settled_since
from framework_coder.model.collecting import no_collection
from framework_coder.model.study import Study
from framework_coder.store.claims import (
    load_adjudications,
    load_claims,
    load_coverage,
    load_evidence,
    load_marks,
)
from framework_coder.store.codebooks import (
    current_version,
    load_codebook,
    load_design,
    load_left,
    load_versions,
)
from framework_coder.store.codings import load_codings
from framework_coder.store.journal import identify
from framework_coder.store.reviews import (
    load_convergences,
    load_finding_links,
    load_findings,
    load_member_checks,
    load_memos,
    load_separations,
)
from framework_coder.store.sources import load_plan, load_sites, load_sources


def load_study(connection: Connection, *, with_text: bool = True) -> Study:
    """Return the study; without text, codings have an empty `quote`, `reason` and `locator`."""
    with no_collection():
        codebook, versions = load_codebook(connection), tuple(load_versions(connection))
        return Study(
            design=load_design(connection),
            codebook=codebook,
            version=current_version(connection),
            sites=load_sites(connection),
            sources=load_sources(connection),
            codings=load_codings(connection, with_text=with_text),
            claims=load_claims(connection),
            evidence=load_evidence(connection),
            adjudications=load_adjudications(connection),
            coverage=load_coverage(connection),
            not_applicable=load_marks(connection),
            plan=load_plan(connection),
            findings=load_findings(connection),
            finding_links=load_finding_links(connection),
            memos=load_memos(connection),
            convergences=load_convergences(connection),
            member_checks=load_member_checks(connection),
            separations=load_separations(connection),
            settled_since=settled_since(number_frameworks(versions, codebook)),
            versions=versions,
            identity=identify(connection),
            left=load_left(connection),
        )


def load_coverage_study(connection: Connection) -> Study:
    """Return the study without codings, claims and what hangs on them: enough to say what was examined."""
    codebook, versions = load_codebook(connection), tuple(load_versions(connection))
    return Study(
        design=load_design(connection),
        codebook=codebook,
        version=current_version(connection),
        sites=load_sites(connection),
        sources=load_sources(connection),
        coverage=load_coverage(connection),
        settled_since=settled_since(number_frameworks(versions, codebook)),
        versions=versions,
    )
