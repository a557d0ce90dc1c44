"""Which HTTP status each family of errors gives; the sentence is the error's own."""

import json
import logging
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from framework_coder import errors
from framework_coder.web.pages import render
from framework_coder.web.uploads import OversizedUploadError

UNFORESEEN = (
    "Something went wrong that was not foreseen; nothing was changed. Load the page anew. The terminal in "
    "which the server runs says more; please report it."
)


class _Told(JSONResponse):
    """A refusal as JSON; half characters that were sent, which no encoding can hold, are replaced."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False).encode(errors="replace")


_FAMILIES: tuple[tuple[type[errors.FrameworkCoderError], int], ...] = (
    (OversizedUploadError, 413),
    (errors.NotFoundError, 404),
    (errors.ConflictError, 409),
    (errors.DamagedProjectError, 500),
    (errors.CancelledError, 409),
    (errors.MissingPackageError, 501),
    (errors.BadInputError, 422),
)


def status_of(error: errors.FrameworkCoderError) -> int:
    """Return the status of an error's family."""
    return next((status for family, status in _FAMILIES if isinstance(error, family)), 500)


def answer_refusal(request: Request, error: Exception) -> Response:
    """Return an error as JSON: its kind and its sentence, and for a stale change both texts.

    Where somebody opened a page it is a page with the sentence.
    """
    assert isinstance(error, errors.FrameworkCoderError)
    if is_page(request):
        return render(request, "refusal", "Not shown", status=status_of(error), sentence=str(error))
    told = {"kind": type(error).__name__.removesuffix("Error"), "sentence": str(error)}
    wanted = getattr(error, "wanted", None)
    standing = getattr(error, "standing", None)
    if wanted is not None:
        told |= {"wanted": wanted, "standing": getattr(standing, "paragraph", standing) or ""}
    return _Told(told, status_of(error))


def answer_misfit(_request: Request, error: Exception) -> Response:
    """Return a sentence for what does not have the shape that a route asks for: which field, and why."""
    assert isinstance(error, RequestValidationError)
    fields = (
        f"{'.'.join(map(str, each['loc'][1:])) or each['loc'][0]}: {each['msg']}" for each in error.errors()
    )
    sentence = (
        f"The server cannot read what was sent ({'; '.join(fields)}). Load the page anew and try again."
    )
    return _Told({"kind": "Misfit", "sentence": sentence}, 422)


def answer_failure(request: Request, error: Exception) -> Response:
    """Return a sentence for what nobody foresaw; the traceback goes to the terminal only."""
    logging.getLogger("uvicorn.error").error("%s %s", request.method, request.url.path, exc_info=error)
    if is_page(request):
        return render(request, "refusal", "Not shown", status=500, sentence=UNFORESEEN)
    return JSONResponse({"kind": type(error).__name__, "sentence": UNFORESEEN}, 500)


def is_page(request: Request) -> bool:
    """Whether a browser asks for a page, rather than a script for JSON or a picture."""
    return request.method == "GET" and request.headers.get("sec-fetch-mode", "") == "navigate"
