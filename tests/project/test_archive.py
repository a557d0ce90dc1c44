"""An archive holds a study in plain files, and gives it back exactly."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from example_runs import run_example
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project.archive_builders import a_study, rows_of
from store.stores import new_database

from framework_coder.errors import FrameworkCoderError
from framework_coder.exchange.archive_readme import README
from framework_coder.exchange.archive_schema import VALUES, describe, meaning_of, tables
from framework_coder.project import Project
from framework_coder.store.refusals import ProjectExistsError


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "new.fwc") if request.param == "sqlite" else new_database()


def test_every_row_and_number_comes_back_and_the_archive_of_it_has_the_same_bytes(
    tmp_path: Path, archive: Path, place: str
) -> None:
    with Project.open(archive.parent / "study.fwc") as first, Project.from_archive(archive, place) as again:
        assert rows_of(again) == rows_of(first)
        assert again.check() == []
        assert [hit.ref for hit in again.search("borough")] == ["D01"]
        again.exchange.export(tmp_path / "again.zip", kind="archive")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_a_study_goes_from_postgresql_to_a_file_and_back(tmp_path: Path) -> None:
    with a_study(tmp_path / "one", new_database()) as first:
        first.exchange.export(tmp_path / "one.zip", kind="archive")
        with Project.from_archive(tmp_path / "one.zip", tmp_path / "two.fwc") as second:
            second.exchange.export(tmp_path / "two.zip", kind="archive")
            assert rows_of(second) == rows_of(first)
        with Project.from_archive(tmp_path / "two.zip", new_database()) as third:
            assert rows_of(third) == rows_of(first)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_folder_holds_the_same_files_as_the_zip_and_comes_back_too(tmp_path: Path, archive: Path) -> None:
    plain = archive.parent / "plain"
    with ZipFile(archive) as opened:
        zipped = {name: opened.read(name) for name in opened.namelist()}
    found = {p.relative_to(plain).as_posix(): p.read_bytes() for p in plain.rglob("*") if p.is_file()}
    assert found == zipped
    with Project.from_archive(plain, tmp_path / "new.fwc") as again:
        assert again.check() == []


def test_the_example_study_comes_back_exactly(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Project.open(run_example(tmp_path_factory.getbasetemp()).project) as first:
        first.exchange.export(tmp_path / "one.zip", kind="archive")
        with Project.from_archive(tmp_path / "one.zip", tmp_path / "two.fwc") as second:
            assert rows_of(second) == rows_of(first)
            second.exchange.export(tmp_path / "two.zip", kind="archive")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_work_goes_on_in_the_new_project_and_its_numbers_are_new(tmp_path: Path, archive: Path) -> None:
    with Project.from_archive(archive, tmp_path / "new.fwc", who="JP") as again:
        made = again.codings.add("D01", "space", quote="Patients")
        assert made.id == 4, "number 3 was deleted, and is never given twice"
        again.history.undo()
        again.history.redo()
        assert again.check() == []


def test_what_was_undone_can_be_redone_after_the_journey(tmp_path: Path, archive: Path) -> None:
    with Project.from_archive(archive, tmp_path / "new.fwc", who="HW") as again:
        again.history.redo()
        assert again.sources.text("D02").text == "Taken back."
        assert again.check() == []


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(words, min_size=1, max_size=3),
    names=st.lists(words, min_size=1, max_size=3),
    notes=st.lists(st.tuples(words, words), max_size=3),
)
def test_any_small_study_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], names: list[str], notes: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Project.create(folder / "one.fwc", who="HW") as first:
        for number, name in enumerate(names):
            first.sites.add(f"S{number}", name, note=name)
        for number, text in enumerate(texts):
            (folder / f"t{number}.txt").write_text(f"{number} {text}", encoding="utf-8")
            first.sources.ingest(folder / f"t{number}.txt", site="S0", method="document")
        for title, text in notes:
            first.memos.add(title, text)
        first.exchange.export(folder / "one.zip", kind="archive")
        with Project.from_archive(folder / "one.zip", folder / "two.fwc") as second:
            assert rows_of(second) == rows_of(first)
            second.exchange.export(folder / "two.zip", kind="archive")
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()


# What a person finds in it


def test_each_text_and_original_is_a_file_with_the_very_bytes(archive: Path) -> None:
    plain = archive.parent / "plain"
    with Project.open(archive.parent / "study.fwc") as opened:
        assert (plain / "texts/D01.2.txt").read_bytes().decode() == opened.sources.text("D01").text
        for coding in opened.codings.list(sources=["D01"]):
            text = (plain / "texts/D01.2.txt").read_bytes().decode()
            assert text[coding.start : coding.end] == coding.quote
    assert (plain / "originals/D01-one.txt").read_bytes() == (archive.parent / "one.txt").read_bytes()
    assert "March" in (plain / "texts/D01.txt").read_text(encoding="utf-8")


def test_csv_and_json_of_each_table_have_the_columns_and_rows_that_the_schema_says(archive: Path) -> None:
    plain = archive.parent / "plain"
    schema = json.loads((plain / "schema.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in schema["tables"]] == [table.name for table in tables()]
    for each in schema["tables"]:
        names = [column["name"] for column in each["columns"]]
        head, *rows = csv.reader(
            io.StringIO((plain / each["csv"]).read_text(encoding="utf-8-sig"), newline="")
        )
        assert head == names
        assert len(rows) == each["rows"]
        if each["json"].endswith(".json"):
            found = json.loads((plain / each["json"]).read_text(encoding="utf-8"))
            assert len(found) == each["rows"]
            assert all(set(row) == set(names) for row in found)


def test_every_table_and_column_is_explained() -> None:
    for table in tables():
        described = describe(table)
        assert described["meaning"]
        assert all(column["meaning"] for column in described["columns"]), table.name


def test_the_values_that_the_schema_names_are_those_that_the_tables_hold(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    columns = {f"{table.name}.{column.name}": column for table in tables() for column in table.columns}
    with Project.open(run_example(tmp_path_factory.getbasetemp()).project) as opened:
        rows = rows_of(opened)
    for name, values in VALUES.items():
        table = columns[name].table
        place = list(table.columns).index(columns[name])
        assert {row[place] for row in rows[table.name]} - {"", None} <= set(values), name
        assert meaning_of(columns[name]).endswith(f": {', '.join(values)}")


def test_formulas_are_disarmed_in_csv_and_exact_in_json(archive: Path) -> None:
    plain = archive.parent / "plain"
    assert '"=1+1"' in (plain / "tables/codings.json").read_text(encoding="utf-8")
    assert ",'=1+1," in (plain / "tables/codings.csv").read_text(encoding="utf-8-sig")


def test_the_journal_is_told_in_words(archive: Path) -> None:
    told = (archive.parent / "plain/journal/journal.txt").read_text(encoding="utf-8")
    assert "HW: code — " not in told
    assert re.search(r"^1  \S+  HW: create project", told)
    assert "[undone]" in told


def _verifier() -> str:
    lines = README.partition("its standard library; run it in this folder):")[2].splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith("    "))


def test_the_verifying_script_of_the_readme_proves_the_chain_and_finds_a_change(
    tmp_path: Path, archive: Path
) -> None:
    with ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    run = [sys.executable, "-c", _verifier()]
    proved = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    with Project.open(archive.parent / "study.fwc") as first:
        assert first.log(limit=1)[0].hash in proved.stdout
    journal = tmp_path / "journal/journal.jsonl"
    journal.write_text(
        journal.read_text(encoding="utf-8").replace("Rent rose.", "Rent fell."), encoding="utf-8"
    )
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode


def test_hashes_are_those_that_sha256sum_checks(archive: Path) -> None:
    plain = archive.parent / "plain"
    for line in (plain / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        sha256, name = line.split("  ", 1)
        assert hashlib.sha256((plain / name).read_bytes()).hexdigest() == sha256


# Where a project is already


def test_a_project_that_is_there_is_never_replaced(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "new.fwc").write_bytes(b"something")
    with pytest.raises(ProjectExistsError):
        Project.from_archive(archive, tmp_path / "new.fwc")
    assert (tmp_path / "new.fwc").read_bytes() == b"something"


def test_in_a_project_that_is_there_an_archive_is_merged_as_one_step_and_nothing_twice(
    tmp_path: Path, archive: Path
) -> None:
    with Project.create(tmp_path / "other.fwc", who="JP") as other:
        before = rows_of(other)
        tried = other.exchange.import_(archive, is_dry_run=True)
        assert rows_of(other) == before
        made = other.exchange.import_(archive)
        assert tried.new == made.new
        assert made.new["source"] == 2
        assert ("texts", 1) in [(loss.kind, loss.count) for loss in made.losses]
        assert any("stayed behind" in choice for choice in made.choices)
        assert [c.quote for c in other.codings.list()] == ["The rent rose", "café space"]
        assert not other.exchange.import_(archive).new
        assert other.check() == []


def test_no_archive_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    with Project.create(tmp_path / "p.fwc") as opened, pytest.raises(FrameworkCoderError):
        opened.exchange.import_(tmp_path / "a.zip", kind="archive")
