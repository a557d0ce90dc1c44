"""Charting in the drawer: claims written, rewritten, split, merged, deleted; evidence linked with its stance.

Each change answers with the cell as it is then, so that the status and its reason show at once.
"""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from framework_coder.web.payloads.cells import (
    CandidateLine,
    CellDrawer,
    ClaimFields,
    ClaimText,
    LinkFields,
    NewClaims,
    NewLink,
    SplitAt,
)
from framework_coder.web.routes.cells import tell_cell

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter(prefix="/api/cells/{site}/{theme}")


@router.post("/claims", status_code=201)
def write_claims(request: Request, site: str, theme: str, new: NewClaims) -> CellDrawer:
    """Make each paragraph a claim with the passages that it cites."""
    project: Project = request.app.state.project
    fields = new.model_dump(exclude={"text"})
    project.claims.chart(site, theme, new.text, **fields)
    return tell_cell(request, site, theme)


@router.get("/passages")
def complete(request: Request, site: str, theme: str, typed: str = "") -> list[CandidateLine]:
    """Return what a citation being typed may mean."""
    project: Project = request.app.state.project
    return [
        CandidateLine(
            coding=found.coding,
            token=found.token,
            theme=found.theme,
            quote=found.quote,
            is_charted=found.is_charted,
        )
        for found in project.claims.complete(site, theme, typed)
    ]


@router.put("/claims/{number}")
def rewrite_claim(request: Request, site: str, theme: str, number: int, text: ClaimText) -> CellDrawer:
    """Put a paragraph in place of a claim's."""
    project: Project = request.app.state.project
    project.claims.rewrite(number, text.text, **text.model_dump(exclude={"text"}))
    return tell_cell(request, site, theme)


@router.patch("/claims/{number}")
def edit_claim(request: Request, site: str, theme: str, number: int, fields: ClaimFields) -> CellDrawer:
    """Change fields of a claim."""
    project: Project = request.app.state.project
    project.claims.edit(number, **fields.model_dump())
    return tell_cell(request, site, theme)


@router.delete("/claims/{number}")
def delete_claim(request: Request, site: str, theme: str, number: int, edition: str = "") -> CellDrawer:
    """Take a claim away."""
    project: Project = request.app.state.project
    project.claims.delete(number, edition=edition)
    return tell_cell(request, site, theme)


@router.post("/claims/{number}/split")
def split_claim(request: Request, site: str, theme: str, number: int, split: SplitAt) -> CellDrawer:
    """Split a claim at a place of its paragraph."""
    project: Project = request.app.state.project
    project.claims.split(number, split.at, edition=split.edition)
    return tell_cell(request, site, theme)


@router.post("/claims/{number}/merge/{other}")
def merge_claims(request: Request, site: str, theme: str, number: int, other: int) -> CellDrawer:
    """Merge another claim of the cell into a claim."""
    project: Project = request.app.state.project
    project.claims.merge(number, other)
    return tell_cell(request, site, theme)


@router.post("/claims/{number}/move")
def move_claim(
    request: Request, site: str, theme: str, number: int, before: int | None = None, after: int | None = None
) -> CellDrawer:
    """Put a claim before or after another one of the cell."""
    project: Project = request.app.state.project
    project.claims.move(number, before=before, after=after)
    return tell_cell(request, site, theme)


@router.post("/claims/{number}/evidence", status_code=201)
def link_coding(request: Request, site: str, theme: str, number: int, link: NewLink) -> CellDrawer:
    """Make a passage evidence of a claim."""
    project: Project = request.app.state.project
    project.claims.link(number, link.coding, stance=link.stance, is_inferred=link.is_inferred)
    return tell_cell(request, site, theme)


@router.patch("/claims/{number}/evidence/{coding}")
def change_link(
    request: Request, site: str, theme: str, number: int, coding: int, fields: LinkFields
) -> CellDrawer:
    """Change what a link says."""
    project: Project = request.app.state.project
    project.claims.relink(number, coding, **fields.model_dump())
    return tell_cell(request, site, theme)


@router.delete("/claims/{number}/evidence/{coding}")
def unlink_coding(request: Request, site: str, theme: str, number: int, coding: int) -> CellDrawer:
    """Take a passage from a claim."""
    project: Project = request.app.state.project
    project.claims.unlink(number, coding)
    return tell_cell(request, site, theme)
