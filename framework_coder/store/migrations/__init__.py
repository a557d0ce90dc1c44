"""How the schema changed from release to release, for Alembic."""
