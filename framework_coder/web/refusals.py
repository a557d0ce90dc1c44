"""Which HTTP status each family of errors gives; the sentence is the error's own."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from framework_coder import errors

_FAMILIES: tuple[tuple[type[errors.FrameworkCoderError], int], ...] = (
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


def answer_refusal(_request: Request, error: Exception) -> JSONResponse:
    """Return an error as JSON: its kind and its sentence, and for a stale change both texts."""
    assert isinstance(error, errors.FrameworkCoderError)
    told = {"kind": type(error).__name__.removesuffix("Error"), "sentence": str(error)}
    wanted = getattr(error, "wanted", None)
    standing = getattr(error, "standing", None)
    if wanted is not None:
        told |= {"wanted": wanted, "standing": getattr(standing, "paragraph", "") if standing else ""}
    return JSONResponse(told, status_of(error))
