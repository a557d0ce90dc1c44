"""Opening and making projects: what is refused, and with which words."""

import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from store.stores import new_database, site_rows

from framework_coder.errors import FrameworkCoderError
from framework_coder.store import migrating, opening
from framework_coder.store.backups import BackupExistsError, ServerBackupError, back_up
from framework_coder.store.engine import APPLICATION_ID, make_engine, reading, writing
from framework_coder.store.journal import Step
from framework_coder.store.opening import create_store, open_store
from framework_coder.store.refusals import (
    NewerProjectError,
    NotAProjectError,
    ProjectExistsError,
    ProjectMissingError,
    UnreachableProjectError,
)
from framework_coder.store.sources import load_sites
from framework_coder.store.tables import SiteEntity


def add_site(engine: Engine, code: str) -> None:
    with Step(engine, who="HW", action="add site") as step:
        step.insert(SiteEntity, site_rows(code))


def codes(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [site.code for site in load_sites(connection)]


def test_a_project_file_is_marked_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    create_store(tmp_path / "study.fwc").dispose()
    assert [path.name for path in tmp_path.iterdir()] == ["study.fwc"]
    with sqlite3.connect(tmp_path / "study.fwc") as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_project_is_written_safely(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotAProjectError),
        (b"PK\x03\x04 a workbook", NotAProjectError),
        (b"SQLite format 3\0" + b"\0" * 84, NotAProjectError),
    ],
)
def test_a_file_that_is_no_project_is_refused(
    tmp_path: Path, content: bytes, refusal: type[FrameworkCoderError]
) -> None:
    path = tmp_path / "other.fwc"
    path.write_bytes(content)
    with pytest.raises(refusal, match=r"other\.fwc is not a Framework Coder project"):
        open_store(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE notes (id)")
    with pytest.raises(NotAProjectError):
        open_store(tmp_path / "other.db")
    with pytest.raises(NotAProjectError):
        open_store(new_database())


def test_a_missing_project_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(ProjectMissingError, match="init"):
        open_store(tmp_path / "none.fwc")
    assert not list(tmp_path.iterdir())


def test_a_project_never_takes_the_place_of_something(tmp_path: Path) -> None:
    (tmp_path / "study.fwc").write_text("precious")
    with pytest.raises(ProjectExistsError):
        create_store(tmp_path / "study.fwc")
    assert (tmp_path / "study.fwc").read_text() == "precious"
    url = new_database()
    create_store(url).dispose()
    with pytest.raises(ProjectExistsError):
        create_store(url)


def test_a_folder_that_is_missing_or_is_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreachableProjectError, match="there is no folder"):
        create_store(tmp_path / "nowhere" / "study.fwc")
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreachableProjectError, match="there is no folder"):
        create_store(tmp_path / "file" / "study.fwc")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://server/study", "only postgresql"),
        ("postgresql://nobody:secret@localhost:1/study", "cannot be opened"),
        ("://", "not a database URL"),
    ],
)
def test_a_url_that_leads_nowhere_is_refused_without_its_password(url: str, words: str) -> None:
    with pytest.raises(UnreachableProjectError, match=words) as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


_TRY = """
import os, sys
from framework_coder.errors import FrameworkCoderError
from framework_coder.project import Project
path = sys.argv[1] + "/study.fwc"
with Project.create(path, who="HW") as project:  # everything is imported before rights are given up
    project.sites.add("S01")
os.chmod(path, 0o444)
os.chmod(sys.argv[1], 0o555)
if os.geteuid() == 0:
    os.setuid(65534)
with Project.open(path, who="HW") as project:
    print([site.code for site in project.sites.list()], project.check())
def write():
    with Project.open(path, who="HW") as project:
        project.sites.add("S02")
for attempt in (write, lambda: Project.create(sys.argv[1] + "/new.fwc", who="HW")):
    try:
        attempt()
    except FrameworkCoderError as error:
        print(type(error).__name__, error)
"""


def test_a_project_in_a_read_only_folder_is_read_but_not_written() -> None:
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run([sys.executable, "-c", _TRY, name], capture_output=True, text=True, check=True)
        beside = sorted(path.name for path in Path(name).iterdir())
        Path(name).chmod(0o755)
    reading_it, writing_it, making = done.stdout.splitlines()
    assert reading_it == "['S01'] []"
    assert writing_it.startswith("UnwritableProjectError")
    assert "study.fwc cannot be written" in writing_it
    assert making.startswith("UnreachableProjectError")
    assert "new.fwc" in making
    assert beside == ["study.fwc"]


