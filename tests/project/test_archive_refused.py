"""An archive that is spoiled, hostile or of another release is refused in one sentence, or comes in."""

import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from project.archive_builders import edit_json, repack, rows_of
from store.stores import new_database

from framework_coder.errors import BadInputError
from framework_coder.exchange.archive_box import FaultyArchiveError
from framework_coder.exchange.archive_reading import NewerArchiveError
from framework_coder.exchange.archive_writing import _plain
from framework_coder.project import Project


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
