"""Lay out an empty store: the tables, the search index, and triggers that keep the journal append-only."""

from sqlalchemy import Connection

from framework_coder.store.tables import JournalEntryEntity

_APPEND_ONLY = "The journal is append-only."
_JOURNAL = ("journal_entries", "journal_changes")

SQLITE = (
    """CREATE VIRTUAL TABLE block_words USING fts5
    (words, content='', tokenize="unicode61 remove_diacritics 2")""",
    *(
        f"""CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END"""
        for table in _JOURNAL
        for verb in ("UPDATE", "DELETE")
    ),
)

POSTGRESQL = (
    """CREATE TABLE block_words
    (block bigint PRIMARY KEY REFERENCES blocks (id) ON DELETE CASCADE, words tsvector NOT NULL)""",
    "CREATE INDEX ix_block_words_words ON block_words USING gin (words)",
    f"""CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_APPEND_ONLY}'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()"""
        for table in _JOURNAL
    ),
)


def statements(dialect: str) -> tuple[str, ...]:
    """Return what makes the index and the triggers on `sqlite` or `postgresql`."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL


def create_all(connection: Connection) -> None:
    """Make everything."""
    JournalEntryEntity.metadata.create_all(connection)
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
