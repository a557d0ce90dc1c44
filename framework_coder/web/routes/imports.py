"""Imports of files that are dropped on the page, as a resource that the page asks about."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from framework_coder.web.pages import render
from framework_coder.web.payloads.imports import FileLook, ImportJob, NewImport, StartImport

if TYPE_CHECKING:
    from framework_coder.web.importing import Imports

router = APIRouter()


@router.get("/imports", include_in_schema=False)
def show_imports(request: Request) -> HTMLResponse:
    """Show where files are dropped."""
    return render(request, "sources/imports", "Import files")


@router.post("/api/imports", status_code=201)
def begin_import(request: Request, new: NewImport) -> ImportJob:
    """Begin an import with the names and sizes of its files; each gets a site and a method proposed."""
    imports: Imports = request.app.state.imports
    return imports.begin(new.files).tell()


@router.get("/api/imports/{key}")
def tell_import(request: Request, key: str) -> ImportJob:
    """Return where an import stands."""
    imports: Imports = request.app.state.imports
    return imports.get(key).tell()


@router.put("/api/imports/{key}/files/{number}")
async def send_file(request: Request, key: str, number: int) -> ImportJob:
    """Take the bytes of a file, as they come; what comes too large is refused at once."""
    imports: Imports = request.app.state.imports
    job = imports.get(key)
    upload = job.begin_file(number)
    try:
        async for piece in request.stream():
            await run_in_threadpool(upload.take, piece)
    except BaseException:
        upload.drop()
        raise
    upload.close()
    await run_in_threadpool(job.end_file, number, upload)
    return await run_in_threadpool(job.tell)


@router.post("/api/imports/{key}/files/{number}/look")
def look_at_file(request: Request, key: str, number: int, wish: FileLook) -> ImportJob:
    """Look at a file as what is wished, in the background; nothing is stored."""
    imports: Imports = request.app.state.imports
    job = imports.get(key)
    job.look(number, wish)
    return job.tell()


@router.delete("/api/imports/{key}/files/{number}")
def leave_file_out(request: Request, key: str, number: int) -> ImportJob:
    """Leave one file out."""
    imports: Imports = request.app.state.imports
    job = imports.get(key)
    job.drop_file(number)
    return job.tell()


@router.post("/api/imports/{key}/start")
def start_import(request: Request, key: str, start: StartImport) -> ImportJob:
    """Read the files as decided, in the background."""
    imports: Imports = request.app.state.imports
    job = imports.get(key)
    job.start(start.files)
    return job.tell()


@router.delete("/api/imports/{key}")
def cancel_import(request: Request, key: str) -> ImportJob:
    """Stop an import; what was read is kept."""
    imports: Imports = request.app.state.imports
    job = imports.get(key)
    job.cancel()
    return job.tell()
