"""Queries and writes on settings, themes, framework versions and coders."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from framework_coder.model.codebook import Codebook
from framework_coder.model.codebook_diff import FrameworkVersion, number_frameworks
from framework_coder.model.design import Design
from framework_coder.store.journal import Step
from framework_coder.store.packing import (
    pack_design,
    pack_theme,
    unpack_codebook,
    unpack_design,
    unpack_theme,
)
from framework_coder.store.tables import CoderEntity, FrameworkVersionEntity, SettingEntity, ThemeEntity

_DESIGN, _NAME = "design", "codebook_name"


def load_design(connection: Connection) -> Design:
    """Return the study's design."""
    packed = load_setting(connection, _DESIGN)
    return unpack_design(packed) if packed else Design()


def save_design(step: Step, design: Design) -> None:
    """Keep the design in place of the one before."""
    save_setting(step, _DESIGN, pack_design(design))


def load_setting(connection: Connection, name: str) -> Any:
    """Return a setting of the project, or None where it was never made."""
    return connection.execute(select(SettingEntity.value).where(SettingEntity.name == name)).scalar()


def save_setting(step: Step, name: str, value: object) -> None:
    """Keep a setting in place of the one before."""
    there = step.connection.execute(select(SettingEntity.name).where(SettingEntity.name == name)).first()
    if there:
        step.update(SettingEntity, {name: {"value": value}})
    else:
        step.insert(SettingEntity, [{"name": name, "value": value}])


def load_codebook(connection: Connection) -> Codebook:
    """Return the codebook as it is now, retired themes included."""
    name = load_setting(connection, _NAME) or ""
    columns = tuple(ThemeEntity.__table__.columns)
    rows = connection.execute(select(*columns).order_by(ThemeEntity.position)).mappings()
    return Codebook(tuple(unpack_theme(dict(row)) for row in rows), name)


def save_codebook(step: Step, codebook: Codebook) -> None:
    """Write the themes that are new or differ; no theme is ever removed."""
    old = {t.id: pack_theme(t, place) for place, t in enumerate(load_codebook(step.connection))}
    new = {t.id: pack_theme(t, place) for place, t in enumerate(codebook)}
    missing = old.keys() - new.keys()
    assert not missing, f"themes are retired, never removed: {missing}"
    step.insert(ThemeEntity, [row for key, row in new.items() if key not in old])
    step.update(ThemeEntity, {key: row for key, row in new.items() if key in old and row != old[key]})
    if codebook.name:
        save_setting(step, _NAME, codebook.name)


LEFT = "left_at_retired_themes"
"""The setting that keeps what was left at retired themes: numbers of codings and of claims."""


def load_left(connection: Connection) -> frozenset[tuple[str, int]]:
    """Return what was left at retired themes: (`codings` or `claims`, number)."""
    left = load_setting(connection, LEFT) or {}
    return frozenset((kind, number) for kind, numbers in left.items() for number in numbers)


def save_left(step: Step, left: Iterable[tuple[str, int]]) -> None:
    """Keep what was left at retired themes in place of what was kept before."""
    kept: dict[str, list[int]] = {}
    for kind, number in sorted(left):
        kept.setdefault(kind, []).append(number)
    save_setting(step, LEFT, kept)


def current_version(connection: Connection) -> int:
    """Return the number of the newest framework version, 0 before the first is frozen."""
    return int(connection.execute(select(func.max(FrameworkVersionEntity.number))).scalar() or 0)


def load_versions(connection: Connection) -> list[FrameworkVersion]:
    """Return the frozen versions, oldest first."""
    row = FrameworkVersionEntity
    rows = connection.execute(
        select(row.number, row.frozen_at, row.frozen_by, row.reason, row.snapshot).order_by(row.number)
    )
    return [
        FrameworkVersion(number, at, by, reason, unpack_codebook(snapshot))
        for number, at, by, reason, snapshot in rows
    ]


def load_frameworks(connection: Connection) -> tuple[tuple[int, Codebook], ...]:
    """Return the frozen codebooks with their numbers and the codebook as it is: see `number_frameworks`."""
    return number_frameworks(load_versions(connection), load_codebook(connection))


def note_coders(step: Step, names: Iterable[str]) -> None:
    """Add the coders that the project does not know yet."""
    known = set(step.connection.execute(select(CoderEntity.name)).scalars())
    step.insert(CoderEntity, [{"name": name} for name in dict.fromkeys(names) if name not in known])
