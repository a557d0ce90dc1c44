"""Reports and exports: made when asked for, then fetched."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, HTMLResponse

from framework_coder.web.pages import render
from framework_coder.web.payloads.base import Done
from framework_coder.web.payloads.reports import ReportMade, ReportWish
from framework_coder.web.reporting import GROUPS

if TYPE_CHECKING:
    from framework_coder.web.reporting import Reports

router = APIRouter()


@router.get("/reports", include_in_schema=False)
def show_reports(request: Request) -> HTMLResponse:
    """Show what can be made, what for, and what it leaves out."""
    study = request.app.state.snapshots.matrix().grid.study
    anonymous = sum(site.attributes.get("anonymous", "").lower() == "yes" for site in study.sites)
    return render(request, "reports", "Reports", groups=GROUPS, anonymous=anonymous)


@router.post("/api/reports", status_code=201)
def make_report(request: Request, wish: ReportWish) -> ReportMade:
    """Make a report; what it could not hold is told."""
    reports: Reports = request.app.state.reports
    key = reports.make(wish, request.app.state.snapshots.name())
    made = reports.get(key)
    return ReportMade(
        address=f"/api/reports/{key}",
        name=made.name,
        size=made.path.stat().st_size,
        losses=list(made.losses),
    )


@router.delete("/api/reports/making/{ticket}")
def stop_report(request: Request, ticket: str) -> Done:
    """Stop the making of a report; nothing of it is kept."""
    request.app.state.reports.stop(ticket)
    return Done(entry=request.app.state.project.history.newest(), told="The report was stopped.")


@router.get("/api/reports/{key}", response_class=FileResponse)
def fetch_report(request: Request, key: str) -> FileResponse:
    """Return a report that was made, as a download."""
    reports: Reports = request.app.state.reports
    made = reports.get(key)
    return FileResponse(made.path, filename=made.name, media_type="application/octet-stream")
