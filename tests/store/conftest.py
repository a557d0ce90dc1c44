"""Empty stores, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from store.stores import new_database

from framework_coder.store.opening import create_store


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_store(tmp_path / "study.fwc")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    place = tmp_path / "study.fwc" if request.param == "sqlite" else new_database()
    engine = create_store(place)
    yield engine
    engine.dispose()
