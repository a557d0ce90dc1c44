"""The journal: one entry a unit of work, reversible changes, a chain that shows tampering."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, exc, text
from store.stores import site_rows

from framework_coder.errors import BadInputError
from framework_coder.store import journal
from framework_coder.store.engine import reading
from framework_coder.store.journal import Step, now
from framework_coder.store.log import LogFilter, load_changes, load_log, verify_chain
from framework_coder.store.opening import create_store, open_store
from framework_coder.store.refusals import TooLargeNumberError, UnaskableTextError, UnstorableTextError
from framework_coder.store.sources import load_sites
from framework_coder.store.tables import CoderEntity, FileEntity, FrameworkVersionEntity, SiteEntity


def step(engine: Engine, why: str = "") -> Step:
    return Step(engine, who="HW", action="test", why=why)


def test_a_step_is_one_entry_with_every_row_before_and_after(any_engine: Engine) -> None:
    with step(any_engine, "first") as first:
        keys = first.insert(SiteEntity, site_rows("S01", "S02"))
    with step(any_engine, "second") as second:
        second.update(SiteEntity, {keys[0]: {"name": "Renamed"}, keys[1]: {"name": "Site S02"}})
        second.delete(SiteEntity, [keys[1]])
    with reading(any_engine) as connection:
        log = load_log(connection)
        changes = load_changes(connection, 2)
        assert verify_chain(connection) == []
        assert [site.name for site in load_sites(connection)] == ["Renamed"]
    assert [(entry.why, entry.changes) for entry in log] == [
        ("second", "1 site changed; 1 site removed"),
        ("first", "2 sites added"),
    ]
    assert json.loads(changes[0].before or "") == {"name": "Site S01"}
    assert json.loads(changes[0].after or "") == {"name": "Renamed"}
    assert json.loads(changes[1].before or "")["code"] == "S02"
    assert changes[1].after is None


def insert_and_fail(failing: Step) -> None:
    failing.insert(SiteEntity, site_rows("S01"))
    raise ZeroDivisionError


def test_a_step_that_fails_leaves_nothing(any_engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), step(any_engine) as failing:
        insert_and_fail(failing)
    with reading(any_engine) as connection:
        assert load_sites(connection) == ()
        assert load_log(connection) == []


def test_a_step_that_changes_nothing_leaves_no_entry(engine: Engine) -> None:
    with step(engine) as made:
        (key,) = made.insert(SiteEntity, site_rows("S01"))
    with step(engine) as idle:
        idle.update(SiteEntity, {key: {"name": "Site S01"}})
    with reading(engine) as connection:
        assert len(load_log(connection)) == 1


def test_a_number_is_never_given_twice(any_engine: Engine) -> None:
    with step(any_engine) as made:
        keys = made.insert(SiteEntity, site_rows("S01", "S02"))
        made.delete(SiteEntity, [keys[1]])
    with step(any_engine) as later:
        (key,) = later.insert(SiteEntity, site_rows("S03"))
    assert int(key) > int(keys[1])


def test_a_column_that_the_table_lacks_is_refused(engine: Engine) -> None:
    with pytest.raises(AssertionError, match="sites lacks a column"), step(engine) as made:
        made.insert(
            SiteEntity, [{"code": "S01", "name": "x", "position": 0, "attributes": {}, "colour": "red"}]
        )


def test_many_changes_of_one_entry_are_written_in_batches_and_chained(
    any_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "CHANGES", 7)
    with step(any_engine) as made:
        keys = made.insert(SiteEntity, site_rows(*(f"S{n}" for n in range(30))))
        made.update(SiteEntity, {key: {"attributes": {"b": "1", "a": str(key)}} for key in keys})
    with reading(any_engine) as connection:
        assert verify_chain(connection) == []
        changes = load_changes(connection, 1)
        assert [site.attributes["a"] for site in load_sites(connection)] == [str(key) for key in keys]
    assert [change.row for change in changes] == [str(key) for key in keys] * 2
    assert changes[30].after == '{"attributes":{"a":"1","b":"1"}}'


def test_large_content_is_journalled_by_its_hash(engine: Engine) -> None:
    row = {
        "sha256": "ab",
        "content": b"x" * 10_000,
        "size": 10_000,
        "name": "a.txt",
        "media_type": "text/plain",
    }
    with step(engine) as made:
        made.insert(FileEntity, [row])
    with reading(engine) as connection:
        (change,) = load_changes(connection, 1)
    assert len(change.after or "") < 300
    assert set(json.loads(change.after or "")["content"]) == {"sha256"}


@pytest.mark.parametrize("table", ["journal_entries", "journal_changes"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id + 100"])
def test_the_database_refuses_to_change_the_journal(any_engine: Engine, table: str, verb: str) -> None:
    with step(any_engine) as made:
        made.insert(SiteEntity, site_rows("S01"))
    with pytest.raises(exc.DBAPIError, match="append-only"), any_engine.connect() as connection:
        connection.execute(text(verb.format(table)))


@pytest.mark.parametrize(
    "verb", ["DELETE FROM framework_versions", "UPDATE framework_versions SET reason = ''"]
)
def test_the_database_refuses_to_change_a_frozen_version(any_engine: Engine, verb: str) -> None:
    row = {"number": 1, "frozen_at": now(), "frozen_by": "HW", "reason": "pilot", "snapshot": {}}
    with step(any_engine) as made:
        made.insert(CoderEntity, [{"name": "HW"}])
        made.insert(FrameworkVersionEntity, [row])
    with pytest.raises(exc.DBAPIError, match="never changes"), any_engine.connect() as connection:
        connection.execute(text(verb))


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_text_that_no_database_keeps_is_refused_by_its_field(any_engine: Engine, name: str) -> None:
    with pytest.raises(UnstorableTextError, match="The field name holds a NUL"), step(any_engine) as made:
        made.insert(SiteEntity, [{**site_rows("S01")[0], "name": name}])
    with step(any_engine) as made:
        (key,) = made.insert(SiteEntity, [{**site_rows("S01")[0], "name": r"C:\u0000 \\u0000 \x1f 😀"}])
    with pytest.raises(UnstorableTextError), step(any_engine) as changed:
        changed.update(SiteEntity, {key: {"attributes": {"a": [name]}}})
    with reading(any_engine) as connection:
        assert [site.name for site in load_sites(connection)] == [r"C:\u0000 \\u0000 \x1f 😀"]
        assert verify_chain(connection) == []


TAMPERING = {
    "alter an entry": "UPDATE journal_entries SET why = 'because' WHERE id = 2",
    "alter a change": "UPDATE journal_changes SET after = '{}' WHERE entry = 2",
    "remove an entry": "DELETE FROM journal_entries WHERE id = 2",
    "remove the last entry": "DELETE FROM journal_entries WHERE id = 3",
    "remove a change": "DELETE FROM journal_changes WHERE entry = 2",
    "add a change": "INSERT INTO journal_changes (entry, \"table\", row) VALUES (2, 'sites', '9')",
    "swap two reasons": "UPDATE journal_entries SET why = CASE id WHEN 1 THEN '2' ELSE '1' END WHERE id < 3",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_tampering_shows_in_the_chain(engine: Engine, statement: str) -> None:
    for number in (1, 2, 3):
        with step(engine, str(number)) as made:
            made.insert(SiteEntity, site_rows(f"S{number}"))
    with engine.connect() as connection:
        for trigger in ("entries_update", "entries_delete", "changes_update", "changes_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER journal_{trigger}")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql("BEGIN")
        connection.rollback()
    with reading(engine) as connection:
        assert verify_chain(connection) != []


NAMES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.dictionaries(NAMES, NAMES, min_size=1, max_size=4), min_size=1, max_size=6))
def test_the_chain_holds_and_the_changes_rebuild_the_rows(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str]]
) -> None:
    engine = create_store(tmp_path_factory.mktemp("chain") / "study.fwc")
    keys: dict[str, int] = {}
    for names in steps:
        with step(engine, "why ✓") as made:
            made.update(SiteEntity, {keys[c]: {"name": name} for c, name in names.items() if c in keys})
            new = [code for code in names if code not in keys]
            rows = [{**row, "name": names[row["code"]]} for row in site_rows(*new)]
            keys |= {code: int(key) for code, key in zip(new, made.insert(SiteEntity, rows), strict=True)}
    rebuilt: dict[str, dict[str, str]] = {}
    with reading(engine) as connection:
        assert verify_chain(connection) == []
        for entry in reversed(load_log(connection)):
            for change in load_changes(connection, entry.id):
                rebuilt.setdefault(change.row, {}).update(json.loads(change.after or "{}"))
        stored = {str(site.id): (site.code, site.name) for site in load_sites(connection)}
    assert {key: (row["code"], row["name"]) for key, row in rebuilt.items()} == stored
    engine.dispose()


def test_the_log_is_filtered_by_who_when_and_what(engine: Engine) -> None:
    with Step(engine, who="HW", action="add site") as made:
        (first,) = made.insert(SiteEntity, site_rows("S01"))
    with Step(engine, who="JT", action="add coder") as made:
        made.insert(CoderEntity, [{"name": "JT"}])
    with reading(engine) as connection:
        assert [entry.who for entry in load_log(connection, LogFilter(who="JT"))] == ["JT"]
        assert [entry.who for entry in load_log(connection, LogFilter(site=int(first)))] == ["HW"]
        assert load_log(connection, LogFilter(theme="funding")) == []
        assert load_log(connection, LogFilter(since="2999-01-01")) == []
        assert len(load_log(connection, LogFilter(since="2000-01-01", until="2999-12-31"))) == 2


@pytest.mark.parametrize("reason", ["half a character \ud800", "nothing \0 at all"])
def test_a_reason_that_no_database_can_keep_is_refused(any_engine: Engine, reason: str) -> None:
    with (
        pytest.raises(UnstorableTextError, match="The field why holds"),
        Step(any_engine, who="HW", action="add sites", why=reason) as made,
    ):
        made.insert(SiteEntity, site_rows("S01"))
    with reading(any_engine) as connection:
        assert load_sites(connection) == ()
        assert load_log(connection) == []


@pytest.mark.parametrize(
    ("wanted", "refusal", "told"),
    [
        (LogFilter(who="half \udcff"), UnaskableTextError, "NUL or half a character"),
        (LogFilter(site=2**63), TooLargeNumberError, "at most 18 digits"),
    ],
)
def test_what_no_project_can_hold_is_not_looked_for(
    any_engine: Engine, wanted: LogFilter, refusal: type[BadInputError], told: str
) -> None:
    with pytest.raises(refusal, match=told), reading(any_engine) as connection:
        load_log(connection, wanted)


def test_a_second_writer_waits_and_then_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from framework_coder.store import engine as engines
    from framework_coder.store.refusals import ProjectBusyError

    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.2)
    first = create_store(tmp_path / "study.fwc")
    second = open_store(tmp_path / "study.fwc")
    with step(first) as made:
        made.insert(SiteEntity, site_rows("S01"))
        with pytest.raises(ProjectBusyError, match="nothing was changed"):
            step(second).__enter__()
