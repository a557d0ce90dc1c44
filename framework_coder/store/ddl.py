"""Lay out an empty store: tables, indexes, and triggers that guard the journal and frozen versions."""

from sqlalchemy import Connection

from framework_coder.store.tables import JournalEntryEntity

_UNCHANGING = {
    "journal_entries": "The journal is append-only.",
    "journal_changes": "The journal is append-only.",
    "framework_versions": "A frozen framework version never changes.",
}

_COUNTS = """CREATE INDEX ix_journal_changes_entry ON journal_changes
    (entry, "table", (before IS NULL), (after IS NULL))"""
"""Answers what an entry changed without a look at the changes themselves."""

# The index gathers 8 MB of words before it writes them: in pieces of 1 MB, its own measure, a thousand
# texts take twice as long.
SQLITE = (
    _COUNTS,
    """CREATE VIRTUAL TABLE block_words USING fts5
    (words, content='', tokenize="unicode61 remove_diacritics 2")""",
    "INSERT INTO block_words (block_words, rank) VALUES ('hashsize', 8388608)",
    *(
        f"""CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
        for table, refusal in _UNCHANGING.items()
        for verb in ("UPDATE", "DELETE")
    ),
)

POSTGRESQL = (
    _COUNTS,
    """CREATE TABLE block_words
    (block bigint PRIMARY KEY REFERENCES blocks (id) ON DELETE CASCADE, words tsvector NOT NULL)""",
    "CREATE INDEX ix_block_words_words ON block_words USING gin (words)",
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END $$""",
    *(
        f"""CREATE TRIGGER {table}_unchanging BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{refusal}')"""
        for table, refusal in _UNCHANGING.items()
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
