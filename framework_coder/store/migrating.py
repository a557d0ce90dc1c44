"""Bring an older project up to this release's schema, after a copy of it was kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from framework_coder.store.backups import back_up
from framework_coder.store.engine import name_of, writing

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(engine: Engine, version: str) -> None:
    """Upgrade a project that is at `version`; a project file is first copied beside itself."""
    if engine.dialect.name == "sqlite":
        path = Path(name_of(engine))
        back_up(engine, path.with_name(f"{path.stem}.before-{version}{path.suffix}"), replace=True)
    with writing(engine) as connection:
        upgrade(connection)


def upgrade(connection: Connection, version: str = "head") -> None:
    """Run the migrations up to `version`, within the transaction of the connection."""
    from alembic import command

    command.upgrade(_configure(connection), version)


def _configure(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
