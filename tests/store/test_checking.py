"""The check finds what is wrong with a project, whichever way it went wrong."""

from pathlib import Path

import builders
import pytest

from framework_coder.errors import DamagedProjectError
from framework_coder.project import Project

DAMAGE = {
    "a quote": ("UPDATE codings SET quote = 'forged'", "texts", "The quote of coding 1 does not stand"),
    "a span": ('UPDATE codings SET "end" = 9999', "texts", "The quote of coding 1"),
    "a text": ("UPDATE revisions SET text = 'x' || text", "texts", "The text of D01 is not as it was read"),
    "a block": ("UPDATE blocks SET kind = 'heading' WHERE ordinal = 1", "texts", "The blocks of D01"),
    "block order": (
        "UPDATE blocks SET start = 0 WHERE ordinal = 1",
        "texts",
        "Block 1 of D01 is out of order",
    ),
    "an original": ("UPDATE files SET content = x'00'", "files", "is not the file that was imported"),
    "a link": ("DELETE FROM sources", "links", "points to a row of sources"),
    "a current text": ("UPDATE revisions SET is_current = 0", "links", "D01 has no current text"),
    "what is no JSON": ("UPDATE sites SET attributes = 'x'", "rows", "A row of sites cannot be read"),
    "a column that there is not": (
        """UPDATE journal_changes SET after = replace(after, '"quote"', '"quate"')""",
        "rows",
        "Row 1 of codings is not as the journal says",
    ),
    "a state": (
        "UPDATE codings SET state = 'rejected'",
        "rows",
        "Row 1 of codings is not as the journal says",
    ),
    "a definition": ("UPDATE themes SET definition = 'x' WHERE id = 'space'", "rows", "Row space of themes"),
    "a coding removed": ("DELETE FROM codings", "rows", "Row 1 of codings was removed without an entry"),
    "a site added": (
        "INSERT INTO sites (code, name, position, attributes) VALUES ('S9', '', 9, '{}')",
        "rows",
        "of sites was added without an entry",
    ),
    "segments": ("UPDATE revisions SET segments = x'00'", "rows", "Row 1 of revisions is not as"),
    "a block removed": ("DELETE FROM blocks WHERE ordinal = 1", "texts", "The blocks of D01 are not"),
    "the newest entry": (
        "DELETE FROM journal_entries WHERE id = (SELECT max(id) FROM journal_entries)",
        "journal",
        "are missing",
    ),
    "the journal": ("DELETE FROM journal_entries WHERE id = 2", "journal", "tampered with at entry 3"),
}


def ruin(project: Project, statement: str) -> None:
    with project._session.engine.connect() as connection:
        for trigger in ("journal_entries_delete", "journal_changes_update"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql("BEGIN")
        connection.rollback()


@pytest.mark.parametrize(("statement", "rule", "words"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found(tmp_path: Path, statement: str, rule: str, words: str) -> None:
    with builders.project(tmp_path) as project:
        builders.read(project, "Funded by the borough.\n\nNo space.")
        project.codings.add("D01", "funding", quote="the borough")
        assert project.check() == []
        ruin(project, statement)
        assert any(f.rule == rule and words in f.sentence for f in project.check())


def test_a_value_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    with builders.project(tmp_path) as project:
        builders.read(project, "Funded by the borough.")
        ruin(project, "UPDATE sites SET attributes = '{'")
        with pytest.raises(DamagedProjectError, match="a value in it cannot be read"):
            project.matrix()
