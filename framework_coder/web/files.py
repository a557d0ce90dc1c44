"""Scripts and styles: under an address that changes when they do, so that a browser keeps them for good."""

import hashlib
import re
from functools import cache
from pathlib import Path, PurePosixPath

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
_IMPORT = re.compile(r'^import\b[^"]*"(\.[^"]+)";', re.MULTILINE)


@cache
def fingerprint() -> str:
    """Return twelve digits that stand for all static files as they are when the server starts."""
    files = sorted(path for path in STATIC.rglob("*") if path.is_file())
    stamps = [(path.relative_to(STATIC).as_posix(), path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:12]


def static_address() -> str:
    """Return where the static files are served from."""
    return f"/static/{fingerprint()}"


@cache
def modules_behind(script: str) -> tuple[str, ...]:
    """Return the modules that a script imports, directly or not, as paths below the static folder.

    The page names them all at its head: they load side by side, not one after another.
    """
    found: dict[str, None] = {}
    waiting = [script]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = None
            words = (STATIC / path).read_text(encoding="utf-8")
            waiting += [_join(path, name) for name in _IMPORT.findall(words)]
    return tuple(found)


def _join(module: str, name: str) -> str:
    """Return the path that an import in a module means."""
    parts: list[str] = []
    for part in (*PurePosixPath(module).parent.parts, *PurePosixPath(name).parts):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


class Files(StaticFiles):
    """Serves the static folder; under its fingerprint for good, else as files that may change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        first, *rest = Path(path).parts or ("",)
        if first != fingerprint():
            return await super().get_response(path, scope)
        response = await super().get_response(str(Path(*rest)), scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
