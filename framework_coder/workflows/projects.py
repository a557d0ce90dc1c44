"""Make a project."""

from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine

from framework_coder.model.design import Design
from framework_coder.store.codebooks import note_coders, save_design
from framework_coder.store.journal import IDENTITY, Step
from framework_coder.store.opening import create_store
from framework_coder.store.tables import SettingEntity


def create_project(place: str | Path, design: Design, *, who: str) -> Engine:
    """Make an empty project with its design and return its engine; raises where something is there."""
    engine = create_store(place)
    with Step(engine, who=who, action="create project", why=design.name) as step:
        note_coders(step, [who])
        save_design(step, design)
        step.insert(SettingEntity, [{"name": IDENTITY, "value": uuid4().hex}])
    return engine


def change_design(engine: Engine, design: Design, *, who: str, why: str = "") -> None:
    """Put another design in place of the project's."""
    with Step(engine, who=who, action="change design", why=why) as step:
        save_design(step, design)
