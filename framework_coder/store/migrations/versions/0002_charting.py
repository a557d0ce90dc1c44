"""Tables of charting: findings, memos, reviews; what undo needs; the place of evidence in its claim."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Add them to a project of the first schema."""
    _add_to_old_tables()
    _add_reviews()
    _add_findings()
    _add_memos()
    _add_guids()


def _add_to_old_tables() -> None:
    op.add_column("evidence", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("journal_entries", sa.Column("undoes", sa.Integer(), nullable=True))
    op.create_index("ix_journal_changes_row", "journal_changes", ["table", "row"], unique=False)
    op.create_table(
        "contents",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_contents")),
    )


def _add_reviews() -> None:
    op.create_table(
        "separations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("other", NUMBER, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("made_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_separations_coder")),
        sa.ForeignKeyConstraint(["other"], ["sources.id"], name=op.f("fk_separations_other")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name=op.f("fk_separations_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separations")),
        sa.UniqueConstraint("source", "other", name=op.f("uq_separations_source_other")),
        sqlite_autoincrement=True,
    )
    _add_reviews_of_claims()


def _add_reviews_of_claims() -> None:
    op.create_table(
        "convergences",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("claim", NUMBER, nullable=False),
        sa.Column("first_method", sa.String(), nullable=False),
        sa.Column("second_method", sa.String(), nullable=False),
        sa.Column("suggested", sa.String(), nullable=False),
        sa.Column("confirmed", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("decided_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_convergences_claim")),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_convergences_coder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convergences")),
        sa.UniqueConstraint(
            "claim",
            "first_method",
            "second_method",
            name=op.f("uq_convergences_claim_first_method_second_method"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member_checks",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("claim", NUMBER, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("informant", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("made_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_member_checks_claim")),
        sa.ForeignKeyConstraint(["coder"], ["coders.name"], name=op.f("fk_member_checks_coder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_checks")),
        sa.UniqueConstraint("claim", name=op.f("uq_member_checks_claim")),
        sqlite_autoincrement=True,
    )


def _add_findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["coders.name"], name=op.f("fk_findings_author")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "finding_claims",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("finding", NUMBER, nullable=False),
        sa.Column("claim", NUMBER, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_finding_claims_claim")),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_finding_claims_finding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_claims")),
        sa.UniqueConstraint("finding", "claim", name=op.f("uq_finding_claims_finding_claim")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_finding_claims_claim"), "finding_claims", ["claim"], unique=False)


def _add_memos() -> None:
    op.create_table(
        "memos",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("made_on", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["coders.name"], name=op.f("fk_memos_author")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memos")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "memo_targets",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("memo", NUMBER, nullable=False),
        sa.Column("site", NUMBER, nullable=True),
        sa.Column("source", NUMBER, nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("coding", NUMBER, nullable=True),
        sa.Column("claim", NUMBER, nullable=True),
        sa.Column("finding", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_memo_targets_claim")),
        sa.ForeignKeyConstraint(["coding"], ["codings.id"], name=op.f("fk_memo_targets_coding")),
        sa.ForeignKeyConstraint(["finding"], ["findings.id"], name=op.f("fk_memo_targets_finding")),
        sa.ForeignKeyConstraint(["memo"], ["memos.id"], name=op.f("fk_memo_targets_memo")),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name=op.f("fk_memo_targets_site")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name=op.f("fk_memo_targets_source")),
        sa.ForeignKeyConstraint(["theme"], ["themes.id"], name=op.f("fk_memo_targets_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo_targets")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_memo_targets_memo"), "memo_targets", ["memo"], unique=False)


def _add_guids() -> None:
    op.create_table(
        "guids",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guids")),
        sa.UniqueConstraint("kind", "row", name=op.f("uq_guids_kind_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_guids_guid"), "guids", ["guid"], unique=False)
