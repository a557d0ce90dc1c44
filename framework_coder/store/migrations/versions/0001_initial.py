"""The first schema."""

import sqlalchemy as sa
from alembic import op

from framework_coder.store.ddl import statements

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

NUMBER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Make every table, the search index and the triggers of an empty project."""
    op.create_table(
        "coders",
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_coders")),
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_files")),
    )
    op.create_table(
        "journal_entries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("part_of", sa.Integer(), nullable=True),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "sites",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("code", name=op.f("uq_sites_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sources",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("produced_on", sa.String(), nullable=False),
        sa.Column("originator", sa.String(), nullable=False),
        sa.Column("informants", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("ref", name=op.f("uq_sources_ref")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "themes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("include", sa.String(), nullable=False),
        sa.Column("exclude", sa.String(), nullable=False),
        sa.Column("example", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.Column("split_from", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent"], ["themes.id"], name=op.f("fk_themes_parent"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
    )
    op.create_table(
        "claims",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("site", NUMBER, nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("quotation", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["coders.name"], name=op.f("fk_claims_author")),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name=op.f("fk_claims_site")),
        sa.ForeignKeyConstraint(["theme"], ["themes.id"], name=op.f("fk_claims_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index("ix_claims_site_theme", ["site", "theme"], unique=False)

    op.create_table(
        "coverage",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("made_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_coverage_coder")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name=op.f("fk_coverage_source")),
        sa.ForeignKeyConstraint(["theme"], ["themes.id"], name=op.f("fk_coverage_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
        sa.UniqueConstraint(
            "source", "theme", "version", "coder", name=op.f("uq_coverage_source_theme_version_coder")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "derivations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("derived_from", NUMBER, nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["derived_from"], ["sources.id"], name=op.f("fk_derivations_derived_from")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name=op.f("fk_derivations_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivations")),
        sa.UniqueConstraint("source", "derived_from", name=op.f("uq_derivations_source_derived_from")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "framework_versions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.String(), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["frozen_by"], ["coders.name"], name=op.f("fk_framework_versions_frozen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_framework_versions_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal_changes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=True),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["journal_entries.id"],
            name=op.f("fk_journal_changes_entry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_changes")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "not_applicable",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("site", NUMBER, nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_not_applicable_coder")),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name=op.f("fk_not_applicable_site")),
        sa.ForeignKeyConstraint(["theme"], ["themes.id"], name=op.f("fk_not_applicable_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_applicable")),
        sa.UniqueConstraint("site", "theme", name=op.f("uq_not_applicable_site_theme")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "planned_sources",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("site", NUMBER, nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name=op.f("fk_planned_sources_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_sources")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "revisions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("reader_version", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("blocks_sha256", sa.String(), nullable=False),
        sa.Column("segments", sa.LargeBinary(), nullable=False),
        sa.Column("about_file", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("made_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file"], ["files.sha256"], name=op.f("fk_revisions_file")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name=op.f("fk_revisions_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("source", "number", name=op.f("uq_revisions_source_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.create_index("ix_revisions_file", ["file", "part"], unique=False)

    op.create_table(
        "source_sites",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("site", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name=op.f("fk_source_sites_site")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name=op.f("fk_source_sites_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_sites")),
        sa.UniqueConstraint("source", "site", name=op.f("uq_source_sites_source_site")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("source_sites", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_sites_site"), ["site"], unique=False)

    op.create_table(
        "adjudications",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("claim", NUMBER, nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.String(), nullable=False),
        sa.Column("supports", sa.Text(), nullable=False),
        sa.Column("contradicts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_adjudications_claim")),
        sa.ForeignKeyConstraint(["decided_by"], ["coders.name"], name=op.f("fk_adjudications_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudications")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("adjudications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjudications_claim"), ["claim"], unique=False)

    op.create_table(
        "blocks",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("locator", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name=op.f("fk_blocks_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
        sa.UniqueConstraint("revision", "ordinal", name=op.f("uq_blocks_revision_ordinal")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "claim_values",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("claim", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_claim_values_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_values")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("claim_values", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_values_claim"), ["claim"], unique=False)

    op.create_table(
        "codings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.Column("site", NUMBER, nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_on", sa.String(), nullable=False),
        sa.Column("memo", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_codings_coder")),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name=op.f("fk_codings_revision")),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name=op.f("fk_codings_site")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name=op.f("fk_codings_source")),
        sa.ForeignKeyConstraint(["theme"], ["themes.id"], name=op.f("fk_codings_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codings")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("codings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_codings_revision"), ["revision"], unique=False)
        batch_op.create_index("ix_codings_site_theme", ["site", "theme"], unique=False)
        batch_op.create_index(batch_op.f("ix_codings_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_codings_theme"), ["theme"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("claim", NUMBER, nullable=False),
        sa.Column("coding", NUMBER, nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("is_inferred", sa.Boolean(), nullable=False),
        sa.Column("prominence", sa.Integer(), nullable=True),
        sa.Column("origins", sa.Text(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_evidence_claim")),
        sa.ForeignKeyConstraint(["coding"], ["codings.id"], name=op.f("fk_evidence_coding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("claim", "coding", name=op.f("uq_evidence_claim_coding")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_coding"), ["coding"], unique=False)
    for statement in statements(op.get_context().dialect.name):
        op.execute(statement)
