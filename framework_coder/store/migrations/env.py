"""Alembic's entry point: it runs on the connection that `migrating.upgrade` hands over."""

from alembic import context

from framework_coder.store.tables import SettingEntity

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SettingEntity.metadata,
    render_as_batch=True,
)
context.run_migrations()
