"""Whatever is sent to the interface, it answers in a sentence: never an error of the server."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings

from framework_coder.project import Project
from framework_coder.web.app import make_app
from framework_coder.web.security import Guard, own_hosts
from framework_coder.web.serving import LOOPBACK, listen_at

SCHEMA = schemathesis.openapi.from_dict(make_app(cast("Project", None), Guard(frozenset())).openapi())
ROUNDS = 6
"""Cases for each endpoint: few, since each may change the study, which is then read anew."""


@pytest.fixture(scope="module")
def served(made_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Guard]]:
    """Serve a copy of the small study; gives the address and the guard."""
    place = shutil.copy(made_study, tmp_path_factory.mktemp("fuzzing") / "study.fwc")
    listener = listen_at(LOOPBACK, 0)
    port = listener.getsockname()[1]
    guard = Guard(own_hosts(LOOPBACK, port))
    with Project.open(place, who="HW") as project:
        server = uvicorn.Server(uvicorn.Config(make_app(project, guard), log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://{LOOPBACK}:{port}", guard
        server.should_exit = True
        thread.join(5)
        assert project.check() == []


@SCHEMA.parametrize()
@settings(max_examples=ROUNDS, suppress_health_check=list(HealthCheck), deadline=None, derandomize=True)
def test_no_endpoint_ever_answers_with_an_error_of_the_server(
    case: schemathesis.Case, served: tuple[str, Guard]
) -> None:
    base, guard = served
    answer = case.call(base_url=base, headers={"Origin": base}, cookies={guard.cookie: guard.session})
    assert answer.status_code < 500, answer.text
