"""Serve a project until the user stops it."""

import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread, Timer
from time import sleep
from typing import TYPE_CHECKING

from framework_coder.errors import BadInputError
from framework_coder.web.security import Guard, own_hosts

if TYPE_CHECKING:
    from framework_coder.project import Project

LOOPBACK = "127.0.0.1"
OPEN_AFTER = 0.6
"""Seconds that the server gets to start before the browser is opened."""


class PortTakenError(BadInputError):
    """A port that something else uses."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(f"Port {port} cannot be used ({reason}); choose another one, or leave --port away.")


def serve(
    project: "Project",
    tell: Callable[[str], object],
    *,
    host: str = LOOPBACK,
    port: int = 0,
    is_opened: bool = True,
) -> None:
    """Serve a project until the user stops it; `tell` gets the opening link; port 0 takes a free one."""
    import uvicorn

    from framework_coder.web.app import make_app

    listener = listen_at(host, port)
    number = listener.getsockname()[1]
    guard = Guard(own_hosts(host, number), cookie=f"framework_coder_{number}")
    link = f"http://{host}:{number}/open?token={guard.token}"
    tell(link)
    if is_opened:
        Timer(OPEN_AFTER, webbrowser.open, [link]).start()
    app = make_app(project, guard)
    Thread(target=app.state.snapshots.warm, daemon=True).start()  # while the browser starts
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def serving(project: "Project") -> Iterator[tuple[str, Guard]]:
    """Serve a project in a thread while the block runs; gives the address and the guard."""
    import uvicorn

    from framework_coder.web.app import make_app

    listener = listen_at(LOOPBACK, 0)
    port = listener.getsockname()[1]
    guard = Guard(own_hosts(LOOPBACK, port), cookie=f"framework_coder_{port}")
    server = uvicorn.Server(uvicorn.Config(make_app(project, guard), log_level="critical", access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    try:
        yield f"http://{LOOPBACK}:{port}", guard
    finally:
        server.should_exit = True
        thread.join(5)


def listen_at(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Its protocol is named, for only then does asyncio send the pieces of an answer without waiting in between,
    which takes 40 ms.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTakenError(port, error.strerror or str(error)) from error
    listener.listen(64)
    return listener
