"""The application: routes, the guard before them, errors as sentences."""

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response

from framework_coder import __version__
from framework_coder.errors import FrameworkCoderError
from framework_coder.web.files import STATIC, Files
from framework_coder.web.importing import Imports
from framework_coder.web.proposing import ProposingNow
from framework_coder.web.refusals import answer_failure, answer_misfit, answer_refusal
from framework_coder.web.reporting import Reports
from framework_coder.web.routes import (
    cells,
    claims,
    codebook,
    codings,
    convergence,
    explore,
    findings,
    guide,
    home,
    imports,
    journal,
    matrix,
    pages,
    passages,
    reader,
    reading,
    reports,
    reviews,
    sources,
    tabulating,
    triangulation,
    versions,
)
from framework_coder.web.security import Guard
from framework_coder.web.snapshots import Snapshots

if TYPE_CHECKING:
    from framework_coder.project import Project

SCREENS = (
    home,
    sources,
    imports,
    reader,
    pages,
    codings,
    reading,
    codebook,
    versions,
    matrix,
    cells,
    claims,
    passages,
    triangulation,
    convergence,
    reviews,
    explore,
    findings,
    tabulating,
    reports,
    journal,
    guide,
)
"""The modules of routes, each with its router."""


def make_app(project: "Project", guard: Guard) -> FastAPI:
    """Return the application for one open project."""
    app = FastAPI(
        title="Framework Coder",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.project = project
    app.state.snapshots = Snapshots(project)
    app.state.imports = Imports(project)
    app.state.reports = Reports(project)
    app.state.proposing = ProposingNow()
    for module in SCREENS:
        app.include_router(module.router)
    app.mount("/static", Files(directory=STATIC), name="static")

    @app.get("/open", include_in_schema=False)
    def open_interface(request: Request, token: str = "") -> Response:
        return guard.open(request, token)

    app.add_middleware(BaseHTTPMiddleware, dispatch=guard)
    app.add_exception_handler(FrameworkCoderError, answer_refusal)
    app.add_exception_handler(RequestValidationError, answer_misfit)
    app.add_exception_handler(Exception, answer_failure)
    return app
