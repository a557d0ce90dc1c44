"""The pages of a source that is a PDF: their words with the spans they stand for, and their pictures."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from framework_coder.model.sources import SourceText
from framework_coder.web.payloads.paging import PageLines, PageOutline, SourcePages

if TYPE_CHECKING:
    from framework_coder.project import Project

router = APIRouter()

PDF = "application/pdf"
DIGITS = 16
"""Of the hash of a file so many digits stand in the address of its pages."""

FOR_GOOD = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"


def why_no_pages(text: SourceText) -> str:
    """Return why a source cannot be shown as pages, empty where it can."""
    if text.media_type == PDF:
        return ""
    return "Only PDFs have pages to show; this source was imported from a file of another kind."


@router.get("/api/sources/{ref}/pages")
def tell_pages(request: Request, ref: str) -> SourcePages:
    """Return the pages of a source; their words are mapped when they are asked for."""
    project: Project = request.app.state.project
    text = project.sources.text(ref)
    if text.media_type == PDF and text.pages:
        pages = [(page.number, page.width, page.height, page.start) for page in text.pages]
    else:  # another tool read the file, or it is no PDF, which is said
        pages = [(page.number, page.width, page.height, 0) for page in project.sources.page_words(ref).pages]
    outlines = [PageOutline(number=number, width=width, height=height, start=start)
                for number, width, height, start in pages]  # fmt: skip
    return SourcePages(file=text.sha256[:DIGITS], pages=outlines)


@router.get("/api/sources/{ref}/pages/{number}/words", response_model=PageLines)
def tell_words(request: Request, ref: str, number: int) -> Response:
    """Return the words of a page; thousands are written once, not checked again."""
    project: Project = request.app.state.project
    pages = project.sources.page_words(ref)
    lines: list[list[tuple[int, int, float, float, float, float]]]
    lines = [list(line) for line in pages.page(number).lines]
    found = PageLines(number=number, lines=lines, missing=pages.missing, is_same_text=pages.is_same_text)
    return Response(found.model_dump_json(), media_type="application/json")


@router.get("/api/sources/{ref}/pages/{number}.png", response_class=Response)
def show_page(request: Request, ref: str, number: int, scale: float = 1.0, file: str = "") -> Response:
    """Return a page as a PNG, `scale` pixels a point; with its `file` in the address it is kept for good."""
    project: Project = request.app.state.project
    sha256 = project.sources.text(ref).sha256
    tag = f'"{sha256[:DIGITS]}-{number}-{scale:g}"'
    headers = {"ETag": tag, "Cache-Control": FOR_GOOD if file == sha256[:DIGITS] else ASK_AGAIN}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    picture = project.sources.page_image(ref, number, scale)
    return Response(picture, media_type="image/png", headers=headers)
