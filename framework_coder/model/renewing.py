"""A matrix after changes at some of its sites: their cells are built again, all others are kept."""

from collections.abc import Collection
from dataclasses import replace

from framework_coder.model.bearings import Bearings
from framework_coder.model.matrix import Matrix, build_cells
from framework_coder.model.study import Study


def renew_matrix(
    matrix: Matrix, study: Study, sites: frozenset[int], *, reread: Collection[int] = ()
) -> Matrix:
    """Return the matrix of a study that differs from the matrix's own at some sites only.

    Rows and columns stay; sites, sources, design and codebook must be the same in both studies. `reread` are
    the sources whose coverage changed.
    """
    older = matrix.bearings
    bearings = Bearings(study, matrix.selection).inherit(older)
    part = Bearings(_part(study, sites, reread), matrix.selection).inherit(older)
    if not reread:
        part.inherit_coverage(older, part, ())
    bearings.inherit_coverage(older, part, reread)
    theirs = {claim.id for claim in matrix.study.claims if claim.site in sites}
    kept = {number: found for number, found in matrix.assessments.items() if number not in theirs}
    bearings.take_assessments(kept | part.assessments)
    others = {number: links for number, links in older.evidence.items() if number not in theirs}
    bearings.evidence = others | part.evidence
    shown = [site for site in matrix.sites if site.id in sites]
    cells = {**matrix.cells, **build_cells(part, shown, matrix.themes)}
    return replace(matrix, study=study, bearings=bearings, cells=cells, assessments=bearings.assessments)


def _part(study: Study, sites: frozenset[int], reread: Collection[int]) -> Study:
    """Return a study with the codings, claims and coverage of some sites only."""
    claims = tuple(claim for claim in study.claims if claim.site in sites)
    numbers = {claim.id for claim in claims}
    theirs = {source.id for source in study.sources if reread and not sites.isdisjoint(source.sites)}
    return replace(
        study,
        claims=claims,
        codings=tuple(coding for coding in study.codings if coding.site in sites),
        evidence=tuple(link for link in study.evidence if link.claim in numbers),
        coverage=tuple(row for row in study.coverage if row.source in theirs),
    )
