"""Change what the register says of sources that are there."""

from collections.abc import Mapping

from sqlalchemy import Engine

from framework_coder.store.journal import Step
from framework_coder.store.rows import Row
from framework_coder.store.sources import load_sources
from framework_coder.store.tables import SourceEntity
from framework_coder.workflows.names import find_source


def describe_sources(engine: Engine, given: Mapping[str, Row], *, who: str, why: str = "") -> None:
    """Give sources, by ref, other titles, types, dates, originators, people or addresses, as one step."""
    with Step(engine, who=who, action="describe sources", why=why) as step:
        known = {source.ref: source.id for source in load_sources(step.connection)}
        step.update(SourceEntity, {find_source(known, ref): row for ref, row in given.items()})
