"""Whatever is sent to the interface, it answers in a sentence: never an error of the server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from framework_coder.project import Project
from framework_coder.web.app import make_app
from framework_coder.web.security import Guard
from framework_coder.web.serving import serving

CONFIG = SchemathesisConfig.from_dict({"phases": {"coverage": {"unexpected-methods": []}}})
"""Methods that an address does not know are the framework's to answer."""
SCHEMA = schemathesis.openapi.from_dict(
    make_app(cast("Project", None), Guard(frozenset())).openapi(), config=CONFIG
)
ROUNDS = 4
"""Cases for each endpoint: few, since each may change the study, which is then read anew."""


@pytest.fixture(scope="module")
def served(made_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Guard]]:
    """Serve a copy of the small study; gives the address and the guard."""
    place = shutil.copy(made_study, tmp_path_factory.mktemp("fuzzing") / "study.fwc")
    with Project.open(place, who="HW") as project:
        with serving(project) as served_at:
            yield served_at
        assert project.check() == []


@SCHEMA.parametrize()
@settings(max_examples=ROUNDS, suppress_health_check=list(HealthCheck), deadline=None, derandomize=True)
def test_no_endpoint_ever_answers_with_an_error_of_the_server(
    case: schemathesis.Case, served: tuple[str, Guard]
) -> None:
    base, guard = served
    answer = case.call(base_url=base, headers={"Origin": base}, cookies={guard.cookie: guard.session})
    assert answer.status_code < 500, answer.text
