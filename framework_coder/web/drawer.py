"""The drawer of a cell: claims with why they stand as they do, evidence, passages that no claim cites."""

from typing import TYPE_CHECKING

from framework_coder.model.charting import ChartedClaim
from framework_coder.model.claims import Evidence, Stance
from framework_coder.model.codings import Coding
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.model.study import Site
from framework_coder.model.values import write_value
from framework_coder.model.wording import cite
from framework_coder.web.heads import head_site, head_theme
from framework_coder.web.payloads.cells import CellDrawer, ClaimCard, EvidenceLine

if TYPE_CHECKING:
    from framework_coder.project import Project, ProjectMatrix


def open_drawer(project: "Project", built: "ProjectMatrix", site: Site, theme: str, entry: int) -> CellDrawer:
    """Return all of a cell; a theme that is no column has its cell built for it."""
    grid = built.grid
    if (site.id, theme) not in grid.cells:
        built = project.matrix(sites=[site.code], columns=[theme])
        grid = built.grid
    cell = grid.cells[site.id, theme]
    charted = (
        {each.claim.id: each for each in project.claims.in_cell(site.code, theme)} if cell.claims else {}
    )
    cited = {link.coding for each in charted.values() for link in each.evidence}
    return CellDrawer(
        entry=entry,
        site=head_site(site),
        theme=head_theme(grid.study.codebook, theme),
        state=cell.state.value,
        why=built.explain_cell(site.code, theme),
        reason=cell.reason,
        examined=cell.examined,
        sources=cell.sources,
        lamps=[lamp.value for lamp in (cell.lamps or {}).values()],
        claims=[_card(built, charted[c.id]) for c in cell.claims if c.id in charted],
        uncharted=[_line(grid, coding, None) for coding in _uncharted(cell, cited)],
    )


def _uncharted(cell: Cell, cited: set[int]) -> list[Coding]:
    return [coding for coding in cell.codings if coding.id not in cited]


def _card(built: "ProjectMatrix", charted: ChartedClaim) -> ClaimCard:
    claim, grid = charted.claim, built.grid
    found = grid.assessments[claim.id]
    return ClaimCard(
        id=claim.id,
        theme=claim.theme,
        summary=claim.summary,
        paragraph=charted.paragraph,
        edition=charted.edition,
        kind=claim.kind.value,
        is_key=claim.is_key,
        quotation=claim.quotation,
        comment=claim.comment,
        values=[write_value(value) for value in claim.values],
        author=claim.author,
        status=found.status.value,
        flags=list(map(str, found.flags)),
        why=str(built.explain(claim.id)),
        evidence=[
            _line(grid, grid.bearings.codings[link.coding], link)
            for link in charted.evidence
            if link.coding in grid.bearings.codings
        ],
    )


def _line(grid: Matrix, coding: Coding, link: Evidence | None) -> EvidenceLine:
    source = grid.bearings.sources[coding.source]
    return EvidenceLine(
        coding=coding.id,
        stance=link.stance.value if link else "",
        is_inferred=bool(link and link.is_inferred),
        counts=coding.is_live and link is not None and link.stance is not Stance.CONTEXT,
        quote=coding.quote,
        cite=cite(source, coding),
        source=source.ref,
        source_title=source.title,
        method=source.method,
        theme=coding.theme,
        note=link.note if link else "",
        start=coding.start,
        end=coding.end,
    )
