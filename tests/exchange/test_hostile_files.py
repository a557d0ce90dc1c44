"""Files that are made to do harm, or broken where nobody looks first: a sentence, and nothing is changed."""

import io
from pathlib import Path
from zipfile import ZipFile

import builders
import openpyxl
import pytest
from exchange.foreign_builders import Highlight, Paper, TaguetteFile

from framework_coder.errors import BadInputError, UnreadableFileError
from framework_coder.exchange.archive_box import FaultyArchiveError
from framework_coder.project import Project


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """Write a small workbook that would fill the memory if it were laid out."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Claims"
    sheet["A1"], sheet["XFD1048576"] = "source", "far away"
    book.save(tmp_path / "wide.xlsx")
    return tmp_path / "wide.xlsx"


@pytest.mark.parametrize("kind", ["codings", "codebook"])
def test_a_sheet_that_would_fill_the_memory_is_no_table(tmp_path: Path, wide: Path, kind: str) -> None:
    project = builders.project(tmp_path)
    before = project.history.newest()
    with pytest.raises(UnreadableFileError, match="a sheet spans 1,048,576 rows and 16,384 columns"):
        project.exchange.import_(wide, kind=kind)
    assert project.history.newest() == before


def test_a_sheet_that_would_fill_the_memory_is_no_workbook_and_no_matrix(tmp_path: Path, wide: Path) -> None:
    project = builders.project(tmp_path)
    for take in (project.workbooks.compare, project.workbooks.apply, project.workbooks.import_matrix):
        with pytest.raises(UnreadableFileError, match="a sheet spans"):
            take(wide)
    with pytest.raises(BadInputError):
        project.exchange.import_(wide)


def test_an_archive_whose_packing_is_broken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.zip"
    project = builders.project(tmp_path)
    builders.read(project, "The borough pays. " * 200)
    project.exchange.export(path, kind="archive")
    content = bytearray(path.read_bytes())
    with ZipFile(io.BytesIO(content)) as box:
        entry = max(box.infolist(), key=lambda each: each.compress_size)
    begin = entry.header_offset + 30 + len(entry.filename)
    content[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(content)
    with pytest.raises(FaultyArchiveError, match="a file in it is damaged"):
        Project.from_archive(path, tmp_path / "new.fwc")
    assert not (tmp_path / "new.fwc").exists()


def test_a_database_whose_tables_are_named_in_no_encoding_is_refused(tmp_path: Path) -> None:
    paper = Paper("<p>The clinic opened.</p>", "The clinic opened.", [Highlight("clinic", ["space"])])
    path = TaguetteFile([paper], {"space": ""}).write(tmp_path / "project.sqlite3")
    path.write_bytes(path.read_bytes().replace(b"tableproject_members", b"tableproje\xcft_members"))
    with pytest.raises(UnreadableFileError, match=r"project\.sqlite3"):
        builders.project(tmp_path).exchange.import_(path, kind="taguette")
