"""An archive holds a study in plain files, and gives it back exactly."""

import csv
import hashlib
import io
import json
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from example_runs import run_example
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project.archive_builders import a_study, edit_json, repack, rows_of
from store.stores import new_database

from framework_coder.errors import BadInputError, FrameworkCoderError
from framework_coder.exchange.archive_box import FaultyArchiveError
from framework_coder.exchange.archive_reading import NewerArchiveError
from framework_coder.exchange.archive_readme import README
from framework_coder.exchange.archive_schema import describe, tables
from framework_coder.exchange.archive_writing import _plain
from framework_coder.project import Project
from framework_coder.store.refusals import ProjectExistsError


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the archive of the small study, which no test changes."""
    folder = tmp_path_factory.mktemp("archived")
    with a_study(folder) as opened:
        opened.exchange.export(folder / "study.zip", kind="archive")
        opened.exchange.export(folder / "plain", kind="archive")
    return folder / "study.zip"


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


# What is refused


def _set(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: content})


def _drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.pop(name) and None


def _row(table: str, **columns: Any) -> Callable[[dict[str, bytes]], None]:
    return edit_json(f"tables/{table}.json", lambda rows: rows[0].update(columns))


UNSUMMED = {
    "an altered text": (_set("texts/D01.txt", b"Other words."), "texts/D01.txt was altered"),
    "a missing text": (_drop("texts/D01.txt"), "texts/D01.txt is missing"),
    "a file more": (_set("texts/D99.txt", b"More."), "texts/D99.txt was added"),
    "no hashes": (_drop("SHA256SUMS"), "it has no SHA256SUMS"),
    "hashes that are none": (_set("SHA256SUMS", b"\xff\n"), "SHA256SUMS cannot be read"),
}
SUMMED = {
    "another text with its hash": (_set("texts/D01.txt", b"Other words."), "not as"),
    "a text that is not UTF-8": (_set("texts/D01.txt", b"\xff"), "a row cannot be read"),
    "a name that leads to no file": (_row("revisions", text="texts/none.txt"), "texts/none.txt is missing"),
    "a table that is missing": (_drop("tables/codings.json"), "tables/codings.json is missing"),
    "no schema": (_drop("schema.json"), "schema.json is missing"),
    "a row less": (edit_json("tables/sites.json", lambda rows: rows.pop()), "sites has 1 rows, not 2"),
    "a column more": (_row("sites", more=1), "cannot be read"),
    "a text for a number": (_row("codings", start="0"), "codings.start is not of its type"),
    "a truth for a number": (_row("codings", start=True), "codings.start is not of its type"),
    "a number beyond all": (_row("codings", start=10**30), "cannot be read"),
    "a null where one may not be": (_row("sites", code=None), "sites.code is not of its type"),
    "a quote of other words": (_row("codings", quote="Something else"), "does not stand"),
    "a reference to nothing": (_row("codings", site=99), "do"),
    "a number that is there twice": (_row("sites", id=2), "do not fit together"),
    "a name changed behind the journal": (_row("sites", name="Elder"), "not as the journal says"),
    "half a character": (_row("sites", name="\ud800"), "half a character"),
    "a NUL": (_row("sites", name="\x00"), "NUL"),
    "JSON that is none": (_set("tables/sites.json", b"[\n{]\n"), "cannot be read"),
    "very deep JSON": (_set("tables/sites.json", b"[\n" + b"[" * 200_000 + b"\n]\n"), "cannot be read"),
    "a list for a row": (_set("tables/sites.json", b"[\n[1]\n]\n"), "cannot be read"),
    "a journal without entries": (_set("journal/journal.jsonl", b""), "rows, not"),
    "another format": (
        edit_json("schema.json", lambda schema: schema.update(format="other")), "not a project archive",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", [*UNSUMMED, *SUMMED])
def test_a_spoiled_archive_ends_in_one_sentence_and_nothing_is_left_behind(
    tmp_path: Path, archive: Path, case: str
) -> None:
    change, sentence = {**UNSUMMED, **SUMMED}[case]
    spoiled = repack(archive, tmp_path / "spoiled.zip", change, sums=case in SUMMED)
    with pytest.raises(FaultyArchiveError, match=re.escape(sentence)) as refused:
        Project.from_archive(spoiled, tmp_path / "new.fwc")
    assert str(refused.value).startswith("spoiled.zip cannot be imported: ")
    assert "\n" not in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["spoiled.zip"]


def test_a_spoiled_archive_leaves_a_database_empty(tmp_path: Path, archive: Path) -> None:
    place = new_database()
    for case in ("a reference to nothing", "a NUL", "a quote of other words", "a number beyond all"):
        spoiled = repack(archive, tmp_path / "spoiled.zip", SUMMED[case][0])
        with pytest.raises(FaultyArchiveError):
            Project.from_archive(spoiled, place)
    Project.from_archive(archive, place).close()


def test_an_archive_of_a_newer_release_is_named_as_such(tmp_path: Path, archive: Path) -> None:
    for change in ({"format_version": 2}, {"schema": "9999"}):
        newer = repack(
            archive,
            tmp_path / "newer.zip",
            edit_json("schema.json", lambda schema, c=change: schema.update(c)),
        )
        with pytest.raises(NewerArchiveError, match=r"newer\.zip was made by a newer Framework Coder"):
            Project.from_archive(newer, tmp_path / "new.fwc")


def test_an_archive_of_an_older_release_comes_in_without_the_tables_and_columns_that_are_younger(
    tmp_path: Path, archive: Path
) -> None:
    def make_older(files: dict[str, bytes]) -> None:
        def change(schema: dict[str, Any]) -> None:
            schema["schema"] = "0001"
            schema["tables"] = [table for table in schema["tables"] if table["name"] != "guids"]

        edit_json("schema.json", change)(files)
        edit_json("tables/evidence.json", lambda rows: [row.pop("place") for row in rows])(files)
        del files["tables/guids.json"], files["tables/guids.csv"]

    older = repack(archive, tmp_path / "older.zip", make_older)
    study = archive.parent / "study.fwc"
    with Project.open(study) as first, Project.from_archive(older, tmp_path / "new.fwc") as again:
        assert rows_of(again) == rows_of(first)
    unnamed = repack(
        archive, tmp_path / "unnamed.zip", edit_json("schema.json", lambda schema: schema["tables"].pop())
    )
    with pytest.raises(FaultyArchiveError, match="does not name the table"):
        Project.from_archive(unnamed, tmp_path / "other.fwc")


NAMES = {
    "CON.txt": "_CON.txt", "a/b\\c:d.pdf": "a_b_c_d.pdf", "..": "unnamed", "Été 1.docx": "Été 1.docx",
    "x" * 200 + ".html": "x" * 76 + ".html", "a\n\tb.": "a_b", "": "unnamed",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_are_made_such_that_every_system_takes_them(name: str) -> None:
    assert _plain(name) == NAMES[name]


def _zip_of(path: Path, *entries: tuple[str, bytes, int]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as opened:
        for name, content, mode in entries:
            entry = ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = ZIP_DEFLATED
            opened.writestr(entry, content)
    return path


PLAIN = stat.S_IFREG | 0o644
BAD_ZIPS = {
    "a way out": [("../evil.txt", b"", PLAIN)],
    "a way out in the middle": [("a/../../evil.txt", b"", PLAIN)],
    "an absolute name": [("/etc/passwd", b"", PLAIN)],
    "a drive": [("C:evil.txt", b"", PLAIN)],
    "a backslash": [("..\\evil.txt", b"", PLAIN)],
    "a link": [("link", b"/etc/passwd", stat.S_IFLNK | 0o777)],
    "the same name twice": [("a.txt", b"1", PLAIN), ("a.txt", b"2", PLAIN)],
    "the same name but for its case": [("a.txt", b"1", PLAIN), ("A.txt", b"2", PLAIN)],
    "a bomb": [(f"{n}.txt", bytes(60_000_000), PLAIN) for n in range(4)],
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", BAD_ZIPS)
def test_a_hostile_zip_is_refused_before_anything_is_read(tmp_path: Path, case: str) -> None:
    with pytest.raises(FaultyArchiveError):
        Project.from_archive(_zip_of(tmp_path / "bad.zip", *BAD_ZIPS[case]), tmp_path / "new.fwc")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


def test_a_cut_or_damaged_zip_is_refused(tmp_path: Path, archive: Path) -> None:
    whole = archive.read_bytes()
    for content in (whole[:-30], whole[: len(whole) // 2], b"PK", whole[:2000] + b"\x00" * 50 + whole[2050:]):
        (tmp_path / "cut.zip").write_bytes(content)
        with pytest.raises(BadInputError):
            Project.from_archive(tmp_path / "cut.zip", tmp_path / "new.fwc")
        assert not (tmp_path / "new.fwc").exists()


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/SHA256SUMS").symlink_to("/etc/passwd")
    with pytest.raises(FaultyArchiveError, match="is a link"):
        Project.from_archive(tmp_path / "plain", tmp_path / "new.fwc")


def test_an_archive_packed_again_with_its_folder_and_litter_comes_back(tmp_path: Path, archive: Path) -> None:
    def move(files: dict[str, bytes]) -> None:
        inner = {f"study/{name}": content for name, content in files.items()}
        files.clear()
        files.update(inner | {"study/.DS_Store": b"", "__MACOSX/study/._x": b""})

    again = repack(archive, tmp_path / "again.zip", move, sums=False)
    with Project.from_archive(again, tmp_path / "new.fwc") as opened:
        assert opened.check() == []


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