def test_a_project_of_a_newer_release_is_refused(any_engine: Engine) -> None:
    with writing(any_engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(NewerProjectError, match="newer Framework Coder"):
        open_store(
            any_engine.url.database
            if any_engine.dialect.name == "sqlite"
            else any_engine.url.render_as_string(hide_password=False)
        )


def test_opening_a_current_project_does_not_import_alembic(tmp_path: Path) -> None:
    create_store(tmp_path / "study.fwc").dispose()
    code = """
import sys
from framework_coder.project import Project
Project.open(sys.argv[1])
print([name for name in ("alembic", "pandas", "spacy") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "study.fwc")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def _schema(engine: Engine) -> dict[str, object]:
    """Return what a database holds, in a form in which two can be compared."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
        return {f"{kind} {name}": sorted(re.split(r"[,()\s]+", sql or "")) for kind, name, sql in rows}
    found = inspect(engine)
    return {
        table: (
            [str(column) for column in found.get_columns(table)],
            found.get_foreign_keys(table),
            sorted(str(index) for index in found.get_indexes(table)),
            sorted(str(rule) for rule in found.get_unique_constraints(table)),
        )
        for table in found.get_table_names()
    }


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_migrations_make_the_declared_tables(tmp_path: Path, database: str) -> None:
    is_file = database == "sqlite"
    created = create_store(tmp_path / "created.fwc" if is_file else new_database())
    migrated = make_engine(tmp_path / "migrated.fwc" if is_file else new_database())
    with writing(migrated) as connection:
        migrating.upgrade(connection)
    expected, found = _schema(created), _schema(migrated)
    if is_file:
        expected, found = ({k: v for k, v in s.items() if "alembic" not in k} for s in (expected, found))
    assert found == expected
    with reading(migrated) as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert version == opening.VERSIONS[-1]
    created.dispose()
    migrated.dispose()


_NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", "0002"
def upgrade():
    op.add_column("sites", sa.Column("nickname", sa.Text()))
"""


def test_an_older_project_is_migrated_after_a_copy_of_it_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    old = create_store(tmp_path / "study.fwc")
    add_site(old, "S01")
    old.dispose()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrating.MIGRATIONS, scripts)
    (scripts / "versions" / "9999_nickname.py").write_text(_NEXT)
    monkeypatch.setattr(migrating, "MIGRATIONS", scripts)
    monkeypatch.setattr(opening, "VERSIONS", ("0001", "0002", "9999"))
    opened = open_store(tmp_path / "study.fwc")
    assert codes(opened) == ["S01"]
    assert "nickname" in {column["name"] for column in inspect(opened).get_columns("sites")}
    opened.dispose()
    monkeypatch.setattr(opening, "VERSIONS", ("0001", "0002"))
    copy = open_store(tmp_path / "study.before-0002.fwc")
    assert codes(copy) == ["S01"]
    copy.dispose()


def test_a_backup_is_a_project_that_holds_what_was_there(engine: Engine, tmp_path: Path) -> None:
    add_site(engine, "S01")
    back_up(engine, tmp_path / "copy.fwc")
    add_site(engine, "S02")
    copy = open_store(tmp_path / "copy.fwc")
    assert codes(copy) == ["S01"]
    copy.dispose()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_backup_never_overwrites_unless_told(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "copy.fwc").write_text("precious")
    with pytest.raises(BackupExistsError):
        back_up(engine, tmp_path / "copy.fwc")
    assert (tmp_path / "copy.fwc").read_text() == "precious"
    back_up(engine, tmp_path / "copy.fwc", replace=True)
    open_store(tmp_path / "copy.fwc").dispose()


def test_a_backup_onto_the_project_itself_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BackupExistsError):
        back_up(engine, tmp_path / "study.fwc", replace=True)


def test_a_backup_into_a_missing_folder_names_it(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(FrameworkCoderError, match="nowhere"):
        back_up(engine, tmp_path / "nowhere" / "copy.fwc")


def test_a_server_is_backed_up_by_its_own_tool() -> None:
    engine = create_store(new_database())
    with pytest.raises(ServerBackupError, match="pg_dump"):
        back_up(engine, Path("copy.fwc"))
    engine.dispose()


_WRITE = """
import sys
from framework_coder.project import Project
with Project.open(sys.argv[1], who=sys.argv[2]) as project:
    for number in range(10):
        project.sites.add(f"{sys.argv[2]}{number}")
"""


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    from framework_coder.project import Project

    path = tmp_path / "study.fwc"
    create_store(path).dispose()
    writers = [subprocess.Popen([sys.executable, "-c", _WRITE, str(path), name]) for name in "AB"]
    assert [writer.wait() for writer in writers] == [0, 0]
    with Project.open(path) as project:
        found = {site.code for site in project.sites.list()}
        assert found == {f"{name}{number}" for name in "AB" for number in range(10)}
        assert not [finding for finding in project.check() if finding.rule == "journal"]
