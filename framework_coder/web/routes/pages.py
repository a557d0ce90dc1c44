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
    """Return the pages of a source, with the span of the text that each holds."""
    project: Project = request.app.state.project
    found = project.sources.page_words(ref)
    outlines = [
        PageOutline(number=page.number, width=page.width, height=page.height,
                    start=page.span[0], end=page.span[1])
        for page in found.pages
    ]  # fmt: skip
    return SourcePages(
        file=project.sources.text(ref).sha256[:DIGITS],
        pages=outlines,
        missing=found.missing,
        is_same_text=found.is_same_text,
    )


@router.get("/api/sources/{ref}/pages/{number}/words", response_model=PageLines)
def tell_words(request: Request, ref: str, number: int) -> Response:
    """Return the words of a page; thousands are written once, not checked again."""
    project: Project = request.app.state.project
    page = project.sources.page_words(ref).page(number)
    found = PageLines(number=number, lines=[list(line) for line in page.lines])
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
