"""Versions of the framework: frozen, compared, saved; and what waits for a decision after a split."""

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse, Response

from framework_coder.model.matrix import Matrix
from framework_coder.model.wording import count
from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.codebook import Decided, WhyOnly

if TYPE_CHECKING:
    from framework_coder.model.deciding import Undecided
    from framework_coder.project import Project

router = APIRouter()


@router.get("/codebook/versions", include_in_schema=False)
def show_versions(request: Request, old: int = 0, new: int = 0) -> HTMLResponse:
    """Show the frozen versions, and what turned one into another (0: the codebook as it is now)."""
    project: Project = request.app.state.project
    versions = project.codebook.versions()
    old = old or (versions[-1].number if versions else 0)
    changes = project.codebook.diff(old, new or None) if old else []
    return render(
        request, "codebook/versions", "Versions of the framework", section="versions",
        versions=versions[::-1], old=old, new=new, changes=changes,
    )  # fmt: skip


@router.post("/api/codebook/freeze")
def freeze(request: Request, why: WhyOnly) -> Done:
    """Keep the codebook as a version that never changes."""
    project: Project = request.app.state.project
    number = project.codebook.freeze(why=why.reason)
    return Done(entry=project.history.newest(), told=f"Frozen as version {number}.")


@router.get("/api/codebook.{kind}")
def save_codebook(request: Request, kind: str, version: int | None = None) -> Response:
    """Return the codebook, or a version, as a file: yaml, csv, xlsx or docx."""
    project: Project = request.app.state.project
    folder = TemporaryDirectory(prefix="framework-coder-", ignore_cleanup_errors=True)
    name = f"codebook-version-{version}" if version else "codebook"
    path = Path(folder.name) / f"{name}.{kind}"
    try:
        project.codebook.export(path, version=version)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(path, filename=path.name, background=BackgroundTask(folder.cleanup))


@router.get("/codebook/queue", include_in_schema=False)
def show_queue(request: Request) -> HTMLResponse:
    """Show the passages and claims still at themes that were split or taken over."""
    project: Project = request.app.state.project
    grid = request.app.state.snapshots.matrix().grid
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    themes: dict[str, Undecided] = {}
    for each in project.codebook.undecided():
        themes[each.theme.id] = each
        groups[each.theme.id].append(_row(grid, each))
    return render(
        request, "codebook/queue", "Passages to decide after a split", section="queue",
        groups=[(themes[theme].theme, themes[theme].parts, rows) for theme, rows in groups.items()],
    )  # fmt: skip


@router.post("/api/codebook/decisions")
def decide(request: Request, made: Decided) -> Done:
    """Let passages and claims go to a part, or stay as history."""
    project: Project = request.app.state.project
    if not made.theme:
        project.codebook.leave(codings=made.codings, claims=made.claims, why=made.reason)
        return Done(entry=project.history.newest(), told="Left as history.")
    moved = project.codebook.decide(made.theme, codings=made.codings, claims=made.claims, why=made.reason)
    told = f"{count(len(moved.codings), 'passage')} and {count(len(moved.claims), 'claim')} moved."
    return Done(entry=project.history.newest(), told=told)


def _row(grid: Matrix, each: "Undecided") -> dict[str, Any]:
    if each.claim is not None:
        site = grid.bearings.sites[each.claim.site]
        return {"claim": each.claim.id, "coding": None, "site": site, "words": each.claim.summary, "ref": ""}
    assert each.coding is not None, "one of the two is there"
    site = grid.bearings.sites[each.coding.site]
    ref = grid.bearings.sources[each.coding.source].ref
    return {"claim": None, "coding": each.coding.id, "site": site, "words": each.coding.quote, "ref": ref}
