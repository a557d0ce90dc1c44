"""Who may talk to the server: this machine's browser, from our own pages, after the opening link.

A page of another site can reach a server on this machine. So the host must be one of ours (a name that was
pointed here by somebody else is refused), whatever changes something must come from one of our pages, and
nothing is told without the cookie that the opening link was exchanged for.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

SAFE_METHODS = frozenset({"GET", "HEAD"})
OPEN_PATHS = ("/open", "/static/")
"""Paths that need no cookie: the opening link, and what says nothing of the project."""

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Next = Callable[[Request], Awaitable[Response]]


@dataclass
class Guard:
    """Checks every request; `token` opens the interface once, `hosts` are the names that are ours."""

    hosts: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = "framework_coder"
    _is_used: bool = False

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Answer a request, or refuse it; every answer carries the headers."""
        refusal = self._refuse(request)
        response = refusal if refusal is not None else await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _refuse(self, request: Request) -> Response | None:
        if request.headers.get("host", "").lower() not in self.hosts:
            return PlainTextResponse("This server answers to its own address only.", 421)
        if request.method not in SAFE_METHODS and not self._is_from_our_page(request):
            return PlainTextResponse("A change must come from a page of this server.", 403)
        if request.url.path.startswith(OPEN_PATHS) or self._is_known(request):
            return None
        return PlainTextResponse(
            "Open the interface by the link that `framework-coder serve` printed; it lets this browser in.",
            401,
        )

    def _is_from_our_page(self, request: Request) -> bool:
        origin = request.headers.get("origin", "")
        return origin.removeprefix("http://").removeprefix("https://").lower() in self.hosts

    def _is_known(self, request: Request) -> bool:
        return _is_same(request.cookies.get(self.cookie, ""), self.session)

    def open(self, request: Request, token: str) -> Response:
        """Exchange the opening link for the cookie, once."""
        if self._is_known(request):
            return RedirectResponse("/", 303)
        if self._is_used or not _is_same(token, self.token):
            return PlainTextResponse(
                "This link was used already, or is not ours; `framework-coder serve` prints a new one.",
                401,
            )
        self._is_used = True
        response = RedirectResponse("/", 303)
        response.set_cookie(self.cookie, self.session, httponly=True, samesite="strict", path="/")
        return response


def _is_same(given: str, secret: str) -> bool:
    """Compare in a time that does not tell how much is right, whatever letters are given."""
    return secrets.compare_digest(given.encode(errors="surrogatepass"), secret.encode())


def own_hosts(host: str, port: int) -> frozenset[str]:
    """Return the values of the Host header that are ours."""
    names = (
        {"127.0.0.1", "localhost", "[::1]"} if host in {"127.0.0.1", "localhost", "::1"} else {host.lower()}
    )
    return frozenset(f"{name}:{port}" for name in names)
